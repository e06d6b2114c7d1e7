"""Numbers with their measure words and comparators, as sentences of plans say them."""

from decimal import Decimal

import pytest

from corpus.model.quantity import Bound, Quantity
from corpus.model.view import tidy
from extractors.rules.quantity import QuantityMention, find_quantities


def _read(sentence: str) -> list[QuantityMention]:
    return find_quantities(tidy(sentence).text)


def _quoted(sentence: str) -> list[str]:
    text = tidy(sentence).text
    return [text[m.start : m.end] for m in find_quantities(text)]


def _quantity(amount: str, unit: str) -> Quantity:
    low, _, high = amount.partition("-")
    return Quantity(Decimal(low), Decimal(high or low), unit)


@pytest.mark.parametrize(
    ("sentence", "quote", "amount", "unit"),
    [
        ("新建社区食堂120个", "120个", "120", "个"),
        ("每千人口医疗床位达到7.5张", "7.5张", "7.5", "张"),
        ("培训护理员1.2万人次", "1.2万人次", "12000", "人次"),
        ("财政投入1,200万元", "1,200万元", "12000000", "元"),
        ("社会研发投入3.5亿元", "3.5亿元", "350000000", "元"),
        ("带动就业1万6千户", "1万6千户", "16000", "户"),
        ("数字经济规模1.35万亿元", "1.35万亿元", "1350000000000", "元"),
        ("护理型床位占比55%", "55%", "55", "%"),
        ("婴儿死亡率降到3‰", "3‰", "3", "‰"),
        ("能耗下降3.5个百分点", "3.5个百分点", "3.5", "个百分点"),
        ("覆盖率达到百分之九十五", "百分之九十五", "95", "%"),
        ("约占总数的三分之一", "三分之一", "3", "分之一"),
        ("平均运距缩短一半", "一半", "50", "%"),
        ("企业税费减半征收", "减半", "50", "%"),
        ("一般公共预算收入翻两番", "翻两番", "2", "番"),
        ("化肥用量零增长", "零增长", "0", "%"),
        ("总量扩大2.5倍", "2.5倍", "2.5", "倍"),
        ("建成三个区域医疗中心", "三个", "3", "个"),
        ("培育二十家链主企业", "二十家", "20", "家"),
        ("攻克百项关键技术", "百项", "100", "项"),
        ("打造5—8个示范园区", "5—8个", "5-8", "个"),
        ("培育2至3家领军企业", "2至3家", "2-3", "家"),
        ("建设三到五个实训基地", "三到五个", "3-5", "个"),
        ("形成两三个知名品牌", "两三个", "2-3", "个"),
        ("增速保持5%—6%", "5%—6%", "5-6", "%"),
        ("引进人才2—3万人", "2—3万人", "20000-30000", "人"),
        ("奖励100万元至300万元", "100万元至300万元", "1000000-3000000", "元"),
        ("储备粮食30万吨", "30万吨", "300000", "吨"),
        ("细颗粒物浓度降到35微克/立方米", "35微克/立方米", "35", "微克/立方米"),
        ("租金补贴每间6元/平方米", "6元/平方米", "6", "元/平方米"),
        ("达到66.7平方公里", "66.7平方公里", "66.7", "平方公里"),
        ("增加500万沼气用户", "500万", "5000000", ""),
        ("贷款期限不超过48个月", "48个月", "48", "个月"),
        ("公示期不少于5个工作日", "5个工作日", "5", "个工作日"),
        ("人均预期寿命提高到79.5岁", "79.5岁", "79.5", "岁"),
        ("乡镇每月至少巡查一次", "一次", "1", "次"),
        ("两类机构合并设置", "两类", "2", "类"),
        ("三年内完成一轮全员培训", "一轮", "1", "轮"),
        ("每季度开展一次排查", "一次", "1", "次"),
        ("每年召开两次会议", "两次", "2", "次"),
        ("覆盖率达到50%，300家企业完成改造", "300家", "300", "家"),
        ("建立由10个部门参加的会议制度", "10个", "10", "个"),
    ],
)
def test_quantity_is_quoted_and_read(sentence: str, quote: str, amount: str, unit: str) -> None:
    read = {q: m.quantity for q, m in zip(_quoted(sentence), _read(sentence), strict=True)}
    assert read.get(quote) == _quantity(amount, unit)


@pytest.mark.parametrize(
    ("sentence", "bound", "said"),
    [
        ("建成80%以上", Bound.AT_LEAST, "以上"),
        ("建成80%及以上", Bound.AT_LEAST, "及以上"),
        ("适用于50人（含50人）以上企业", Bound.AT_LEAST, "(含50人)以上"),
        ("比重不低于55%", Bound.AT_LEAST, "不低于"),
        ("比重不得低于55%", Bound.AT_LEAST, "不得低于"),
        ("课时不少于16学时", Bound.AT_LEAST, "不少于"),
        ("每县至少3所", Bound.AT_LEAST, "至少"),
        ("按下限为3%计提", Bound.AT_LEAST, "下限为"),
        ("时限不超过5个工作日", Bound.AT_MOST, "不超过"),
        ("比例原则上不超过20%", Bound.AT_MOST, "原则上不超过"),
        ("比例不宜超过20%", Bound.AT_MOST, "不宜超过"),
        ("最高不超过300万元", Bound.AT_MOST, "最高不超过"),
        ("给予最高500万元奖励", Bound.AT_MOST, "最高"),
        ("失业率控制在5%以内", Bound.AT_MOST, "以内"),
        ("失业率保持5%以下", Bound.AT_MOST, "以下"),
        ("规模超过3万亿元", Bound.ABOVE, "超过"),
        ("规模突破3万亿元", Bound.EXACTLY, None),
        ("占比高于60%", Bound.ABOVE, "高于"),
        ("能耗低于10吨标准煤", Bound.BELOW, "低于"),
        ("规模不满50户", Bound.BELOW, "不满"),
        ("建设70所左右", Bound.ABOUT, "左右"),
        ("产量稳定在3000万吨上下", Bound.ABOUT, "上下"),
        ("约2万户", Bound.ABOUT, "约"),
        ("近5000家", Bound.ABOUT, "近"),
        ("失业率控制在5%", Bound.EXACTLY, None),
        ("新建3000多个", Bound.ABOUT, None),
        ("新建100余个", Bound.ABOUT, None),
        ("新建5—8个", Bound.RANGE, None),
        ("新建12个", Bound.EXACTLY, None),
        ("能耗节约10%", Bound.EXACTLY, None),
        ("吸收5个起草单位参加", Bound.EXACTLY, None),
    ],
)
def test_quantity_is_bounded(sentence: str, bound: Bound, said: str | None) -> None:
    (mention,) = _read(sentence)
    span = mention.bound_span
    assert (mention.bound, span and tidy(sentence).text[slice(*span)]) == (bound, said)


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年基本建成",
        "2023年6月底前印发",
        "“十四五”期间持续推进",
        "实施“1+X”证书制度",
        "落实“双高计划”和“3+2”分段培养",
        "按照《教育现代化2035规划》推进",
        "（云政〔2022〕15号）",
        "加快5G基站布局",
        "第12条、第三次会议",
        "3年内完成",
        "自受理之日起15个工作日内办结",
        "建成一批示范项目",
        "壮大十大产业",
        "作为一个整体谋划",
        "从两个方面着手",
        "分三个层次推进",
        "落实中央八项规定",
        "新一轮改革",
        "按照省人大五次会议部署",
        "优化三次产业结构",
        "二次供水设施改造",
        "减少一次投入",
        "省第十一次党代会和十次全会部署",
        "在三门峡市和九江市试点",
        "庆祝建厂70周年",
        "千家万户受益",
        "关爱80岁以上老年人",
        "为65岁以上老年人建档",
        "普及0—3岁婴幼儿照护",
        "拨打12345热线",
        "细颗粒物（PM2.5）",
        "每10万人口中的大学生",
        "一次性补助",
        "等3部门联合印发",
        "每名教师联系每三户家庭",
        "三四十个项目",
        "新建 1 2 0 个",
        "几十家企业、数百名专家",
    ],
)
def test_quantity_ignores(sentence: str) -> None:
    assert _quoted(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "amount", "unit", "bound"),
    [
        ("森林覆盖率达到４５％以上", "45", "%", Bound.AT_LEAST),
        ("补助１，２００万元", "12000000", "元", Bound.EXACTLY),
        ("达到１．２万人次", "12000", "人次", Bound.EXACTLY),
        ("新建7\n0所左\n右", "70", "所", Bound.ABOUT),
        ("占比不\n低于\n10%", "10", "%", Bound.AT_LEAST),
        ("新建70 所 左右", "70", "所", Bound.ABOUT),
        ("（力争达到60%）", "60", "%", Bound.EXACTLY),
        ("市级补助（最高20万元）", "200000", "元", Bound.AT_MOST),
        ("“200门精品课程”", "200", "门", Bound.EXACTLY),
        ("新建5–10所", "5-10", "所", Bound.RANGE),
        ("新建5－10所", "5-10", "所", Bound.RANGE),
        ("新建5-10所", "5-10", "所", Bound.RANGE),
        ("新建5──10所", "5-10", "所", Bound.RANGE),
        ("新建5~10所", "5-10", "所", Bound.RANGE),
        ("新建5～10所", "5-10", "所", Bound.RANGE),
        ("新建5〜10所", "5-10", "所", Bound.RANGE),
        ("新建5−10所", "5-10", "所", Bound.RANGE),
        ("新建5一10所", "5-10", "所", Bound.RANGE),
        ("增速3％一5％", "3-5", "%", Bound.RANGE),
    ],
)
def test_quantity_is_read_though(sentence: str, amount: str, unit: str, bound: Bound) -> None:
    (mention,) = _read(sentence)
    assert (mention.quantity, mention.bound) == (_quantity(amount, unit), bound)


def test_quantity_whole_covers_its_comparator() -> None:
    text = tidy("占比不低于10%，规模70所左右").text
    assert [text[slice(*m.whole)] for m in find_quantities(text)] == ["不低于10%", "70所左右"]


def test_quantities_of_a_list_are_read_one_by_one() -> None:
    assert _quoted("培养500名骨干教师、打造200门课程和20个左右基地") == ["500名", "200门", "20个"]


def test_quantity_of_a_table_cell_is_not_glued_to_its_neighbour() -> None:
    assert _quoted("3\t120个\t85%") == ["120个", "85%"]

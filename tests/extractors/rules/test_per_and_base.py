"""Per what a quantity is promised, and what a ratio or a change is of."""

import pytest

from corpus.model.quantity import Bound
from corpus.model.view import tidy
from extractors.rules.per_and_base import Base, find_base, find_per
from extractors.rules.quantity import find_quantities


def _per(sentence: str) -> str | None:
    """What stands per before the last quantity."""
    text = tidy(sentence).text
    span = find_per(text, 0, find_quantities(text)[-1].whole[0])
    return span and text[slice(*span)]


def _base(sentence: str) -> tuple[str, Base] | None:
    """The base of the last quantity, looked for from the start of the sentence."""
    text = tidy(sentence).text
    found = find_base(text, 0, find_quantities(text)[-1])
    return found and (text[slice(*found.base)], found)


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("每个县（市）至少建成1所", "每个县(市)"),
        ("每个县（市、区）要办好2所", "每个县(市、区)"),
        ("每所职业学校配备不少于3名", "每所职业学校"),
        ("每家企业给予20万元", "每家企业"),
        ("每个乡镇各设1处", "每个乡镇"),
        ("每年培训500人次", "每年"),
        ("劳动教育每周不少于1课时", "每周"),
        ("专题讲座每学期不少于16学时", "每学期"),
        ("开放日每月至少1次", "每月"),
        ("每半年召开1次例会", "每半年"),
        ("年均新增就业5万人", "年均"),
        ("年平均培训3万人", "年平均"),
        ("补助标准提高到每人每年600元", "每人每年"),
        ("每个子女每月补贴500元", "每个子女每月"),
        ("每家企业每年最高补助30万元", "每家企业每年"),
        ("养护资金每年每公里不低于8000元", "每年每公里"),
        ("养老金人均每年增长5%", "人均每年"),
        ("平均每年下降2个百分点", "平均每年"),
        ("收购价每50公斤提高3元", "每50公斤"),
        ("每200名服务对象至少配备1名", "每200名服务对象"),
        ("每万名老年人配备护理员50名", "每万名老年人"),
        ("每个设区市随机抽查2个", "每个设区市"),
        ("每个县为本地每个优势产业配备1名", "每个优势产业"),
        ("每届更换比例不少于20%", "每届"),
        ("每个重点产业配备1名", "每个重点产业"),
        ("每名学生每年资助2000元", "每名学生每年"),
    ],
)
def test_per_is_found(sentence: str, per: str) -> None:
    assert _per(sentence) == per


@pytest.mark.parametrize(
    "sentence",
    [
        "新建养老服务中心70所",
        "居民人均可支配收入达到5万元",
        "人均预期寿命达到79岁",
        "每千人口医疗卫生机构床位数达到7.5张",
        "每3年修订1次",
        "每两年评估1次",
        "国内生产总值每增长1个百分点",
        "各年度安排100万元",
    ],
)
def test_per_ignores(sentence: str) -> None:
    assert _per(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("每 个 县（市）\n至少建成1所", "每个县(市)"),
        ("每个县(市)至少建成１所", "每个县(市)"),
        ("（每所学校不少于3名）", "每所学校"),
        ("每２００名服务对象至少配备1名", "每200名服务对象"),
    ],
)
def test_per_is_found_though(sentence: str, per: str) -> None:
    assert _per(sentence) == per


@pytest.mark.parametrize(
    ("sentence", "base"),
    [
        ("培训人次不低于在校生数的2倍", "在校生数"),
        ("招生规模不低于高等职业教育招生规模的10%", "高等职业教育招生规模"),
        ("法制审核人员不少于执法人员总数的5%", "执法人员总数"),
        ("可按投资额的30%抵免", "投资额"),
        ("按照实际支付额的50%补助", "实际支付额"),
        ("相当于上年产值的两倍", "上年产值"),
        ("允许学校按编制数额20%自主招聘", "编制数额"),
        ("给予不超过总投入15%的补贴", "总投入"),
        ("按照规定给予不超过项目投资额30%的补贴", "项目投资额"),
        ("购买方可以选择由一方按扣除标准的50%扣除", "扣除标准"),
        ("底价可按不低于最低价标准的70%执行", "最低价标准"),
        ("能耗比2020年下降18%", "2020年"),
        ("能耗较“十三五”末下降13%", "“十三五”末"),
        ("规模比上年增长8%", "上年"),
        ("支出比上年年初预算增加200亿元", "上年年初预算"),
        ("总量在2020年基础上翻一番", "2020年基础上"),
        ("能耗比改造前下降20%", "改造前"),
        ("补助资金比去年增加3亿元", "去年"),
        ("发病率较基期下降10个百分点", "基期"),
    ],
)
def test_base_is_found(sentence: str, base: str) -> None:
    found = _base(sentence)
    assert found is not None
    assert found[0] == base


@pytest.mark.parametrize(
    "sentence",
    [
        "森林覆盖率达到45%",
        "新建改建学校70所",
        "投诉办结率不低于95%",
        "至少提高10%",
        "每天按照每家至少20%抽查",
        "在“十四五”期末报告3次",
        "可以达到80%",
        "（按中国人民银行基准利率为准）的2倍",
    ],
)
def test_base_ignores(sentence: str) -> None:
    assert _base(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "base"),
    [
        ("不低于在校\n生数的 2 倍", "在校生数"),
        ("不低于在校生数的２倍", "在校生数"),
        ("能耗比２０２０年\n下降18%", "2020年"),
        ("（可按投资额的30%抵免）", "投资额"),
    ],
)
def test_base_is_found_though(sentence: str, base: str) -> None:
    found = _base(sentence)
    assert found is not None
    assert found[0] == base


@pytest.mark.parametrize(
    ("sentence", "bound", "said"),
    [
        ("不低于在校生数的2倍", Bound.AT_LEAST, "不低于"),
        ("不得少于执法人员总数的5%", Bound.AT_LEAST, "不得少于"),
        ("不超过剩余部分的10%", Bound.AT_MOST, "不超过"),
        ("给予不超过总投入15%的补贴", Bound.AT_MOST, "不超过"),
        ("超过编制总数的80%", Bound.ABOVE, "超过"),
        ("低于全市平均数的60%", Bound.BELOW, "低于"),
    ],
)
def test_base_carries_the_comparator_before_it(sentence: str, bound: Bound, said: str) -> None:
    found = _base(sentence)
    assert found is not None
    base = found[1]
    assert base.bound_span is not None
    assert (base.bound, tidy(sentence).text[slice(*base.bound_span)]) == (bound, said)


def test_base_after_a_preposition_has_no_verb() -> None:
    found = _base("按扣除标准的50%扣除")
    assert found is not None
    assert found[1].verb is None


def test_base_of_a_change_says_its_verb() -> None:
    found = _base("能耗比2020年下降18%")
    assert found is not None
    assert found[1].verb is not None
    assert "能耗比2020年下降18%"[slice(*found[1].verb)] == "下降"

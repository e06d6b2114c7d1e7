"""Which thing a number counts: indicator, action, per, base and comparator of each quantity."""

from dataclasses import dataclass

import pytest

from corpus.model.quantity import Bound
from corpus.model.view import tidy
from extractors.nlp.clauses import cut
from extractors.rules.deadline import find_deadlines
from extractors.rules.quantity import find_quantities
from extractors.rules.target_mention import TargetMention
from extractors.rules.targets import find_targets


@dataclass(frozen=True)
class Read:
    """A mention in words: its number with the measure word, and what belongs to it."""

    number: str
    indicator: str | None
    action: str | None
    per: str | None
    base: str | None
    bound: Bound


def _mentions(sentence: str) -> tuple[str, list[TargetMention]]:
    text = tidy(sentence).text
    return text, find_targets(text, cut(text), find_quantities(text), find_deadlines(text))


def _read(sentence: str) -> list[Read]:
    text, mentions = _mentions(sentence)

    def words(span: tuple[int, int] | None) -> str | None:
        return None if span is None else text[slice(*span)]

    return [
        Read(
            text[m.quantity.start : m.quantity.end],
            words(m.indicator),
            words(m.action),
            words(m.per),
            words(m.base),
            m.quantity.bound,
        )
        for m in mentions
    ]


def _counted(sentence: str) -> list[tuple[str, str | None, str | None]]:
    return [(each.number, each.indicator, each.action) for each in _read(sentence)]


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        # the number before its noun
        ("新建社区食堂300个", [("300个", "社区食堂", "新建")]),
        ("青禾县新建社区食堂30个", [("30个", "社区食堂", "新建")]),
        ("重点打造20条休闲农业精品线路", [("20条", "休闲农业精品线路", "打造")]),
        ("到2026年，培育8家左右链主企业", [("8家", "链主企业", "培育")]),
        ("建成了12座污水处理厂", [("12座", "污水处理厂", "建成")]),
        # the noun before its number
        ("森林覆盖率达到38%以上", [("38%", "森林覆盖率", "达到")]),
        ("城镇污水集中收集率不低于75%", [("75%", "城镇污水集中收集率", None)]),
        ("研发经费投入强度提高到2.6%", [("2.6%", "研发经费投入强度", "提高到")]),
        ("力争规模以上企业突破5000家", [("5000家", "规模以上企业", "突破")]),
        ("我省新增高新技术企业1500家", [("1500家", "高新技术企业", "新增")]),
        # lists
        (
            "建设30个示范基地和60个特色专业点",
            [("30个", "示范基地", "建设"), ("60个", "特色专业点", "建设")],
        ),
        (
            "培育5家龙头企业、打造10个区域品牌",
            [("5家", "龙头企业", "培育"), ("10个", "区域品牌", "打造")],
        ),
        (
            "新建幼儿园40所、小学25所、初中10所",
            [("40所", "幼儿园", "新建"), ("25所", "小学", "新建"), ("10所", "初中", "新建")],
        ),
        # the items go with the numbers in their order
        (
            "单位产值能耗、单位产值水耗分别下降8%和10%",
            [("8%", "单位产值能耗", "下降"), ("10%", "单位产值水耗", "下降")],
        ),
        (
            "玉米、大豆良种覆盖率分别达到90%和95%",
            [("90%", "玉米、大豆良种覆盖率", "达到"), ("95%", "玉米、大豆良种覆盖率", "达到")],
        ),
        # two numbers of one thing
        (
            "给予不超过30%、最高500万元的研发补助",
            [("30%", "研发补助", "给予"), ("500万元", "研发补助", "给予")],
        ),
        # from where it starts is not promised
        ("床位数从4.2张提高到5张", [("5张", "床位数", "提高")]),
        ("补助标准由每人每年600元提高到800元", [("800元", "补助标准", "提高")]),
        # by what standard
        (
            "市级财政按照每户2000元的标准给予改造补助",
            [("2000元", "改造补助", "给予")],
        ),
        ("助餐点按每个社区至少1处的要求设置", [("1处", "助餐点", "设置")]),
        # what money is for
        ("投入2亿元，用于县级医院能力建设", [("2亿元", "县级医院能力建设", "投入")]),
        # which things another number counts
        (
            "培育年营业收入超过5000万元的养老企业20家",
            [("20家", "年营业收入超过5000万元的养老企业", "培育")],
        ),
        # a measure made of a verb is a noun
        ("投资总额达到300亿元", [("300亿元", "投资总额", "达到")]),
        # what is done with a share stands behind it
        ("允许学校按编制数额20%自主招聘兼职教师", [("20%", "兼职教师", "招聘")]),
        # a bare number
        ("定期召开联席会议，每年至少召开2次", [("2次", "联席会议", "召开")]),
        ("对新增床位给予一次性建设补助，每张不超过8000元", [("8000元", "一次性建设补助", None)]),
        ("对独居老年人每周至少探访2次", [("2次", "独居老年人", "探访")]),
    ],
)
def test_target_counts(sentence: str, counted: list[tuple[str, str | None, str | None]]) -> None:
    assert _counted(sentence) == counted


@pytest.mark.parametrize(
    "sentence",
    [
        "实施“1+X”证书制度",
        "贯彻《云岭省2035年远景规划》",
        "按照第12条执行",
        "推进十大工程",
        "2025年达到要求",
        "三年行动计划取得成效",
    ],
)
def test_target_ignores(sentence: str) -> None:
    assert _read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("新建社区\n食堂300\n个", ("300个", "社区食堂", "新建")),
        ("新建社区食堂３００个", ("300个", "社区食堂", "新建")),
        ("新 建 社 区 食 堂 300 个", ("300个", "社区食堂", "新建")),
        ("森林覆盖率达到３８％以上", ("38%", "森林覆盖率", "达到")),
        ("培育5一10家链主企业", ("5一10家", "链主企业", "培育")),
        ("12\t新建社区食堂300个\t省民政厅", ("300个", "社区食堂", "新建")),
        ("（其中，新建社区食堂300个）", ("300个", "社区食堂", "新建")),
        ("——新建社区食堂300个", ("300个", "社区食堂", "新建")),
    ],
)
def test_target_counts_though(sentence: str, counted: tuple[str, str, str]) -> None:
    assert counted in _counted(sentence)


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("每个县（市）至少建设1所特殊教育学校", [Bound.AT_LEAST]),
        ("至少建设1所特殊教育学校和2个资源中心", [Bound.AT_LEAST, Bound.AT_LEAST]),
        ("每百张床位至少配备医师1名、护士2名", [Bound.AT_LEAST, Bound.AT_LEAST]),
        # one comparator for the numbers of a row
        ("机构占比分别提高到55%、70%以上", [Bound.AT_LEAST, Bound.AT_LEAST]),
        ("补贴分别不低于300元、200元和100元", [Bound.AT_LEAST] * 3),
        ("床位数、机构数分别增长2%和3%", [Bound.EXACTLY, Bound.EXACTLY]),
        ("建设示范基地5个、10个以上专业群", [Bound.EXACTLY, Bound.AT_LEAST]),
        ("最多设立3个分中心", [Bound.AT_MOST]),
        ("不少于执法人员总数的5%", [Bound.AT_LEAST]),
        ("新建60所左右托育机构", [Bound.ABOUT]),
        ("培育5—10家链主企业", [Bound.RANGE]),
        ("新建60所托育机构", [Bound.EXACTLY]),
        ("单位能耗控制在80千克以内", [Bound.AT_MOST]),
    ],
)
def test_target_has_the_comparator_before_its_verb_or_number(
    sentence: str, bounds: list[Bound]
) -> None:
    assert [each.bound for each in _read(sentence)] == bounds


@pytest.mark.parametrize(
    ("sentence", "indicator", "per"),
    [
        ("每个县（市）至少建设1所特殊教育学校", "特殊教育学校", "每个县(市)"),
        ("每年培训养老护理员3万人次", "养老护理员", "每年"),
        ("安全教育每学期不少于8学时", "安全教育", "每学期"),
        ("每所学校心理健康教师不少于1名", "心理健康教师", "每所学校"),
    ],
)
def test_target_is_per_what_stands_beside_it(sentence: str, indicator: str, per: str) -> None:
    (each,) = _read(sentence)
    assert (each.indicator, each.per) == (indicator, per)


@pytest.mark.parametrize(
    ("sentence", "indicator", "base"),
    [
        ("单位生产总值能耗比2020年下降14%", "单位生产总值能耗", "2020年"),
        ("年培训人次不低于在校生数的2倍", "年培训人次", "在校生数"),
        ("可按设备投资额的10%抵免应纳税额", "应纳税额", "设备投资额"),
    ],
)
def test_target_is_of_its_base(sentence: str, indicator: str, base: str) -> None:
    (each,) = _read(sentence)
    assert (each.indicator, each.base) == (indicator, base)


def test_target_covers_all_its_parts() -> None:
    text, (mention,) = _mentions("每个县（市）至少建设1所特殊教育学校。")
    assert text[slice(*mention.whole)] == "每个县(市)至少建设1所特殊教育学校"


def test_target_without_any_noun_has_no_indicator() -> None:
    (each,) = _read("达到80%")
    assert each.indicator is None


def test_targets_of_two_clauses_keep_their_own_nouns() -> None:
    assert _counted("新增学位5万个，教师配备率达到95%。建成图书馆3座。") == [
        ("5万个", "学位", "新增"),
        ("95%", "教师配备率", "达到"),
        ("3座", "图书馆", "建成"),
    ]

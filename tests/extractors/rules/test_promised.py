"""Which of the numbers of a passage are promised, and which only tell, bind or describe."""

import pytest

from corpus.model.view import tidy
from extractors.nlp.clauses import Stretch, cut
from extractors.rules.deadline import find_deadlines
from extractors.rules.history import read_history
from extractors.rules.promised import promised_targets


def _promised(sentence: str, *, headings: tuple[str, ...] = (), aside: str = "") -> list[str]:
    """The numbers that are promised in a document of 2022, with their comparators."""
    text = tidy(sentence).text
    clauses = cut(text)
    start = text.index(aside) if aside else 0
    found = promised_targets(
        text,
        clauses,
        find_deadlines(text),
        history=read_history(text, clauses, year=2022, headings=headings),
        headings=headings,
        aside=[Stretch(start, start + len(aside))] if aside else [],
    )
    return [text[slice(*mention.quantity.whole)] for mention in found]


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("到2025年，新建社区食堂300个左右。", ["300个左右"]),
        ("护理型床位占比不低于60%，建成示范机构20家。", ["不低于60%", "20家"]),
        ("每年至少开展一次评估。", ["至少开展一次"]),
        ("对新建床位每张给予不超过6000元建设补贴。", ["不超过6000元"]),
        ("允许学校按编制数额20%左右自主招聘。", ["20%左右"]),
        ("培育年营业收入超过5000万元的养老企业20家。", ["20家"]),
        # made, or done so often
        ("新建三所特殊教育学校。", ["三所"]),
        ("组建五个工作专班。", ["五个"]),
        ("联席会议每年召开两次。", ["两次"]),
        # what tells which ones may stand behind the count, and before what is given
        ("打造2—3个年交易额100亿元以上的市场。", ["2—3个"]),
        ("建成面积1万平方米以上的康养基地5个。", ["5个"]),
        ("对年收入1000万元以上的养老企业给予10万元奖励。", ["10万元"]),
        ("保持5%左右的增速。", ["5%左右"]),
        ("新增5个的示范区。", ["5个"]),
        ("截至2021年底，全省建成机构3300家。到2025年建成4000家。", ["4000家"]),
    ],
)
def test_promised_target_is_kept(sentence: str, numbers: list[str]) -> None:
    assert _promised(sentence) == numbers


@pytest.mark.parametrize(
    "sentence",
    [
        # what was
        "截至2021年底，全省已建成养老机构3300家。",
        "去年培训护理员2万人次。",
        # conditions and definitions
        "申报企业注册资本不低于500万元。",
        "本办法所称大型机构，是指床位500张以上的养老机构。",
        # the sentence of a notice
        "经专家评审，省政府决定命名20个示范县。",
        # names
        "落实“1+8+N”工作体系。",
        "按照《云岭省“十四五”12项规划》和第3条执行。",
        # which things are meant
        "对投资超过1亿元的项目开辟绿色通道。",
        "支持床位100张以上的养老机构规范发展。",
        # words that count parts of something known
        "统筹利用国内国际两个市场、两种资源。",
        "必须抓好三件事。",
        "坚持我们提出的八项主张。",
        "种植土厚度不小于0.3米的，可按绿化面积计算。",
        "涉及两个以上部门。",
        # how many are listed
        "提出以下三条措施。",
        "内部管理（5分）。",
    ],
)
def test_promised_target_ignores(sentence: str) -> None:
    assert _promised(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("到2025年，新建社区\n食堂3００个左右。", ["300个左右"]),
        ("到 2025 年 ， 新建社区食堂 300 个左右 。", ["300个左右"]),
        ("3\t新建社区食堂300个\t省民政厅", ["300个"]),
        ("培育5一10家龙头企业。", ["5一10家"]),
    ],
)
def test_promised_target_is_kept_though(sentence: str, numbers: list[str]) -> None:
    assert _promised(sentence) == numbers


def test_promised_target_is_none_in_a_stretch_aside() -> None:
    sentence = "新建社区食堂300个（省民政厅、16个市政府负责）。"
    assert _promised(sentence, aside="(省民政厅、16个市政府负责)") == ["300个"]


def test_promised_target_is_none_under_a_heading_of_conditions() -> None:
    assert _promised("床位不少于100张。", headings=("二、申报条件",)) == []
    assert _promised("床位不少于100张。", headings=("二、建设目标",)) == ["不少于100张"]


def test_promised_target_needs_more_than_a_bare_number() -> None:
    assert _promised("20家。") == []

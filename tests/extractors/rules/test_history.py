"""What a passage tells of the past, sentence by sentence."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.model.official import OfficialHeader
from corpus.model.view import tidy
from extractors.nlp.clauses import cut
from extractors.rules.history import read_history, reference_year
from tests.end_to_end.plain_documents import document_of


def _back(passage: str, *, year: int | None = 2022, headings: tuple[str, ...] = ()) -> str:
    """One sign a sentence: < looks back, > ahead (or neither)."""
    text = tidy(passage).text
    history = read_history(text, cut(text), year=year, headings=headings)
    return "".join("<" if back else ">" for back in history.back)


@pytest.mark.parametrize(
    "sentence",
    [
        "截至2021年底，全省建成养老机构3300家。",
        "全省已建成养老机构3300家。",
        "去年培训护理员2万人次。",
        "五年来新增床位10万张。",
        "建成了300个社区食堂。",
        "床位数比上年增长8.5%。",
        "2020年培训护理员2万人次。",
        "“十二五”期间新建机构200家。",
        "年均增长6.8%。",
        "目前有护理员5万名。",
        "累计培训护理员5万人次。",
    ],
)
def test_history_is_told(sentence: str) -> None:
    assert _back(sentence) == "<"


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年，全省养老机构达到4000家。",
        "力争新增床位10万张。",
        "为了方便群众，新建300个社区食堂。",
        "要在去年基础上增加5000张。",
        "能耗比2020年下降18%。",
        "“十四五”期间新建机构200家。",
        "深入了解需求，新建站点50个。",
        "床位不少于500张。",
        "2023年培训护理员2万人次。",
        "今年新建300个社区食堂。",
    ],
)
def test_history_is_not_told_of(sentence: str) -> None:
    assert _back(sentence) == ">"


@pytest.mark.parametrize(
    "sentence",
    [
        "截至２０２１年底，全省建成养老机构3300家。",
        "截 至 2021 年 底 ，全省建成养老机构3300家。",
        "全省\n已建\n成养老机构3300家。",
        "“十 二五”期\n间新建机构200家。",
    ],
)
def test_history_is_told_though(sentence: str) -> None:
    assert _back(sentence) == "<"


@pytest.mark.parametrize(
    ("passage", "signs"),
    [
        # a sentence with no mark of its own goes on with the one before it
        ("五年来，养老服务快速发展。新建机构200家。培训护理员3万人次。", "<<<"),
        ("五年来，新建机构200家。今后五年，要再建300家。新增床位5万张。", "<>>"),
        ("到2025年，建成机构300家。新增床位5万张。", ">>"),
        ("到2025年，建成机构300家。2021年已建成80家。", "><"),
    ],
)
def test_history_goes_on_until_a_sentence_turns(passage: str, signs: str) -> None:
    assert _back(passage) == signs


def test_chapter_that_reports_tells_what_was_whatever_its_words() -> None:
    passage = "产值达到5亿元，增速保持在8%左右。要素保障有力。今年，新建机构30家。"
    assert _back(passage, headings=("一、2021年工作回顾",)) == "<<>"
    assert _back(passage, headings=("一、发展基础和主要目标",)) == ">>>"


@pytest.mark.parametrize(
    ("year", "signs"),
    [(2019, ">"), (2022, "<"), (None, ">")],
)
def test_history_is_what_lies_before_the_year_of_the_document(year: int | None, signs: str) -> None:
    assert _back("2020年培训护理员2万人次。", year=year) == signs


@pytest.mark.parametrize(
    ("headings", "signs"),
    [
        (("一、工作回顾",), "<"),
        (("一、发展基础",), "<"),
        (("一、“十三五”时期发展成就",), "<"),
        (("二、主要目标",), ">"),
        ((), ">"),
    ],
)
def test_history_follows_its_heading(headings: tuple[str, ...], signs: str) -> None:
    assert _back("新建机构200家。", headings=headings) == signs


def test_history_under_a_heading_of_aims_is_told_only_by_its_beginning() -> None:
    aims = ("二、主要目标",)
    assert _back("在建成了300家的基础上新增50家。", headings=aims) == ">"
    assert _back("截至2021年底，建成300家。", headings=aims) == "<"


def test_history_knows_the_sentence_of_a_position() -> None:
    text = "五年来建成机构200家。今后要建成300家。"
    history = read_history(text, cut(text), year=2022)
    assert [history.at(text.index(n)) for n in ("200家", "300家")] == [True, False]


@pytest.mark.parametrize(
    ("official", "year"),
    [
        (OfficialHeader(date_of_issue=date(2021, 12, 30)), 2021),
        (OfficialHeader(document_number="云政〔2022〕15号"), 2022),
        (OfficialHeader(title="2023年政府工作报告"), 2023),
        (OfficialHeader(title="云岭省2023年工作要点"), 2023),
        (OfficialHeader(title="云岭省2035年远景规划"), None),
        (OfficialHeader(), None),
    ],
)
def test_reference_year_is_that_of_issue_number_or_title(
    official: OfficialHeader, year: int | None
) -> None:
    assert reference_year(replace(document_of("文", "d"), official=official)) == year

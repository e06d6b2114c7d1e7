"""Times by which something is due, as findings with their days."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.model.document import Document
from corpus.model.period import Deadline
from extractors.rules.due_dates import DueDates
from tests.end_to_end.plain_documents import document_of

_ISSUED = date(2022, 3, 1)


def _document(text: str, *, issued: date | None = _ISSUED) -> Document:
    document = document_of(text, "d")
    return replace(document, official=replace(document.official, date_of_issue=issued))


def _due(text: str, *, issued: date | None = _ISSUED) -> list[tuple[str, date | None]]:
    values = [finding.value for finding in DueDates().find(_document(text, issued=issued))]
    return [(value.raw, value.end) for value in values if isinstance(value, Deadline)]


def test_due_date_of_this_year_needs_no_more_than_the_year_of_the_number() -> None:
    document = _document("年底前完成摸底。3个月内验收。", issued=None)
    official = replace(document.official, document_number="云政〔2023〕15号")
    values = [f.value for f in DueDates().find(replace(document, official=official))]
    ends = [value.end for value in values if isinstance(value, Deadline)]
    assert ends == [date(2023, 12, 31), None]


@pytest.mark.parametrize(
    ("text", "raw", "end"),
    [
        ("到2025年，建成社区食堂300个。", "到2025年", date(2025, 12, 31)),
        ("2023年6月底前印发实施细则。", "2023年6月底前", date(2023, 6, 30)),
        ("年底前完成摸底。", "年底前", date(2022, 12, 31)),
        ("明年3月底前验收。", "明年3月底前", date(2023, 3, 31)),
        ("“十四五”期间新建机构20家。", "“十四五”期间", date(2025, 12, 31)),
        ("3年内实现全覆盖。", "3年内", date(2025, 3, 1)),
        ("每3年修订1次。", "每3年", None),
    ],
)
def test_due_date_is_found(text: str, raw: str, end: date | None) -> None:
    assert _due(text) == [(raw, end)]


@pytest.mark.parametrize(
    "text",
    [
        "截至2021年底，建成机构3300家。",
        "2020年底建成了机构300家。",
        "按照《云岭省2025年规划》执行。",
        "一、2023年重点任务",
        "本办法自2022年5月1日起施行。",
        "序号\t任务\t责任单位\n1\t新建食堂\t2023年专班",
    ],
)
def test_due_date_ignores(text: str) -> None:
    assert _due(text) == []


@pytest.mark.parametrize(
    ("text", "raw", "end"),
    [
        ("到２０２５年，建成食堂300个。", "到２０２５年", date(2025, 12, 31)),
        ("到 2025 年 底 ，建成食堂300个。", "到2025年底", date(2025, 12, 31)),
        ("任务\t完成时限\n新建食堂\t2023年\t", "2023年", date(2023, 12, 31)),
        ("新建食堂（2023年底前完成，省民政厅负责）。", "2023年底前", date(2023, 12, 31)),
        ("任务\t完成时限\n新建食堂\t长期坚持", "长期坚持", None),
        ("任务\t完成时限\n新建食堂\t持续推进。", "持续推进", None),
    ],
)
def test_due_date_is_found_though(text: str, raw: str, end: date | None) -> None:
    assert _due(text) == [(raw, end)]


@pytest.mark.parametrize(
    ("first", "end"),
    [
        # of the year of issue or the next: what follows is of that year
        ("2022年4月底前制定方案。", date(2022, 6, 30)),
        ("2023年3月底前制定方案。", date(2023, 6, 30)),
        # an aim far off says nothing of a bare month
        ("到2025年，建成食堂300个。", date(2022, 6, 30)),
        ("到2035年，基本实现现代化。", date(2022, 6, 30)),
        ("制定方案。", date(2022, 6, 30)),
    ],
)
def test_due_date_of_a_bare_month_is_in_a_year_named_close_by(first: str, end: date) -> None:
    assert _due(f"{first}\n6月底前上报。")[-1] == ("6月底前", end)


def test_due_date_of_a_bare_month_goes_back_to_the_year_of_issue_no_more() -> None:
    text = "2023年3月底前制定方案。\n到2025年，建成食堂300个。\n6月底前上报。"
    assert _due(text)[-1] == ("6月底前", date(2023, 6, 30))


@pytest.mark.parametrize(
    ("first", "end"),
    [
        ("2022年4月底前制定方案。", date(2022, 6, 30)),
        ("到2025年，建成食堂300个。", None),
        ("制定方案。", None),
    ],
)
def test_due_date_without_a_date_of_issue_is_doubtful_unless_a_year_is_named(
    first: str, end: date | None
) -> None:
    findings = list(DueDates().find(_document(f"{first}\n6月底前上报。", issued=None)))
    last = findings[-1].value
    assert isinstance(last, Deadline)
    assert (last.end, last.doubt is None) == (end, end is not None)
    assert findings[-1].score == (0.6 if end is None else 0.93)


def test_due_date_cites_its_words_and_names_its_rule() -> None:
    (finding,) = DueDates().find(_document("到2025\n年，建成食堂300个。".replace("\n", " ")))
    assert (finding.evidence.quote, finding.rule) == ("到2025 年", "year")

"""变化: the list by filter, both sides with their pages, confirmed and dismissed."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from corpus.model.change import ChangeKind
from corpus.model.review import RowState
from corpus.store.desk_records import ChangeEntry, ChangeFilter
from outputs.review.library import Library

_LINKS = re.compile(r'/documents/(d-\w+)/changes/(x-\w+)"')


@pytest.fixture
def lowered(library: Library) -> ChangeEntry:
    """The target that was lowered."""
    return library.desk.changes(ChangeFilter(label="lowered")).items[0]


@pytest.fixture
def address(lowered: ChangeEntry) -> str:
    return f"/documents/{lowered.document_id}/changes/{lowered.key}"


def test_list_shows_every_change_but_what_was_carried_over(
    browser: Callable, library: Library, plan: str
) -> None:
    (compared,) = library.comparisons(plan)
    told = [c for c in compared.changes if c.kind is not ChangeKind.CARRIED_OVER]
    text = browser().see("/changes")
    assert len(set(_LINKS.findall(text))) == len(told) > 5
    assert f"共 {len(told)} 条" in text


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?label=lowered", lambda e: "lowered" in e.labels),
        ("?label=dropped", lambda e: e.labels[0] == "dropped"),
        ("?label=carried_over", lambda e: e.labels[0] == "carried_over"),
        ("?unit=民政厅", lambda e: "民政厅" in e.units and not e.carried),
        ("?q=街道(乡镇)", lambda e: "街道(乡镇)" in e.text and not e.carried),
        ("?state=accepted", lambda e: False),
        ("?document=d-none", lambda e: False),
    ],
)
def test_list_keeps_what_the_filter_says(
    browser: Callable, library: Library, query: str, kept: Callable[[ChangeEntry], bool]
) -> None:
    every = library.desk.changes(ChangeFilter(carried=True), size=1000).items
    wanted = {entry.key for entry in every if kept(entry)}
    assert {key for _, key in _LINKS.findall(browser().see(f"/changes{query}"))} == wanted


def test_change_is_shown_with_both_pages_and_what_differs(
    browser: Callable, lowered: ChangeEntry, address: str
) -> None:
    text = html.unescape(browser().see(address))
    assert "目标值由600个左右降低到520个左右" in text
    assert "云政发〔2021〕12号" in text
    assert "云政发〔2023〕9号" in text
    assert f"/documents/{lowered.prior_id}/pages/3.png" in text
    assert f"/documents/{lowered.document_id}/pages/3.png" in text
    assert "<del>" in text
    assert "<ins>" in text


def test_confirmed_change_bears_who_and_why_and_can_be_taken_back(
    browser: Callable, library: Library, lowered: ChangeEntry, address: str
) -> None:
    reviewer = browser("张敏")
    reviewer.submit(address, do="accepted", number=0, reason="已与处室核对")
    text = reviewer.see(address)
    assert "张敏" in text
    assert "已与处室核对" in text
    assert lowered.key in reviewer.see("/changes?state=accepted")
    reviewer.submit(address, do="open", number=1)
    found = library.desk.change(lowered.document_id, lowered.key)
    assert found is not None
    assert found.state is RowState.OPEN
    assert len(library.decisions.of_subject(lowered.document_id, lowered.key)) == 2


def test_change_is_dismissed_only_with_a_reason(
    browser: Callable, library: Library, lowered: ChangeEntry, address: str
) -> None:
    reviewer = browser("张敏")
    assert "不予采信请写明理由" in reviewer.submit(address, status=422, do="rejected", number=0)
    reviewer.submit(address, do="rejected", number=0, reason="范围不同")
    found = library.desk.change(lowered.document_id, lowered.key)
    assert found is not None
    assert found.state is RowState.REJECTED


def test_second_reviewer_of_a_change_is_told(browser: Callable, address: str) -> None:
    first, second = browser("张敏"), browser("李伟")
    first.submit(address, do="accepted", number=0)
    text = second.submit(address, status=409, do="rejected", number=0, reason="范围不同")
    assert "“张敏”已于" in html.unescape(text)
    assert 'value="范围不同"' in text


@pytest.mark.parametrize("form", [{"do": "x"}, {"do": "accepted", "number": "x"}, {}])
def test_change_is_not_decided_by_nonsense(
    browser: Callable, library: Library, plan: str, address: str, form: dict[str, str]
) -> None:
    browser("张敏").submit(address, status=400, **form)
    assert library.decisions.of_document(plan) == []


@pytest.mark.parametrize("query", ["", "?label=dropped", "?unit=财政厅", "?q=没有这样的话"])
def test_export_has_the_changes_of_the_filter(
    browser: Callable, library: Library, query: str
) -> None:
    guest = browser()
    shown = len(set(_LINKS.findall(guest.see(f"/changes{query}"))))
    answer = guest.get(f"/export/changes.xlsx{query}")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    column = [cell.value for cell in sheet[1]].index("序号") + 1
    numbers = {sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)} - {None}
    assert len(numbers) == shown
    report = guest.get(f"/export/changes.html{query}")
    assert report.headers["content-disposition"].startswith("attachment")


def test_export_of_no_known_format_is_not_there(browser: Callable) -> None:
    assert browser().get("/export/changes.exe").status_code == 404
    assert browser().get("/export/ledger.html").status_code == 404


def test_next_change_is_the_one_that_waits_after_it_and_the_last_leads_round(
    browser: Callable, library: Library
) -> None:
    guest = browser("张敏")
    every = library.desk.changes(ChangeFilter(), size=100).items
    where = [f"/documents/{e.document_id}/changes/{e.key}" for e in every]

    def after(key: str) -> str:
        answer = guest.get(f"/changes/next?after={key}", follow_redirects=False)
        return str(answer.headers["location"])

    assert after("") == where[0]
    assert after(every[0].key) == where[1]
    guest.submit(where[1], do="accepted", number=0)
    assert after(every[0].key) == where[2]
    assert after(every[-1].key) == where[0]


def test_changes_are_filtered_by_indicator(browser: Callable) -> None:
    text = html.unescape(browser().see("/changes?indicator=养老床位 总数"))
    assert "指标含“养老床位 总数”" in text
    assert "订阅这个指标" in text
    assert "智慧养老服务平台" not in re.sub(r"<[^>]+>", "", text[text.index("<tbody>") :])

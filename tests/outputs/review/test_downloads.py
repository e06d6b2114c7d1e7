"""Files to take away hold exactly what the filter shows, lead back to the evidence, and harm nobody
who opens them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import docx
import pytest
from openpyxl import load_workbook

from corpus.store.desk_records import ChangeFilter, RowFilter
from outputs.review.library import Library
from outputs.review.site import Site

_ROWS = [
    ("", RowFilter(state="standing")),
    ("?unit=财政厅", RowFilter(unit="财政厅", state="standing")),
    ("?state=corrected", RowFilter(state="corrected")),
    ("?q=没有这样的词", RowFilter("没有这样的词", state="standing")),
]
_CHANGES = [
    ("", ChangeFilter()),
    ("?label=lowered", ChangeFilter(label="lowered")),
    ("?unit=民政厅", ChangeFilter(unit="民政厅")),
    ("?label=carried_over", ChangeFilter(label="carried_over")),
]


@pytest.mark.parametrize(("query", "wanted"), _ROWS)
def test_ledger_files_have_the_rows_of_the_filter(
    browser: Callable, library: Library, query: str, wanted: RowFilter
) -> None:
    shown = library.desk.entries(wanted, size=1_000).items
    guest = browser()
    sheet = load_workbook(io.BytesIO(guest.get(f"/export/ledger.xlsx{query}").content))["台账"]
    heads = [cell.value for cell in sheet[1]]
    place = heads.index("任务编号")
    ids = [row[place].value for row in sheet.iter_rows(min_row=2)]
    assert ids == [each.commitment.id for each in shown]
    links = [row[-1].hyperlink.target for row in sheet.iter_rows(min_row=2)]
    for entry, link in zip(shown, links, strict=True):
        assert link.endswith(f"/documents/{entry.document_id}?row={entry.commitment.id}")
    lines = guest.get(f"/export/ledger.csv{query}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [row["任务编号"] for row in rows] == ids
    assert [row["依据链接"] for row in rows] == links
    paper = docx.Document(io.BytesIO(guest.get(f"/export/ledger.docx{query}").content))
    assert sum(len(table.rows) - 1 for table in paper.tables) == len(shown)


@pytest.mark.parametrize(("query", "wanted"), _CHANGES)
def test_change_files_have_the_changes_of_the_filter(
    browser: Callable, library: Library, query: str, wanted: ChangeFilter
) -> None:
    keys = {each.key for each in library.desk.changes(wanted, size=1_000).items}
    assert keys
    guest = browser()
    sheet = load_workbook(io.BytesIO(guest.get(f"/export/changes.xlsx{query}").content))["变化"]
    links = {row[-1].hyperlink.target for row in sheet.iter_rows(min_row=2)}
    assert {link.rpartition("/")[2] for link in links} == keys
    page = guest.get(f"/export/changes.html{query}").text
    assert page.count('class="change"') == len(keys)
    assert all(f'href="{link}"' in page for link in links)
    paper = docx.Document(io.BytesIO(guest.get(f"/export/changes.docx{query}").content))
    numbers = [row.cells[0].text for table in paper.tables for row in table.rows]
    assert sum(number.isdigit() for number in numbers) == len(keys)


def test_link_of_a_file_opens_its_evidence(browser: Callable, library: Library) -> None:
    guest = browser()
    (first, *_rest) = csv.DictReader(
        io.StringIO(guest.get("/export/changes.csv").content.decode("utf-8-sig"))
    )
    parts = urlsplit(first["依据链接"])
    assert guest.get(parts.path).status_code == 200


def test_correction_is_in_every_file_with_its_reviewer(
    browser: Callable, library: Library, plan: str
) -> None:
    row = next(r for r in library.review(plan).rows if r.commitment.indicator)
    member = browser("张敏")
    member.submit(
        f"/documents/{plan}/rows/{row.commitment.id}",
        do="correct:indicator",
        number="0",
        value="更正后的指标",
        reason="照原文",
    )
    for format in ("csv", "json"):
        content = member.get(f"/documents/{plan}/ledger.{format}").content.decode("utf-8-sig")
        assert "更正后的指标" in content
        assert "张敏" in content
    paper = docx.Document(io.BytesIO(member.get(f"/documents/{plan}/ledger.docx").content))
    text = "\n".join(cell.text for table in paper.tables for r in table.rows for cell in r.cells)
    assert "更正后的指标" in text
    assert f"人工审核：张敏于{datetime.now().year}年" in text


def test_words_of_a_document_are_text_in_every_file(
    browser: Callable, library: Library, plan: str
) -> None:
    row = library.review(plan).rows[0]
    hostile = '=HYPERLINK("http://evil.example","点我")'
    member = browser("张敏")
    member.submit(
        f"/documents/{plan}/rows/{row.commitment.id}",
        do="correct:indicator",
        number="0",
        value=hostile,
        reason="试",
    )
    lines = member.get(f"/documents/{plan}/ledger.csv").content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(lines)) for cell in line]
    assert f"'{hostile}" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    book = load_workbook(io.BytesIO(member.get(f"/documents/{plan}/ledger.xlsx").content))
    (cell,) = [c for r in book["台账"].iter_rows() for c in r if c.value == hostile]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


@pytest.mark.parametrize("address", ["/export/ledger.docx", "/export/changes.html"])
def test_file_is_saved_and_never_shown_as_a_page(browser: Callable, address: str) -> None:
    answer = browser().get(address)
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_more_than_a_paper_holds_is_refused_in_words(
    browser: Callable, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outputs.review.pages.downloads._MOST_OF", {"docx": 3})
    answer = browser().get("/export/ledger.docx")
    assert answer.status_code == 400
    assert "请先筛选" in answer.text

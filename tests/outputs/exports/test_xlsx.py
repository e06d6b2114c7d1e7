"""XLSX as an office hands it on."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from outputs.exports import xlsx
from outputs.exports.cells import MOST


def _open(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_headings_are_frozen_filtered_and_repeated_in_print(ledger: Ledger) -> None:
    sheet = _open(xlsx.ledgers([ledger]))["台账"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:5] == ["序号", "文件", "文号", "章节", "任务"]
    assert heads[15:19] == ["原文依据", "页码", "把握程度（置信度）", "存疑"]
    assert heads[19] == "人工审核"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:W7"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet.print_area == "'台账'!$A$1:$T$7"


def test_dates_and_numbers_are_real(ledger: Ledger) -> None:
    sheet = _open(xlsx.ledgers([ledger]))["台账"]
    column = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, column["截止日期"]).value == datetime(2025, 12, 31)
    assert sheet.cell(2, column["截止日期"]).number_format == 'yyyy"年"m"月"d"日"'
    assert sheet.cell(3, column["数值"]).value == 12000
    assert sheet.cell(7, column["数值"]).value == "30—40"
    assert sheet.cell(7, column["截止日期"]).value is None
    assert sheet.cell(7, column["存疑"]).value == "完成时限：只有起始时间"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "#N/A", '=HYPERLINK("x")'])
def test_text_stays_text(ledger: Ledger, commitment, text: str) -> None:
    made = xlsx.ledgers([Ledger(ledger.document, (commitment("建成", indicator=text),))])
    cell = _open(made)["台账"].cell(2, 7)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix or text.startswith("#")


def test_control_characters_and_endless_cells_do_not_break_the_file(
    ledger: Ledger, commitment
) -> None:
    bad = commitment("\x00\x0b建成\ud800\ufffe站点" + "长" * (MOST + 10))
    cell = _open(xlsx.ledgers([Ledger(ledger.document, (bad,))]))["台账"].cell(2, 5)
    assert cell.value.startswith("建成站点长")
    assert len(cell.value) == MOST


def test_header_and_footer_have_room_in_print(ledger: Ledger) -> None:
    """Less than a quarter of an inch, and a printer cuts their line in two."""
    for sheet in _open(xlsx.ledgers([ledger])):
        margins = sheet.page_margins
        assert margins.top - margins.header >= 0.25
        assert margins.bottom - margins.footer >= 0.25


def test_the_second_sheet_says_what_the_document_is(ledger: Ledger) -> None:
    sheet = _open(xlsx.ledgers([ledger]))["说明"]
    notes = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert notes["文号"] == "云政〔2021〕18号"
    assert notes["SHA-256"] == "9f" * 32
    assert notes["光学识别的页"] == "2"
    assert notes["未能读出的页"] == "3"
    assert notes["任务统计"].startswith("共 6 项任务")


def test_changes_have_both_sides_with_their_pages(comparison: Comparison) -> None:
    book = _open(xlsx.comparisons([comparison]))
    sheet = book["变化"]
    column = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.max_row == 1 + 9
    first = {head: sheet.cell(2, number).value for head, number in column.items()}
    assert (first["原值"], first["新值"]) == ("不少于1.2万人次", "不少于1万人次")
    assert (first["原页码"], first["新页码"]) == (5, 4)
    assert "培训养老护理员不少于1.2万人次" in first["原文件依据"]
    notes = [row[1].value for row in book["说明"].iter_rows()]
    assert (
        "原文件列入对照 6 项 = 变更 3 + 不再提及 1 + 延续 2；新文件 6 项 = 变更 3 + 新增 1 + 延续 2"
        in notes
    )

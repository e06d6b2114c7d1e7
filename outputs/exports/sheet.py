"""One sheet of a workbook: headings, cells, widths and heights, and how it prints on A4.

Document text is written as text only: =HYPERLINK(…) in a policy stays those characters.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from outputs.exports.cells import clean, looks_like_formula
from outputs.exports.widths import columns
from outputs.records import Cell, Column, Row

_DATE_FORMAT = 'yyyy"年"m"月"d"日"'
# On A4 the ledger's columns print at about two thirds: 11 pt type comes out at 7.
_LINE = 15.5  # points that one line of it takes
_WIDER = 1.05  # two of Excel's width units hold a little less than one Chinese character
_TALLEST = 409.0  # Excel's limit

_PLAIN = Font(name="宋体", size=11)
_BOLD = Font(name="宋体", size=11, bold=True)
_LINK = Font(name="宋体", size=11, color="0563C1", underline="single")
_LINKED = "查看依据"
_SIDE = Side(style="thin", color="BFBFBF")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_TEXT = Alignment(wrap_text=True, vertical="top", horizontal="left")
_NUMBER = Alignment(wrap_text=True, vertical="top", horizontal="center")
_HEADING = Alignment(wrap_text=True, vertical="center", horizontal="center")
_HEADING_FILL = PatternFill("solid", fgColor="DCE6F1")
_DOUBTFUL_FILL = PatternFill("solid", fgColor="FFF4CE")


def write(
    book: Workbook, title: str, columns: Sequence[Column[Row]], rows: Iterable[Row], *, printed: int
) -> Worksheet:
    """A sheet with a frozen heading row; the first ``printed`` columns go on paper."""
    sheet: Worksheet = book.create_sheet(title)
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        place = put(sheet, 1, number, column.header)
        place.font, place.fill, place.alignment = _BOLD, _HEADING_FILL, _HEADING
    sheet.row_dimensions[1].height = 2 * _LINE + 6
    last = 1
    for last, row in enumerate(rows, start=2):
        _row(sheet, last, columns, [column.read(row) for column in columns])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(printed)}{last}"
    print_on_a4(sheet)
    return sheet


def write_pairs(book: Workbook, title: str, pairs: Iterable[tuple[str, Cell]]) -> None:
    """A sheet of two columns without headings: 文号 | 河政〔2021〕5号."""
    sheet: Worksheet = book.create_sheet(title)
    widths = (18.0, 96.0)
    for letter, width in zip("AB", widths, strict=True):
        sheet.column_dimensions[letter].width = width
    for number, pair in enumerate(pairs, start=1):
        put(sheet, number, 1, pair[0]).font = _BOLD
        put(sheet, number, 2, pair[1]).alignment = _TEXT
        sheet.row_dimensions[number].height = _height(widths, pair)
    print_on_a4(sheet)


def put(sheet: Worksheet, row: int, column: int, cell: Cell) -> Any:
    """Write one cell; text stays text whatever it looks like, dates and numbers are real."""
    place: Any = sheet.cell(row, column)
    if isinstance(cell, str):
        _put_text(place, clean(cell))
    else:
        place.value = cell
        if isinstance(cell, date):
            place.number_format = _DATE_FORMAT
    place.font, place.border = _PLAIN, _GRID
    place.alignment = _TEXT if isinstance(cell, str) else _NUMBER
    return place


def shade(sheet: Worksheet, row: int, columns: int) -> None:
    """Mark a row for a second look."""
    for column in range(1, columns + 1):
        sheet.cell(row, column).fill = _DOUBTFUL_FILL


def print_on_a4(sheet: Worksheet) -> None:
    """A4 landscape, all columns on one page's width, pages numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    # Inches from the paper's edge; what is left to the table holds one line of text.
    sheet.page_margins.header = sheet.page_margins.footer = 0.4
    for part, text in ((sheet.oddHeader, sheet.title), (sheet.oddFooter, "第 &P 页，共 &N 页")):
        # Their own truth value says whether they have text yet, so not "if part.center".
        if part is not None and part.center is not None:
            part.center.text = text


def _row(sheet: Worksheet, row: int, columns: Sequence[Column[Any]], cells: Sequence[Cell]) -> None:
    for number, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
        place = put(sheet, row, number, _LINKED if column.link and cell else cell)
        if column.number_format:
            place.number_format = column.number_format
        if column.link and cell:
            place.hyperlink, place.font = str(cell), _LINK
    texts = [None if column.link else cell for column, cell in zip(columns, cells, strict=True)]
    sheet.row_dimensions[row].height = _height([column.width for column in columns], texts)


def _put_text(place: Any, text: str) -> None:
    """Neither a formula nor #N/A; an empty cell where there is nothing."""
    if not text:
        return
    place.value = text
    place.data_type = "s"
    if looks_like_formula(text):
        place.quotePrefix = True  # also after somebody edits the cell


def _height(widths: Sequence[float], cells: Sequence[Cell]) -> float:
    """Points for the tallest cell. WPS does not fit rows by itself when it opens a file."""
    pairs = zip(widths, cells, strict=True)
    lines = [_lines(cell, width - 1.5) for width, cell in pairs if isinstance(cell, str)]
    return min(_TALLEST, max(lines, default=1) * _LINE + 4)


def _lines(text: str, room: float) -> int:
    """How many lines a text takes in a column of that many Latin characters."""
    parts = text.split("\n")
    wide = [columns(part, ambiguous=2) * _WIDER for part in parts]
    return sum(max(1, math.ceil(each / max(1.0, room))) for each in wide)

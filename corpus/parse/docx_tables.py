"""Tables of a DOCX: 工作任务 | 责任单位 with cells over several rows and columns.

Word keeps a merged cell as one cell a row (vMerge) and counts columns of a fine grid (gridSpan);
here it is one cell with its spans, on a grid of the columns in which a cell begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.parse.flow import FlowCell
from corpus.parse.office_xml import attribute, child, switched_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# As Word does: more is a mistake of the file.
_MOST_COLUMNS = 63
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")


@dataclass(slots=True)
class Place:
    """One cell on the grid; ``contents`` are the elements that were merged into it."""

    contents: list[Element]
    row: int
    column: int
    row_span: int
    column_span: int


def places(table: Element) -> tuple[list[Place], int]:
    """The cells by row and column, and how many rows are said to be heads."""
    found: list[Place] = []
    open_: dict[int, Place] = {}
    heads, in_head = 0, True
    for number, row in enumerate(_rows(table)):
        properties = child(row, "trPr")
        in_head = in_head and switched_on(child(properties, "tblHeader"))
        heads += in_head
        open_ = _row(row, number, open_, found)
    return _closed_up(found), heads


def _row(
    row: Element, number: int, open_: dict[int, Place], found: list[Place]
) -> dict[int, Place]:
    """Place the cells of one row; what may go on below it, by column."""
    column = _count(value(row, "trPr", "gridBefore"), 0)
    going: dict[int, Place] = {}
    last: Place | None = None
    for cell in _cells(row):
        properties = child(cell, "tcPr")
        width = max(1, _count(value(properties, "gridSpan"), 1))
        if last is not None and _merge(properties, "hMerge") == "continue":
            last.column_span += width
            column += width
            continue
        above = open_.get(column)
        if above is not None and _merge(properties, "vMerge") == "continue":
            above.row_span = number - above.row + 1
            above.contents.append(cell)
            last = above
        else:
            last = Place([cell], number, column, 1, width)
            found.append(last)
        going[column] = last
        column += width
    return going


def _merge(properties: Element | None, name: str) -> str | None:
    """restart, continue, or None where the cell is not merged."""
    merge = child(properties, name)
    return None if merge is None else attribute(merge, "val") or "continue"


def _rows(table: Element) -> Iterator[Element]:
    for row in _inside(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is None and not switched_on(child(properties, "hidden")):
            yield row


def _cells(row: Element) -> Iterator[Element]:
    for cell in _inside(row, "tc"):
        if child(cell, "tcPr", "cellDel") is None:
            yield cell


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Children of that name, those inside of content controls and insertions too."""
    waiting = list(reversed(element))
    while waiting:
        part = waiting.pop()
        if part.tag == name:
            yield part
        elif part.tag in _WRAPPERS:
            waiting.extend(reversed(part))


def _count(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
        return default
    return min(int(digits), _MOST_COLUMNS)


def _closed_up(found: Sequence[Place]) -> list[Place]:
    """The same cells on a grid of only the columns in which one begins."""
    columns = sorted({place.column for place in found})
    closed: list[Place] = []
    for place in found:
        start = bisect_left(columns, place.column)
        end = bisect_left(columns, place.column + place.column_span)
        closed.append(replace(place, column=start, column_span=end - start))
    return closed


def is_table(found: Sequence[Place], cells: Sequence[FlowCell]) -> bool:
    """False for a frame around text, a letterhead set in two cells and other helps of layout."""
    rows = {cell.row for cell in cells if cell.lines}
    columns = {cell.column for cell in cells if cell.lines}
    return len(rows) > 1 and len(columns) > 1 and len(found) > 2

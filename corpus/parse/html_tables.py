"""Tables of web pages: cells by row and column as a browser places them, and which tables are none.

Older pages are laid out in tables: one cell holds the whole article, another the share bar. Those
are read as paragraphs. In a real one (任务 | 责任单位) a cell may stand beside several rows, and
its spans are sometimes wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.parse.flow import FlowCell, FlowLine
from corpus.parse.html_weight import Weight
from corpus.parse.tables import head_rows, rows_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A cell with this share of the table's text, in this many paragraphs, is an article.
_NEARLY_ALL = 0.8
_ARTICLE = 5
# As browsers do: more is a mistake.
_MOST_COLUMNS = 1000
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row, the number of its group (thead, tbody), and whether it is a head."""

    cells: tuple[Element, ...]
    group: int
    is_head: bool


@dataclass(slots=True)
class Place:
    """Where a cell stands, in the grid that the browser would draw."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int


def is_table(element: Element, weights: Mapping[Element, Weight]) -> bool:
    """True where a table element is a table of the document and not the page's layout."""
    if element.get("role") in {"presentation", "none"} or _depth(element) > _DEEPEST:
        return False
    rows = [row for row in _rows(element) if any(_has_text(c, weights) for c in row.cells)]
    if len(rows) < 2 or max(len(row.cells) for row in rows) < 2:
        return False
    whole = weights[element].text
    return not any(_is_article(cell, whole, weights) for row in rows for cell in row.cells)


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors("table"))


def _has_text(cell: Element, weights: Mapping[Element, Weight]) -> bool:
    return cell in weights and weights[cell].text > 0


def _is_article(cell: Element, whole: int, weights: Mapping[Element, Weight]) -> bool:
    weight = weights.get(cell)
    if weight is None or weight.text < _NEARLY_ALL * whole:
        return False
    inside = any(True for _ in cell.iter("table", *_HEADINGS))
    return inside or weight.paragraphs >= _ARTICLE


def _rows(table: Element) -> Iterator[_Row]:
    """Rows in order, those of nested tables left out; cells outside of any row make one."""
    loose: list[Element] = []
    group = 0
    waiting: list[tuple[Element, bool, int]] = [(c, False, 0) for c in reversed(table)]
    while waiting:
        child, in_head, inside = waiting.pop()
        if child.tag in {"td", "th"}:
            loose.append(child)
            continue
        if loose:
            yield _Row(tuple(loose), group, False)
            loose = []
        if child.tag == "tr":
            cells = tuple(_cells(child))
            is_head = in_head or (bool(cells) and all(c.tag == "th" for c in cells))
            yield _Row(cells, inside, is_head)
        elif child.tag not in {"table", "caption", "colgroup"}:
            group += 1
            head = in_head or child.tag == "thead"
            waiting.extend((c, head, group) for c in reversed(child))
    if loose:
        yield _Row(tuple(loose), group, False)


def _cells(row: Element) -> Iterator[Element]:
    waiting = list(reversed(row))
    while waiting:
        child = waiting.pop()
        if child.tag in {"td", "th"}:
            yield child
        elif child.tag != "table":
            waiting.extend(reversed(child))


def places(table: Element) -> tuple[list[Place], int]:
    """The cells where a browser would draw them, and how many rows are said to be heads.

    Spans that run out of their group or over another cell are cut; rows and columns in which no
    cell begins are taken out.
    """
    rows = list(_rows(table))
    ends = {row.group: number + 1 for number, row in enumerate(rows)}
    # The row down to which each column is taken by cells from above.
    taken: dict[int, int] = {}
    found: list[Place] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while taken.get(column, 0) > number:
                column += 1
            height = min(_span(cell, "rowspan", ends[row.group] - number), ends[row.group] - number)
            width = _free(taken, number, column, min(_span(cell, "colspan", 1), _MOST_COLUMNS))
            found.append(Place(cell, number, column, height, width))
            taken |= dict.fromkeys(range(column, column + width), number + height)
            column += width
    return _closed_up(found), _heads(rows)


def _span(cell: Element, name: str, rest: int) -> int:
    """A span as written; 0 means all the rest, and what is no number means 1."""
    written = cell.get(name, "").strip()
    if not (written.isascii() and written.isdigit()) or len(written) > 6:
        return 1
    return int(written) or rest


def _free(taken: Mapping[int, int], row: int, column: int, wanted: int) -> int:
    """How many of the wanted columns are free: cells never lie over each other."""
    width = 1
    while width < wanted and taken.get(column + width, 0) <= row:
        width += 1
    return width


def _closed_up(found: Sequence[Place]) -> list[Place]:
    """The same cells on a grid of only the rows and columns in which one begins."""
    rows = sorted({place.row for place in found})
    columns = sorted({place.column for place in found})
    closed: list[Place] = []
    for place in found:
        row, row_span = _among(rows, place.row, place.row_span)
        column, column_span = _among(columns, place.column, place.column_span)
        closed.append(Place(place.element, row, column, row_span, column_span))
    return closed


def _among(kept: Sequence[int], first: int, span: int) -> tuple[int, int]:
    """Position and span counted in the rows (or columns) that are kept."""
    start = bisect_left(kept, first)
    return start, bisect_left(kept, first + span) - start


def _heads(rows: Sequence[_Row]) -> int:
    """Rows from the top that say they are heads; empty ones don't count."""
    count = 0
    for row in (row for row in rows if row.cells):
        if not row.is_head:
            break
        count += 1
    return count


def flow_cell(place: Place, lines: Iterable[FlowLine]) -> FlowCell:
    """A cell with its lines."""
    merged = place.row_span > 1 or place.column_span > 1
    return FlowCell(
        tuple(lines), place.row, place.column, place.row_span, place.column_span, merged
    )


def filled(cells: Sequence[FlowCell]) -> list[FlowCell]:
    """The cells without the rows in which all are empty."""
    told: set[int] = set()
    for cell in cells:
        if cell.lines:
            told |= set(range(cell.row, cell.row + cell.row_span))
    kept = sorted(told)
    moved: list[FlowCell] = []
    for cell in cells:
        if cell.row in told:
            row, row_span = _among(kept, cell.row, cell.row_span)
            merged = row_span > 1 or cell.column_span > 1
            moved.append(replace(cell, row=row, row_span=row_span, merged=merged))
    return moved


def header_rows(cells: Sequence[FlowCell], said: int) -> int:
    """How many rows name the columns: as the page says, else as the words do."""
    last = rows_of(cells) - 1
    if not said:
        return min(head_rows(cells), last)
    tall = [cell.row + cell.row_span for cell in cells if cell.row < said]
    return min(max(tall), last)

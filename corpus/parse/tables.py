"""Parts of a table on several pages put together: 序号 | 工作任务 | 责任单位, 35 rows on 8 pages.

The head row that each page repeats is taken out of the rows, and a row that the page end cut in two
becomes one again. Joining two rows that are two in truth would invent a duty for somebody, so in
doubt a row stays by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from corpus.model.document import TextSource
from corpus.parse.flow import FlowCell, FlowLine, FlowTable
from corpus.parse.pdf_tables import PageTable, index_of, same_columns, shared_columns

_SERIAL = re.compile(
    r"[（(]?[0-9０-９]{1,4}[)）.．、]?|[（(]?[一二三四五六七八九十百]{1,4}[)）、]?"
)
_ENDS_SENTENCE = re.compile(r"[。！？；!?;][”’」』）)]?$")
_GOES_ON = re.compile(r"[，、：（《“〔,:(—/和与及或]$")
_GOES_ON_FROM = re.compile(r"[，、；：。）》”〕,;:.)%％]")
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"), ("〔", "〕"), ("【", "】"))
# How far (in em) a full line may end before the edge: two characters may move on for punctuation.
_SLACK = 2.2
_LONGEST_HEAD = 30
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Joined:
    """A whole table and the repeated head rows that were taken out of it."""

    table: FlowTable
    repeated: tuple[FlowLine, ...] = ()


def join(parts: Sequence[PageTable]) -> Joined:
    """One table out of its parts, in order of pages."""
    columns = shared_columns(list(parts))
    cells = place(parts[0], columns[0])
    head = head_rows(cells)
    repeated: list[FlowLine] = []
    for before, part, rules in zip(parts, parts[1:], columns[1:], strict=False):
        new, dropped = _without_head(place(part, rules), cells)
        head = max(head, dropped)
        repeated += [c_line for c in place(part, rules) if c.row < dropped for c_line in c.lines]
        opened = before.open_bottom and part.open_top and not dropped
        cells = append(cells, new, opened=opened, head=head)
    first = parts[0].box
    table = FlowTable(tuple(cells), first.page, first, min(head, rows_of(cells) - 1))
    return Joined(table, tuple(replace(line, furniture=True) for line in repeated))


def goes_on(part: PageTable, other: PageTable) -> bool:
    """True where ``other``, first thing on the next page, has the columns of ``part``."""
    return other.box.page == part.box.page + 1 and same_columns(part, other)


def place(part: PageTable, columns: tuple[float, ...]) -> list[FlowCell]:
    """The cells of a part by row and column number."""
    rows = part.rows
    placed: list[FlowCell] = []
    for cell in part.cells:
        row, column = index_of(cell.top, rows), index_of(cell.x0, columns)
        row_span = max(1, index_of(cell.bottom, rows) - row)
        column_span = max(1, index_of(cell.x1, columns) - column)
        merged = row_span > 1 or column_span > 1
        placed.append(FlowCell(cell.lines, row, column, row_span, column_span, merged))
    return sorted(placed, key=lambda cell: (cell.row, cell.column))


def rows_of(cells: Sequence[FlowCell]) -> int:
    """How many rows the cells make."""
    return max((cell.row + cell.row_span for cell in cells), default=0)


def head_rows(cells: Sequence[FlowCell]) -> int:
    """How many rows from the top name the columns: short words, no serial number, no sentence."""
    last = rows_of(cells)
    width = max(cell.column + cell.column_span for cell in cells)
    top = 0
    while top < last and _is_title(cells, top, width):
        top += 1
    row = [cell for cell in cells if cell.row == top]
    if not row or not all(_names_column(cell) for cell in row):
        return top if top < last else 0
    # A head of several rows: 责任单位 over 牵头单位 and 配合单位.
    return min(last, max(cell.row + cell.row_span for cell in row))


def _is_title(cells: Sequence[FlowCell], row: int, width: int) -> bool:
    """A row that is one cell all across, as the title some tables carry inside their frame."""
    here = [cell for cell in cells if cell.row == row]
    return len(here) == 1 and here[0].column_span == width > 1 and here[0].row_span == 1


def _names_column(cell: FlowCell) -> bool:
    text = _bare(cell)
    return bool(
        text
        and len(text) <= _LONGEST_HEAD
        and not _SERIAL.fullmatch(text)
        and not re.fullmatch(r"[-+\d.,%％]+", text)
        and not _ENDS_SENTENCE.search(text)
    )


def _bare(cell: FlowCell) -> str:
    return re.sub(r"\s", "", cell.text)


def _without_head(new: list[FlowCell], cells: Sequence[FlowCell]) -> tuple[list[FlowCell], int]:
    """The rows of a part without those at its top that repeat the top of the table."""
    dropped = 0
    while dropped < min(rows_of(new), rows_of(cells)):
        ours, theirs = ([c for c in side if c.row == dropped] for side in (cells, new))
        if not _same_row(ours, theirs) or not any(_bare(cell) for cell in ours):
            break
        dropped += 1
    kept = [replace(cell, row=cell.row - dropped) for cell in new if cell.row >= dropped]
    return kept, dropped


def _same_row(ours: Sequence[FlowCell], theirs: Sequence[FlowCell]) -> bool:
    """True where two rows say the same; of a scan, a sign in five may be read another way."""
    if [(c.column, c.row_span) for c in ours] != [(c.column, c.row_span) for c in theirs]:
        return False
    pairs = [(_bare(our), _bare(their)) for our, their in zip(ours, theirs, strict=True)]
    if all(our == their for our, their in pairs):
        return True
    lines = [line for cell in (*ours, *theirs) for line in cell.lines]
    if not lines or any(line.source is not TextSource.OCR for line in lines):
        return False
    if any(re.sub(r"\D", "", our) != re.sub(r"\D", "", their) for our, their in pairs):
        return False
    return all(SequenceMatcher(None, our, their).ratio() >= _ALIKE for our, their in pairs)


def append(
    cells: Sequence[FlowCell],
    new: Sequence[FlowCell],
    *,
    opened: bool = False,
    head: int = 0,
) -> list[FlowCell]:
    """Rows ``new`` of the next page under the rows of the table."""
    end = rows_of(cells)
    if not new:
        return list(cells)
    last = {cell.column: cell for cell in cells if cell.row + cell.row_span == end}
    first = {cell.column: cell for cell in new if cell.row == 0}
    body = [cell for cell in cells if cell.row >= head]
    grouped = {cell.column for cell in (*body, *new) if cell.row_span > 1}
    if row_goes_on(last, first, opened=opened, grouped=grouped):
        return _weld(cells, new, last, first)
    groups = _groups_that_go_on(last, first)
    kept = [
        _grown(cell, groups[cell.column])
        if cell is last.get(cell.column) and cell.column in groups
        else cell
        for cell in cells
    ]
    moved = [
        replace(cell, row=cell.row + end)
        for cell in new
        if cell.row > 0 or cell.column not in groups
    ]
    return kept + moved


def _weld(
    cells: Sequence[FlowCell],
    new: Sequence[FlowCell],
    last: dict[int, FlowCell],
    first: dict[int, FlowCell],
) -> list[FlowCell]:
    """Join the last row and the first one; what follows moves up by one."""
    end = rows_of(cells)
    kept = [
        _grown(cell, first[cell.column], by=first[cell.column].row_span - 1)
        if cell is last.get(cell.column)
        else cell
        for cell in cells
    ]
    return kept + [replace(cell, row=cell.row + end - 1) for cell in new if cell.row > 0]


def _grown(cell: FlowCell, more: FlowCell, *, by: int | None = None) -> FlowCell:
    """A cell with the lines and the rows of its continuation."""
    row_span = cell.row_span + (more.row_span if by is None else by)
    merged = row_span > 1 or cell.column_span > 1
    return replace(cell, lines=cell.lines + more.lines, row_span=row_span, merged=merged)


def _groups_that_go_on(
    last: dict[int, FlowCell], first: dict[int, FlowCell]
) -> dict[int, FlowCell]:
    """Empty cells at the left of a new row: their group (一、夯实基础) began on the page before."""
    groups: dict[int, FlowCell] = {}
    for column, cell in sorted(first.items()):
        above = last.get(column)
        if above is None or cell.text or not above.text or above.column_span != cell.column_span:
            break
        groups[column] = cell
    # If nothing is left the row is empty and no group at all.
    return groups if len(groups) < len(first) else {}


def row_goes_on(
    before: dict[int, FlowCell],
    after: dict[int, FlowCell],
    *,
    opened: bool = False,
    grouped: Collection[int] = (),
) -> bool:
    """True where the row ``after`` is the rest of the row ``before`` of the page before.

    ``opened``: the page end left the row's box open. ``grouped``: columns some of whose cells
    stand beside several rows, so that an empty cell there may also be a group that goes on.
    """
    if [(c, cell.column_span) for c, cell in sorted(before.items())] != [
        (c, cell.column_span) for c, cell in sorted(after.items())
    ]:
        return False
    told = [(before[column], cell) for column, cell in sorted(after.items()) if cell.text]
    if not told or not all(_may_go_on(old, new) for old, new in told):
        return opened and not told
    if opened:
        return True
    serial = min(before)
    if after[serial].text:
        return not _SERIAL.fullmatch(_bare(after[serial])) and _breaks_off(
            before[serial], after[serial]
        )
    return _is_rest(before, after, told, grouped)


def _is_rest(
    before: dict[int, FlowCell],
    after: dict[int, FlowCell],
    told: list[tuple[FlowCell, FlowCell]],
    grouped: Collection[int],
) -> bool:
    """Whether a row without serial number is the rest of a row, not the next row of its group."""
    if any(_breaks_off(old, new) for old, new in told):
        return True
    serial = min(before)
    if serial not in grouped and _SERIAL.fullmatch(_bare(before[serial])):
        return True
    # A row of its own would have something in every column that has no groups.
    if any(before[c].text and not after[c].text for c in before if c not in grouped and c > serial):
        return True
    cut = all(len(old.lines) > 1 and not _ends(old) for old, _ in told)
    return serial not in grouped and cut


def _may_go_on(old: FlowCell, new: FlowCell) -> bool:
    """A cell that goes on is full to the end of its last line, or a paragraph ends there."""
    if not old.lines:
        return False
    return _ends(old) or _breaks_off(old, new) or _is_full(old, new)


def _is_full(old: FlowCell, new: FlowCell) -> bool:
    """True where the cell's last line is about as long as its longest one here or over there."""
    last = old.lines[-1]
    widths = [line.box.x1 - line.box.x0 for line in (*old.lines, *new.lines) if line.box]
    if last.box is None or not widths:
        return True
    return last.box.x1 - last.box.x0 >= max(widths) - _SLACK * (last.size or 12.0)


def _ends(cell: FlowCell) -> bool:
    return bool(_ENDS_SENTENCE.search(_bare(cell)))


def _breaks_off(old: FlowCell, new: FlowCell) -> bool:
    """True where the text can't end where the page does: 省教育厅、 | 财政厅."""
    text, rest = _bare(old), _bare(new)
    opened = any(text.count(a) > text.count(b) for a, b in _BRACKETS)
    return bool(opened or _GOES_ON.search(text) or _GOES_ON_FROM.match(rest))

"""The pages of a PDF in a row: where a table ends, and where it goes on over the page end.

Between the parts of a table only what is printed on every page may stand: — 3 —, a running head,
or 续表 ("table continued").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.model.document import TextSource
from corpus.parse.flow import FlowLine, FlowTable
from corpus.parse.pdf_tables import PageTable
from corpus.parse.tables import goes_on, join
from corpus.parse.unruled_parts import fitted, without

_PAGE_NUMBER = re.compile(
    r"[-—–－_·.\s]*(第|page|p\.)?\s*\d{1,4}\s*页?\s*([/／,，]?\s*(共|of)?\s*\d{1,4}\s*页?)?"
    r"[-—–－_·.\s]*",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"[（(]?(续表|续上表|表?续)\s*[\d一二三四五六七八九十.—-]*[）)]?")

Item = FlowLine | FlowTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its lines outside tables, in reading order, and its tables from the top.

    ``beginning`` is what its first lines would be if they were the rest of an unruled table.
    """

    number: int
    height: float
    lines: tuple[FlowLine, ...] = ()
    tables: tuple[PageTable, ...] = ()
    beginning: PageTable | None = None

    def items(self) -> list[FlowLine | PageTable]:
        """Lines and tables in reading order."""
        items: list[FlowLine | PageTable] = list(self.lines)
        for table in self.tables:
            items.insert(self._place(items, table), table)
        return items

    def _place(self, items: list[FlowLine | PageTable], table: PageTable) -> int:
        below = (
            index
            for index, item in enumerate(items)
            if item.box is None or item.box.top >= table.box.top
        )
        return next(below, len(items))

    def from_ocr(self) -> Sheet:
        """The same page with its text known to come from optical recognition."""
        return replace(
            self,
            lines=_recognised(self.lines),
            tables=tuple(map(_from_ocr, self.tables)),
            beginning=_from_ocr(self.beginning) if self.beginning else None,
        )


def _from_ocr(table: PageTable) -> PageTable:
    cells = (replace(cell, lines=_recognised(cell.lines)) for cell in table.cells)
    return replace(table, cells=tuple(cells), loose=_recognised(table.loose))


def _recognised(lines: tuple[FlowLine, ...]) -> tuple[FlowLine, ...]:
    return tuple(replace(line, source=TextSource.OCR) for line in lines)


def flow_items(sheets: list[Sheet]) -> Iterator[Item]:
    """Lines and whole tables of all pages in reading order."""
    running = _running_lines(sheets)
    items = [item for sheet in _going_on(sheets, running) for item in sheet.items()]
    position = 0
    while position < len(items):
        item = items[position]
        position += 1
        if isinstance(item, FlowLine):
            yield item
            continue
        parts, between, position = _parts(items, position, item, running)
        if len(parts) == 1 and not item.is_complete:
            yield from item.loose
            continue
        joined = join(parts)
        yield joined.table
        yield from between
        yield from joined.repeated


def _going_on(sheets: list[Sheet], running: set[str]) -> Iterator[Sheet]:
    """The pages, an unruled table that ends one of them with its rest on the next."""
    last: FlowLine | PageTable | None = None
    for sheet in sheets:
        if isinstance(last, PageTable) and last.unruled:
            sheet = _with_rest(sheet, last, running)
        last = next(reversed(_told(sheet, running)), None)
        yield sheet


def _told(sheet: Sheet, running: set[str]) -> list[FlowLine | PageTable]:
    """What the page itself says, in reading order."""
    return [x for x in sheet.items() if isinstance(x, PageTable) or not _is_marginal(x, running)]


def _with_rest(sheet: Sheet, before: PageTable, running: set[str]) -> Sheet:
    """The page, what it begins with a part of the table if that can be."""
    first = next(iter(_told(sheet, running)), None)
    if isinstance(first, PageTable):
        part = fitted(first, before, headed=True) if first.unruled else None
        tables = (part or table if table is first else table for table in sheet.tables)
        return replace(sheet, tables=tuple(tables))
    part = fitted(sheet.beginning, before) if sheet.beginning else None
    if part is None or first is None or first.box is None or first.box.bottom < part.box.top:
        return sheet
    return replace(sheet, lines=without(sheet.lines, part), tables=(part, *sheet.tables))


def _parts(
    items: list[FlowLine | PageTable], position: int, first: PageTable, running: set[str]
) -> tuple[list[PageTable], list[FlowLine], int]:
    """The parts of the table that begins with ``first``, what stands between, where to go on."""
    parts, between = [first], list[FlowLine]()
    while True:
        waiting: list[FlowLine] = []
        index = position
        while index < len(items):
            item = items[index]
            if isinstance(item, PageTable) or not _is_marginal(item, running):
                break
            waiting.append(item)
            index += 1
        if index == len(items):
            return parts, between, position
        item = items[index]
        if isinstance(item, FlowLine) or not goes_on(parts[-1], item):
            return parts, between, position
        parts.append(item)
        between += [_continued(line) for line in waiting]
        position = index + 1


def _is_marginal(line: FlowLine, running: set[str]) -> bool:
    """True for what may stand between two parts of one table."""
    text = line.text.strip()
    return bool(
        line.furniture
        or _PAGE_NUMBER.fullmatch(text)
        or _CONTINUED.fullmatch(text)
        or _folded(line) in running
    )


def _continued(line: FlowLine) -> FlowLine:
    """续表 belongs to the page break, not to the text."""
    return replace(line, furniture=True) if _CONTINUED.fullmatch(line.text.strip()) else line


def _running_lines(sheets: list[Sheet]) -> set[str]:
    """Lines that stand in the same place at the top or bottom of several pages."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        edge = 0.12 * sheet.height
        near = [
            line
            for line in sheet.lines
            if line.box and (line.box.bottom < edge or line.box.top > sheet.height - edge)
        ]
        seen.update({_folded(line) for line in near})
    return {text for text, times in seen.items() if times > 1}


def _folded(line: FlowLine) -> str:
    """A line's words without its digits, and its height on the page to 4 points or so."""
    words = re.sub(r"[0-9\s]", "", line.text)
    return f"{words}@{round(line.box.top / 8) if line.box else 0}"

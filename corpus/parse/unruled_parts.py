"""The rest of a table without upright rules on the next page: 5　修复堤防36公里　　省水利厅 stands
at its top with no head above, and only the page before tells which columns these are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model.geometry import Box
from corpus.parse.flow import FlowLine
from corpus.parse.pdf_tables import PageTable, RuledCell

_SERIAL = re.compile(r"[（(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]?")
_EM = 12.0
# How far (in em) a cell may reach over where its column ended on the page before; the last column
# has the margin beside it.
_OVER, _INTO_MARGIN = 1.0, 8.0


def fitted(part: PageTable, before: PageTable, *, headed: bool = False) -> PageTable | None:
    """The part in the columns of the part before it; None where it can't be of that table.
    ``headed`` where it has a head of its own, the same over again."""
    bounds = before.columns
    for shift in (0.0, part.box.x0 - before.box.x0):
        moved = tuple(bound + shift for bound in bounds)
        slots = _slots(part, moved)
        if slots is not None:
            made = _refitted(part, moved, slots)
            return made if _follows(made, before, int(headed)) else None
    return None


def _slots(part: PageTable, bounds: Sequence[float]) -> list[int] | None:
    """In which column each of the part's columns stands; None where one stands in none."""
    slots: list[int] = []
    for x0, x1 in pairwise(part.columns):
        printed = [line for cell in part.cells if cell.x0 == x0 for line in cell.lines]
        left = min((line.box.x0 for line in printed if line.box), default=x0)
        right = max((line.box.x1 for line in printed if line.box), default=x1)
        em = max((line.size or _EM for line in printed), default=_EM)
        slot = sum(bound <= (left + right) / 2 for bound in bounds) - 1
        if not 0 <= slot < len(bounds) - 1 or slot in slots:
            return None
        room = _INTO_MARGIN if slot == len(bounds) - 2 else _OVER
        if left < bounds[slot] - _OVER * em or right > bounds[slot + 1] + room * em:
            return None
        slots.append(slot)
    return slots if len(slots) > 1 else None


def _refitted(part: PageTable, bounds: Sequence[float], slots: Sequence[int]) -> PageTable:
    """The same cells between other upright bounds, empty ones where the part has no column."""
    at = {x0: slot for (x0, _), slot in zip(pairwise(part.columns), slots, strict=True)}
    cells: list[RuledCell] = []
    for top, bottom in pairwise(part.rows):
        here = {at[cell.x0]: cell.lines for cell in part.cells if cell.top == top}
        cells += [
            RuledCell(x0, top, x1, bottom, here.get(slot, ()))
            for slot, (x0, x1) in enumerate(pairwise(bounds))
        ]
    box = Box(part.box.page, bounds[0], part.box.top, bounds[-1], part.box.bottom)
    return replace(part, box=box, cells=tuple(cells))


def _follows(part: PageTable, before: PageTable, head: int) -> bool:
    """True where the part goes on with the numbers of the table; where it has none, with a row that
    has something in every column."""
    numbers, more = _first_column(before)[1:], _first_column(part)[head:]
    if numbers and all(_SERIAL.fullmatch(number) for number in numbers if number):
        told = [number for number in more if number]
        return bool(told) and all(map(_SERIAL.fullmatch, told)) and _next(numbers, told[0])
    rows = [[cell for cell in part.cells if cell.top == top] for top in part.rows[head:-1]]
    return any(all(cell.lines for cell in row) for row in rows)


def _first_column(part: PageTable) -> list[str]:
    first = part.columns[0]
    return [re.sub(r"\s", "", cell.text) for cell in part.cells if cell.x0 == first]


def _next(numbers: Sequence[str], number: str) -> bool:
    """True where the number is the one after the last; numerals in Chinese are not counted."""
    last = next((each for each in reversed(numbers) if each), "")
    before, after = re.sub(r"\D", "", last), re.sub(r"\D", "", number)
    return not before or not after or int(after) == int(before) + 1


def without(lines: Sequence[FlowLine], part: PageTable) -> tuple[FlowLine, ...]:
    """The lines that stand above or below the part."""
    return tuple(line for line in lines if not _within(line, part))


def _within(line: FlowLine, part: PageTable) -> bool:
    if line.box is None:
        return False
    return part.box.top <= (line.box.top + line.box.bottom) / 2 <= part.box.bottom

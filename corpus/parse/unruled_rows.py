"""Which printed lines make one row of a table that has no rules between its rows.

    2　完成小型水库除险加固85座　　省水利厅　　　2025年年
    底前
    3　组织防汛应急演练　　　　　　省应急厅　　　2025年6月

Lines of one cell follow each other at one distance, and the tallest cell of a row goes all through
it: where no cell goes on, a row ends. Where all lines stand at one distance, rows begin where the
serial number does, or where every column has something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.parse.pdf_lines import Row

Columns = Sequence[tuple[float, float]]
_SERIAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]?")
# How much farther than within a cell the next cell's line stands.
_FARTHER = 1.12


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the table: its printed lines from the top."""

    rows: tuple[Row, ...]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(glyph.top for row in self.rows for glyph in row)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(glyph.bottom for row in self.rows for glyph in row)

    def filled(self, columns: Columns) -> set[int]:
        """In which columns something is printed."""
        return {column for row in self.rows for column in _filled(row, columns)}


def grouped(rows: Sequence[Row], columns: Columns, rules: Sequence[float]) -> list[Band]:
    """The rows of a table, the head first; lines at its end that fill but one column left out."""
    bands = _cut(rows, _separators(rows, rules))
    if len(bands) < 3:
        head = _head_lines(rows, columns, rules)
        bands = [Band(tuple(rows[:head])), *_by_distance(rows[head:], columns)]
    return _without_rest(bands, columns)


def grouped_body(rows: Sequence[Row], columns: Columns, rules: Sequence[float]) -> list[Band]:
    """The same of rows that have no head above them."""
    ruled = _separators(rows, rules)
    bands = _cut(rows, ruled) if ruled else _by_distance(rows, columns)
    return _without_rest(bands, columns)


def _without_rest(bands: list[Band], columns: Columns) -> list[Band]:
    while len(bands) > 1 and len(columns) > 2 and len(bands[-1].filled(columns)) < 2:
        bands.pop()
    return bands


def _separators(rows: Sequence[Row], rules: Sequence[float]) -> list[int]:
    """Before which lines a rule runs."""
    tops = [min(glyph.top for glyph in row) for row in rows]
    middles = [(min(g.top for g in row) + max(g.bottom for g in row)) / 2 for row in rows]
    return [
        at
        for at in range(1, len(rows))
        if any(middles[at - 1] < rule < middles[at] and rule <= tops[at] + 3 for rule in rules)
    ]


def _cut(rows: Sequence[Row], before: Sequence[int]) -> list[Band]:
    ends = [0, *before, len(rows)]
    return [Band(tuple(rows[a:b])) for a, b in pairwise(ends) if b > a]


def _head_lines(rows: Sequence[Row], columns: Columns, rules: Sequence[float]) -> int:
    """How many lines the head has: to the rule below it, or as long as its names go on."""
    ruled = _separators(rows, rules)
    if ruled:
        return ruled[0]
    bands = _by_distance(rows, columns)
    first = len(bands[0].rows)
    # All at one distance: a name may be cut in two, but the next full line is no head.
    full = (at for at in range(1, first) if len(_filled(rows[at], columns)) > 1)
    return next(full, first)


def _by_distance(rows: Sequence[Row], columns: Columns) -> list[Band]:
    """Cut where no cell goes on; where that can't tell, at what begins a row."""
    if not rows:
        return []
    found = _cut(rows, _ends_of_cells(rows, columns))
    bands: list[Band] = []
    for band in found:
        bands += _by_beginning(band, columns, alone=len(found) == 1)
    return bands


def _ends_of_cells(rows: Sequence[Row], columns: Columns) -> list[int]:
    """Before which lines no cell goes on from above at the usual distance, the least there is."""
    filled = [_filled(row, columns) for row in rows]
    pairs = [
        pair
        for column in range(len(columns))
        for pair in pairwise(at for at in range(len(rows)) if column in filled[at])
    ]
    steps = {(a, b): rows[b][0].baseline - rows[a][0].baseline for a, b in pairs}
    pitch = min((step for step in steps.values() if step > 1), default=0.0)
    inside: set[int] = set()
    for (a, b), step in steps.items():
        if step <= _FARTHER * pitch:
            inside.update(range(a + 1, b + 1))
    return [at for at in range(1, len(rows)) if at not in inside]


def _by_beginning(band: Band, columns: Columns, *, alone: bool) -> list[Band]:
    """A band of several rows, cut at serial numbers; or, where all stands at one distance, at lines
    that are full."""
    rows = band.rows
    serials = [at for at, row in enumerate(rows) if _serial(row, columns)]
    if len(serials) > 1:
        return _cut(rows, [at for at in serials if at])
    full = [at for at, row in enumerate(rows) if len(_filled(row, columns)) == len(columns)]
    return _cut(rows, [at for at in full if at]) if alone and len(full) > 1 else [band]


def _serial(row: Row, columns: Columns) -> bool:
    words = "".join(g.text for g in row if not g.blank and g.x1 <= columns[0][1] + 0.1)
    return bool(_SERIAL.fullmatch(words))


def _filled(row: Row, columns: Columns) -> set[int]:
    return {
        at
        for at, (x0, x1) in enumerate(columns)
        if any(x0 <= (g.x0 + g.x1) / 2 <= x1 for g in row if not g.blank)
    }

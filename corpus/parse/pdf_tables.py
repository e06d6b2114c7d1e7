"""Ruled tables of one page: where their cells stand and what is printed in them.

A cell needs rules on its four sides. Where a row runs over the page end, browsers leave its box
open: the upright rules go on, the level one is missing. Such a row is closed here and the table
remembers that it was open, because that tells that the first row of the next page belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from corpus.model.geometry import Box
from corpus.parse.flow import FlowLine
from corpus.parse.pdf_glyphs import Glyph
from corpus.parse.pdf_lines import lines

# Rules that are this near (points) are one; borders are drawn up to 3 pt wide.
NEAR = 3.0


@dataclass(frozen=True, slots=True)
class RuledCell:
    """One box between rules with the lines printed in it."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[FlowLine, ...] = ()

    @property
    def text(self) -> str:
        """The cell's characters without its line breaks."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or a part of one, on one page. ``loose`` are its lines should it be no table;
    ``unruled`` where its columns were told by what stands in them."""

    box: Box
    cells: tuple[RuledCell, ...]
    open_top: bool = False
    open_bottom: bool = False
    loose: tuple[FlowLine, ...] = ()
    unruled: bool = False

    @property
    def columns(self) -> tuple[float, ...]:
        """x positions of the upright rules."""
        return boundaries(x for cell in self.cells for x in (cell.x0, cell.x1))

    @property
    def rows(self) -> tuple[float, ...]:
        """y positions of the level rules."""
        return boundaries(y for cell in self.cells for y in (cell.top, cell.bottom))

    @property
    def is_complete(self) -> bool:
        """True where it is a table by itself: two rows, two columns, text in two of them."""
        filled = {round(cell.x0) for cell in self.cells if cell.lines}
        return len(self.rows) > 2 and len(self.columns) > 2 and len(filled) > 1


def boundaries(positions: Iterable[float]) -> tuple[float, ...]:
    """Positions with those that are one rule taken together."""
    merged: list[float] = []
    for position in sorted(positions):
        if not merged or position - merged[-1] > NEAR:
            merged.append(position)
    return tuple(merged)


Setting = Callable[[Iterable[Glyph], int], list[FlowLine]]


def find_tables(
    page: Any, glyphs: list[Glyph], *, lines: Setting = lines
) -> tuple[list[PageTable], list[Glyph]]:
    """The tables of a pdfplumber page from the top, and the glyphs that stand outside them.

    ``lines`` sets glyphs in lines. Of the page its edges, its number and its ``find_tables`` are
    needed, so that the rules of a scan do as well.
    """
    if len(page.edges) < 4:
        return [], glyphs
    closing = _closing_rules(page)
    settings = {"explicit_horizontal_lines": [rule for rule, _ in closing]} if closing else {}
    found: list[PageTable] = []
    rest = glyphs
    for table in page.find_tables(settings):
        if len({round(cell[0]) for cell in table.cells}) > 1:
            part, rest = _table(table, rest, closing, page.page_number, lines)
            found.append(part)
    return sorted(found, key=lambda part: part.box.top), rest


def _closing_rules(page: Any) -> list[tuple[dict[str, Any], bool]]:
    """Level rules to add where three or more upright ones end together in the void; True: above."""
    from pdfplumber.table import merge_edges

    edges = merge_edges(page.edges, NEAR, NEAR, NEAR, NEAR)
    level = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    closing: list[tuple[dict[str, Any], bool]] = []
    for side in ("top", "bottom"):
        for end in boundaries(edge[side] for edge in upright):
            rules = [edge for edge in upright if abs(edge[side] - end) <= NEAR]
            x0, x1 = min(e["x0"] for e in rules), max(e["x0"] for e in rules)
            if len(rules) > 2 and not _is_ruled(level, end, x0, x1):
                rule = {"x0": x0, "x1": x1, "top": end, "bottom": end}
                rule |= {"width": x1 - x0, "height": 0, "object_type": "line"}
                closing.append((rule | {"orientation": "h"}, side == "top"))
    return closing


def _is_ruled(level: list[dict[str, Any]], y: float, x0: float, x1: float) -> bool:
    """True where level rules cover a good part of x0–x1 at ``y``."""
    spans = [
        min(edge["x1"], x1) - max(edge["x0"], x0)
        for edge in level
        if abs(edge["top"] - y) <= 2 * NEAR
    ]
    return bool(sum(span for span in spans if span > 0) > 0.3 * (x1 - x0))


def _table(
    table: Any,
    glyphs: list[Glyph],
    closing: list[tuple[dict[str, Any], bool]],
    page: int,
    lines: Setting,
) -> tuple[PageTable, list[Glyph]]:
    """A found table with its cells filled, and the glyphs that are in none of them."""
    inside: dict[tuple[float, ...], list[Glyph]] = {cell: [] for cell in table.cells}
    taken: list[Glyph] = []
    rest: list[Glyph] = []
    for glyph in glyphs:
        cell = _cell_of(glyph, table)
        if cell is None:
            rest.append(glyph)
        else:
            inside[cell].append(glyph)
            taken.append(glyph)
    cells = tuple(
        RuledCell(cell[0], cell[1], cell[2], cell[3], tuple(lines(inside[cell], page)))
        for cell in sorted(inside, key=lambda cell: (cell[1], cell[0]))
    )
    x0, top, x1, bottom = table.bbox
    ends = {True: top, False: bottom}
    opened = {above for rule, above in closing if abs(rule["top"] - ends[above]) <= NEAR}
    loose = tuple(lines(taken, page))
    return PageTable(
        Box(page, x0, top, x1, bottom), cells, True in opened, False in opened, loose
    ), rest


def _cell_of(glyph: Glyph, table: Any) -> tuple[float, ...] | None:
    """The cell in which a glyph's middle stands."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    x0, top, x1, bottom = table.bbox
    if not (x0 <= x <= x1 and top <= y <= bottom):
        return None
    return next(
        (c for c in table.cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]),
        None,
    )


def same_columns(part: PageTable, other: PageTable) -> bool:
    """True where two parts have the same rules; a page may be shifted, or lack inner rules."""
    first, second = part.columns, other.columns
    shift = second[0] - first[0]
    if abs(shift) > 40 or abs(second[-1] - shift - first[-1]) > 2 * NEAR:
        return False
    few, many = sorted((first, tuple(x - shift for x in second)), key=len)
    return all(any(abs(x - y) <= 2 * NEAR for y in many) for x in few)


def shared_columns(parts: list[PageTable]) -> list[tuple[float, ...]]:
    """For each part, the rules of all parts together, moved to where that part stands."""
    starts = [part.columns[0] for part in parts]
    union: list[float] = []
    places = sorted(
        x - start for part, start in zip(parts, starts, strict=True) for x in part.columns
    )
    for place in places:
        if not union or place - union[-1] > 2 * NEAR:
            union.append(place)
    return [tuple(x + start for x in union) for start in starts]


def index_of(position: float, rules: tuple[float, ...]) -> int:
    """Which rule a position lies on."""
    return min(range(len(rules)), key=lambda index: abs(rules[index] - position))

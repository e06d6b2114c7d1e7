"""A table of its own kind (沿革, 检查, 上下级对照, 指标沿革) as terminal table, CSV and XLSX.

Each kind says its columns once; what a terminal has no room for is left out there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from outputs.exports.notes import Note
from outputs.records import Cell, Column


@dataclass(frozen=True, slots=True)
class Listing:
    """``lead`` are the lines above the table, ``narrow`` the columns that a terminal shows, by
    heading, with their greatest width (0 takes what is left); ``figure`` is drawn above the table
    in HTML; rows for which ``doubtful`` holds are shaded."""

    title: str
    lead: tuple[str, ...]
    columns: tuple[Column[Any], ...]
    rows: Sequence[Any]
    narrow: tuple[tuple[str, int], ...]
    empty: str
    notes: tuple[Note, ...] = ()
    figure: Markup = field(default_factory=Markup)
    doubtful: Callable[[Any], bool] = lambda _row: False

    def column(self, header: str) -> Column[Any]:
        """The column of that heading."""
        return next(column for column in self.columns if column.header == header)


def table(listing: Listing, *, width: int | None = None) -> bytes:
    """For the terminal."""
    from outputs.exports.grid import Grid
    from outputs.exports.table import rendered

    parts: list[str | Grid] = [listing.title, *listing.lead]
    if not listing.rows:
        return rendered([*parts, listing.empty], width)
    grid = Grid(*listing.narrow)
    shown = [listing.column(header) for header, _ in listing.narrow]
    for row in listing.rows:
        grid.add(*(text(column.read(row)) for column in shown))
    return rendered([*parts, grid, *(f"{n.name}：{n.value}" for n in listing.notes)], width)


def csv(listing: Listing) -> bytes:
    """All columns."""
    from outputs.exports.csv import written

    return written(listing.columns, listing.rows)


def xlsx(listing: Listing) -> bytes:
    """All columns on one sheet, 说明 on the next."""
    from outputs.exports.xlsx import one_sheet

    return one_sheet(listing)


def text(cell: Cell) -> str:
    """As a terminal shows it."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else str(cell)

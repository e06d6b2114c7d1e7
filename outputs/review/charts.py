"""Columns stacked by colour, as SVG with the numbers as a table beside it: 2023 年 降低 2 提高 3.

Drawn by the server, so that it prints, needs no script, and every column leads to what it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 220
_LEFT, _TOP, _BOTTOM = 44, 18, 26
_WIDEST = 56.0
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Piece:
    """One colour of a column, from ``y`` down."""

    name: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``address`` is where it leads."""

    name: str
    address: str
    x: float
    width: float
    total: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across, and the number that it stands for."""

    count: int
    y: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The chart; ``names`` are its colours, from the bottom up."""

    title: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - _BOTTOM

    @property
    def total(self) -> int:
        """All columns together."""
        return sum(column.total for column in self.columns)


def columns(
    title: str, names: Sequence[str], rows: Sequence[tuple[str, str, Mapping[str, int]]]
) -> Columns:
    """A chart of rows (name, address, count by colour)."""
    highest = max((sum(counts.values()) for _, _, counts in rows), default=0)
    step = _step(highest)
    top = max(step, -(-highest // step) * step)
    scale = (HEIGHT - _TOP - _BOTTOM) / top
    room = (WIDTH - _LEFT) / max(1, len(rows))
    width = min(_WIDEST, room * 0.7)
    made = tuple(
        Column(
            name,
            address,
            round(_LEFT + room * (number + 0.5) - width / 2, 1),
            round(width, 1),
            sum(counts.values()),
            _stacked(names, counts, scale),
        )
        for number, (name, address, counts) in enumerate(rows)
    )
    ticks = tuple(
        Tick(count, round(HEIGHT - _BOTTOM - count * scale, 1)) for count in range(0, top + 1, step)
    )
    return Columns(title, tuple(names), made, ticks)


def _stacked(names: Sequence[str], counts: Mapping[str, int], scale: float) -> tuple[Piece, ...]:
    floor = float(HEIGHT - _BOTTOM)
    pieces = []
    for name in names:
        height = counts.get(name, 0) * scale
        floor -= height
        if height:
            pieces.append(Piece(name, counts[name], round(floor, 1), round(height, 1)))
    return tuple(pieces)


def _step(highest: int) -> int:
    """Between lines across: 1, 2, 5, 10, 20 …, so that there are at most five of them."""
    power = 1
    while True:
        for each in _STEPS:
            if highest <= each * power * 5:
                return each * power
        power *= 10

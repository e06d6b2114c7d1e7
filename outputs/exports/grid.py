"""A ruled table as text: columns of Chinese stand in line, cells wrap, nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from outputs.exports.widths import columns, wrap

_FLEXIBLE = 30  # what the column in between asks for at least
_LEAST = 8  # four Chinese characters


class Grid:
    """A table that grows row by row; the one column of width 0 takes what is left."""

    def __init__(self, *heads: tuple[str, int]) -> None:
        self.heads = heads
        self.rows: list[tuple[str, ...]] = []

    def add(self, *cells: str) -> None:
        """One row."""
        self.rows.append(cells)

    def lines(self, width: int) -> Iterator[str]:
        """Ruled with + - |: line-drawing signs are two columns wide in some Chinese terminals."""
        widths = self._widths(width)
        rule = "+".join("-" * (each + 2) for each in widths).join("++")
        yield rule
        for cells in (tuple(head for head, _ in self.heads), *self.rows):
            yield from _ruled(cells, widths)
            yield rule

    def _widths(self, width: int) -> list[int]:
        """All columns but one are as wide as they must be, and no wider than they may be."""
        widths = []
        for index, (head, most) in enumerate(self.heads):
            texts = [head, *(cells[index] for cells in self.rows)]
            need = max(columns(line) for text in texts for line in text.split("\n"))
            widths.append(min(most, need) if most else 0)
        left = width - sum(widths) - 3 * len(widths) - 1
        return _narrowed([each or max(left, _FLEXIBLE) for each in widths], width)


def _narrowed(widths: list[int], width: int) -> list[int]:
    """The widest column gives way until all fit or none is wider than it must be to be read."""
    while sum(widths) + 3 * len(widths) + 1 > width and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _ruled(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [wrap(printable(cell), each) for cell, each in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = (
            part + " " * (each - columns(part)) for part, each in zip(parts, widths, strict=True)
        )
        yield f"| {' | '.join(padded)} |"


def printable(text: str) -> str:
    """Without control characters: a document must not steer the reader's terminal."""
    return "".join(c for c in text if c == "\n" or c.isprintable() or c == "\u3000")

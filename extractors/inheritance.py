"""What a list takes over from the sentence that opens it: 到2025年，…。 （一）建设5所…。 （二）….

The list is told by the section tree where there is one, and by its numerals where headings were
lost: it begins with its first number, goes on with the next, and ends where the count starts anew.
What is taken over is marked inherited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model.document import BlockKind, Document
from corpus.model.finding import Finding
from corpus.model.geometry import Span
from corpus.model.view import tidy
from extractors.rules.numbers import read_number
from extractors.scope import Placed, opening_deadline

_MARKS = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in (
        (1, r"(?P<number>[一二三四五六七八九十]{1,3})、"),
        (2, r"\((?P<number>[一二三四五六七八九十]{1,3})\)"),
        (3, r"(?P<number>\d{1,2})(?:\.(?!\d)|、)"),
        (4, r"\((?P<number>\d{1,2})\)"),
        (5, r"(?P<number>[一二三四五六七八九十])是"),
    )
)
_DASHES = 6
_DASH = re.compile(r"—|-|·")
_CIRCLED = re.compile(r"\s*[①-⑳]")
_HEAD = 12


@dataclass(frozen=True, slots=True)
class _Mark:
    """The numeral that opens a paragraph: （二） is rank 2, number 2; a dash has no number."""

    rank: int
    number: int


def inherit(document: Document, everywhere: Sequence[Placed]) -> None:
    """Give targets without a time the one that opens the list they stand in."""
    by_span = {place.passage.span: place for place in everywhere if place.passage.row is None}
    reader = _Reader(document)
    for span in _paragraphs(document):
        place = by_span.get(span)
        lead = reader.lead_of(span, opening_deadline(place) if place else None)
        for statement in place.statements if place and lead else ():
            if statement.deadline is None and statement.has_quantity:
                statement.deadline, statement.deadline_inherited = lead, True


def _paragraphs(document: Document) -> Iterator[Span]:
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING)
    return (block.span for block in document.blocks if block.kind in kinds)


class _Reader:
    """Walks the paragraphs in order and knows which time governs the one it is at."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lead: Finding | None = None
        self.path: tuple[str, ...] = ()
        self.lead_mark: _Mark | None = None
        self.series: _Mark | None = None

    def lead_of(self, span: Span, opening: Finding | None) -> Finding | None:
        """The time that the paragraph takes over; ``opening`` is one that it begins with."""
        path = self.document.section_path(span)
        mark = _mark(self.document.text[span.start : span.start + _HEAD])
        governed = self.lead is not None and self._governs(path, mark)
        if opening is not None:
            if not (governed and mark is not None):
                self.lead, self.path, self.lead_mark, self.series = opening, path, mark, None
            return None
        if self.lead is not None and not governed and not self._may_follow(path, mark):
            self.lead = None
        return self.lead if governed else None

    def _governs(self, path: tuple[str, ...], mark: _Mark | None) -> bool:
        if path[: len(self.path)] == self.path and self.path:
            return mark is not None or len(path) > len(self.path)
        return self._in_series(mark)

    def _in_series(self, mark: _Mark | None) -> bool:
        """By numerals: 1 opens the list, each next number goes on, lower ranks stand inside."""
        if mark is None:
            return self.series is not None
        if self.lead_mark is not None and mark.rank <= self.lead_mark.rank:
            return False
        if self.series is None:
            # 一、 opens a chapter, which no sentence before it governs.
            if mark.number > 1 or mark.rank == 1:
                return False
            self.series = mark
            return True
        if mark.rank == self.series.rank:
            goes_on = mark.rank == _DASHES or mark.number == self.series.number + 1
            self.series = mark if goes_on else self.series
            return goes_on
        return mark.rank > self.series.rank

    def _may_follow(self, path: tuple[str, ...], mark: _Mark | None) -> bool:
        """A plain paragraph of the same section may stand between the lead and its list."""
        return mark is None and path == self.path and self.series is None


def _mark(printed: str) -> _Mark | None:
    # A view reads ① as 1.
    if _CIRCLED.match(printed):
        return _Mark(_DASHES, 1)
    words = tidy(printed).text
    for rank, pattern in _MARKS:
        match = pattern.match(words)
        if match is not None:
            return _Mark(rank, int(read_number(match["number"]) or 0))
    return _Mark(_DASHES, 1) if _DASH.match(words) else None

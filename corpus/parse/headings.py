"""The section tree: 一、 holds （一）, that holds 1.; an annex stands beside them all.

A heading may be a line of its own (一、总体要求) or open its paragraph (（一）指导思想。以…).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model.document import Block, BlockKind, Section
from corpus.model.geometry import Span
from corpus.model.view import tidy
from corpus.parse.marks import heading_level, is_annex_mark, is_title_end
from corpus.parse.pieces import Piece

_LONGEST = 40
_ENDS = re.compile(r"[。;]|:$|[,、]$")
# Annexes and the plan that a notice carries enclose 一、 (level 1).
_PART = 0


@dataclass(frozen=True, slots=True)
class _Opening:
    """A heading found: its level, where its words stand, and which block it is or opens."""

    level: int
    span: Span
    title: str
    own: tuple[int, ...]


def with_headings(
    blocks: Sequence[Block], pieces: Sequence[Piece], kinds: Mapping[int, BlockKind]
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The blocks with their kinds, and the sections that their headings open."""
    prose = [p for p in pieces if p.is_prose and p.index not in kinds]
    openings = _openings(prose)
    levels = {index: max(1, o.level) for o in openings for index in o.own}
    made = tuple(
        Block(BlockKind.HEADING, block.span, levels[index])
        if index in levels
        else Block(kinds.get(index, block.kind), block.span)
        for index, block in enumerate(blocks)
    )
    end = max((b.span.end for b in made if b.kind is not BlockKind.FURNITURE), default=0)
    return made, _sections(openings, end)


def _openings(prose: Sequence[Piece]) -> list[_Opening]:
    found: list[_Opening] = []
    place = 0
    while place < len(prose):
        piece = prose[place]
        following = prose[place + 1] if place + 1 < len(prose) else None
        place += 1
        if is_annex_mark(piece.text):
            title = following if following is not None and _is_bare(following) else None
            if title is not None and not heading_level(title.text):
                place += 1
            else:
                title = None
            found.append(_part(piece, title))
        elif (opening := _opening(piece)) is not None:
            found.append(opening)
    return found


def _part(piece: Piece, title: Piece | None) -> _Opening:
    words = piece.text.rstrip(":") + (f" {title.text}" if title else "")
    span = piece.span.cover(title.span) if title else piece.span
    return _Opening(_PART, span, words, (piece.index, *([title.index] if title else [])))


def _opening(piece: Piece) -> _Opening | None:
    marked = heading_level(piece.text)
    if not marked and _is_bare(piece) and is_title_end(piece.text) and len(piece.text) > 6:
        # The title of the plan that a notice carries; as Word's 标题 1 it would stand beside 一、.
        return _Opening(_PART, piece.span, piece.text, (piece.index,))
    level = marked or min(piece.heading, 4)
    if not level:
        return None
    if _is_bare(piece):
        return _Opening(level, piece.span, piece.text, (piece.index,))
    title = _run_in(piece)
    return _Opening(level, title[0], title[1], ()) if title else None


def _is_bare(piece: Piece) -> bool:
    return len(piece.text) <= _LONGEST and _ENDS.search(piece.text) is None


def _run_in(piece: Piece) -> tuple[Span, str] | None:
    """The words up to the first 。 of a paragraph that a heading opens."""
    view = tidy(piece.raw)
    end = view.text.find("。")
    if not 0 < end <= _LONGEST:
        return None
    place = view.locate(0, end)
    start = piece.span.start
    return Span(start + place.start, start + place.end), view.text[:end]


def _sections(openings: Sequence[_Opening], end: int) -> tuple[Section, ...]:
    """Each heading holds what stands between it and the next one of its level or above."""
    found: list[Section] = []
    open_: list[int] = []
    closes = [max(end, opening.span.end) for opening in openings]
    parents: list[int | None] = []
    for place, opening in enumerate(openings):
        while open_ and openings[open_[-1]].level >= opening.level:
            closes[open_.pop()] = opening.span.start
        parents.append(open_[-1] if open_ else None)
        open_.append(place)
    for opening, close, parent in zip(openings, closes, parents, strict=True):
        span = Span(opening.span.start, max(close, opening.span.end))
        found.append(Section(opening.title, opening.level, opening.span, span, parent))
    return tuple(found)

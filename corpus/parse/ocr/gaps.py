"""Pieces of a line cut where a column ends: 2　建设实训基地　省教育厅 is found as one on a scan,
but where no rules are, the gaps alone tell the cells of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.parse.ocr.fragments import Fragment, width_of
from corpus.parse.pdf_unruled import Unruled, find_unruled

if TYPE_CHECKING:
    from typing import Any

    from corpus.parse.pdf_glyphs import Glyph
    from corpus.parse.pdf_tables import Setting

# In em, between the squares of two characters; engines tell their places to a sixth or so.
_GAP = 0.6


def unruled_tables(
    edges: list[dict[str, Any]], glyphs: Sequence[Glyph], page: int, *, lines: Setting
) -> Unruled:
    """The tables without upright rules, and the pieces outside them as they were found."""
    parts = [(part, whole) for whole in glyphs for part in _parts(whole)]
    found = find_unruled(edges, [part for part, _ in parts], page, lines=lines)
    if not found.tables:
        return replace(found, rest=list(glyphs))
    outside = {id(part) for part in found.rest}
    kept: list[Glyph] = []
    for whole in glyphs:
        mine = [part for part, other in parts if other is whole]
        free = [part for part in mine if id(part) in outside]
        kept += [whole] if len(free) == len(mine) else free
    return replace(found, rest=kept)


def _parts(glyph: Glyph) -> list[Glyph]:
    """A piece cut at its wide gaps."""
    if not isinstance(glyph, Fragment) or len(glyph.edges) != len(glyph.text) + 1:
        return [glyph]
    squares = list(_squares(glyph))
    cuts = [
        at
        for at, (before, after) in enumerate(pairwise(squares), 1)
        if after[0] - before[1] > _GAP * glyph.size
    ]
    if not cuts:
        return [glyph]
    return [
        _part(glyph, a, b, squares[a][0], squares[b - 1][1])
        for a, b in pairwise([0, *cuts, len(glyph.text)])
    ]


def _squares(piece: Fragment) -> Iterator[tuple[float, float]]:
    """Where each character's square begins and ends: edges lie midway between the middles."""
    middle = piece.edges[0] + piece.size * width_of(piece.text[0]) / 2
    for at, sign in enumerate(piece.text):
        if at:
            middle = max(piece.edges[at], 2 * piece.edges[at] - middle)
        half = piece.size * width_of(sign) / 2
        yield middle - half, middle + half


def _part(piece: Fragment, start: int, end: int, x0: float, x1: float) -> Fragment:
    """Characters ``start`` to ``end`` of a piece, which stand from ``x0`` to ``x1``."""
    inner = piece.edges[start + 1 : end]
    doubts = [
        replace(d, start=max(d.start, start) - start, end=min(d.end, end) - start)
        for d in piece.doubts
        if d.start < end and start < d.end
    ]
    corrections = [
        replace(c, start=max(c.start, start) - start, end=min(c.end, end) - start)
        for c in piece.corrections
        if c.start < end and start < c.end
    ]
    return replace(
        piece,
        text=piece.text[start:end],
        x0=x0,
        x1=x1,
        edges=(x0, *inner, x1),
        scores=piece.scores[start:end],
        doubts=tuple(doubts),
        corrections=tuple(corrections),
    )

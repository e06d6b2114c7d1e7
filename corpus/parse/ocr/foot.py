"""The page number at the foot of a page, — 3 —, whose thin dashes a bad scan leaves half of.

What is left of it is cut out with more room and read again; a number there with any dash beside it
is — 3 —, as GB/T 9704 sets it, so that it is never taken for text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.parse.flow import LineCorrection
from corpus.parse.ocr.engine import Reading
from corpus.parse.ocr.fragments import Fragment, fragment

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image, OcrEngine

_FOOT = 0.88
_DASH = r"[一—–\-－_~·.．]{0,2}"
_NUMBER = re.compile(rf"({_DASH})\s*(\d{{1,4}})\s*({_DASH})")
_WELL = re.compile(r"—\d{1,4}—")


def with_foot(
    pieces: Sequence[Fragment], image: Image, engine: OcrEngine, *, per_point: float
) -> list[Fragment]:
    """The pieces of a page, those of its number put right."""
    floor = _FOOT * image.shape[0] / per_point
    return [
        _number(piece, image, engine, per_point)
        if piece.top > floor and _NUMBER.fullmatch(piece.text) and not _has_company(piece, pieces)
        else piece
        for piece in pieces
    ]


def _has_company(piece: Fragment, pieces: Sequence[Fragment]) -> bool:
    """True where something stands beside the number: it belongs to a line, or to a table."""
    return any(
        other is not piece and min(other.bottom, piece.bottom) - max(other.top, piece.top) > 2
        for other in pieces
    )


def _number(piece: Fragment, image: Image, engine: OcrEngine, per_point: float) -> Fragment:
    if _WELL.fullmatch(piece.text):
        return piece
    room = 2.2 * piece.size
    x0, x1 = int((piece.x0 - room) * per_point), int((piece.x1 + room) * per_point)
    half = 0.75 * piece.size
    y0, y1 = int((piece.middle - half) * per_point), int((piece.middle + half) * per_point)
    crop = image[max(0, y0) : y1, max(0, x0) : x1]
    (again,) = engine.read([np.ascontiguousarray(crop)])
    match = _NUMBER.fullmatch(again.text.strip()) or _NUMBER.fullmatch(piece.text)
    if match is None or not (match[1] or match[3]):
        return piece
    return _set(piece, match, again if match.string == again.text.strip() else None)


def _set(piece: Fragment, match: re.Match[str], again: Reading | None) -> Fragment:
    """— 3 — in the place of what was left of it."""
    text = f"—{match[2]}—"
    score = again.score if again is not None else sum(piece.scores) / len(piece.scores)
    middle, width = (piece.x0 + piece.x1) / 2, piece.size * (2 + len(match[2]) / 2)
    x0, x1 = middle - width / 2, middle + width / 2
    made = fragment(Reading(text, (score,) * len(text)), x0=x0, x1=x1, middle=0, height=1)
    if made is None:
        return piece
    return replace(
        piece,
        text=text,
        x0=x0,
        x1=x1,
        edges=made.edges,
        scores=made.scores,
        corrections=(LineCorrection(0, len(text), piece.text),),
    )

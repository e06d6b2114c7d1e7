"""The page number at the foot of a page, — 3 —, whose thin dashes a bad scan leaves half of.

What is left of it is cut out with more room and read again; a number there with any dash beside it
is — 3 —, as GB/T 9704 sets it, so that it is never taken for text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.parse.flow import LineCorrection
from corpus.parse.ocr.engine import Reading
from corpus.parse.ocr.fragments import Fragment, fragment
from corpus.parse.ocr.ink import dark

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image, OcrEngine

# Of the height of the page: above is text, below is the edge of the scanner's glass.
_FOOT, _EDGE = 0.88, 0.97
_DASH = r"[一—–\-－_~·.．]{0,2}"
_NUMBER = re.compile(rf"({_DASH})\s*(\d{{1,4}})\s*({_DASH})")
# Of 255 tones, by which a thin stroke is darker than the paper.
_FAINT = 60
_WELL = re.compile(r"—\d{1,4}—")


def with_foot(
    pieces: Sequence[Fragment], image: Image, engine: OcrEngine, *, per_point: float
) -> list[Fragment]:
    """The pieces of a page, its number put right, or found where the engine saw no line."""
    floor = _FOOT * image.shape[0] / per_point
    if not any(piece.top > floor for piece in pieces):
        return [*pieces, *_found(image, engine, per_point)]
    return [
        _number(piece, image, engine, per_point)
        if piece.top > floor and _NUMBER.fullmatch(piece.text) and not _has_company(piece, pieces)
        else piece
        for piece in pieces
    ]


def _found(image: Image, engine: OcrEngine, per_point: float) -> list[Fragment]:
    """The page number, where some ink at the foot of the page reads as one."""
    top = int(_FOOT * image.shape[0])
    ink = dark(np.ascontiguousarray(image[top : int(_EDGE * image.shape[0])]), per_point=per_point)
    reach = np.ones((1, round(14 * per_point) | 1), np.uint8)
    _, _, blots, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach))
    sized = [
        blot for blot in blots[1:] if 5 < blot[3] / per_point < 24 and 8 < blot[2] / per_point < 100
    ]
    for x, y, width, height, _ in sorted(sized, key=lambda blot: -blot[4])[:2]:
        room = round(3 * per_point)
        y0, y1 = top + y - room, top + y + height + room
        x0, x1 = max(0, x - room), x + width + room
        (reading,) = engine.read([np.ascontiguousarray(image[y0:y1, x0:x1])])
        match = _NUMBER.fullmatch(reading.text.strip())
        if match is None or not (match[1] or match[3]) or reading.score < 0.5:
            continue
        piece = fragment(
            reading,
            x0=x0 / per_point,
            x1=x1 / per_point,
            middle=(y0 + y1) / 2 / per_point,
            height=(y1 - y0) / per_point,
        )
        return [_set(piece, match, reading)] if piece else []
    return []


def _has_company(piece: Fragment, pieces: Sequence[Fragment]) -> bool:
    """True where something stands beside the number: it belongs to a line, or to a table."""
    return any(
        other is not piece and min(other.bottom, piece.bottom) - max(other.top, piece.top) > 2
        for other in pieces
    )


def _number(piece: Fragment, image: Image, engine: OcrEngine, per_point: float) -> Fragment:
    if _WELL.fullmatch(piece.text):
        return piece
    seen = _between_dashes(piece, image, engine, per_point)
    if seen is not None:
        match = re.fullmatch(r"()(\d{1,4})()", seen.text.strip())
        if match is not None:
            return _set(piece, match, seen)
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


def _between_dashes(
    piece: Fragment, image: Image, engine: OcrEngine, per_point: float
) -> Reading | None:
    """What stands between two dashes that are there to be seen, though the engine reads none: on a
    fax they are a dot high. None where they aren't."""
    em = piece.size * per_point
    left, right = int(piece.x0 * per_point - 2.6 * em), int(piece.x1 * per_point + 2.6 * em)
    y0 = int(piece.middle * per_point - 0.6 * em)
    strip = image[max(0, y0) : int(y0 + 1.2 * em), max(0, left) : right]
    if not strip.size:
        return None
    strip = np.ascontiguousarray(strip)
    spans = _dashes(strip, em)
    middle = (piece.x0 + piece.x1) / 2 * per_point - max(0, left)
    before = [end for _, end in spans if end < middle]
    after = [start for start, _ in spans if start > middle]
    if not before or not after or min(after) - max(before) < 0.4 * em:
        return None
    inner = strip[:, max(before) + 1 : min(after)]
    (reading,) = engine.read([np.ascontiguousarray(inner)])
    return reading


def _dashes(strip: Image, em: float) -> list[tuple[int, int]]:
    """Where level strokes as long as a dash begin and end, gaps of a dot or two closed. Nothing is
    smoothed before: that wipes out what is a dot high."""
    tones = strip.min(axis=2)
    ink = np.where(tones < np.percentile(tones, 90) - _FAINT, 255, 0).astype(np.uint8)
    reach = np.ones((1, round(0.15 * em) | 1), np.uint8)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach)
    _, _, blots, _ = cv2.connectedComponentsWithStats(closed)
    return [
        (int(x), int(x + width))
        for x, _, width, height, _ in blots[1:]
        if 0.5 * em <= width <= 2.2 * em and height <= 0.2 * em
    ]


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

"""What recognition reads on a page as pieces to set lines of: 河南省 at (79.5, 432), 16 pt.

A piece is a glyph with many characters, so that reading order, columns and table cells are told
by the same code as in a digital page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from corpus.model.document import TextSource
from corpus.model.geometry import Box
from corpus.parse.flow import FlowLine, LineCorrection, LineDoubt, Tilt
from corpus.parse.pdf_glyphs import Glyph
from corpus.parse.pdf_lines import Row, spaces

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Reading

# A line's box, as engines find it, is about this many em high.
BOX_HEIGHT = 1.16
# Ink of these stands in one half of their square.
_HALF_LEFT = "（《〔【“‘〈"
_HALF_RIGHT = "，。、；：！？）》〕】”’〉"
_ENOUGH = 6
_LATIN_BLANK = re.compile(r"[A-Za-z0-9,.;:)]\s[A-Za-z0-9(]")
# Chinese has no narrow point between two wide signs, and no comma twice.
_WIDE = r"[\u3400-\u9fff\u3001-\u3017\uff01-\uff60“”‘’]"
_SPECK = re.compile(rf"{_WIDE}[.'`]{_WIDE}|.[,，、。；][，、。；]")
# A point at a sign of punctuation is none, however sure it looks.
_POINT = re.compile(r"[，、。；：]\.[\u3400-\u9fff]|[\u3400-\u9fff]\.[“《（，、。；：]")
_SURE = 0.9
_DOUBTED = 0.5


@dataclass(frozen=True, slots=True)
class Fragment(Glyph):
    """One piece of a line; ``edges`` lie between its characters, ``scores`` are one for each."""

    edges: tuple[float, ...] = ()
    scores: tuple[float, ...] = ()
    doubts: tuple[LineDoubt, ...] = field(default=())
    corrections: tuple[LineCorrection, ...] = field(default=())

    @property
    def middle(self) -> float:
        """Height of the middle of its characters."""
        return (self.top + self.bottom) / 2


def width_of(sign: str) -> float:
    """Width of a character in em: Chinese and its punctuation 1, Latin letters and digits ½."""
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5


def fragment(
    reading: Reading, *, x0: float, x1: float, middle: float, height: float
) -> Fragment | None:
    """A piece with the places of its characters; ``x0`` to ``x1`` is what was cut out to read."""
    kept = _kept(reading)
    if not kept:
        return None
    text = "".join(reading.text[i] for i in kept)
    scores = tuple(reading.scores[i] for i in kept)
    places = tuple(reading.places[i] for i in kept) if reading.places else ()
    corrections = tuple(_dropped(reading.text, kept))
    centres = [x0 + place * (x1 - x0) for place in places] or _even(text, x0, x1)
    if not corrections:
        text, scores, centres = _with_long_dash(text, scores, centres, x0)
    em = _size(text, centres, height)
    left, right = _ends(text, centres, em, x0, x1)
    between = [(a + b) / 2 for a, b in pairwise(centres)]
    edges = _rising([left, *between, right])
    return Fragment(
        text,
        edges[0],
        edges[-1],
        middle - em / 2,
        middle + em / 2,
        middle + 0.38 * em,
        em,
        edges=tuple(edges),
        scores=scores,
        corrections=corrections,
    )


def _kept(reading: Reading) -> list[int]:
    """Which characters are text: blanks only between Latin words, no specks of dirt."""
    text = reading.text
    kept: list[int] = []
    for place, sign in enumerate(text):
        around = text[place - 1 : place + 2] if 0 < place < len(text) - 1 else ""
        if sign.isspace():
            wanted = bool(_LATIN_BLANK.fullmatch(around))
        elif _POINT.fullmatch(around) or (
            _SPECK.fullmatch(around) and reading.scores[place] < _SURE
        ):
            wanted = False
        else:
            wanted = True
        if wanted:
            kept.append(place)
    return kept


def _dropped(text: str, kept: Sequence[int]) -> Iterator[LineCorrection]:
    """Signs that were left out, with the one that they stood before."""
    for index, (before, place) in enumerate(pairwise([-1, *kept])):
        raw = text[before + 1 : place + 1]
        if raw[:-1].strip():
            yield LineCorrection(index, index + 1, raw)


def _even(text: str, x0: float, x1: float) -> list[float]:
    """Middles of characters that share a line's width by their own."""
    widths = [width_of(sign) for sign in text]
    step, at, centres = (x1 - x0) / sum(widths), x0, []
    for width in widths:
        centres.append(at + step * width / 2)
        at += step * width
    return centres


def _with_long_dash(
    text: str, scores: tuple[float, ...], centres: list[float], x0: float
) -> tuple[str, tuple[float, ...], list[float]]:
    """The dash before an item of a list, ——, is often read as one sign; Chinese has no other dash
    at the start of a line before an ideograph."""
    if not re.match(r"[—–\-－─][\u3400-\u9fff]", text) or text[1] == "一":
        return text, scores, centres
    step = (centres[1] - x0) / 5
    return "——" + text[1:], scores[:1] + scores, [x0 + step, x0 + 3 * step, *centres[1:]]


def _size(text: str, centres: Sequence[float], height: float) -> float:
    """The size of type from how far apart ideographs stand; from the height of the line where they
    are few, or spaced out (河　南　省)."""
    by_height = height / BOX_HEIGHT
    steps = _em(text, centres)
    return steps if steps is not None and steps < 1.3 * by_height else by_height


def _em(text: str, centres: Sequence[float]) -> float | None:
    """The usual step from one ideograph to the next; None where there are too few."""
    steps = [
        b - a
        for (a, b), (first, second) in zip(pairwise(centres), pairwise(text), strict=True)
        if "\u3400" <= first <= "\u9fff" and "\u3400" <= second <= "\u9fff" and b > a
    ]
    if len(steps) < 2:
        return None
    usual = median(steps)
    near = [step for step in steps if abs(step - usual) < 0.3 * usual]
    return sum(near) / len(near) if near else usual


def _ends(
    text: str, centres: Sequence[float], em: float, x0: float, x1: float
) -> tuple[float, float]:
    """Where the squares of the first and the last character begin and end.

    The first one's middle, as engines tell it, is that of its ink: that of （ is in its right half.
    """
    left = centres[0] - em * (0.75 if text[0] in _HALF_LEFT else width_of(text[0]) / 2)
    right = centres[-1] + em * (0.7 if text[-1] in _HALF_RIGHT else width_of(text[-1]) / 2)
    return left, max(right, left + 0.1)


def _rising(edges: list[float]) -> list[float]:
    for index in range(1, len(edges)):
        edges[index] = max(edges[index], edges[index - 1])
    return edges


def with_common_sizes(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Sizes told from single lines differ a little; those that are near are one size of type."""
    told = sorted(f.size for f in fragments if len(f.text) >= _ENOUGH)
    groups: list[list[float]] = []
    for size in told:
        if groups and size <= 1.08 * groups[-1][0]:
            groups[-1].append(size)
        else:
            groups.append([size])
    common = [median(group) for group in groups]
    return [_with_size(each, common) for each in fragments]


def _with_size(piece: Fragment, common: Sequence[float]) -> Fragment:
    near = min(common, key=lambda size: abs(size - piece.size), default=piece.size)
    limit = 0.1 if len(piece.text) >= _ENOUGH else 0.25
    size = near if abs(near - piece.size) <= limit * near else piece.size
    middle = piece.middle
    return replace(
        piece,
        size=size,
        top=middle - size / 2,
        bottom=middle + size / 2,
        baseline=middle + 0.38 * size,
    )


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets rows of fragments as lines; ``tilt`` tells where a line at (x, y) is really printed."""

    tilt: Tilted

    def write(self, row: Row, page: int) -> FlowLine | None:
        """The line of a row; None where it prints blanks only."""
        pieces = [piece for piece in row if isinstance(piece, Fragment)]
        if not pieces:
            return None
        text, edges, scores = "", list[float](), list[float]()
        doubts: list[LineDoubt] = []
        corrections: list[LineCorrection] = []
        for piece, space in zip(pieces, [*spaces(row, row), ""], strict=True):
            start = len(text)
            doubts += [replace(d, start=d.start + start, end=d.end + start) for d in piece.doubts]
            corrections += [
                replace(c, start=c.start + start, end=c.end + start) for c in piece.corrections
            ]
            text += piece.text + space
            edges += [*piece.edges[:-1], *([piece.x1] if space else [])]
            scores += piece.scores
        edges.append(pieces[-1].x1)
        edges = _rising(edges)
        box = Box(
            page, edges[0], min(p.top for p in pieces), edges[-1], max(p.bottom for p in pieces)
        )
        size = round(max(pieces, key=lambda p: len(p.text)).size, 1)
        return FlowLine(
            text,
            page,
            box,
            tuple(edges),
            size,
            source=TextSource.OCR,
            confidence=_confidence(scores, doubts),
            doubts=tuple(doubts),
            corrections=tuple(corrections),
            tilt=self.tilt.at(box),
        )


def _confidence(scores: Sequence[float], doubts: Iterable[LineDoubt]) -> float:
    mean = sum(scores) / len(scores) if scores else 0.0
    return round(min(mean, _DOUBTED) if list(doubts) else mean, 4)


@dataclass(frozen=True, slots=True)
class Tilted:
    """How the page made straight lies on the page as scanned: turned by ``degrees`` about the
    middle of a page of ``width`` × ``height`` points."""

    degrees: float
    width: float
    height: float

    def at(self, box: Box) -> Tilt | None:
        """Where a line of the straight page is printed."""
        if not self.degrees:
            return None
        from math import cos, radians, sin, tan

        turn = radians(self.degrees)
        x, y = box.x0 - self.width / 2, (box.top + box.bottom) / 2 - self.height / 2
        dx = x * cos(turn) - y * sin(turn) - x
        dy = x * sin(turn) + y * cos(turn) - y
        return Tilt(dx, dy, tan(turn))

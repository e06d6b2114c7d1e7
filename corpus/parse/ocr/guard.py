"""Numbers read twice: a 1 for a 7 in 不低于70% is worse than a line that is missing.

Every number, date, document number and percentage is cut out anew, a little larger or smaller and
with other contrast, and read again. Where the readings differ, or where a digit's own score is low,
the place is marked, with all its readings, and nothing built on it passes as certain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.parse.flow import LineDoubt

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image, OcrEngine
    from corpus.parse.ocr.fragments import Fragment
    from corpus.parse.ocr.ink import Mask

DIFFERENT = "两次识别的数字不一致"
UNSURE = "数字识别把握不足"

_HAN_DIGIT = "〇○零一二三四五六七八九十"
# A run of digits with what belongs to it, or a year, month or day in Chinese numerals.
_SENSITIVE = re.compile(
    rf"[0-9０-９OoIl|]*[0-9０-９](?:[OoIl|.,．，:：/—\-~～]*[0-9０-９％%‰])*"
    rf"|[{_HAN_DIGIT}]{{2,4}}年|(?<=年)[{_HAN_DIGIT}]{{1,2}}月|(?<=月)[{_HAN_DIGIT}]{{1,3}}日"
    rf"|百分之[{_HAN_DIGIT}百点]+"
)
_NUMERALS = re.compile(
    rf"[0-9]+|(?<=[0-9])[%‰万亿]|[{_HAN_DIGIT}]+(?=[年月日])|百分之[{_HAN_DIGIT}百点]+"
)
# Numbers nearer than this (characters) are cut out together.
_TOGETHER = 3
_CONTEXT = 2
_LEAST_SCORE = 0.6
# Share of a place that the ink of a seal must take to be more than specks.
_SEALED = 0.02


@dataclass(frozen=True, slots=True)
class _Place:
    """One cut: characters ``start`` to ``end`` of a fragment, and the numbers in it."""

    fragment: int
    start: int
    end: int
    numbers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A page with its grey seals on, and where their ink is (255)."""

    image: Image
    ink: Mask

    def hides(self, box: tuple[int, int, int, int]) -> bool:
        """True where ink of a seal is among the characters."""
        x0, y0, x1, y1 = box
        part = self.ink[y0:y1, x0:x1]
        return bool(np.count_nonzero(part) > _SEALED * part.size)


def checked(
    fragments: Sequence[Fragment],
    image: Image,
    engine: OcrEngine,
    *,
    per_point: float,
    under: Covered | None = None,
) -> list[Fragment]:
    """The fragments with their doubts; ``image`` is the straight page. What a grey seal covers is
    read with the seal on it, too."""
    places = [p for index, each in enumerate(fragments) for p in _places(index, each.text)]
    told: list[list[str]] = [[] for _ in places]
    _tell(told, range(len(places)), fragments, places, engine, Cut(image, per_point))
    if under is not None:
        cut = Cut(under.image, per_point)
        hidden = [i for i, p in enumerate(places) if under.hides(cut.box(fragments, p))]
        _tell(told, hidden, fragments, places, engine, cut)
    differing = [
        index
        for index, place in enumerate(places)
        if any(numerals(_said(fragments, place)) != numerals(text) for text in told[index])
    ]
    _tell(told, differing, fragments, places, engine, Cut(image, per_point, wider=True))
    marked = list(fragments)
    for index, place in enumerate(places):
        doubts = tuple(_doubts(marked[place.fragment], place, told[index], index in differing))
        if doubts:
            piece = marked[place.fragment]
            marked[place.fragment] = replace(piece, doubts=piece.doubts + doubts)
    return marked


def _tell(
    told: list[list[str]],
    wanted: Sequence[int],
    fragments: Sequence[Fragment],
    places: Sequence[_Place],
    engine: OcrEngine,
    cut: Cut,
) -> None:
    """Add to each of the wanted places what it reads when cut out so."""
    crops = [cut.out(fragments, places[index]) for index in wanted]
    for index, reading in zip(wanted, engine.read(crops), strict=True):
        told[index].append(reading.text)


def _places(index: int, text: str) -> list[_Place]:
    """Where to cut: the numbers of a line with a little of what stands around them."""
    groups: list[list[tuple[int, int]]] = []
    for match in _SENSITIVE.finditer(text):
        if groups and match.start() - groups[-1][-1][1] <= _TOGETHER:
            groups[-1].append(match.span())
        else:
            groups.append([match.span()])
    return [
        _Place(
            index,
            max(0, numbers[0][0] - _CONTEXT),
            min(len(text), numbers[-1][1] + _CONTEXT),
            tuple(numbers),
        )
        for numbers in groups
    ]


def _said(fragments: Sequence[Fragment], place: _Place) -> str:
    return fragments[place.fragment].text[place.start : place.end]


def numerals(text: str) -> list[str]:
    """The numbers of a reading in one form: digits, %, 万 and 亿 behind them, Han dates."""
    folded = unicodedata.normalize("NFKC", text).replace("○", "〇").replace("零", "〇")
    return _NUMERALS.findall(folded)


@dataclass(frozen=True, slots=True)
class Cut:
    """How a place is cut out again: tight, with full contrast; or larger and softer."""

    image: Image
    per_point: float
    wider: bool = False

    def box(self, fragments: Sequence[Fragment], place: _Place) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in pixels, inside the picture."""
        piece = fragments[place.fragment]
        half = (0.66 if not self.wider else 0.9) * piece.size
        pad = (0.12 if not self.wider else 0.35) * piece.size
        x0 = int((piece.edges[place.start] - pad) * self.per_point)
        x1 = int((piece.edges[place.end] + pad) * self.per_point) + 1
        y0 = int((piece.middle - half) * self.per_point)
        y1 = int((piece.middle + half) * self.per_point) + 1
        height, width = self.image.shape[:2]
        return max(0, x0), max(0, y0), min(width, x1), min(height, y1)

    def out(self, fragments: Sequence[Fragment], place: _Place) -> Image:
        """The picture of the place."""
        x0, y0, x1, y1 = self.box(fragments, place)
        crop = self.image[y0:y1, x0:x1]
        if not crop.size:
            return np.full((8, 8, 3), 255, np.uint8)
        if self.wider:
            large = cv2.resize(crop, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
            return np.asarray(cv2.GaussianBlur(large, (3, 3), 0), np.uint8)
        low, high = np.percentile(crop, (1, 90))
        stretched = (crop.astype(np.float32) - low) * (255.0 / max(1.0, high - low))
        return np.ascontiguousarray(stretched.clip(0, 255).astype(np.uint8))


def _doubts(piece: Fragment, place: _Place, told: Sequence[str], differs: bool) -> list[LineDoubt]:
    said = piece.text[place.start : place.end]
    start, end = place.numbers[0][0], place.numbers[-1][1]
    if differs:
        others = dict.fromkeys(r for r in told if numerals(r) != numerals(said))
        return [LineDoubt(start, end, (said, *others), DIFFERENT)]
    weak = [(a, b) for a, b in place.numbers if _is_weak(piece, a, b)]
    return [LineDoubt(a, b, (piece.text[a:b],), UNSURE) for a, b in weak]


def _is_weak(piece: Fragment, start: int, end: int) -> bool:
    """True where a digit or numeral itself scores low; the signs between them may."""
    scored = zip(piece.text[start:end], piece.scores[start:end], strict=False)
    return any(score < _LEAST_SCORE for sign, score in scored if sign.isnumeric() or sign in "%‰")

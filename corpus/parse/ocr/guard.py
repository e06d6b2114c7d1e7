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


@dataclass(frozen=True, slots=True)
class _Place:
    """One cut: characters ``start`` to ``end`` of a fragment, and the numbers in it."""

    fragment: int
    start: int
    end: int
    numbers: tuple[tuple[int, int], ...]


def checked(
    fragments: Sequence[Fragment], image: Image, engine: OcrEngine, *, per_point: float
) -> list[Fragment]:
    """The fragments with their doubts; ``image`` is the straight page."""
    places = [p for index, each in enumerate(fragments) for p in _places(index, each.text)]
    crops = [_crop(fragments[p.fragment], p, image, per_point, wider=False) for p in places]
    second = [reading.text for reading in engine.read(crops)]
    differing = [
        index
        for index, place in enumerate(places)
        if numerals(_said(fragments, place)) != numerals(second[index])
    ]
    again = [
        _crop(fragments[places[i].fragment], places[i], image, per_point, wider=True)
        for i in differing
    ]
    third = dict(zip(differing, (reading.text for reading in engine.read(again)), strict=True))
    marked = list(fragments)
    for index, place in enumerate(places):
        doubts = tuple(_doubts(marked[place.fragment], place, second[index], third.get(index)))
        if doubts:
            piece = marked[place.fragment]
            marked[place.fragment] = replace(piece, doubts=piece.doubts + doubts)
    return marked


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


def _crop(piece: Fragment, place: _Place, image: Image, per_point: float, *, wider: bool) -> Image:
    """The place cut out again: tight, with full contrast; or larger, softer, with more room."""
    half = (0.66 if not wider else 0.9) * piece.size
    pad = (0.12 if not wider else 0.35) * piece.size
    x0 = int((piece.edges[place.start] - pad) * per_point)
    x1 = int((piece.edges[place.end] + pad) * per_point) + 1
    y0, y1 = int((piece.middle - half) * per_point), int((piece.middle + half) * per_point) + 1
    height, width = image.shape[:2]
    crop = image[max(0, y0) : min(height, y1), max(0, x0) : min(width, x1)]
    if not crop.size:
        return np.full((8, 8, 3), 255, np.uint8)
    if wider:
        large = cv2.resize(crop, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
        return np.asarray(cv2.GaussianBlur(large, (3, 3), 0), np.uint8)
    low, high = np.percentile(crop, (1, 90))
    stretched = (crop.astype(np.float32) - low) * (255.0 / max(1.0, high - low))
    return np.ascontiguousarray(stretched.clip(0, 255).astype(np.uint8))


def _doubts(piece: Fragment, place: _Place, second: str, third: str | None) -> list[LineDoubt]:
    said = piece.text[place.start : place.end]
    start, end = place.numbers[0][0], place.numbers[-1][1]
    if third is not None:
        others = dict.fromkeys(r for r in (second, third) if numerals(r) != numerals(said))
        return [LineDoubt(start, end, (said, *others), DIFFERENT)]
    weak = [(a, b) for a, b in place.numbers if _is_weak(piece, a, b)]
    return [LineDoubt(a, b, (piece.text[a:b],), UNSURE) for a, b in weak]


def _is_weak(piece: Fragment, start: int, end: int) -> bool:
    """True where a digit or numeral itself scores low; the signs between them may."""
    scored = zip(piece.text[start:end], piece.scores[start:end], strict=False)
    return any(score < _LEAST_SCORE for sign, score in scored if sign.isnumeric() or sign in "%‰")

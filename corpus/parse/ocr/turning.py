"""Which way up a page lies, decided once: scanners are fed sideways and upside down.

Lines that stand upright on the page tell that it lies on its side; which of the two ways left is
right, a few long lines tell when they are read both ways up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.parse.ocr.picture import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.parse.ocr.engine import Image, OcrEngine, Quad, Reading

_LONG = 3.0
_TRIED = 5
# Lines read the right way up score over this even on bad scans; nothing else needs to be tried.
_SURE = 0.93


def is_sideways(quads: Sequence[Quad]) -> bool:
    """True where most of the length of the lines stands upright."""
    level = upright = 0.0
    for quad in quads:
        width, height = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
        if width > _LONG * height:
            level += float(width)
        elif height > _LONG * width:
            upright += float(height)
    return upright > level


@dataclass(frozen=True, slots=True)
class Trial:
    """A few lines read for a start. ``readings`` are by position in the list of lines, and are
    of use only where the page is not upside down."""

    upside_down: bool
    readings: dict[int, Reading]


def try_lines(engine: OcrEngine, image: Image, quads: Sequence[Quad]) -> Trial:
    """Whether a page whose lines run level is upside down."""
    longest = sorted(range(len(quads)), key=lambda i: -_width(quads[i]))[:_TRIED]
    crops = [cut(image, quads[index]) for index in longest]
    readings = engine.read(crops)
    if _mean(readings) >= _SURE:
        return Trial(False, dict(zip(longest, readings, strict=True)))
    over = engine.read([np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops])
    if _mean(over) > _mean(readings):
        return Trial(True, {})
    return Trial(False, dict(zip(longest, readings, strict=True)))


def _width(quad: Quad) -> float:
    return float(np.linalg.norm(quad[1] - quad[0]))


def _mean(readings: Sequence[Reading]) -> float:
    """The score of an average character."""
    scores = [score for reading in readings for score in reading.scores]
    return sum(scores) / len(scores) if scores else 0.0

"""A page turned the right way up and made straight, with where its lines are: scanners are fed
sideways, and by hand never quite straight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.parse.ocr.picture import angle, moved, smaller, straightened, turned, turned_quad
from corpus.parse.ocr.turning import is_sideways, try_lines

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image, OcrEngine, OcrOptions, Quad, Reading

_LEAST_ANGLE = 0.05


@dataclass(frozen=True, slots=True)
class Upright:
    """A page the right way up and straight, with where its lines are and what was read so far."""

    image: Image
    quads: tuple[Quad, ...]
    readings: dict[int, Reading]
    quarters: int
    degrees: float


def find_lines(image: Image, engine: OcrEngine, options: OcrOptions) -> list[Quad]:
    """The lines of a page, looked for in a smaller picture of it."""
    small, factor = smaller(image, options.find_side)
    return [quad / np.float32(factor) for quad in engine.find(small)]


def upright(image: Image, engine: OcrEngine, options: OcrOptions) -> Upright:
    """The page turned and made straight."""
    quads = find_lines(image, engine, options)
    quarters = 1 if is_sideways(quads) else 0
    if quarters:
        image = turned(image, quarters)
        quads = find_lines(image, engine, options)
    trial = try_lines(engine, image, quads)
    if trial.upside_down:
        height, width = image.shape[:2]
        image = turned(image, 2)
        quads = [turned_quad(quad, 2, width=width, height=height) for quad in quads]
        quarters = (quarters + 2) % 4
    degrees = angle(quads)
    if abs(degrees) < _LEAST_ANGLE:
        return Upright(image, tuple(quads), trial.readings, quarters, 0.0)
    height, width = image.shape[:2]
    level = [moved(quad, degrees, width=width, height=height) for quad in quads]
    return Upright(straightened(image, degrees), tuple(level), trial.readings, quarters, degrees)

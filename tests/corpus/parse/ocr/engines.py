"""Engines for tests that need no models: what they find and read is written down beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from corpus.parse.ocr.engine import Reading

Image = npt.NDArray[np.uint8]


def quad(x0: float, y0: float, x1: float, y1: float) -> Any:
    """Corners of a level rectangle, clockwise from the top left."""
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def reading(text: str, score: float = 1.0) -> Reading:
    """A line of which every character has the same score."""
    return Reading(text, (score,) * len(text))


class Scripted:
    """Finds the quads given, and reads each crop as ``tell`` says."""

    name: ClassVar[str] = "scripted"

    def __init__(
        self, quads: Sequence[Any] = (), tell: Callable[[Image], Reading] | None = None
    ) -> None:
        self.quads = list(quads)
        self.tell = tell or (lambda crop: reading(""))
        self.asked: list[Image] = []

    def find(self, image: Image) -> list[Any]:
        return list(self.quads)

    def read(self, crops: Sequence[Image]) -> list[Reading]:
        self.asked += crops
        return [self.tell(crop) for crop in crops]


class Blind(Scripted):
    """An engine that finds nothing."""

    def __init__(self, *, threads: int) -> None:
        super().__init__()

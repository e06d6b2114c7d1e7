"""What reads pictures of text, by name: "rapidocr" finds 郑政〔2021〕18号 on a page and reads it.

To add an engine: a class with ``find`` and ``read``, and one line in ``ENGINES``.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from corpus.model.errors import PolicyError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Image = npt.NDArray[np.uint8]
    # Four corners (x, y), clockwise from the top left one: shape (4, 2).
    Quad = npt.NDArray[np.float32]

_PACKAGES = "rapidocr onnxruntime opencv-python-headless"
ENGINES: dict[str, str] = {"rapidocr": "corpus.parse.ocr.rapid:RapidOcr"}


# The score of a numeral that was read in two ways: too low to pass without a doubt.
_UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """How scans are read. ``dpi`` is the most that a page is drawn at; more gains nothing.

    ``find_side`` is the length in pixels of the longer side of the picture in which lines are
    looked for; they are read from the full one.
    """

    engine: str = "rapidocr"
    dpi: float = 200.0
    threads: int = 2
    max_pixels: int = 40_000_000
    seconds_per_page: float = 120.0
    find_side: int = 1280


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as read. ``scores`` has one for each character, ``places`` where its middle lies as
    a share of the line's width; empty where the engine doesn't say."""

    text: str
    scores: tuple[float, ...]
    places: tuple[float, ...] = ()

    @property
    def score(self) -> float:
        """The mean over the characters; 0 where there is none."""
        return sum(self.scores) / len(self.scores) if self.scores else 0.0


def best(readings: Sequence[Reading]) -> Reading:
    """The reading with the best score; a character that another reading of the same length tells
    with more certainty is taken from that one. A numeral that they tell differently is unsure."""
    chosen = max(readings, key=lambda reading: reading.score)
    alike = [r for r in readings if len(r.text) == len(chosen.text) == len(r.scores)]
    told = [
        max((reading.scores[place], reading.text[place]) for reading in alike)
        for place in range(len(chosen.text) if alike else 0)
    ]
    if not told:
        return chosen
    scores = tuple(
        _UNSURE if sign.isnumeric() and any(r.text[place] != sign for r in alike) else score
        for place, (score, sign) in enumerate(told)
    )
    return Reading("".join(sign for _, sign in told), scores, chosen.places)


class OcrEngine(Protocol):
    """Pictures are arrays of rows of blue, green, red."""

    name: ClassVar[str]

    def find(self, image: Image) -> list[Quad]:
        """Where the lines of a page stand, whatever way it lies."""
        ...

    def read(self, crops: Sequence[Image]) -> list[Reading]:
        """What pictures of single lines say."""
        ...


class OcrMissing(PolicyError):
    """The engine's packages are not installed."""

    def __init__(self, name: str, missing: str) -> None:
        super().__init__(
            f"识别扫描页需要 {missing}，请安装：pip install {_PACKAGES}",
            f"scanned pages need {missing} (engine {name}): pip install {_PACKAGES}",
        )
        self.missing = missing


def engine(options: OcrOptions) -> OcrEngine:
    """The engine that the options name; loading its models takes a second, so it is kept."""
    return _load(options.engine, options.threads)


@lru_cache(maxsize=2)
def _load(name: str, threads: int) -> OcrEngine:
    if name not in ENGINES:
        known = "、".join(ENGINES)
        raise PolicyError(
            f"没有名为“{name}”的识别引擎，可用的有：{known}",
            f"no OCR engine '{name}'; there are: {', '.join(ENGINES)}",
        )
    module, _, factory = ENGINES[name].partition(":")
    try:
        made: Any = getattr(importlib.import_module(module), factory)(threads=threads)
    except ImportError as error:
        raise OcrMissing(name, error.name or str(error)) from error
    loaded: OcrEngine = made
    return loaded

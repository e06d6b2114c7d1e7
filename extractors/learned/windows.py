"""Paragraphs longer than the model reads, in windows that overlap by half, so that no promise is
judged by one side of its sentence only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LONGEST = 510


@dataclass(frozen=True, slots=True)
class Window:
    """``text[start:end]`` is read; of that, ``kept_from`` to ``kept_to`` is believed."""

    start: int
    end: int
    kept_from: int
    kept_to: int


def windows(length: int, *, longest: int = LONGEST) -> list[Window]:
    """The windows of a text of that length; what they keep covers it once, in order."""
    if length <= longest:
        return [Window(0, length, 0, length)]
    step, edge = longest // 2, longest // 4
    starts = [*range(0, length - longest, step), length - longest]
    kept = [0, *(start + edge for start in starts[1:]), length]
    return [
        Window(start, start + longest, kept[at], kept[at + 1]) for at, start in enumerate(starts)
    ]


def together(parts: Sequence[tuple[Window, np.ndarray]]) -> np.ndarray:
    """One row a character again, from what was found in each window."""
    import numpy as np

    return np.concatenate(
        [found[w.kept_from - w.start : w.kept_to - w.start] for w, found in parts]
    )

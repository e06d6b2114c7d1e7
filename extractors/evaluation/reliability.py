"""Whether "0.9" means nine in ten: confidence of commitments against how often they are right.

ECE is the mean gap between both over ten bins, weighted by their size; ``Sigmoid`` is the curve
that closes it, fitted on the dev documents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_BINS = 10
_STEPS, _RATE = 4000, 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A commitment's confidence, and whether its whole row is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Commitments of like confidence."""

    count: int
    confidence: float
    right: float


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """The bins that hold something, least confident first."""
    bins: list[list[Judged]] = [[] for _ in range(_BINS)]
    for each in judged:
        bins[min(int(each.confidence * _BINS), _BINS - 1)].append(each)
    return [
        Bin(
            len(held),
            sum(each.confidence for each in held) / len(held),
            sum(each.right for each in held) / len(held),
        )
        for held in bins
        if held
    ]


def expected_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error; 0 where confidence is what it says."""
    if not judged:
        return 0.0
    gaps = (each.count * abs(each.confidence - each.right) for each in reliability(judged))
    return sum(gaps) / len(judged)


@dataclass(frozen=True, slots=True)
class Sigmoid:
    """Confidence to chance of being right: a sigmoid over its log-odds (Platt)."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, confidence: float) -> float:
        """What the confidence is worth."""
        return 1 / (1 + math.exp(-(self.slope * _odds(confidence) + self.offset)))


def fit(judged: Sequence[Judged]) -> Sigmoid:
    """The likeliest curve, by gradient descent on two numbers."""
    slope, offset = 1.0, 0.0
    for _ in range(_STEPS):
        curve = Sigmoid(slope, offset)
        gaps = [(curve(each.confidence) - each.right, _odds(each.confidence)) for each in judged]
        slope -= _RATE * sum(gap * odds for gap, odds in gaps) / len(judged)
        offset -= _RATE * sum(gap for gap, _ in gaps) / len(judged)
    return Sigmoid(round(slope, 3), round(offset, 3))


def _odds(confidence: float) -> float:
    kept = min(max(confidence, 0.01), 0.99)
    return math.log(kept / (1 - kept))

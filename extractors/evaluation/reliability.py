"""Whether "0.9" means nine in ten: confidence of commitments against how often they are right.

ECE is the mean gap between both over ten bins, weighted by their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A commitment's confidence, whether its whole row is right, and what was known of it."""

    confidence: float
    right: bool
    facts: tuple[float, ...] = ()


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

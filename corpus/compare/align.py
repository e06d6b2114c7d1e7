"""Which commitments of two documents are the same one, whatever their order, number or wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.compare.fold import letters
from corpus.model.commitment import Commitment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.compare.similarity import Similarity


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """From which similarity on two commitments are one.

    Between successive yearly reports and plan versions, read by annotators, pairs above 0.54 were
    right but for a few, those below mostly two different promises. Edited copies stay above 0.88.
    ``at_least`` is of the whole; ``indicator`` of what is measured alone. A weaker indicator, from
    ``weak_indicator`` on, passes where the sentence agrees from ``sentence`` on: 培训人次 became
    年培训人次总量 in an otherwise equal sentence.
    """

    at_least: float = 0.54
    indicator: float = 0.50
    weak_indicator: float = 0.30
    sentence: float = 0.75


@dataclass(frozen=True, slots=True)
class Pair:
    """The same commitment in two documents."""

    before: Commitment
    after: Commitment
    similarity: float


def align(
    before: Sequence[Commitment],
    after: Sequence[Commitment],
    options: AlignOptions | None = None,
) -> list[Pair]:
    """The best one-to-one assignment of all, in the order of ``after``."""
    return [
        Pair(before[i], after[j], similarity) for i, j, similarity in assign(before, after, options)
    ]


def assign(
    before: Sequence[Commitment],
    after: Sequence[Commitment],
    options: AlignOptions | None = None,
) -> list[tuple[int, int, float]]:
    """As ``align``, by places: (place in before, place in after, similarity)."""
    if not before or not after:
        return []
    from scipy.optimize import linear_sum_assignment

    from corpus.compare.similarity import similarities

    # A fixed order, so that the same commitments give the same pairs in whatever order they come.
    left = sorted(range(len(before)), key=lambda i: _content(before[i]))
    right = sorted(range(len(after)), key=lambda j: _content(after[j]))
    alike = similarities([before[i] for i in left], [after[j] for j in right])
    worth = _worth(alike, options or AlignOptions())
    rows, columns = linear_sum_assignment(worth, maximize=True)
    found = [
        (left[i], right[j], round(float(alike.total[i, j]), 4))
        for i, j in zip(rows, columns, strict=True)
        if worth[i, j] > 0
    ]
    return sorted(found, key=lambda places: places[1])


def similarity_of(before: Commitment, after: Commitment) -> float:
    """Of one pair, whether or not it passes."""
    from corpus.compare.similarity import similarities

    return round(float(similarities([before], [after]).total[0, 0]), 4)


def _worth(alike: Similarity, options: AlignOptions) -> NDArray[np.float64]:
    """What a pair adds to the whole; 0 where the two can't be the same commitment.

    The square makes one exact counterpart worth more than two middling ones: a dropped clause
    doesn't steal the counterpart of its own repetition in the annex.
    """
    import numpy as np

    spare = 0.01 + np.maximum(alike.total - options.at_least, 0.0)
    return np.asarray(np.where(passes(alike, options), spare**2, 0.0), dtype=np.float64)


def passes(alike: Similarity, options: AlignOptions) -> NDArray[np.bool_]:
    """Of every pair whether the two can be the same commitment."""
    return (alike.total >= options.at_least) & (
        (alike.indicator >= options.indicator)
        | ((alike.indicator >= options.weak_indicator) & (alike.task >= options.sentence))
    )


def _content(commitment: Commitment) -> tuple[str, ...]:
    target, deadline = commitment.target, commitment.deadline
    return (
        letters(commitment.indicator or ""),
        letters(commitment.task),
        "".join(commitment.section),
        target.raw if target else "",
        deadline.raw if deadline else "",
        "".join(unit.name for unit in commitment.responsible_units),
        commitment.id,
    )

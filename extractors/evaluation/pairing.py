"""Which predicted commitment is which annotated one, by what they say (value, indicator, sentence)
and never by where they stand: a scan and a web page of one document are measured alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus.model.commitment import Commitment
from corpus.model.organisation import Role
from corpus.model.period import Deadline
from corpus.model.quantity import Bound, Target
from extractors.evaluation.alike import fold, likeness
from extractors.evaluation.gold import AnnotatedCommitment
from extractors.evaluation.gold_dates import is_read

SAME_INDICATOR = 0.6

Value = tuple[Decimal, Decimal, str]


@dataclass(frozen=True, slots=True)
class Due:
    """What is compared of a deadline."""

    start: date | None
    end: date | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment reduced to what is compared, whoever said it."""

    action: str
    indicator: str
    sentence: str
    value: Value | None
    bound: Bound | None
    due: Due | None
    units: tuple[tuple[str, Role], ...]

    @property
    def names(self) -> list[str]:
        """The units as written, without their roles."""
        return [name for name, _ in self.units]


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions of an annotated and a predicted row that are the same commitment."""

    annotated: int
    predicted: int


def annotated_row(commitment: AnnotatedCommitment) -> Row:
    """As people say it. A deadline that names no day and no length is not compared."""
    deadline = commitment.deadline
    return Row(
        commitment.action or "",
        commitment.indicator or "",
        commitment.sentence,
        _value(commitment.target),
        _bound(commitment.target),
        _due(deadline) if deadline and is_read(deadline) else None,
        tuple((fold(unit.raw), unit.role) for unit in commitment.units),
    )


def predicted_row(commitment: Commitment) -> Row:
    """As extraction says it. What is inherited from a section is left out: the annotation holds
    what the paragraph itself says."""
    deadline = commitment.deadline
    return Row(
        commitment.action or "",
        commitment.indicator or "",
        commitment.task or commitment.evidence.quote,
        _value(commitment.target),
        _bound(commitment.target),
        _due(deadline) if deadline and not deadline.inherited else None,
        tuple((fold(u.raw), u.role) for u in commitment.responsible_units if not u.inherited),
    )


def _value(target: Target | None) -> Value | None:
    """不少于5-10人 leaves the upper end open; then the lower one stands for both."""
    if target is None:
        return None
    low, high, quantity = target.low, target.high, target.quantity
    return (
        quantity.high if low is None else low,
        quantity.low if high is None else high,
        fold(quantity.unit),
    )


def _bound(target: Target | None) -> Bound | None:
    return None if target is None else target.bound


def _due(deadline: Deadline) -> Due:
    return Due(deadline.start, deadline.end, deadline.period)


def same_due(annotated: Due | None, predicted: Due | None) -> bool:
    """A length decides where the annotation has one, else the last day; when it begins only where
    nothing else is said (从2024年起)."""
    if annotated is None or predicted is None:
        return annotated is predicted
    if annotated.period:
        return annotated.period == predicted.period
    if predicted.period:
        # 3年内 predicted, 到2025年 annotated: right if it comes to the same day.
        return annotated.end is not None and annotated.end == predicted.end
    if annotated.end is None and predicted.end is None:
        return annotated.start == predicted.start
    return annotated.end == predicted.end


def pair(annotated: Sequence[Row], predicted: Sequence[Row]) -> tuple[Pair, ...]:
    """One to one, the likeliest first; between equals, those at the like place in their list."""
    found: list[Pair] = []
    left, free = set(range(len(annotated))), set(range(len(predicted)))
    for _, _, mine, theirs in sorted(_candidates(annotated, predicted), reverse=True):
        if mine in left and theirs in free:
            left.remove(mine)
            free.remove(theirs)
            found.append(Pair(mine, theirs))
    return tuple(found)


def _candidates(
    annotated: Sequence[Row], predicted: Sequence[Row]
) -> Iterator[tuple[float, float, int, int]]:
    for mine, row in enumerate(annotated):
        for theirs, other in enumerate(predicted):
            score = _score(row, other)
            if score is not None:
                distance = abs(mine / len(annotated) - theirs / len(predicted))
                yield score, -distance, mine, theirs


def _score(annotated: Row, predicted: Row) -> float | None:
    """How likely both are the same commitment; None where they can't be."""
    if (annotated.value is None) != (predicted.value is None):
        return None
    subject = likeness(_subject(annotated), _subject(predicted))
    sentence = likeness(annotated.sentence, predicted.sentence)
    if annotated.value is None:
        score = 0.5 * subject + 0.5 * sentence
        return score if score >= 0.45 else None
    if annotated.value == predicted.value:
        score = 0.5 + 0.25 * subject + 0.25 * sentence
        return score if max(subject, sentence) > 0.2 else None
    score = 0.25 * subject + 0.25 * sentence
    return score if subject >= SAME_INDICATOR and sentence >= 0.5 else None


def _subject(row: Row) -> str:
    return row.indicator or row.action

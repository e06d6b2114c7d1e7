"""Precision, recall and F1 of an extraction against what people annotated, field by field:

value     the number and its unit (70 所)
target    value and bound, on the right indicator
deadline  the last day or the length, on the right commitment
unit      the responsible unit as written, on the right commitment
role      the same with its role (牵头, 负责, 配合)
row       the whole row of the ledger
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path

from corpus.model.commitment import Ledger
from extractors.evaluation.alike import likeness
from extractors.evaluation.gold import read_gold
from extractors.evaluation.pairing import (
    SAME_INDICATOR,
    Row,
    annotated_row,
    pair,
    predicted_row,
    same_due,
)

LABELS = ("value", "target", "deadline", "unit", "role", "row")
_SAME_DUTY, _SAME_SENTENCE = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one label; those of several documents are added up (micro average)."""

    right: int
    predicted: int
    annotated: int

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.right + other.right,
            self.predicted + other.predicted,
            self.annotated + other.annotated,
        )

    @property
    def precision(self) -> float:
        """How much of what was predicted is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """How much of what was annotated was found."""
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        counted = self.predicted + self.annotated
        return 2 * self.right / counted if counted else 0.0


def evaluate(gold: Path, ledger: Ledger) -> dict[str, Figures]:
    """The figures of one document by label."""
    annotated = [annotated_row(commitment) for commitment in read_gold(gold)]
    return figures(annotated, [predicted_row(each) for each in ledger.commitments])


def total(documents: Iterable[Mapping[str, Figures]]) -> dict[str, Figures]:
    """The figures of several documents, counted together."""
    every = list(documents)
    return {
        label: reduce(add, (each[label] for each in every), Figures(0, 0, 0)) for label in LABELS
    }


def figures(annotated: Sequence[Row], predicted: Sequence[Row]) -> dict[str, Figures]:
    """The figures of one document, its commitments reduced to rows."""
    found = pair(annotated, predicted)
    pairs = [(annotated[each.annotated], predicted[each.predicted]) for each in found]

    def counted(right: int, size: Callable[[Row], int]) -> Figures:
        return Figures(right, sum(map(size, predicted)), sum(map(size, annotated)))

    promised = [pair for pair in pairs if pair[0].value]
    timed = [pair for pair in pairs if pair[0].due]
    return {
        "value": counted(_common_values(annotated, predicted), _has_value),
        "target": counted(sum(right_target(*pair) for pair in promised), _has_value),
        "deadline": counted(sum(same_due(mine.due, its.due) for mine, its in timed), _has_due),
        "unit": counted(sum(_common(mine.names, its.names) for mine, its in pairs), _units),
        "role": counted(sum(_common(mine.units, its.units) for mine, its in pairs), _units),
        "row": counted(sum(_right_row(*pair) for pair in pairs), lambda row: 1),
    }


def right_target(annotated: Row, predicted: Row) -> bool:
    """The same value and bound on the same indicator; or rightly none."""
    return annotated.value is None or (
        annotated.value == predicted.value
        and annotated.bound is predicted.bound
        and same_indicator(annotated, predicted)
    )


def same_indicator(annotated: Row, predicted: Row) -> bool:
    """省级示范性职教集团 and 示范性职教集团 are the same."""
    return likeness(annotated.indicator, predicted.indicator) >= SAME_INDICATOR


def same_units(annotated: Row, predicted: Row) -> bool:
    """All units as written and no others; their order says nothing."""
    return Counter(annotated.names) == Counter(predicted.names)


def same_duty(annotated: Row, predicted: Row) -> bool:
    """Of commitments without a number: the same verb and object, or nearly the same sentence."""
    mine, its = (row.action + row.indicator for row in (annotated, predicted))
    return (
        likeness(mine, its) >= _SAME_DUTY
        or likeness(annotated.sentence, predicted.sentence) >= _SAME_SENTENCE
    )


def _right_row(annotated: Row, predicted: Row) -> bool:
    return (
        right_target(annotated, predicted)
        and (annotated.value is not None or same_duty(annotated, predicted))
        and same_due(annotated.due, predicted.due)
        and same_units(annotated, predicted)
    )


def _common_values(annotated: Iterable[Row], predicted: Iterable[Row]) -> int:
    """Values count wherever they stand: a value on the wrong indicator is the target's loss."""
    return _common(
        (row.value for row in annotated if row.value), (row.value for row in predicted if row.value)
    )


def _common(one: Iterable[object], other: Iterable[object]) -> int:
    return (Counter(one) & Counter(other)).total()


def _has_value(row: Row) -> int:
    return int(row.value is not None)


def _has_due(row: Row) -> int:
    return int(row.due is not None)


def _units(row: Row) -> int:
    return len(row.units)

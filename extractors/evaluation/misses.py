"""Where an extraction and its annotation part: what was missed (漏抽), invented (多抽), or read
differently (标注“不低于10%”，抽取“10%”), for whoever mends a rule."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model.commitment import Commitment, Ledger
from extractors.evaluation.gold import AnnotatedCommitment, read_gold
from extractors.evaluation.pairing import Row, annotated_row, pair, predicted_row, same_due
from extractors.evaluation.score import same_duty, same_indicator, same_units


class MissKind(enum.StrEnum):
    """What went wrong, in the order in which it is listed."""

    MISSED = "missed"
    INVENTED = "invented"
    TARGET = "target"
    INDICATOR = "indicator"
    DUTY = "duty"
    DEADLINE = "deadline"
    UNITS = "units"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Miss:
    """``annotated`` is None for what was invented, ``predicted`` for what was missed."""

    kind: MissKind
    annotated: AnnotatedCommitment | None
    predicted: Commitment | None


def misses(gold: Path, ledger: Ledger) -> list[Miss]:
    """Everything that is not as annotated, kind by kind, each in the order of the text."""
    order = list(MissKind)
    found = _misses(read_gold(gold), ledger.commitments)
    return sorted(found, key=lambda miss: order.index(miss.kind))


def _misses(
    annotated: Sequence[AnnotatedCommitment], predicted: Sequence[Commitment]
) -> Iterator[Miss]:
    mine, its = [annotated_row(c) for c in annotated], [predicted_row(c) for c in predicted]
    partner = {each.annotated: each.predicted for each in pair(mine, its)}
    for at, commitment in enumerate(annotated):
        if at not in partner:
            yield Miss(MissKind.MISSED, commitment, None)
            continue
        other = partner[at]
        for kind in _differences(mine[at], its[other]):
            yield Miss(kind, commitment, predicted[other])
    invented = set(range(len(predicted))) - set(partner.values())
    for at in sorted(invented):
        yield Miss(MissKind.INVENTED, None, predicted[at])


def _differences(annotated: Row, predicted: Row) -> Iterator[MissKind]:
    if annotated.value is None:
        if not same_duty(annotated, predicted):
            yield MissKind.DUTY
    elif annotated.value != predicted.value or annotated.bound is not predicted.bound:
        yield MissKind.TARGET
    elif not same_indicator(annotated, predicted):
        yield MissKind.INDICATOR
    if not same_due(annotated.due, predicted.due):
        yield MissKind.DEADLINE
    if not same_units(annotated, predicted):
        yield MissKind.UNITS
    elif Counter(annotated.units) != Counter(predicted.units):
        yield MissKind.ROLES

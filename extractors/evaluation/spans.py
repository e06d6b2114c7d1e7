"""Span scores of a tagger: exact where both ends and the kind agree, overlapping where they share
a character (建设|70所 for 70所左右)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.learned.labels import KINDS, LabelledSpan


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Counts of one kind; ``exact`` and ``overlap`` are F1."""

    right: int
    touching: int
    touched: int
    predicted: int
    annotated: int

    def __add__(self, other: SpanScore) -> SpanScore:
        return SpanScore(
            self.right + other.right,
            self.touching + other.touching,
            self.touched + other.touched,
            self.predicted + other.predicted,
            self.annotated + other.annotated,
        )

    @property
    def exact(self) -> float:
        """F1 of spans that agree to the character."""
        return _f1(self.right, self.right, self.predicted, self.annotated)

    @property
    def overlap(self) -> float:
        """F1 of spans that share a character with one of their kind."""
        return _f1(self.touching, self.touched, self.predicted, self.annotated)


SpanScores = dict[str, SpanScore]


def score_spans(
    annotated: Sequence[Sequence[LabelledSpan]], found: Sequence[Sequence[LabelledSpan]]
) -> SpanScores:
    """Text by text; by label, roles of units left out: ``unit-role`` counts them, ``all``
    everything."""
    pairs = list(zip(annotated, found, strict=True))
    groups = {kind: (kind,) for kind in KINDS if not kind.startswith("unit")}
    units = tuple(kind for kind in KINDS if kind.startswith("unit"))
    scores = {name: _score(pairs, kinds, whole=True) for name, kinds in groups.items()}
    scores["unit"] = _score(pairs, units, whole=False)
    scores["unit-role"] = _score(pairs, units, whole=True)
    scores["all"] = _score(pairs, KINDS, whole=True)
    return scores


def _score(
    pairs: Sequence[tuple[Sequence[LabelledSpan], Sequence[LabelledSpan]]],
    kinds: Sequence[str],
    *,
    whole: bool,
) -> SpanScore:
    right = touching = touched = predicted = annotated = 0
    for mine, its in pairs:
        gold = [(s.start, s.end, s.kind if whole else "") for s in mine if s.kind in kinds]
        said = [(s.start, s.end, s.kind if whole else "") for s in its if s.kind in kinds]
        right += len(set(gold) & set(said))
        touching += sum(any(_touch(one, other) for other in gold) for one in said)
        touched += sum(any(_touch(one, other) for other in said) for one in gold)
        predicted, annotated = predicted + len(said), annotated + len(gold)
    return SpanScore(right, touching, touched, predicted, annotated)


def _touch(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def _f1(precise: int, recalled: int, predicted: int, annotated: int) -> float:
    precision = precise / predicted if predicted else 0.0
    recall = recalled / annotated if annotated else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

"""What the model's spans say: 70所 is 70 of 所, 到2025年 ends on 31 December 2025.

The model knows which number is a promise; how numbers and dates are read is the rules' business.
A span in which they read nothing is dropped: a value is never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from corpus.model.quantity import Bound
from extractors.learned.labels import LabelledSpan
from extractors.rules.deadline import DeadlineMention, find_deadlines
from extractors.rules.quantity import QuantityMention, find_quantities

_Mention = TypeVar("_Mention", QuantityMention, DeadlineMention)


@dataclass(frozen=True)
class Values:
    """The numbers and times of one passage, as the rules read them."""

    text: str

    @cached_property
    def quantities(self) -> list[QuantityMention]:
        """Every number, promised or not."""
        return find_quantities(self.text)

    @cached_property
    def deadlines(self) -> list[DeadlineMention]:
        """Every time, due or not."""
        return find_deadlines(self.text)

    def quantity(self, span: LabelledSpan) -> QuantityMention | None:
        """The number that the span touches; read on its own where the passage reads as none."""
        touched = _most(span, self.quantities)
        if touched is not None:
            return touched
        alone = find_quantities(self.text[span.start : span.end])
        return _shifted(alone[0], span.start) if len(alone) == 1 else None

    def bound(self, mention: QuantityMention, span: LabelledSpan) -> Bound:
        """What the words of ``span`` make of the number, wherever they stand: 奖励额度|不得超过|
        实缴税款的|10%|."""
        words = self.text[span.start : span.end]
        number = self.text[mention.start : mention.end]
        both = words + number if span.start < mention.start else number + words
        read = find_quantities(both)
        return read[0].bound if len(read) == 1 else Bound.EXACTLY

    def deadline(self, span: LabelledSpan) -> DeadlineMention | None:
        """The time that the span touches."""
        touched = _most(span, self.deadlines)
        if touched is not None:
            return touched
        alone = find_deadlines(self.text[span.start : span.end])
        if len(alone) != 1:
            return None
        start, end = alone[0].start + span.start, alone[0].end + span.start
        return replace(alone[0], start=start, end=end)


def _most(span: LabelledSpan, mentions: Sequence[_Mention]) -> _Mention | None:
    """The mention that shares most with the span."""
    shared = [(min(span.end, m.end) - max(span.start, m.start), m) for m in mentions]
    touching = [pair for pair in shared if pair[0] > 0]
    return max(touching, key=lambda pair: pair[0])[1] if touching else None


def _shifted(mention: QuantityMention, by: int) -> QuantityMention:
    around = mention.bound_span
    moved = None if around is None else (around[0] + by, around[1] + by)
    return replace(mention, start=mention.start + by, end=mention.end + by, bound_span=moved)


def is_bounded(mention: QuantityMention) -> bool:
    """True where the bound has to be said beside the number."""
    return mention.bound_span is not None or mention.bound is not Bound.EXACTLY

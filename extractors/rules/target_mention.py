"""One number with what belongs to it: 重点|建设|70所|左右|省级高水平中等职业学校."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.rules.indicator import Range
from extractors.rules.quantity import QuantityMention


@dataclass(frozen=True, slots=True)
class TargetMention:
    """One quantity with what belongs to it, as ranges of the view. ``rule`` is the order in which
    it was read: number_first or noun_first."""

    quantity: QuantityMention
    indicator: Range | None
    action: Range | None
    per: Range | None
    base: Range | None
    rule: str

    @property
    def whole(self) -> Range:
        """From the first to the last character of all its parts."""
        parts = [self.quantity.whole, self.indicator, self.action, self.per, self.base]
        return min(p[0] for p in parts if p), max(p[1] for p in parts if p)

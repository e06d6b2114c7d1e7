"""Quantities as data: 70所左右 is 70, unit 所, bound about; 1.2万人 is 12000 人."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal


class Bound(enum.StrEnum):
    """界限. 以上, 以下, 以内 include the figure; 超过, 低于 do not (Civil Code art. 1259)."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"
    RANGE = "range"


class Basis(enum.StrEnum):
    """口径: 达到 level, 提高 change, 新增 increment, 累计 cumulative, 年均 annual."""

    LEVEL = "level"
    CHANGE = "change"
    INCREMENT = "increment"
    CUMULATIVE = "cumulative"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its measure word. ``low`` == ``high`` unless it is a range (5-10所).

    Amounts are in plain units (万 and 亿 multiplied out); % stays %, 个百分点 is never %.
    """

    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Target:
    """目标值: what an indicator is to reach. ``raw`` is as written, comparator included.

    ``per`` is 每个县（市） or 每学期; ``base`` is what a ratio or change is of.
    """

    raw: str
    quantity: Quantity
    bound: Bound
    basis: Basis = Basis.LEVEL
    per: str | None = None
    base: str | None = None

    @property
    def low(self) -> Decimal | None:
        """Smallest value that meets the target; None where the bound leaves it open."""
        return None if self.bound in (Bound.AT_MOST, Bound.BELOW) else self.quantity.low

    @property
    def high(self) -> Decimal | None:
        """Largest value that meets the target; None where the bound leaves it open."""
        return None if self.bound in (Bound.AT_LEAST, Bound.ABOVE) else self.quantity.high

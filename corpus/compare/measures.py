"""Measure words that mean the same, and units that convert: 30家 is 30个, 15亩 is 1公顷."""

from __future__ import annotations

from decimal import Decimal

from corpus.compare.fold import fold

# Classifiers count the same things one by one: 个 for 所 changes no promise. 人次 is not 人.
_SAME: tuple[frozenset[str], ...] = (
    frozenset("个家所座处间项"),
    frozenset("人名位"),
    frozenset({"学时", "课时"}),
    frozenset({"个百分点", "百分点"}),
    frozenset({"天", "日"}),
    frozenset({"个月", "月"}),
    frozenset({"个学时", "学时"}),
    frozenset({"次", "个次", "回"}),
)
# Unit, what it is measured in, and how many of that it is.
_IN: dict[str, tuple[str, Decimal]] = {
    "亩": ("公顷", Decimal(1) / Decimal(15)),
    "公顷": ("公顷", Decimal(1)),
    "平方公里": ("公顷", Decimal(100)),
    "平方千米": ("公顷", Decimal(100)),
    "平方米": ("平方米", Decimal(1)),
    "m2": ("平方米", Decimal(1)),
    "米": ("米", Decimal(1)),
    "公里": ("米", Decimal(1000)),
    "千米": ("米", Decimal(1000)),
    "里": ("米", Decimal(500)),
    "公斤": ("公斤", Decimal(1)),
    "千克": ("公斤", Decimal(1)),
    "斤": ("公斤", Decimal("0.5")),
    "吨": ("公斤", Decimal(1000)),
    "千瓦": ("千瓦", Decimal(1)),
    "兆瓦": ("千瓦", Decimal(1000)),
    "吉瓦": ("千瓦", Decimal(1000000)),
    "千瓦时": ("千瓦时", Decimal(1)),
    "度": ("千瓦时", Decimal(1)),
    "%": ("%", Decimal(1)),
    "‰": ("%", Decimal("0.1")),
}


def same_measure(before: str, after: str) -> bool:
    """True where both units count the same way, one for one or after conversion."""
    return scale(before, after) is not None


def scale(before: str, after: str) -> Decimal | None:
    """How many ``after`` one ``before`` is; None where they don't convert (% and 个百分点)."""
    left, right = fold(before), fold(after)
    if left == right or any(left in row and right in row for row in _SAME):
        return Decimal(1)
    known = _IN.get(left), _IN.get(right)
    if known[0] is None or known[1] is None or known[0][0] != known[1][0]:
        return None
    return known[0][1] / known[1][1]


def measure_kind(unit: str) -> str:
    """One word for units that count the same way or convert: 家 and 所 are both 个."""
    folded = fold(unit)
    same = next((min(row) for row in _SAME if folded in row), folded)
    return _IN[folded][0] if folded in _IN else same

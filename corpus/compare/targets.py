"""What became of a target: value, bound, unit, per and base (70所左右 → 不少于60所).

Bounds are ordered by how much they oblige. Towards a floor: range < about < exactly < at least <
above; towards a cap: range < about < exactly < at most < below. From a cap to a floor is
tightened, back is loosened: a promise is kept by doing, and a cap alone asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.compare.fold import fold, letters
from corpus.compare.measures import scale
from corpus.model.change import ChangedField, Direction, Flag
from corpus.model.commitment import Commitment
from corpus.model.quantity import Bound, Target

_CAP = (Bound.AT_MOST, Bound.BELOW)
_STRICTNESS = {
    Bound.RANGE: 0,
    Bound.ABOUT: 1,
    Bound.EXACTLY: 2,
    Bound.AT_LEAST: 3,
    Bound.AT_MOST: 3,
    Bound.ABOVE: 4,
    Bound.BELOW: 4,
}
_EACH = re.compile(r"^(?:每一?个?|各个?)")
_THAN = re.compile(r"^(?:与|同|比|较|按照?|占)|(?:相比|的基础上|基础上|水平)$")


def target_flags(before: Commitment, after: Commitment) -> Iterator[Flag]:
    """One flag for each part of the target that differs."""
    left, right = before.target, after.target
    if left is None and right is None:
        return
    if left is None or right is None:
        yield _come_or_gone(left, right)
        return
    times = scale(left.quantity.unit, right.quantity.unit)
    if times is None:
        yield Flag(ChangedField.UNIT, Direction.REPLACED, left.quantity.unit, right.quantity.unit)
    yield from _value(left, right, times)
    yield from _bound(left, right, times)
    yield from _words(ChangedField.PER, left.per, right.per, before, after)
    yield from _words(ChangedField.BASE, left.base, right.base, before, after)


def _come_or_gone(left: Target | None, right: Target | None) -> Flag:
    direction = Direction.ADDED if left is None else Direction.REMOVED
    before, after = (t.raw if t else None for t in (left, right))
    return Flag(ChangedField.VALUE, direction, before, after)


def _value(left: Target, right: Target, times: Decimal | None) -> Iterator[Flag]:
    """By the middle of a range. Units that don't convert leave nothing to compare: 30% →
    50个百分点 is another unit, neither raised nor lowered."""
    if times is None:
        return
    before, after = _middle(left) * times, _middle(right)
    if _close(before, after):
        return
    direction = Direction.RAISED if after > before else Direction.LOWERED
    yield Flag(ChangedField.VALUE, direction, quantity_text(left), quantity_text(right))


def _bound(left: Target, right: Target, times: Decimal | None) -> Iterator[Flag]:
    direction = bound_direction(left.bound, right.bound)
    if direction is None and left.bound is right.bound is Bound.RANGE and times is not None:
        before, after = _width(left) * times, _width(right)
        if not _close(before, after):
            direction = Direction.TIGHTENED if after < before else Direction.LOOSENED
    if direction is not None:
        yield Flag(ChangedField.BOUND, direction, left.raw, right.raw)


def bound_direction(before: Bound, after: Bound) -> Direction | None:
    """Tightened or loosened; None where both oblige alike."""
    if before is after:
        return None
    if (before in _CAP) != (after in _CAP) and min(_STRICTNESS[before], _STRICTNESS[after]) > 2:
        return Direction.LOOSENED if after in _CAP else Direction.TIGHTENED
    stricter = _STRICTNESS[after] > _STRICTNESS[before]
    return Direction.TIGHTENED if stricter else Direction.LOOSENED


def _words(
    field: ChangedField,
    left: str | None,
    right: str | None,
    before: Commitment,
    after: Commitment,
) -> Iterator[Flag]:
    old, new = _bare(left), _bare(right)
    # Words that the other sentence has as well were only not read there.
    if old == new or (old in letters(after.task) and new in letters(before.task)):
        return
    direction = Direction.REPLACED
    if not old or not new:
        direction = Direction.REMOVED if old else Direction.ADDED
    yield Flag(field, direction, left, right)


def _bare(text: str | None) -> str:
    """每个县（市） and 各县(市) are 县市; 比2020年 and 与2020年相比 are 2020年."""
    folded = fold(text or "")
    if folded in ("年均", "每年", "年"):
        return "年"
    return letters(_THAN.sub("", _EACH.sub("", folded)))


def _middle(target: Target) -> Decimal:
    return (target.quantity.low + target.quantity.high) / 2


def _width(target: Target) -> Decimal:
    return target.quantity.high - target.quantity.low


def _close(before: Decimal, after: Decimal) -> bool:
    """Equal but for what converting 亩 into 公顷 rounds."""
    return abs(after - before) <= max(abs(before), abs(after)) * Decimal("0.000001")


def quantity_text(target: Target) -> str:
    """The number as it is compared, in plain units: 12000人, 5—10所."""
    low, high = (f"{n.normalize():f}" for n in (target.quantity.low, target.quantity.high))
    return f"{low}{target.quantity.unit}" if low == high else f"{low}—{high}{target.quantity.unit}"

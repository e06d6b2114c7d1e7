"""What became of a deadline: 到2025年 → 到2026年 is postponed, 每3年 → 每2年 brought forward.

Times are compared by their last day, so 到2025年 and “十四五”期间 are the same; 每3年 and 3年内
by their length, since the same words mean the same whenever the document was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.compare.fold import letters
from corpus.model.change import ChangedField, Direction, Flag
from corpus.model.commitment import Commitment
from corpus.model.period import Deadline, DeadlineKind

_DURATION = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?$"
)
# Only ever compared with each other, so the mean length of a month will do.
_DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0}


_OWN_YEAR = re.compile(
    r"(?:今年|本年|本年度|当年|全年|年内|年底前?|今年年?底前?|年末|今年内|今年全年)"
)


def deadline_flags(before: Commitment, after: Commitment) -> Iterator[Flag]:
    """One flag at most."""
    left, right = before.deadline, after.deadline
    direction = _direction(left, right)
    if direction is None or _only_unread(before, after):
        return
    said = [deadline.raw if deadline else None for deadline in (left, right)]
    yield Flag(ChangedField.DEADLINE, direction, said[0], said[1])


def _direction(left: Deadline | None, right: Deadline | None) -> Direction | None:
    if left is None or right is None:
        if left is right:
            return None
        return Direction.ADDED if left is None else Direction.REMOVED
    recurs = left.kind is DeadlineKind.EVERY
    if recurs != (right.kind is DeadlineKind.EVERY):
        return Direction.REPLACED
    lengths = _days(left), _days(right)
    if lengths[0] is not None and lengths[1] is not None:
        return _later(lengths[0], lengths[1])
    if left.end is not None and right.end is not None:
        return _later(left.end.toordinal(), right.end.toordinal())
    words = letters(left.raw), letters(right.raw)
    # Without a date of issue 今年 and 全年 have no last day, but they mean the same one.
    if words[0] == words[1] or all(_OWN_YEAR.fullmatch(each) for each in words):
        return None
    return Direction.REPLACED


def _later(before: float, after: float) -> Direction | None:
    if before == after:
        return None
    return Direction.POSTPONED if after > before else Direction.BROUGHT_FORWARD


def _days(deadline: Deadline) -> float | None:
    match = _DURATION.match(deadline.period or "")
    if match is None:
        return None
    return sum(float(n) * _DAYS[unit] for unit, n in match.groupdict().items() if n) or None


def _only_unread(before: Commitment, after: Commitment) -> bool:
    """True where one side has no deadline but its sentence has the words of the other's."""
    if before.deadline is None and after.deadline is not None:
        return letters(after.deadline.raw) in letters(before.task)
    if after.deadline is None and before.deadline is not None:
        return letters(before.deadline.raw) in letters(after.task)
    return False

"""What a number is a number of (口径), and how firmly it is promised.

提高5个百分点 is by how much, 提高到5% is where to; 新增100个 comes on top, 达到100个 is all there
is. 确保 binds more than 力争.
"""

from __future__ import annotations

import re

from corpus.compare.fold import fold
from corpus.model.commitment import Commitment
from corpus.model.quantity import Basis, Target

_MOVES = "提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|缩减|压缩"
# By how much (提高30元, 新增30个) or where to (提高到30元, 达到30个).
_STANCES = (
    ("level", re.compile(rf"(?:{_MOVES})[到至为]|达到|保持|稳定|维持|控制在|累计|总数|总量")),
    ("change", re.compile(rf"新增|净增|再增|增设|{_MOVES}")),
)
_RATE = re.compile(r"增速|增长率|增幅|涨幅|降幅|速度|增长|增量")
_BEFORE, _BEHIND = 12, 6
_STRENGTHS = (
    (3, re.compile(r"确保|必须|保证")),
    (1, re.compile(r"力争|争取|努力|力求|原则上")),
)


def stance(commitment: Commitment) -> str | None:
    """level or change; None where neither words nor reading say so."""
    target = commitment.target
    if target is None or target.basis is Basis.ANNUAL or _is_rate(commitment, target):
        return None
    words = _words(commitment, target)
    for name, pattern in _STANCES:
        if pattern.search(words):
            return name
    return "change" if target.basis in (Basis.CHANGE, Basis.INCREMENT) else None


def _is_rate(commitment: Commitment, target: Target) -> bool:
    """增加值增速保持8% and 增加值增长8% are one thing: what is measured is itself a change."""
    task, raw = fold(commitment.task), fold(target.raw)
    at = task.find(raw)
    behind = task[at + len(raw) : at + len(raw) + _BEHIND] if at >= 0 else ""
    return bool(_RATE.search(fold(commitment.indicator or "")) or _RATE.search(behind))


def _words(commitment: Commitment, target: Target) -> str:
    """The comparator with the words right before it, back to the comma."""
    task, raw = fold(commitment.task), fold(target.raw)
    at = task.find(raw)
    if at < 0:
        return fold(commitment.action or "") + raw
    before = re.split("[,。;:、]", task[max(0, at - _BEFORE) : at])[-1]
    return before + raw


def strength(commitment: Commitment) -> tuple[int, str | None]:
    """How firmly: 3 确保, 2 nothing said, 1 力争; and the word."""
    task = fold(commitment.task)
    target = commitment.target
    if target is not None and fold(target.raw) in task:
        task = task[: task.index(fold(target.raw)) + len(fold(target.raw))]
    found = [
        (match.start(), level, match[0])
        for level, pattern in _STRENGTHS
        for match in pattern.finditer(task)
    ]
    if not found:
        return 2, None
    _, level, word = max(found)
    return level, word

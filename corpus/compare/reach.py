"""How far a promise reaches: every county (每个县、各县), or those that can (有条件的县)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.compare.fold import fold
from corpus.model.change import Effect
from corpus.model.commitment import Commitment

_EVERY = "每一?个|每|各个?|所有|全部|全体"
_SOME = "有条件的?|具备条件的?|符合条件的?|条件成熟的?|有需[求要]的?|有意愿的?|部分|试点|重点"
_WHO = (
    r"(?:省辖市|地级市|设区市|县|市|区|旗|州|盟|乡镇|乡|镇|街道|行政村|村|社区|高等学校|高校|中职"
    r"|学校|院校|企业|医院|单位|机构|园区|部门|城市|地区|地方|省份)"
)
_REACH = re.compile(
    rf"(?:(?P<every>{_EVERY})|(?P<some>{_SOME}))(?P<who>{_WHO}(?:\([^()]{{1,9}}\))?)"
)


@dataclass(frozen=True, slots=True)
class Reach:
    """``who`` is meant, all of them or only some."""

    words: str
    who: str
    every: bool


def reach(commitment: Commitment) -> Reach | None:
    """Said by its per, else by the words before its number, the nearest."""
    target = commitment.target
    task = fold(commitment.task)
    if target is not None and target.per:
        match = _REACH.search(fold(target.per))
        if match is not None:
            return _reach(match)
    if target is not None and fold(target.raw) in task:
        task = task[: task.index(fold(target.raw))]
    found = list(_REACH.finditer(task))
    return _reach(found[-1]) if found else None


def _reach(match: re.Match[str]) -> Reach:
    return Reach(match[0], match["who"].split("(")[0], match["every"] is not None)


def reach_effect(before: Reach | None, after: Reach | None) -> Effect | None:
    """Weaker where all became some; None where both reach equally far or aren't of one kind."""
    if before is None or after is None or before.who != after.who or before.every == after.every:
        return None
    return Effect.WEAKER if before.every else Effect.STRICTER

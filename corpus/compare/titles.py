"""What a plan is called apart from its period: “十三五”教育规划 and “十四五”教育规划 are one name.

关于印发《某省教育规划（2021—2025年）》的通知 names the plan, not the notice that carries it;
（2023年调整） is an edition of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.compare.fold import fold, letters

_ISSUED = re.compile(r"印发(?:《(?P<book>[^》]+)》|(?P<bare>.+?))的(?:通知|函|公告|意见)$")
_BOOK = re.compile(r"^《(?P<book>[^》]+)》$")
_STATE = re.compile(
    r"\((?:试行|暂行|修订|修正|修订版|\d{4}年修订|\d{4}年修正|征求意见稿|草案|送审稿|审议稿|代拟稿)\)"
)
_NUMBERED = "一二三四五六七八九十"
_FIVE_YEARS = re.compile(
    r"(?:第)?(?P<which>十[一二三四五六七八九]?|[一二三四五六七八九])(?:个五年|五)(?=时期|期间|规划|计划|[^年])(?:时期|期间)?"
)
_YEARS = re.compile(
    r"(?P<from>(?:19|20)\d\d)(?:年?-(?:(?:19|20)\d\d))?年?度?(?:中期)?(?:调整|修编|修订|局部调整)?(?:版|稿)?"
)
_TURN = re.compile(r"第(?P<which>\d+|[一二三四五六七八九十]+)(?:期|轮|批|版)")
_VISION = re.compile(r"(?:和|与|暨|及)?(?:20\d\d年)?远景(?:发展)?目标")
# From the third plan (1966) on they follow without a gap: the fourteenth began in 2021.
_YEAR_ZERO = 1951


@dataclass(frozen=True, slots=True)
class PlanName:
    """``name`` without period and edition. ``period`` orders the plans of one name: the year in
    which it begins, or which edition it is (第九版); None where neither is said."""

    name: str
    period: int | None


def own_title(title: str) -> str:
    """The plan that a notice carries, else the title itself, state (试行 …) left out."""
    folded = fold(title)
    match = _BOOK.match(folded) or _ISSUED.search(folded)
    if match is not None:
        folded = next(group for group in match.groups() if group)
    return _STATE.sub("", folded)


def plan_name(title: str) -> PlanName:
    """Name and period of what the title calls a plan."""
    rest = _VISION.sub("", own_title(title))
    found: list[int] = []
    for pattern, read in ((_FIVE_YEARS, _five_years), (_YEARS, _first_year), (_TURN, _turn)):
        match = pattern.search(rest)
        if match is not None:
            found.append(read(match["which"] if "which" in pattern.groupindex else match["from"]))
        rest = pattern.sub("", rest)
    return PlanName(letters(rest), found[0] if found else None)


def same_title(before: str, after: str) -> bool:
    """True where both carry the same plan of the same period."""
    return letters(own_title(before)) == letters(own_title(after))


def _five_years(which: str) -> int:
    return _YEAR_ZERO + 5 * _count(which)


def _first_year(year: str) -> int:
    return int(year)


def _turn(which: str) -> int:
    return int(which) if which.isdigit() else _count(which)


def _count(numeral: str) -> int:
    """1 to 19: 三, 十, 十四."""
    if numeral.startswith("十"):
        return 10 + (_NUMBERED.index(numeral[1]) + 1 if len(numeral) > 1 else 0)
    return _NUMBERED.index(numeral[0]) + 1

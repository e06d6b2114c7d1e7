"""Reads annotated deadlines: 到2025年 is 2025-12-31, “十四五”期间 is 2021 to 2025, 每3年 is P3Y.

It shares nothing with the rules on purpose. What names no day and no length by itself (今年底,
年底前) is not read: an annotated file does not say when its document was issued.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

from corpus.model.period import Deadline, DeadlineKind
from extractors.evaluation.alike import fold
from extractors.evaluation.gold_values import NUMBER, RANGE, read_number

_PLAN = re.compile(r"(?<![二三四五六七八九])十(?P<nth>[一二三四五六七]?)五(?!年|个|[天日月周])")
_EVERY = re.compile(rf"每(?P<many>{NUMBER})?个?(?P<unit>半年|年|季度|学期|学年|月|周|[天日])")
_WITHIN = re.compile(
    rf"(?<![第、和月\d])(?:{NUMBER}{RANGE})?(?P<many>{NUMBER})"
    r"(?P<unit>年|个月|周|天|日|个?工作日|个?小时)(?!后)"
)
_MONTH = rf"(?:\d{{1,2}}|{NUMBER})"
_BOTH_ENDS = re.compile(
    rf"(?P<y1>20\d\d)年?(?:(?P<m1>\d{{1,2}})月?)?(?:(?P<d1>\d{{1,2}})日)?{RANGE}"
    r"(?:(?P<y2>20\d\d)年?)?(?:(?P<m2>\d{1,2})月)?(?:(?P<d2>\d{1,2})日)?"
)
_IN_MONTH = re.compile(
    rf"(?:(?P<year>20\d\d)年)?(?P<month>{_MONTH})月(?:(?P<day>\d{{1,2}})日)?(?P<third>[上中]旬)?"
)
_QUARTER = re.compile(r"(?:(?P<year>20\d\d)年)?第?(?P<nth>[一二三四1-4])季度")
_HALF = re.compile(r"(?P<year>20\d\d)年?上半年")
_YEAR = re.compile(r"(?P<year>20\d\d)")

_LENGTHS = {
    "年": (1, "Y"), "学年": (1, "Y"), "半年": (6, "M"), "学期": (6, "M"), "季度": (3, "M"),
    "月": (1, "M"), "个月": (1, "M"), "周": (1, "W"), "天": (1, "D"), "日": (1, "D"),
}  # fmt: skip
_UNREAD = "标注的时限未写明日期或时长"


def named_year(raw: str) -> int | None:
    """The year that a deadline names, for later ones that name only a month."""
    match = re.search(r"(20\d\d)年", fold(raw))
    return int(match[1]) if match else None


def read_deadline(raw: str, *, year: int | None = None) -> Deadline:
    """The deadline as written; ``year`` is the one last named before it. A deadline without start,
    end and period was not read."""
    words = fold(raw).strip('"')
    for reader in _READERS:
        try:
            found = reader(words, raw, year)
        except ValueError:  # 2月30日
            break
        if found is not None:
            return found
    return Deadline(raw, DeadlineKind.BY, doubt=_UNREAD)


def is_read(deadline: Deadline) -> bool:
    """False where the words name no day and no length."""
    return bool(deadline.start or deadline.end or deadline.period)


def _plan(words: str, raw: str, year: int | None) -> Deadline | None:
    match = _PLAN.search(words)
    if match is None:
        return None
    # The tenth five-year plan, “十五”, began in 2001.
    first = 2001 + 5 * " 一二三四五六七".index(match["nth"] or " ")
    end = date(first + 4, 12, 31)
    if words.startswith(("到", "至")) or "末" in words:
        return Deadline(raw, DeadlineKind.BY, end=end)
    return Deadline(raw, DeadlineKind.DURING, date(first, 1, 1), end)


def _every(words: str, raw: str, year: int | None) -> Deadline | None:
    match = _EVERY.search(words)
    if match is None:
        return None
    return Deadline(raw, DeadlineKind.EVERY, period=_length(match["many"] or "1", match["unit"]))


def _within(words: str, raw: str, year: int | None) -> Deadline | None:
    match = _WITHIN.search(words)
    if match is None:
        return None
    return Deadline(raw, DeadlineKind.WITHIN, period=_length(match["many"], match["unit"]))


def _length(many: str, unit: str) -> str:
    count = read_number(many)
    if "小时" in unit:
        return f"PT{count}H"
    times, letter = _LENGTHS["日" if "工作日" in unit else unit]
    return f"P{count * times}{letter}"


def _both_ends(words: str, raw: str, year: int | None) -> Deadline | None:
    match = _BOTH_ENDS.search(words)
    if match is None or not (match["y2"] or match["m2"] or match["d2"]):
        return None
    first, last = int(match["y1"]), int(match["y2"] or match["y1"])
    start = date(first, int(match["m1"] or 1), int(match["d1"] or 1))
    month = match["m2"] or (match["m1"] if match["d2"] else None)
    end = _last_day(last, int(month or 12), match["d2"])
    return Deadline(raw, DeadlineKind.DURING, start, end)


def _from(words: str, raw: str, year: int | None) -> Deadline | None:
    """从2024年1月1日起: it begins then, and no end is named."""
    if not re.search(r"(?:起|开始)$", words):
        return None
    match = _IN_MONTH.search(words) or _YEAR.search(words)
    named = match and (match["year"] or year)
    if not match or not named:
        return None
    parts = match.groupdict()
    month = read_number(parts.get("month") or "1")
    start = date(int(named), int(month), int(parts.get("day") or 1))
    return Deadline(raw, DeadlineKind.DURING, start)


def _in_month(words: str, raw: str, year: int | None) -> Deadline | None:
    match = _IN_MONTH.search(words)
    named = match and (match["year"] or year)
    if not match or not named:
        return None
    day = match["day"] or {"上旬": "10", "中旬": "20"}.get(match["third"] or "")
    end = _last_day(int(named), int(read_number(match["month"])), day)
    return Deadline(raw, DeadlineKind.BY, end=end)


def _in_quarter(words: str, raw: str, year: int | None) -> Deadline | None:
    match = _QUARTER.search(words)
    named = match and (match["year"] or year)
    if not match or not named:
        return None
    month = 3 * int(read_number(match["nth"]))
    return Deadline(raw, DeadlineKind.BY, end=_last_day(int(named), month, None))


def _in_year(words: str, raw: str, year: int | None) -> Deadline | None:
    half, match = _HALF.search(words), _YEAR.search(words)
    if half:
        return Deadline(raw, DeadlineKind.BY, end=date(int(half["year"]), 6, 30))
    if match:
        return Deadline(raw, DeadlineKind.BY, end=date(int(match["year"]), 12, 31))
    return None


def _last_day(year: int, month: int, day: str | None) -> date:
    if day is None and 1 <= month <= 12:
        return date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, int(day or 1))


# 每年3月底前 recurs, 2021年至2025年 has two ends: what says more comes before what says less.
_READERS: tuple[Callable[[str, str, int | None], Deadline | None], ...] = (
    _plan, _every, _both_ends, _from, _in_month, _in_quarter, _in_year, _within,
)  # fmt: skip

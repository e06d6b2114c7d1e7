"""From words to days: 到2025年 is 2025-12-31, 2022年3月底以前 is 2022-03-31, “十四五” ends 2025.

Relative words (今年, 年底前, 3年内) count from the date of issue, never from today; for 今年 the
year will do, where the number (〔2022〕) or the title (2022年工作要点) says it. Without either they
keep the words and a doubt, and no day is guessed. Nor is one where the time runs from an event
(自受理之日起20日内) or in working days.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from corpus.model.period import Deadline, DeadlineKind
from extractors.rules.deadline import YEAR, DeadlineMention
from extractors.rules.numbers import HAN, TO, read_number

# The five-year plans since 2001 (第十个五年计划 is 2001–2005).
_PLANS = {
    "十": 2001, "十一": 2006, "十二": 2011, "十三": 2016,
    "十四": 2021, "十五": 2026, "十六": 2031, "十七": 2036,
}  # fmt: skip
_NO_ISSUE = "文件未载明成文日期，无法推算具体日期"
_NO_START = "起算日未定，未推算截止日"
# Which days are worked is the State Council's yearly notice; the end is not computed.
_WORKING_DAYS = "按工作日计算，未推算截止日"
# How many of which ISO 8601 unit one of each is.
_UNITS = {
    "年": (1, "Y"), "年度": (1, "Y"), "学年": (1, "Y"), "半年": (6, "M"), "学期": (6, "M"),
    "季度": (3, "M"), "月": (1, "M"), "周": (1, "W"), "日": (1, "D"), "天": (1, "D"),
    "工作日": (1, "D"), "自然日": (1, "D"), "小时": (1, "H"),
}  # fmt: skip
_UNIT = r"个?(?P<unit>学年|学期|半年|季度|工作日|自然日|小时|年|月|周|日|天)"
_LENGTH = re.compile(rf"(?P<count>\d+(?:\.\d+)?|{HAN}+|半)(?:左右)?{_UNIT}")
_EVENT = re.compile(r"(?:之日起|(?<!今)后|起)(?=\d|[半零〇一二两三四五六七八九十百])")
_ISSUED = re.compile(r"(?:印发|发布|公布|下发|出台)(?:之日起|后|起)")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_DECADES = {"上旬": 10, "中旬": 20, "初": 10}
# When what runs from a part of a year begins; the autumn term begins on 1 September.
_PARTS = {"秋季": 9, "春季": 3, "下半年": 7, "上半年": 1}


def read_deadline(
    mention: DeadlineMention,
    *,
    raw: str,
    issued: date | None,
    year: int | None = None,
    issued_in: int | None = None,
) -> Deadline:
    """The deadline that ``mention`` names; ``raw`` is as written, ``year`` the year last named in
    the passages before (for “5月底以前” after a sentence that names the year), ``issued_in`` the
    year of issue where the day is not known."""
    words, rule = _arabic_years(mention.words), mention.rule
    if rule in ("every", "every_by"):
        return _every(words, raw)
    if rule in ("within", "coming"):
        return _within(words, raw, issued)
    if rule == "plan":
        return _plan(words, raw)
    if rule == "within_span":
        return Deadline(raw, DeadlineKind.DURING)
    named, doubt = _year_of(words, rule, issued.year if issued else issued_in, year)
    if named is None:
        return Deadline(raw, DeadlineKind.BY, doubt=doubt)
    if rule == "range":
        return _range(words, raw, named)
    if rule == "from":
        return _from(words, raw, named)
    return _by(words, raw, named, rule)


def named_year(words: str) -> int | None:
    """The last year that ``words`` name, or None."""
    years = re.findall(rf"(?<!\d){YEAR}(?!\d)", _arabic_years(words))
    return int(years[-1]) if years else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _arabic_years(words: str) -> str:
    """二〇二五年 as 2025年; ○ is what scans and old fonts make of 〇."""

    def digits(match: re.Match[str]) -> str:
        return str(read_number(match[0].replace("○", "〇")))

    return re.sub(rf"(?=[一二]){YEAR}", digits, words)


def _every(words: str, raw: str) -> Deadline:
    match = re.match(rf"每(?P<count>\d+|{HAN}+)?{_UNIT}", words)
    if match is None:
        return Deadline(raw, DeadlineKind.EVERY, period="P1Y")
    number = read_number(match["count"]) if match["count"] else None
    count, unit = _UNITS[match["unit"]]
    return Deadline(raw, DeadlineKind.EVERY, period=_period(int(number or 1) * count, unit))


def _period(count: int, unit: str) -> str:
    return f"PT{count}H" if unit == "H" else f"P{count}{unit}"


def _within(words: str, raw: str, issued: date | None) -> Deadline:
    length = _length(words)
    if length is None:
        return Deadline(raw, DeadlineKind.WITHIN, doubt="时长无法确定")
    count, unit = length
    period = _period(count, unit)
    if "工作日" in words:
        return Deadline(raw, DeadlineKind.WITHIN, period=period, doubt=_WORKING_DAYS)
    if unit == "H":
        return Deadline(raw, DeadlineKind.WITHIN, period=period)
    if _EVENT.search(words) and not _ISSUED.search(words):
        return Deadline(raw, DeadlineKind.WITHIN, period=period, doubt=_NO_START)
    if issued is None:
        return Deadline(raw, DeadlineKind.WITHIN, period=period, doubt=_NO_ISSUE)
    return Deadline(raw, DeadlineKind.WITHIN, issued, _later(issued, count, unit), period)


def _length(words: str) -> tuple[int, str] | None:
    """The last length of time in ``words``: of 2—3年 the longer one, 半年 is six months."""
    matches = list(_LENGTH.finditer(words))
    if not matches:
        return None
    words, (many, unit) = matches[-1]["count"], _UNITS[matches[-1]["unit"]]
    if words == "半":
        return {"Y": (6, "M"), "M": (15, "D")}.get(unit)
    number = read_number(words)
    if number is None or number != int(number):
        return None
    return int(number) * many, unit


def _later(start: date, count: int, unit: str) -> date | None:
    try:
        if unit in "DW":
            return start + timedelta(days=count * (7 if unit == "W" else 1))
        months = start.month - 1 + count * (12 if unit == "Y" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None


def _plan(words: str, raw: str) -> Deadline:
    match = re.search(r"(十[一二三四五六七]?)五", words)
    first = _PLANS[match[1]] if match else 0
    last_day = date(first + 4, 12, 31)
    if re.match(r"到|至", words) or "末" in words:
        return Deadline(raw, DeadlineKind.BY, None, last_day)
    return Deadline(raw, DeadlineKind.DURING, date(first, 1, 1), last_day)


def _range(words: str, raw: str, year: int) -> Deadline:
    """2021—2025年; the year of the first end holds for the second: 2023年3月至10月."""
    first, *_, last = re.split(TO, re.sub(r"^(?:从|自|在)", "", words))
    year = named_year(first) or year
    start, end = _start_in(year, first), _end_in(named_year(last) or year, last)
    doubt = None if start and end else "日期有误"
    return Deadline(raw, DeadlineKind.DURING, start, end, doubt=doubt)


def _from(words: str, raw: str, year: int) -> Deadline:
    start = _start_in(year, words)
    return Deadline(raw, DeadlineKind.DURING, start, doubt=None if start else "日期有误")


def _by(words: str, raw: str, year: int, rule: str) -> Deadline:
    end = _end_in(year, words)
    if end is None:
        return Deadline(raw, DeadlineKind.BY, doubt="日期有误")
    if rule == "relative_year" and not re.search(r"[底末前内]", words):
        first = year - 1 if "今明两年" in words else year
        return Deadline(raw, DeadlineKind.DURING, date(first, 1, 1), end)
    return Deadline(raw, DeadlineKind.BY, None, end)


def _year_of(
    words: str, rule: str, issued_in: int | None, context: int | None
) -> tuple[int | None, str | None]:
    """The year that ``words`` name or mean, or why there is none."""
    named = named_year(words)
    if named:
        return named, None
    relative = re.search(r"今明两年|明年|后年|今年|本年|当年|全年", words)
    if relative is None and rule != "relative_year" and context is not None:
        return context, None
    if issued_in is None:
        return None, _NO_ISSUE
    ahead = {"今明两年": 1, "明年": 1, "后年": 2}
    return issued_in + ahead.get(relative[0] if relative else "", 0), None


def _start_in(year: int, words: str) -> date | None:
    """The first day in ``year`` that ``words`` leave."""
    month = re.search(rf"(\d{{1,2}}|{HAN}{{1,3}})月(?:(\d{{1,2}})日)?", words)
    if month is None:
        return date(year, next((first for part, first in _PARTS.items() if part in words), 1), 1)
    try:
        return date(year, int(read_number(month[1]) or 0), int(month[2] or 1))
    except ValueError:
        return None


def _end_in(year: int, words: str) -> date | None:
    """The last day in ``year`` that ``words`` leave."""
    month = re.search(rf"(\d{{1,2}}|{HAN}{{1,3}})月(?:(\d{{1,2}})日)?(上旬|中旬|初)?", words)
    try:
        if month:
            number = int(read_number(month[1]) or 0)
            if month[2]:
                return date(year, number, int(month[2]))
            if month[3]:
                return date(year, number, _DECADES[month[3]])
            return month_end(year, number)
    except ValueError:
        return None
    quarter = re.search(r"([一二三四1-4])季度", words)
    if quarter:
        return month_end(year, _QUARTERS[quarter[1]])
    return date(year, 6, 30) if "上半年" in words else date(year, 12, 31)

"""From words to days: 到2025年 is 2025-12-31, 2022年3月底以前 is 2022-03-31, “十四五” ends 2025.

Relative words (今年, 年底前, 3年内) count from the date of issue, never from today; without a
date of issue they keep their words and a doubt, and no day is guessed.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from corpus.model.period import Deadline, DeadlineKind
from extractors.rules.deadline import DeadlineMention
from extractors.rules.numbers import HAN, read_number

# The five-year plans since 2001 (第十个五年计划 is 2001–2005).
_PLANS = {
    "十": 2001, "十一": 2006, "十二": 2011, "十三": 2016,
    "十四": 2021, "十五": 2026, "十六": 2031, "十七": 2036,
}  # fmt: skip
_NO_ISSUE = "文件未载明成文日期，无法推算具体日期"
_PERIODS = {
    "年": "P1Y", "年度": "P1Y", "半年": "P6M", "季度": "P3M", "个季度": "P3M", "学期": "P6M",
    "学年": "P1Y", "月": "P1M", "个月": "P1M", "周": "P1W", "日": "P1D", "天": "P1D",
}  # fmt: skip
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_DECADES = {"上旬": 10, "中旬": 20}


def read_deadline(
    mention: DeadlineMention, *, raw: str, issued: date | None, year: int | None = None
) -> Deadline:
    """The deadline that ``mention`` names; ``raw`` is as written, ``year`` the year last named in
    the passages before (for “5月底以前” after a sentence that names the year)."""
    words, rule = mention.words, mention.rule
    if rule in ("every", "every_by"):
        return _every(words, raw)
    if rule in ("within", "coming"):
        return _within(words, raw, issued)
    if rule == "plan":
        return _plan(words, raw)
    if rule == "range":
        return _range(words, raw)
    if rule == "within_span":
        return Deadline(raw, DeadlineKind.DURING)
    return _by(words, raw, rule, issued, year)


def named_year(words: str) -> int | None:
    """The last year that ``words`` name, or None."""
    years = re.findall(r"(?:19|20)\d\d", words)
    return int(years[-1]) if years else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _every(words: str, raw: str) -> Deadline:
    years = re.search(rf"每(\d+|{HAN}+)年", words)
    if years:
        number = read_number(years[1])
        return Deadline(raw, DeadlineKind.EVERY, period=f"P{int(number or 1)}Y")
    match = re.match(r"每(年度|年|半年|个?季度|学期|学年|个?月|周|日|天)", words)
    period = _PERIODS[match[1]] if match else "P1Y"
    return Deadline(raw, DeadlineKind.EVERY, period=period)


def _within(words: str, raw: str, issued: date | None) -> Deadline:
    match = re.search(
        rf"(?:(\d+|{HAN}+)[-~—至到])?(\d+(?:\.\d+)?|{HAN}+)(?:左右)?"
        r"(个月|个?工作日|个自然日|年|日|天|周|个?小时)",
        words,
    )
    number = read_number(match[2]) if match else None
    if match is None or number is None or number != int(number):
        return Deadline(raw, DeadlineKind.WITHIN, doubt="时长无法确定")
    count, unit = int(number), match[3]
    if "小时" in unit:
        return Deadline(raw, DeadlineKind.WITHIN, period=f"PT{count}H")
    letter = "Y" if unit == "年" else "M" if unit == "个月" else "W" if unit == "周" else "D"
    period = f"P{count}{letter}"
    if "工作日" in unit:
        # Which days are worked is the State Council's yearly notice; the end is not computed.
        return Deadline(raw, DeadlineKind.WITHIN, period=period, doubt="按工作日计算，未推算截止日")
    if issued is None:
        return Deadline(raw, DeadlineKind.WITHIN, period=period, doubt=_NO_ISSUE)
    return Deadline(raw, DeadlineKind.WITHIN, issued, _later(issued, count, letter), period)


def _later(start: date, count: int, letter: str) -> date | None:
    try:
        if letter in "DW":
            return start + timedelta(days=count * (7 if letter == "W" else 1))
        months = start.month - 1 + count * (12 if letter == "Y" else 1)
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


def _range(words: str, raw: str) -> Deadline:
    parts = re.split(r"[-~—至到]", re.sub(r"^(?:从|自|在)", "", words))
    first, last = _day(parts[0], last=False), _day(parts[-1], last=True)
    return Deadline(raw, DeadlineKind.DURING, first, last)


def _by(words: str, raw: str, rule: str, issued: date | None, context: int | None) -> Deadline:
    year, doubt = _year_of(words, rule, issued, context)
    if year is None:
        return Deadline(raw, DeadlineKind.BY, doubt=doubt)
    if rule == "from":
        start = _day(f"{year}年" + re.sub(r"^.*?(?:年|今年|明年)", "", words), last=False)
        return Deadline(raw, DeadlineKind.DURING, start, None, doubt=doubt)
    end = _end_in(year, words)
    if end is None:
        return Deadline(raw, DeadlineKind.BY, doubt="日期有误")
    if rule == "relative_year" and not re.search(r"[底末前内]", words):
        return Deadline(raw, DeadlineKind.DURING, date(year, 1, 1), end, doubt=doubt)
    return Deadline(raw, DeadlineKind.BY, None, end, doubt=doubt)


def _year_of(
    words: str, rule: str, issued: date | None, context: int | None
) -> tuple[int | None, str | None]:
    named = named_year(words)
    if named:
        return named, None
    if "今明两年" in words or "明年" in words:
        return (issued.year + 1, None) if issued else (None, _NO_ISSUE)
    if "后年" in words:
        return (issued.year + 2, None) if issued else (None, _NO_ISSUE)
    if rule in ("month_only", "year_end", "half_only") and context is not None:
        return context, None
    return (issued.year, None) if issued else (None, _NO_ISSUE)


def _end_in(year: int, words: str) -> date | None:
    """The last day in ``year`` that ``words`` leave."""
    month = re.search(rf"(\d{{1,2}}|{HAN}{{1,3}})月(?:(\d{{1,2}})日)?(上旬|中旬|初)?", words)
    try:
        if month:
            number = int(read_number(month[1]) or 0)
            if month[2]:
                return date(year, number, int(month[2]))
            if month[3]:
                return date(year, number, _DECADES.get(month[3], 10))
            return month_end(year, number)
    except ValueError:
        return None
    quarter = re.search(r"([一二三四1-4])季度", words)
    if quarter:
        return month_end(year, _QUARTERS[quarter[1]])
    if "上半年" in words:
        return date(year, 6, 30)
    return date(year, 12, 31)


def _day(words: str, *, last: bool) -> date | None:
    match = re.search(r"((?:19|20)\d\d)(?:年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?", words)
    if not match:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            return date(year, int(month), int(day))
        if month:
            return month_end(year, int(month)) if last else date(year, int(month), 1)
        return date(year, 12, 31) if last else date(year, 1, 1)
    except ValueError:
        return None

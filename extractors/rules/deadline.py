"""Words for a time by which, or during which: 到2025年, “十四五”期间, 年底前, 3年内, 每3年.

This module only finds the words in a view; ``dates`` turns them into days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.rules.numbers import HAN

_YEAR = r"(?:19|20)\d\d"
_N = rf"(?:\d+(?:\.\d+)?|{HAN}+)"
_Q = r"[“\"'‘]?"
_Z = r"[”\"'’]?"
_BEFORE_END = r"(?:以前|之前|前|以内|之内|内)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        # 每年2月底前, 每年三月底前
        (
            "every_by",
            rf"每年(?:度)?(?:\d{{1,2}}|{HAN}{{1,3}})月(?:\d{{1,2}}日|底|末|份|初)?{_BEFORE_END}|每年年?底{_BEFORE_END}",
        ),
        (
            "plan",
            rf"(?:到|至|截至)?(?<![双三]){_Q}(?:十[一二三四五六七]|十)五{_Z}"
            rf"(?:规划|计划)?(?:期间|时期|期末|末期|末年|末|期内|规划期)(?:内|前)?",
        ),
        (
            "range",
            rf"(?:从|自)?{_YEAR}(?:年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:[-~—至]|到)"
            rf"(?:{_YEAR}年(?:度)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:底|末)?|\d{{1,2}}月(?:\d{{1,2}}日|底)?)(?:期间|内)?",
        ),
        (
            "from",
            rf"(?:从|自)(?:(?:{_YEAR}年)?\d{{1,2}}月(?:\d{{1,2}}日)?|{_YEAR}年|今年(?:秋季|春季|下半年)?|明年)"
            rf"(?:开始|起|之日起)|{_YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?起",
        ),
        (
            "half",
            rf"(?:到|至|在|于)?(?:{_YEAR}年|今年|明年|当年|本年)(?:度)?"
            rf"(?:上半年|下半年|第?[一二三四1-4]季度)(?:底|末)?{_BEFORE_END}",
        ),
        (
            "month",
            rf"(?:到|至|截至)?(?:{_YEAR}年|今年|明年|当年)(?:\d{{1,2}}|{HAN}{{1,3}})月"
            rf"(?:\d{{1,2}}日|份)?(?:底|末|初|上旬|中旬|下旬)?{_BEFORE_END}",
        ),
        (
            "month_only",
            rf"(?<![\d年])(?:\d{{1,2}}|{HAN}{{1,3}})月(?:\d{{1,2}}日(?:以前|之前|前)"
            rf"|(?:底|末|上旬|中旬|下旬)(?:以前|之前|前|完成)?(?<!完成)|份?(?:以前|之前|前)|份?(?=完成|取得|实现|前后))",
        ),
        (
            "year",
            rf"(?:到|至|截至)?{_YEAR}年(?:年)?(?:底|末|度|春季|秋季)?{_BEFORE_END}(?!以来|间)",
        ),
        (
            "relative_year",
            r"(?:到|至)?(?:今明两年|今年|明年|后年|本年度|全年)(?:年)?(?:底|末)?"
            rf"{_BEFORE_END}",
        ),
        (
            "year_end",
            rf"(?<![年\d一二两三四五六七八九十几当近])年(?:底|末|内)(?<!末年){_BEFORE_END}",
        ),
        ("half_only", rf"(?<![年\d])(?:上半年|下半年)(?:底|末)?{_BEFORE_END}"),
        (
            "within",
            rf"(?:(?:自|从)?[^,。;:()、]{{2,14}}(?:之日起|印发后|发布后|发生后|作出后|完成后|实施后|起))?"
            rf"(?:今后|未来|此后|其后|力争用|用|在|利用|通过)?{_N}(?:[-~—至到]{_N})?(?:左右)?"
            rf"(?:个月|个工作日|工作日|个自然日|年|日|天|周|个?小时)(?:左右)?"
            rf"(?:之内|以内|内(?!容)|的?时间|的?努力)",
        ),
        ("coming", rf"(?:今后|未来|此后|其后){_N}(?:[-~—至到]{_N})?(?:个月|年)"),
        (
            "every",
            rf"每(?:{_N})年|每(?:年|半年|季度|学期|学年|个?月|个?季度|周|日|天)(?:度)?|一年一度|逐年|各年度",
        ),
        ("within_span", r"试点期间|规划期(?:间|内)|有效期内|建设期内|任期内"),
    )
)

# 通过3—5年的努力 is cited as 3—5年: the words around it are not the time.
_TRIM = re.compile(r"^(?:力争用|利用|通过|用|在|于)|(?:的?时间|的?努力|左右)+$")

_NO_DEADLINE_AFTER = re.compile(
    r"^(?:以来|修订|修正|版|印发|发布|公布|出台|颁布|制定的|以后出生|出生|建成|度?(?:决算|预算数)|"
    r"第\d+次|的?\d+(?:\.\d+)?(?:%|个|所|人|万|亿|元)(?:[^,。;]{0,4})(?:提高|增加|增长|上升|提升|扩大)?到"
    r"|的?基础上|级|届|期间?发[布行]|为基期|相比|增长\d)"
)
_NO_DEADLINE_BEFORE = re.compile(
    r"(?:比|较|与|以|同|截至|截止到?|截止|自从|早在|原|曾|于|从)$|(?:是|即|称)$|[〔\[(（]$"
)


@dataclass(frozen=True, slots=True)
class DeadlineMention:
    """Words for a time in a view; ``rule`` names the pattern."""

    start: int
    end: int
    words: str
    rule: str


def find_deadlines(text: str) -> list[DeadlineMention]:
    """Every time in a view's text by which something may be due, in order, none overlapping."""
    taken = [m.span() for m in re.finditer(r"《[^》]*》|〔\d+〕\d+号", text)]
    found: list[DeadlineMention] = []
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = _trimmed(match, rule)
            if start >= end or any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            if _is_deadline(text, start, end, rule):
                found.append(DeadlineMention(start, end, text[start:end], rule))
    return sorted(found, key=lambda m: m.start)


def _trimmed(match: re.Match[str], rule: str) -> tuple[int, int]:
    start, end = match.span()
    if rule not in ("within", "coming"):
        return start, end
    words = match[0]
    lead_in = re.match(r".*(?:要在|应当?在|应当|须在|应|须|要于|要|必须|在|于)(?=.{4,}\d)", words)
    if lead_in and re.search(r"起|后", words):
        start, words = start + lead_in.end(), words[lead_in.end() :]
    if re.match(r"用|力争用|利用|通过", words) or words.endswith("努力"):
        lead = _TRIM.match(words)
        start += lead.end() if lead and lead.start() == 0 else 0
        if words.endswith(("的努力", "努力")):
            end -= len(words) - len(re.sub(r"(?:的?努力)$", "", words))
    elif words.startswith("在"):
        start += 1
    return start, end


def _is_deadline(text: str, start: int, end: int, rule: str) -> bool:
    before, after = text[max(0, start - 4) : start], text[end : end + 16]
    words = text[start:end]
    if rule in ("year", "month", "range", "relative_year") and _NO_DEADLINE_AFTER.match(after):
        return False
    if words.startswith(("截至", "截止")):
        return False
    if rule in ("year", "month", "range") and _NO_DEADLINE_BEFORE.search(before):
        # 于2022年底前 is a deadline; 以2020年为基期, 比2020年, （2019年修订） are not.
        return before.endswith("于") and words.endswith(("前", "底", "日", "内"))
    if rule == "year" and re.match(r"^[)）]", after) and before.endswith(("(", "-", "—")):
        return False
    return not (rule == "every" and re.match(r"^(?:个|名|所|位|家|人)", after))

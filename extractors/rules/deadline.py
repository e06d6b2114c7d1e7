"""Words for a time by which, or during which: 到2025年, “十四五”期间, 年底前, 3年内, 每3年.

This module only finds the words in a view; ``dates`` turns them into days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.rules.numbers import HAN, TO

# Documents before 2012 write 二〇一五年, scans make ○ or 零 of the 〇.
YEAR = r"(?:(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
_N = rf"(?:\d+(?:\.\d+)?|{HAN}+)"
_MONTH = rf"(?:\d{{1,2}}|{HAN}{{1,3}})月"
_DAY = r"\d{1,2}日"
_QUARTER = r"第?[一二三四1-4]季度"
_BEFORE = r"(?:以前|之前|前)"
_BEFORE_END = r"(?:以前|之前|前|以内|之内|内)?"
_LENGTH = (
    rf"(?:{_N}(?:{TO}{_N})?|半)(?:左右)?"
    r"(?:个月|个?工作日|个自然日|个?学期|个?学年|个?季度|年|日|天|周|个?小时)"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        # 每年三月底前, 每年年底前, 每月5日前, 每季度末前
        (
            "every_by",
            rf"每年(?:度)?{_MONTH}(?:{_DAY}|底|末|份|初)?{_BEFORE_END}|每年年?[底末]{_BEFORE_END}"
            rf"|每(?:个?月|个?季度|半年|学期|学年)(?:{_DAY}|[底末初]){_BEFORE}",
        ),
        # “十四五”期间, 到十四五末
        (
            "plan",
            r"(?:到|至|截至)?(?<![双二三])[“\"'‘]?(?:十[一二三四五六七]|十)五[”\"'’]?"
            r"(?:规划|计划)?(?:期间|时期|期末|末期|末年|末|期内|规划期)(?:内|前)?",
        ),
        # 2021—2025年, 2023年3月至10月
        (
            "range",
            rf"(?:从|自)?(?:(?<!\d){YEAR}年?|今年|明年)(?:\d{{1,2}}月)?(?:{_DAY})?{TO}"
            rf"(?:{YEAR}年(?:度)?(?:\d{{1,2}}月)?(?:{_DAY})?(?:底|末)?|\d{{1,2}}月(?:{_DAY}|底)?)"
            r"(?:期间|内)?",
        ),
        # 从2024年起, 自今年9月1日起, 2024年秋季学期起
        (
            "from",
            rf"(?:(?:从|自)?(?:(?<!\d){YEAR}年|今年|明年)(?:{_MONTH}(?:{_DAY})?|[春秋]季(?:学期)?|[上下]半年)?"
            rf"|(?:从|自){_MONTH}(?:{_DAY})?)(?:开始|之日起|起(?![草点步]))",
        ),
        # 2024年上半年, 今年三季度末前
        (
            "half",
            rf"(?:到|至|在|于)?(?:{YEAR}年|今年|明年|当年|本年)(?:度)?"
            rf"(?:[上下]半年|{_QUARTER})[底末]?{_BEFORE_END}",
        ),
        # 2022年3月底以前, 2023年6月30日前
        (
            "month",
            rf"(?:到|至|截至)?(?:{YEAR}年|今年|明年|当年){_MONTH}"
            rf"(?:{_DAY}|份)?(?:底|末|初|上旬|中旬|下旬)?{_BEFORE_END}",
        ),
        # 5月底以前, 9月1日前
        (
            "month_only",
            rf"(?<![\d年]){_MONTH}(?:{_DAY}{_BEFORE}|(?:底|末|上旬|中旬|下旬){_BEFORE}?|份?{_BEFORE}"
            r"|份?(?=完成|取得|实现|前后))",
        ),
        # 到2025年, 2024年底前
        (
            "year",
            rf"(?:到|至|截至)?(?<!\d){YEAR}年(?:年)?(?:底|末|度|春季|秋季)?{_BEFORE_END}(?!以来|间)",
        ),
        # 今年, 明年底前, 今明两年
        (
            "relative_year",
            r"(?:到|至)?(?:今明两年|今年(?!前[一二三四\d])|明年|本年度|全年|(?<![\u4e00-\u9fff])后年|(?<=[到至])后年)"
            rf"(?:年)?[底末]?{_BEFORE_END}",
        ),
        # 年底前, 年内
        (
            "year_end",
            rf"(?<![年\d一二两三四五六七八九十几当近半])年(?:底|末|内)(?<!末年){_BEFORE_END}",
        ),
        ("half_only", rf"(?<![年\d前每上])(?:[上下]半年|{_QUARTER})[底末]?{_BEFORE_END}"),
        # 3年内, 自印发之日起30日内, 收到申请后15个工作日内, 用3年左右时间
        (
            "within",
            r"(?:(?:自|从)?[^,。;:()、]{2,14}(?:之日起|(?<![今此其])后|起))?"
            rf"(?:今后|未来|此后|其后|力争用|用|在|利用|通过)?{_LENGTH}(?:左右)?"
            r"(?:之内|以内|内(?![容涵部])|的?时间|的?努力)",
        ),
        ("coming", rf"(?:今后|未来|此后|其后){_N}(?:{TO}{_N})?(?:个月|年)"),
        # 每3年, 每两周, 每季度
        (
            "every",
            rf"每{_N}(?:年|个月|个?季度|个?学期|周|天|日|个?小时|个工作日)"
            r"|每(?:年|半年|学期|学年|个?月|个?季度|周|日|天)(?:度)?|一年一度|逐年|各年度",
        ),
        ("within_span", r"试点期间|规划期(?:间|内)|有效期内|建设期内|任期内"),
    )
)

# What a plain year belongs to if not to a deadline: 2019年修订, 2021年版, 2015年的30亿元.
_NAMED_AFTER = re.compile(
    r"^(?:修订|修正|版|印发|发布|公布|出台|颁布|制定的|以后出生|出生|建成|度?(?:决算|预算数)|期间?发[布行])"
)
_NO_DEADLINE_AFTER = re.compile(
    r"^(?:以来|第\d+次|的?\d+(?:\.\d+)?(?:%|个|所|人|万|亿|元)(?:[^,。;]{0,4})(?:提高|增加|增长|上升|提升|扩大)?到"
    r"|(?:印发|发布|公布|出台|颁布|制定|建成|取得|注册|登记|批准)的|的?基础上|级|届|为基期|相比|增长\d)"
)
_NO_DEADLINE_BEFORE = re.compile(
    r"(?:比|较|与|以|同|截至|截止到?|截止|自从|早在|原|曾|从|[〔\[]|有效期(?:限|截)?)$|(?:是|即|称)$"
)
# 较“十三五”末|下降16%: what it is compared with.
_COMPARED = re.compile(r"(?:比|较|与|同|相对于?)$")
# 填写|2021年度|项目清单: which list.
_OBJECT_OF = re.compile(
    r"(?:填写|填报|报送|上报|提交|编制|制定|印发|公布|下达|汇总|总结|报告|通报|审核|执行)$"
)
_NAMED_BEFORE = re.compile(r"(?:于|[(（])$")
# 由…增加到2020年的52亿元: where a series ends.
_SERIES = re.compile(r"(?:提高|增加|增长|上升|提升|扩大|发展|下降|降低|减少|降|增)$")
# A bare day is when something was said or signed, unless something is done on it.
_DONE_THEN = re.compile(
    r"^(?:[\t,、)]|前后|(?:全部|全面|基本|正式)?(?:完成|建成|完工|投用|启用|开通|上报|报送))|^$"
)
_TAKES_EFFECT = re.compile(r"^(?:正式)?(?:施行|实施|执行|生效)(?:[,。;)]|$)")
# 每人每年, 平均每年: a rate, which belongs to its quantity.
_RATE_BEFORE = re.compile(r"(?:每[^,。;、每]{1,6}|人均|户均|生均|平均)$")


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


# 应在收到申请后5日内 is cited from 收到 on, 通过3—5年的努力 as 3—5年.
_LEAD_IN = re.compile(r".*(?:应当|必须|[要应须需并])?(?:在|于)|.*(?:应当|必须|[应须])(?=.)")
_MEANS = re.compile(r"^(?:力争用|利用|通过|用|在)")


def _trimmed(match: re.Match[str], rule: str) -> tuple[int, int]:
    start, end = match.span()
    if rule != "within":
        return start, end
    words = match[0]
    event = re.match(r".*(?:之日起|(?<![今此其])后|起)", words)
    if event:
        since = re.search(r"(?:自|从)(?=.{2,}起)", event[0])
        lead = _LEAD_IN.match(event[0][:-2])
        start += since.start() if since else lead.end() if lead else 0
        return start, end
    means = _MEANS.match(words)
    start += means.end() if means else 0
    return start, end - (len(words) - len(re.sub(r"的?努力$", "", words)))


def _is_deadline(text: str, start: int, end: int, rule: str) -> bool:
    before, after, words = text[max(0, start - 8) : start], text[end : end + 16], text[start:end]
    if words.startswith(("截至", "截止")):
        return False
    if rule == "plan":
        return not (_COMPARED.search(before) or after.startswith("相比"))
    if words.endswith("年度") and _OBJECT_OF.search(before):
        return False
    if rule in ("year", "month", "range", "relative_year"):
        return _is_dated(words, before, after)
    if rule == "from":
        return not _TAKES_EFFECT.match(after)
    if rule == "within":
        return not re.search(r"(?:近|过去)$", before)
    if rule == "half_only":
        return not (re.search(r"(?:比|较|与|进入)$", before) or re.match("以后|以来", after))
    if rule == "every":
        return not (_RATE_BEFORE.search(before) or re.match(r"个|名|所|位|家|人", after))
    return True


def _is_dated(words: str, before: str, after: str) -> bool:
    """True for 2022年底前 and 到2025年; for a plain year where nothing speaks against it."""
    if _NO_DEADLINE_AFTER.match(after) or _NO_DEADLINE_BEFORE.search(before):
        return False
    if words[0] in "到至" and _SERIES.search(before):
        return False
    if words[0] in "到至" or re.search(r"[前底末内旬]$", words):
        return True
    if re.search(TO, words):
        return not before.endswith("(")
    if words.endswith("日"):
        return bool(_DONE_THEN.match(after)) and not _NAMED_BEFORE.search(before)
    return not (_NAMED_AFTER.match(after) or _NAMED_BEFORE.search(before))

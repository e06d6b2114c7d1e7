"""Per what, and of what: 每个县（市）至少1所; 不低于高职招生规模的10%; 比2020年下降18%."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model.quantity import Bound
from extractors.nlp.lexicon import ACTIONS
from extractors.rules.numbers import HAN
from extractors.rules.quantity import QuantityMention

_ACTION = "|".join(map(re.escape, sorted(ACTIONS, key=lambda word: (-len(word), word))))
_TIME = r"(?:半年|季度|学期|学年|年|月|周|日|天)(?!度)"
# 每家企业, 每50公斤, 每万名老年人, up to where the predicate begins. What ends in 数, 率 … is
# itself measured: 每千人口床位数 is an indicator.
_EACH = (
    rf"(?:每(?!{_TIME}|增长|提高|下降|降低|增加|减少)(?:[个名位项支座][^,。;:“每\d])?[^,。;:“每\d]{{1,16}}?"
    rf"|每\d+(?:\.\d+)?[十百千万]?(?!{_TIME}|个?月|个?工作日|个?小时)"
    r"(?:[名个位家所][^,。;:“每\d]{2,12}?|[^,。;:“每\d]{1,8}?))(?<![数率量额值到为])"
)
_STOP = (
    r"(?=集中|至少|最少|不少于|不低于|不超过|最多|最高|重点|要|应|须|有(?!关)|平均|均|各|可|都|每年|每月|"
    rf"分别|随机|给予|主要|着力|大力|聚焦|面向|对接|原则上|必须|需|{_ACTION}|\d)"
)
_PER = re.compile(
    rf"(?:平均|人均|户均)?每(?:[人户生]每?)?{_TIME}(?:{_EACH}{_STOP})?|年均|月均|年平均|月平均"
    r"|人均(?!可?支配|收入|预期|纯|消费|国内|GDP|受)"
    rf"|每(?:个|所|家|名|位|户|项|支|座|处)(?:省辖市|县|市|区|乡镇|街道|社区|村|项目|学校|企业|单位|机构|教师|学生|园区|小区)(?![的(、])(?:每{_TIME})?"
    rf"|{_EACH}(?:每{_TIME}|{_STOP})"
)
_RECURS = re.compile(rf"每(?:\d+|{HAN}+)(?:年|个月|周|天|日|个?季度|个?学期)")
_RATIOS = ("%", "‰", "倍", "个百分点")
_BASE_BOUNDS = (
    (Bound.AT_LEAST, "不得?低于|不得?少于|至少为?|不应低于|不小于"),
    (Bound.AT_MOST, "不得?超过|不得?高于|最高不超过|不应超过|不大于|最高为?"),
    (Bound.ABOVE, "超过|高于|大于|突破"),
    (Bound.BELOW, "低于|少于|小于"),
)
_BOUND_WORDS = "|".join(words for _, words in _BASE_BOUNDS)
# One character of a base, or a bracket in it; never a further 按 or comparator.
_OF_BASE = rf"(?:(?!按|给予|{_BOUND_WORDS})[^,。;:、\d()每]|\([^()]*\))"
_OF = re.compile(
    rf"(?:(?P<bound>{_BOUND_WORDS})|(?P<verb>达到|达)|占到?|相当于|按照?|按其?|为|(?<![可所])以)"
    rf"(?P<base>{_OF_BASE}{{2,26}}?|(?:{_OF_BASE}|、){{2,26}}?)(?P<of>的)(?:{_BOUND_WORDS})?$"
)
_BY = re.compile(rf"(?:按照?|按其?)(?P<base>{_OF_BASE}{{2,26}}?)(?:的)?(?:不超过|最高)?$")
# 不超过|总投入|15%: without 的, only where the noun is one that shares are taken of.
_SHARE_OF = re.compile(
    rf"(?P<verb>)(?P<bound>(?:最高)?不(?:得|应)?(?:低于|少于|超过|高于))(?P<base>{_OF_BASE}{{0,14}}?"
    r"(?:额|数|总量|规模|投入|支出|收入|价款|费用|资金|面积|成本|人口|产值|总值|投资|部分))$"
)
_THAN = re.compile(
    r"(?:比|较|在(?=[^,。;]{2,16}基础上))"
    r"(?P<base>(?:[“\"]?十[一二三四五]?五[”\"]?(?:期?末|期间|时期)?|(?:19|20)\d\d年(?:末|底|度)?|上年度?|去年|上一年|基期|"
    r"[\u4e00-\u9fff]{2}前)(?:年初)?(?:同期|的?基础上|水平|实际|预算|预计数)*)[,]?(?:分别)?(?P<verb>[^,。;\d]{0,8})$"
)


@dataclass(frozen=True, slots=True)
class Base:
    """``start`` is where the words of the base begin, comparator included; the rest are ranges."""

    start: int
    base: tuple[int, int]
    bound: Bound | None
    bound_span: tuple[int, int] | None
    verb: tuple[int, int] | None


def find_per(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last 每… that stands in ``text[start:end]``, or None."""
    found: tuple[int, int] | None = None
    for match in _PER.finditer(text, start, min(len(text), end + 3)):
        if match.end() <= end and not _RECURS.match(match[0]):
            found = match.span()
    return found


def find_base(text: str, left: int, quantity: QuantityMention) -> Base | None:
    """What a ratio or a change is of, read from the words between ``left`` and the number."""
    if quantity.quantity.unit not in _RATIOS and not quantity.quantity.unit.startswith("分之"):
        return _than(text, left, quantity)
    words = text[left : quantity.whole[0]]
    match = _OF.search(words) or _SHARE_OF.search(words)
    if match is None:
        by = _BY.search(words)
        if by and quantity.quantity.unit == "%":
            return Base(left + by.start(), _range(left, by, "base"), None, None, None)
        return _than(text, left, quantity)
    bound = _bound_of(match["bound"]) if match["bound"] else None
    return Base(
        left + match.start(),
        _range(left, match, "base"),
        bound,
        _range(left, match, "bound") if bound else None,
        _range(left, match, "verb") if match["verb"] else None,
    )


def _than(text: str, left: int, quantity: QuantityMention) -> Base | None:
    match = _THAN.search(text[left : quantity.whole[0]])
    if match is None:
        return None
    verb = _range(left, match, "verb") if match["verb"] else None
    return Base(left + match.start(), _range(left, match, "base"), None, None, verb)


def _bound_of(words: str) -> Bound:
    return next(bound for bound, pattern in _BASE_BOUNDS if re.fullmatch(pattern, words))


def _range(left: int, match: re.Match[str], group: str) -> tuple[int, int]:
    return left + match.start(group), left + match.end(group)

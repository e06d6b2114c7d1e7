"""Per what, and of what: 每个县（市）至少1所; 不低于高职招生规模的10%; 比2020年下降18%."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model.quantity import Bound
from extractors.nlp.lexicon import ACTIONS
from extractors.rules.quantity import QuantityMention

_ACTION = "|".join(sorted(map(re.escape, ACTIONS), key=len, reverse=True))
_PER = re.compile(
    r"每(?:人)?(?:每年|年|半年|季度|学期|学年|月|周|日|天)(?!度)|年均|月均|人均(?!可?支配|收入|预期|纯|消费|国内|GDP|受)"
    r"|每(?:个|所|家|名|位|户|项|支|座|处)(?:省辖市|县|市|区|乡镇|街道|社区|村|项目|学校|企业|单位|机构|教师|学生|园区|小区)(?![的(、])"
    r"|每(?!年|月|周|日|天)[^,。;:“]{1,16}?"
    r"(?=集中|至少|最少|不少于|不低于|不超过|最多|最高|重点|要|应|须|有(?!关)|平均|均|各|可|都|每年|每月|"
    rf"给予|主要|{_ACTION}|\d)"
)
_RATIOS = ("%", "‰", "倍", "个百分点")
_BASE_BOUNDS = (
    (Bound.AT_LEAST, "不得?低于|不得?少于|至少为?|不应低于|不小于"),
    (Bound.AT_MOST, "不得?超过|不得?高于|最高不超过|不应超过|不大于|最高为?"),
    (Bound.ABOVE, "超过|高于|大于|突破"),
    (Bound.BELOW, "低于|少于|小于"),
)
_BOUND_WORDS = "|".join(words for _, words in _BASE_BOUNDS)
_OF = re.compile(
    rf"(?:(?P<bound>{_BOUND_WORDS})|(?P<verb>达到|达|占到?|相当于|按照?|按其?|为|以))"
    rf"(?P<base>[^,。;:、\d]{{2,26}}?|[^,。;:\d]{{2,26}}?)(?P<of>的)(?:{_BOUND_WORDS})?$"
)
_BY = re.compile(r"(?:按照?|按其?)(?P<base>[^,。;:、\d]{2,26}?)(?:的)?(?:不超过|最高)?$")
_THAN = re.compile(
    r"(?:比|较|在)(?P<base>(?:[“\"]?十[一二三四五]?五[”\"]?末?(?:期|年)?|(?:19|20)\d\d年(?:末|底|度)?|上年度?|去年|上一年|基期|"
    r"\d{4}年)(?:同期|的?基础上|水平|实际|预算|预计数)*)[,]?(?:分别)?(?P<verb>[^,。;\d]{0,8})$"
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
    for match in _PER.finditer(text, start, min(len(text), end + 1)):
        if match.end() <= end and not re.match(r"每\d+年|每[二两三四五]年", match[0]):
            found = match.span()
    return found


def find_base(text: str, left: int, quantity: QuantityMention) -> Base | None:
    """What a ratio or a change is of, read from the words between ``left`` and the number."""
    if quantity.quantity.unit not in _RATIOS and not quantity.quantity.unit.startswith("分之"):
        return _than(text, left, quantity)
    words = text[left : quantity.whole[0]]
    match = _OF.search(words)
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

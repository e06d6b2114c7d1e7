"""The noun before its number, with a verb of reaching or none: 森林覆盖率|达到|45%以上;
新兴专业点|260个左右; 专题教育|每学期|不少于16学时."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.nlp.lexicon import (
    ACTIONS,
    ADVERBS,
    REACHES,
    action_at_end,
    action_at_start,
    maker_at_start,
    one_action_at_start,
)
from extractors.nlp.unit_kinds import UnitKind, unit_kind
from extractors.rules.elsewhere import find_elsewhere
from extractors.rules.indicator import Range, object_behind, phrase_before, subject_of
from extractors.rules.per_and_base import Base, find_base, find_per
from extractors.rules.quantity import QuantityMention
from extractors.rules.quantity_chain import QuantityChain
from extractors.rules.target_mention import TargetMention

# 经费标准|从1800元提高到|2100元: the first number, if one is there, is where it starts.
_ORIGIN = re.compile(
    r"(?:由|从)[^,。;由从]*\d[^,。;]*?"
    r"(?P<verb>提高|提升|增加|增长|上升|扩大|扩展|放宽|下降|降低|减少|缩小|压减|缩短|调整|延长|降)"
    r"(?:到|至|为)$"
)
_REACH_BEFORE = re.compile(rf"{REACHES}(?:每年|年均|累计|总计|约)?$")
# 全省|完成…, 我市|继续|完成…: a verb may stand behind a subject of this kind, or an adverb.
_BEFORE_VERB = re.compile(rf"(?:我[省市县国]|全[省市县国])(?=.{{3}})|{ADVERBS}+")
# 青禾县|完成…, 郑州市|新建…: whoever does it, by the name of the place.
_NAMED_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}?[省市县区州](?=.{3})")
# 给予补助,|每张|不超过1万元: says of what, not what.
_ONLY_PER = re.compile(
    r"^(?:每|单个|单项|单户|单家|户均|人均|同一)[^,。;]{0,8}$"
    r"|^(?:最高|最多|最长|总额|总共|金额|其中)$"
)
# 奖励|总额, 投入|规模: a noun made of verb and measure, not a verb with its object.
_MEASURES = """
总额 金额 标准 比例 额度 资金 经费 名额 数量 总量 范围 期限 次数 人数 面积 规模 强度 水平 力度
里程 投资
"""
_MEASURED_BY = frozenset(_MEASURES.split())
_AT_LEAST = re.compile(r"至少|最少|不少于|最多")
_ONLY_BOUND = re.compile(r"(?:至少|不少于|不低于|最多|不超过)?")
_STANDARD = re.compile(r"^(?:以[上下内]|左右)?的?(?:标准|要求|额度|幅度|定额)(?!的|为|不)")
_PAYER = re.compile(r"(?:财政|政府|银行|国家|中央|地方)(?:预算)?$")
# 投入100亿元,支持|职业教育发展: what the money is for stands behind it.
_SPENT_ON = re.compile(
    r"^(?:资金)?,?(?:主要|专项)?(?:用于|支持|补助|扶持|解决)(?P<what>[^,。;]{2,40})"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What has been read of one quantity; ``right`` is where the words of its noun end."""

    indicator: Range | None
    action: Range | None
    per: Range | None
    right: int


def read_noun_first(
    chain: QuantityChain, index: int, previous: TargetMention | None
) -> TargetMention:
    """The quantity ``index`` of the chain with the noun phrase before it; ``previous`` is the
    target read before, whose indicator a bare number may share."""
    quantity = chain.quantities[index]
    base = find_base(chain.text, chain.left(index), quantity)
    per = find_per(chain.text, chain.clause.start, quantity.whole[0])
    reading = _from_origin(chain, index, base, per)
    if reading.indicator is None:
        reading = _beside(chain, index, base, reading)
        reading = _mended(chain, index, base, reading)
    if reading.indicator is None:
        indicator, late = find_elsewhere(chain, index, previous)
        reading = replace(reading, indicator=indicator, action=reading.action or late)
    of = base.base if base else None
    return TargetMention(quantity, reading.indicator, reading.action, reading.per, of, "noun_first")


def _from_origin(
    chain: QuantityChain, index: int, base: Base | None, per: Range | None
) -> _Reading:
    """经费标准|从1800元|提高|到2100元: the noun stands before the value from which it starts."""
    left = chain.left(index)
    right = base.start if base else chain.quantities[index].whole[0]
    origin = _ORIGIN.search(chain.text[left:right])
    if origin is None:
        return _Reading(None, None, per, right)
    start = left + origin.start()
    near = per if per and per[1] <= start else None
    indicator = phrase_before(chain.text, *_beside_per(chain.text, near, left, start))
    verb = (left + origin.start("verb"), left + origin.end("verb"))
    return _Reading(indicator, verb, per, right)


def _beside(chain: QuantityChain, index: int, base: Base | None, reading: _Reading) -> _Reading:
    """The noun right before the number, or before its verb: 森林覆盖率|达到."""
    text, quantity, per = chain.text, chain.quantities[index], reading.per
    start, right = _beside_per(text, per, chain.left(index), reading.right)
    action, start, right = _predicate(text, start, right, quantity, base)
    action = action or reading.action
    if action is None and per is not None and right == per[0]:
        action = chain.verb_at_end(per[1], quantity.whole[0])
    return _Reading(phrase_before(text, start, right), action, per, right)


def _beside_per(text: str, per: Range | None, left: int, right: int) -> Range:
    """每所学校|教师|不少于…, but also 专题教育|每学期|不少于…: the side with the noun."""
    if per is None or per[0] < left or per[1] > right:
        return left, right
    gap = re.sub(r"(?:分别|各|均|都)$", "", text[per[1] : right].strip("要应须"))
    between = re.sub(rf"^{REACHES}$", "", gap)
    verb = action_at_end(between)
    if verb is not None and _ONLY_BOUND.fullmatch(between[: verb[0]]) and per[0] - left > 1:
        # 对独居老年人|每周|至少|探访|1次: who is visited stands before.
        return left, per[0]
    return (per[1], right) if len(between) > 1 else (left, per[0])


def _predicate(
    text: str, start: int, right: int, quantity: QuantityMention, base: Base | None
) -> tuple[Range | None, int, int]:
    """The verb in ``text[start:right]``, and where the noun beside it begins and ends."""
    verb = base.verb if base else None
    reach = _REACH_BEFORE.search(text[start:right])
    if reach and verb:
        return verb, start, right
    if reach:
        return (start + reach.start(), start + reach.end()), start, start + reach.start()
    bound_before = quantity.bound_span is not None and quantity.bound_span[0] < quantity.start
    leading = _leading_verb(text, start, right, whole_lead=not bound_before)
    if leading is None:
        return verb, start, right
    return (leading, leading[1], right) if leading[1] < right else (leading, start, leading[0])


def _leading_verb(text: str, start: int, right: int, *, whole_lead: bool) -> Range | None:
    """The verb that opens ``text[start:right]``; without ``whole_lead`` only one that fills it."""
    words = text[start:right]
    offset = len(words) - len(words.lstrip("、,和及与并"))
    if bound := _AT_LEAST.match(words, offset):
        # 每所学校|至少|配备|教师2名.
        offset = bound.end()
    span = maker_at_start(words[offset:]) or action_at_start(words[offset:])
    if span is not None and words[offset + span[1] :] in _MEASURED_BY:
        return None
    if span is not None and not whole_lead and span[1] < len(words) - offset:
        return None
    if span is None and whole_lead:
        for offset in _before_verb(words):
            span = maker_at_start(words[offset:]) or action_at_start(words[offset:])
            if span is not None:
                break
    return (start + offset + span[0], start + offset + span[1]) if span else None


def _before_verb(words: str) -> Iterator[int]:
    """Where a verb may stand though it doesn't open the words."""
    yield from (inner.end() for inner in _BEFORE_VERB.finditer(words))
    place = _NAMED_PLACE.match(words)
    if place and unit_kind(place[0]) is UnitKind.PLACE:
        yield place.end()


def _mended(chain: QuantityChain, index: int, base: Base | None, reading: _Reading) -> _Reading:
    """Where what stands beside the number is not what it counts: the standard by which, the per,
    the payer, the verb alone."""
    quantity = chain.quantities[index]
    reading = _without_guidance(chain, index, reading)
    if base is not None and chain.text[base.start] in "按以":
        # 按编制数额20%|自主招聘|兼职教师: what is done by that share stands behind it.
        late, verb = object_behind(chain.text, chain.clauses, quantity.whole[1], stop=chain.end)
        if late is not None:
            reading = replace(reading, indicator=late, action=verb)
    spent = _spent_on(chain, quantity, reading)
    indicator = spent or reading.indicator
    if indicator is not None and chain.text[slice(*indicator)] in ACTIONS:
        # 每年至少|召开|一次: what is done; what of stands elsewhere.
        return replace(reading, indicator=None, action=reading.action or indicator)
    return replace(reading, indicator=indicator)


def _without_guidance(chain: QuantityChain, index: int, reading: _Reading) -> _Reading:
    """按每户1500元的标准, 每张不超过1万元: the words before the number tell how much for each."""
    if reading.indicator is None:
        return reading
    if _STANDARD.match(chain.text[chain.quantities[index].whole[1] :]):
        indicator, verb = _by_standard(chain, index, reading.right, reading.indicator)
        return replace(reading, indicator=indicator, action=verb or reading.action)
    if _ONLY_PER.match(chain.text[slice(*reading.indicator)]):
        return replace(reading, indicator=None, per=reading.per or reading.indicator)
    return reading


def _by_standard(
    chain: QuantityChain, index: int, right: int, indicator: Range
) -> tuple[Range | None, Range | None]:
    """市级财政|按照每户1500元的标准|给予|改造补助; 服务点|按每个街道至少1处的要求|设置."""
    text, left, at = chain.text, chain.left(index), chain.quantities[index].whole[1]
    standard = _STANDARD.match(text[at:])
    by = re.search(r"按照?|以", text[left:right])
    if standard is None or by is None:
        return indicator, None
    start = at + standard.end()
    words = text[start : chain.clauses.clause(at).end].rstrip("。;,")
    span = one_action_at_start(words)
    action = (start + span[0], start + span[1]) if span else None
    if span and span[1] + 1 < len(words):
        return (start + span[1], start + len(words)), action
    before = phrase_before(text, left, left + by.start())
    if before is None and (clause := chain.clauses.before(chain.clause)) is not None:
        before = subject_of(text, chain.skip_times(clause.start), clause.end)
    return before or indicator, action


def _spent_on(chain: QuantityChain, quantity: QuantityMention, reading: _Reading) -> Range | None:
    """What a sum of money is for, where only its payer stands before it."""
    if quantity.quantity.unit != "元":
        return None
    payer = reading.indicator
    if payer is not None and not _PAYER.search(chain.text[slice(*payer)]):
        return None
    at = quantity.whole[1]
    spent = _SPENT_ON.match(chain.text[at : chain.clauses.sentence(reading.right).end])
    return (at + spent.start("what"), at + spent.end("what")) if spent else None

"""Which thing a number counts: the indicator, action, per and base around a quantity.

Two orders are common in official prose. The number before its noun, behind a verb: 重点建设|70所
左右|省级高水平中等职业学校 (``number_first``). The noun before its number, with a verb of reaching
or none: 森林覆盖率|达到|45%以上; 新兴专业点|260个左右 (``noun_first``). A list keeps one order from
end to end. Here the numbers are chosen, and what they share is given to each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.model.quantity import Bound
from extractors.nlp.clauses import Clauses, Stretch
from extractors.rules.deadline import DeadlineMention
from extractors.rules.indicator import Range
from extractors.rules.noun_first import read_noun_first
from extractors.rules.number_first import read_number_first
from extractors.rules.per_and_base import find_base
from extractors.rules.quantity import QuantityMention
from extractors.rules.quantity_chain import QuantityChain
from extractors.rules.target_mention import TargetMention

_BRACKET = re.compile(r"\([^()]*\)")
_OF_WHICH = re.compile(r"^(?:及?以[上下内]|左右)?的(?=[\u4e00-\u9fffA-Za-z“][^,。;:、])")
_GIVES = re.compile(r"给予|予以|奖励|补[助贴]|资助|享受|减免|减按")
_PARTED = re.compile(r"[、,;:和与及并]")
_FROM = re.compile(r"(?:由|从)[^,。;]{0,14}$")
_FROM_TO = re.compile(
    r"^(?:左右|以上)?(?:的)?(?:,)?(?:稳步|逐步|分别|进一步)?"
    r"(?:提高|提升|增加|增长|上升|扩大|扩展|放宽|下降|降低|减少|降|缩小|压减|"
    r"缩短|简并|调整|上调|下调|延长|增|减)(?:到|至|为)"
)
# 不超过30%、最高500万元|的补助: a share beside a sum counts no things.
_COUNTS_NOTHING = ("元", "%", "‰", "个百分点", "倍")
_EARLY_BOUND = re.compile(
    r"(?P<at_least>至少|最少|不少于|不低于)|(?P<at_most>至多|最多|最高|不超过|原则上不超过)"
)
# A comparator stands at most so far before its number: 至少|建设|5所.
_NEAR = 8
_AND = re.compile(r"、|和|与|及")
_JOINTS = ("、", "和", "与", "及")
_OR = ("、", "和", "或", "、或")
_MEASURED = ("率", "量", "额", "数", "比", "值", "标准", "经费", "比例", "比重", "面积", "收入")


def find_targets(
    text: str,
    clauses: Clauses,
    quantities: list[QuantityMention],
    deadlines: list[DeadlineMention],
) -> list[TargetMention]:
    """One mention for each quantity, in order; ``indicator`` is None where none can be read."""
    found: list[TargetMention] = []
    for stretch, within in _chains(text, clauses, _promising(text, clauses, quantities)):
        chain = QuantityChain(text, clauses, stretch, within, deadlines)
        found += _read(chain, found[-1] if found else None)
    return sorted(found, key=lambda mention: mention.quantity.start)


def _promising(
    text: str, clauses: Clauses, quantities: list[QuantityMention]
) -> list[QuantityMention]:
    """Without the values from which something starts, and those that tell which things another
    number counts."""
    following = [*quantities[1:], None]
    return [
        quantity
        for quantity, after in zip(quantities, following, strict=False)
        if not (after and _leads_from(text, quantity, after))
        and not _describes(text, clauses, quantity, quantities)
    ]


def _leads_from(text: str, first: QuantityMention, second: QuantityMention) -> bool:
    """从45%|提高到|50%: the first of the two is where it starts, not what is promised."""
    if not _FROM_TO.match(text[first.whole[1] : second.whole[0]]):
        return False
    return _FROM.search(text[: first.start]) is not None


def _describes(
    text: str, clauses: Clauses, quantity: QuantityMention, quantities: list[QuantityMention]
) -> bool:
    """True for a number that tells which things another number is about: 年营业收入超过|5000万元|
    的企业20家, 3个年交易额|100亿元以上|的市场, 对年收入|1000万元以上|的企业给予10万元奖励."""
    if not _OF_WHICH.match(text[quantity.whole[1] :]):
        return False
    money = quantity.quantity.unit == "元"
    if not money and quantity.bound in (Bound.EXACTLY, Bound.RANGE):
        return False
    clause = clauses.clause(quantity.start)
    others = [q for q in quantities if clause.start <= q.start < clause.end and q is not quantity]
    return any(_is_about(text, quantity, other, money=money) for other in others)


def _is_about(text: str, quantity: QuantityMention, other: QuantityMention, *, money: bool) -> bool:
    first, second = sorted((quantity, other), key=lambda each: each.start)
    between = text[first.whole[1] : second.whole[0]]
    if first is quantity and _GIVES.search(between):
        return True
    counts = other.quantity.unit not in _COUNTS_NOTHING
    return counts and (money or not _PARTED.search(between))


def _chains(
    text: str, clauses: Clauses, quantities: list[QuantityMention]
) -> Iterator[tuple[Stretch, list[QuantityMention]]]:
    """The quantities that are read together: those that brackets hold, and those of a clause
    outside of its brackets."""
    brackets = [Stretch(m.start() + 1, m.end() - 1) for m in _BRACKET.finditer(text)]
    for clause in clauses.clauses:
        left = [q for q in quantities if clause.start <= q.start < clause.end]
        for bracket in brackets:
            within = [q for q in left if bracket.start <= q.start < bracket.end]
            if within and clause.start < bracket.start:
                yield bracket, within
                left = [q for q in left if q not in within]
        if left:
            yield clause, left


def _read(chain: QuantityChain, earlier: TargetMention | None) -> list[TargetMention]:
    """Every quantity of the chain; ``earlier`` is the target read before it."""
    found: list[TargetMention] = []
    for index, number_first in enumerate(chain.numbers_first()):
        previous = found[-1] if found else earlier
        mention = (
            read_number_first(chain, index)
            if number_first
            else read_noun_first(chain, index, previous)
        )
        quantity = _bounded(chain, index, mention)
        found.append(replace(mention, quantity=quantity))
    found = _bounded_together(chain.text, found)
    return _respectively(chain, _in_list(chain, _sharing(chain, found)))


def _bounded_together(text: str, found: list[TargetMention]) -> list[TargetMention]:
    """分别达到|55%、70%以上, 分别|不低于|1万元、5000元: what bounds one number of a row bounds all;
    至少|配备|医师1名、护士2名: what stands before the verb bounds all that it does."""
    for index, mention in enumerate(found):
        bounded = _same_row(text, found, index) or _under_verb(text, found, index)
        if mention.quantity.bound is Bound.EXACTLY and bounded is not None:
            quantity = replace(mention.quantity, bound=bounded.bound, bound_span=bounded.bound_span)
            found[index] = replace(mention, quantity=quantity)
    return found


def _same_row(text: str, found: list[TargetMention], index: int) -> QuantityMention | None:
    """The number that says what bounds the row of numbers that this one stands in."""
    first, last = index, index
    while first and _joined(text, found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and _joined(text, found[last], found[last + 1]):
        last += 1
    row = [mention.quantity for mention in found[first : last + 1]]
    opens, ends = row[0].bound_span, row[-1].bound_span
    if opens is not None and opens[0] < row[0].start:
        return row[0]
    each = re.search(r"分别[^,。;]*$", text[: row[0].start])
    return row[-1] if each and ends is not None and ends[0] >= row[-1].end else None


def _joined(text: str, one: TargetMention, other: TargetMention) -> bool:
    between = text[one.quantity.whole[1] : other.quantity.start]
    return between in _JOINTS and one.quantity.quantity.unit == other.quantity.quantity.unit


def _under_verb(text: str, found: list[TargetMention], index: int) -> QuantityMention | None:
    """The number before, where its comparator stands before the verb that both share."""
    mention, first = found[index], found[index - 1] if index else None
    if first is None or first.quantity.bound_span is None or first.action is None:
        return None
    early = first.quantity.bound_span[1] == first.action[0]
    parted = text[first.quantity.end : mention.quantity.start]
    same = mention.action in (None, first.action) and re.search(r"[,;]", parted) is None
    return first.quantity if early and same else None


def _sharing(chain: QuantityChain, found: list[TargetMention]) -> list[TargetMention]:
    """给予|不超过30%、|最高2000万元|的经费支持: two numbers of one thing."""
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        between = chain.text[first.quantity.whole[1] : second.quantity.whole[0]]
        alike = first.rule == "noun_first" and second.rule == "number_first"
        if alike and between in _OR and chain.verb_before(index):
            found[index] = replace(first, indicator=second.indicator, action=second.action)
    return found


def _in_list(chain: QuantityChain, found: list[TargetMention]) -> list[TargetMention]:
    """新建|幼儿园40所、|小学25所: an item without a verb has that of the one before."""
    for index in range(1, len(found)):
        first, second = found[index - 1], found[index]
        listed = chain.text.startswith(_JOINTS, first.quantity.whole[1])
        if listed and second.action is None and first.rule == second.rule:
            found[index] = replace(second, action=first.action)
    return found


def _respectively(chain: QuantityChain, found: list[TargetMention]) -> list[TargetMention]:
    """化学需氧量、氨氮排放|分别|下降2%和3%: the items go with the numbers in their order."""
    first = found[0].indicator
    before = chain.text[chain.clause.start : chain.quantities[0].whole[0]]
    if first is None or len(found) < 2 or "分别" not in before:
        return found
    items = _items(chain.text, first)
    if len(items) != len(found) or _share_head([chain.text[slice(*item)] for item in items]):
        return found
    return [replace(m, indicator=item) for m, item in zip(found, items, strict=True)]


def _items(text: str, phrase: Range) -> list[Range]:
    """What 、 and 和 part in ``phrase``."""
    signs = [m.span() for m in _AND.finditer(text[slice(*phrase)])]
    starts = [phrase[0], *(phrase[0] + end for _, end in signs)]
    ends = [*(phrase[0] + start for start, _ in signs), phrase[1]]
    return list(zip(starts, ends, strict=True))


def _share_head(items: list[str]) -> bool:
    """油菜种植、收获|机械化率: the items are measured together, not one by one."""
    return items[-1].endswith(_MEASURED) and not items[0].endswith(_MEASURED)


def _bounded(chain: QuantityChain, index: int, mention: TargetMention) -> QuantityMention:
    """The quantity with the comparator that stands before its verb or base: 至少|建设|1所."""
    quantity = chain.quantities[index]
    if quantity.bound not in (Bound.EXACTLY, Bound.RANGE):
        return quantity
    base = find_base(chain.text, chain.left(index), quantity)
    if base is not None and base.bound is not None:
        return replace(quantity, bound=base.bound, bound_span=base.bound_span)
    start = min(mention.per[1] if mention.per else chain.left(index), quantity.start)
    words = chain.text[start : quantity.start]
    at_verb = mention.action[0] - start if mention.action else -1
    early = [
        m
        for m in _EARLY_BOUND.finditer(words)
        if len(words) - m.end() <= _NEAR or m.end() == at_verb
    ]
    if early:
        name = next(k for k, v in early[-1].groupdict().items() if v)
        said = (start + early[-1].start(), start + early[-1].end())
        return replace(quantity, bound=Bound(name), bound_span=said)
    return quantity

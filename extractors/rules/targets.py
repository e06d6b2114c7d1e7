"""Which thing a number counts: the indicator, action, per and base around a quantity.

Two orders are common in official prose. The number before its noun, behind a verb: 重点建设|70所
左右|省级高水平中等职业学校. The noun before its number, with a verb of reaching or none:
森林覆盖率|达到|45%以上; 新兴专业点|260个左右. A list keeps one order from end to end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.model.quantity import Bound
from extractors.nlp.clauses import Clauses, Stretch
from extractors.nlp.lexicon import ACTIONS, ADVERBS, REACHES, action_at_end, action_at_start, one_action_at_start
from extractors.rules.deadline import DeadlineMention
from extractors.rules.indicator import (
    Range,
    given_in,
    object_behind,
    phrase_before,
    phrase_behind,
    subject_of,
)
from extractors.rules.per_and_base import find_base, find_per
from extractors.rules.quantity import QuantityMention


@dataclass(frozen=True, slots=True)
class TargetMention:
    """One quantity with what belongs to it, as ranges of the view."""

    quantity: QuantityMention
    indicator: Range | None
    action: Range | None
    per: Range | None
    base: Range | None
    rule: str

    @property
    def whole(self) -> Range:
        """From the first to the last character of all its parts."""
        parts = [self.quantity.whole, self.indicator, self.action, self.per, self.base]
        return min(p[0] for p in parts if p), max(p[1] for p in parts if p)


_DELIMITER = '、,;:。!?\t ()“”"—和及与并或以且跟'
_NOT_A_NOUN = re.compile(
    r"^(?:要求|原则|频次|频率|进入|用于|予以|给予|支持|以|为|的基础|增长|下降|提高|提升|降低|减少|左右|递增|速度|抵免|比例"
    r"|执行|计算|计入|扣除|征收|补助|奖励|补贴|配套|配备|标准|转为|上升|增加|列入|纳入|参加|并|来|后|前"
    r"|(?:由|从|在|将|对|按)(?!.*的.))"
)
_EARLY_BOUND = re.compile(
    r"(?P<at_least>至少|最少|不少于|不低于)|(?P<at_most>至多|最多|最高|不超过|原则上不超过)"
)
_PAYER = re.compile(r"(?:财政|政府|银行|国家|中央|地方)(?:预算)?$")
# 经费标准|从1800元提高到|2100元: the first number, if one is there, is where it starts.
_ORIGIN = re.compile(
    r"(?:由|从)[^,。;由从]*\d[^,。;]*?(?P<verb>提高|提升|增加|增长|上升|扩大|扩展|放宽|下降|降低|减少|缩小|压减|缩短|调整|延长|降)"
    r"(?:到|至|为)$"
)
# 投入100亿元,支持|职业教育发展: what the money is for stands behind it.
# 试点范围|扩大到|40%的县: what is widened stands before its verb.
# 给予补助,|每张|不超过1万元: says of what, not what.
_ONLY_PER = re.compile(r"^(?:每|单个|单项|单户|单家|户均|人均|同一)[^,。;]{0,8}$|^(?:最高|最多|最长|总额|总共|金额|其中)$")
# 奖励|总额, 投入|规模: a noun made of verb and measure, not a verb with its object.
_MEASURED_BY = frozenset(
    "总额 金额 标准 比例 额度 资金 经费 名额 数量 总量 范围 期限 次数 人数 面积 规模 强度 水平 力度 里程 投资".split()
)
_ONLY_BOUND = re.compile(r"(?:至少|不少于|不低于|最多|不超过)?")
_WIDENED = re.compile(r"[^,。;]{2,}(?:扩大到|扩展到|扩大至|推广到|覆盖到?)$")
_STANDARD = re.compile(r"^(?:以[上下内]|左右)?的?(?:标准|要求|额度|幅度|定额)(?!的|为|不)")
_SPENT_ON = re.compile(
    r"^(?:资金)?,?(?:主要|专项)?(?:用于|支持|补助|扶持|解决)(?P<what>[^,。;]{2,40})"
)


def find_targets(
    text: str,
    clauses: Clauses,
    quantities: list[QuantityMention],
    deadlines: list[DeadlineMention],
) -> list[TargetMention]:
    """One mention for each quantity, in order; ``indicator`` is None where none can be read."""
    found: list[TargetMention] = []
    starts = {
        index
        for index, q in enumerate(quantities[:-1])
        if _leads_from(text, q, quantities[index + 1])
    }
    kept = [
        q
        for index, q in enumerate(quantities)
        if index not in starts and not _describes(text, clauses, q, quantities)
    ]
    brackets = [Stretch(m.start() + 1, m.end() - 1) for m in re.finditer(r"\([^()]*\)", text)]
    for clause in clauses.clauses:
        chain = [q for q in kept if clause.start <= q.start < clause.end]
        inside = [
            b
            for b in brackets
            if clause.start < b.start and any(b.start <= q.start < b.end for q in chain)
        ]
        for bracket in inside:
            within = [q for q in chain if bracket.start <= q.start < bracket.end]
            found += _ClauseReader(text, clauses, bracket, within, deadlines, found).read()
            chain = [q for q in chain if q not in within]
        if chain:
            found += _ClauseReader(text, clauses, clause, chain, deadlines, found).read()
    return sorted(found, key=lambda mention: mention.quantity.start)


_OF_WHICH = re.compile(r"^(?:及?以[上下内]|左右)?的(?=[\u4e00-\u9fff]{2})")


def _describes(
    text: str, clauses: Clauses, quantity: QuantityMention, quantities: list[QuantityMention]
) -> bool:
    """年营业收入超过|5000万元|的企业20家: a sum of money that tells which things another counts."""
    if quantity.quantity.unit != "元" or not _OF_WHICH.match(text[quantity.whole[1] :]):
        return False
    clause = clauses.clause(quantity.start)
    return any(
        clause.start <= other.start < clause.end
        for other in quantities
        if other is not quantity and other.quantity.unit != "元"
    )


_FROM_TO = re.compile(
    r"^(?:左右|以上)?(?:的)?(?:,)?(?:稳步|逐步|分别|进一步)?(?:提高|提升|增加|增长|上升|扩大|扩展|放宽|下降|降低|减少|降|缩小|压减|"
    r"缩短|简并|调整|上调|下调|延长|增|减)(?:到|至|为)"
)


def _leads_from(text: str, first: QuantityMention, second: QuantityMention) -> bool:
    """从45%|提高到|50%: the first of the two is where it starts, not what is promised."""
    if not _FROM_TO.match(text[first.whole[1] : second.whole[0]]):
        return False
    return bool(re.search(r"(?:由|从)[^,。;]{0,14}$", text[: first.start]))


_MEASURED = ("率", "量", "额", "数", "比", "值", "标准", "经费", "比例", "比重", "面积", "收入")


def _share_head(items: list[str]) -> bool:
    """油菜种植、收获|机械化率: the items are measured together, not one by one."""
    return items[-1].endswith(_MEASURED) and not items[0].endswith(_MEASURED)


class _ClauseReader:
    """Reads the quantities of one clause, which share their verb and their order."""

    def __init__(
        self,
        text: str,
        clauses: Clauses,
        clause: Stretch,
        chain: list[QuantityMention],
        deadlines: list[DeadlineMention],
        earlier: list[TargetMention],
    ) -> None:
        self.text, self.clauses, self.clause, self.chain = text, clauses, clause, chain
        self.deadlines, self.earlier = deadlines, earlier
        self.end = clause.start + len(text[clause.start : clause.end].rstrip("。;,!?:\t—"))

    def read(self) -> list[TargetMention]:
        found: list[TargetMention] = []
        noun_after = [self._noun_follows(i) for i in range(len(self.chain))]
        for index in range(len(self.chain)):
            # A list keeps its order: where the last item has no noun behind it, none has, unless
            # the item is plainly of the other order (a verb right before its number).
            after = noun_after[index] and (noun_after[-1] or self._verb_before(index))
            mention = self._after(index) if after else self._before(index, found)
            found.append(replace(mention, quantity=self._bounded(index, mention, found)))
        return self._respectively(self._sharing(found))

    def _sharing(self, found: list[TargetMention]) -> list[TargetMention]:
        """给予|不超过30%、|最高2000万元|的经费支持: two numbers of one thing."""
        for index in range(len(found) - 2, -1, -1):
            first, second = found[index], found[index + 1]
            between = self.text[first.quantity.whole[1] : second.quantity.whole[0]]
            alike = first.rule == "noun_first" and second.rule == "number_first"
            if alike and between in ("、", "和", "或", "、或") and self._verb_before(index):
                found[index] = replace(first, indicator=second.indicator, action=second.action)
        return found

    def _respectively(self, found: list[TargetMention]) -> list[TargetMention]:
        """化学需氧量、氨氮排放|分别|下降2%和3%: the items go with the numbers in their order."""
        first = found[0].indicator
        lead = self.text[self.clause.start : self.chain[0].whole[0]]
        if first is None or len(found) < 2 or "分别" not in lead:
            return found
        cuts = [m.span() for m in re.finditer(r"、|和|与|及", self.text[slice(*first)])]
        starts = [first[0], *(first[0] + b for _, b in cuts)]
        ends = [*(first[0] + a for a, _ in cuts), first[1]]
        items = [self.text[a:b] for a, b in zip(starts, ends, strict=True)]
        if len(starts) != len(found) or _share_head(items):
            return found
        return [
            replace(m, indicator=r)
            for m, r in zip(found, zip(starts, ends, strict=True), strict=True)
        ]

    # Where things stand ------------------------------------------------------------------------

    def _left(self, index: int) -> int:
        if index:
            return self.chain[index - 1].whole[1]
        return self._skip_times(self.clause.start)

    def _right(self, index: int) -> int:
        if index + 1 < len(self.chain):
            return self.chain[index + 1].whole[0]
        return self.end

    def _skip_times(self, start: int) -> int:
        """Past the deadlines and the dashes that open a clause."""
        moved = True
        while moved:
            moved = False
            lead = re.match(
                r"[—\-\s]+|其中[,:]?|\d+[.．、]|\([一二三四五六七八九十\d]+\)", self.text[start:]
            )
            if lead and lead.end():
                start, moved = start + lead.end(), True
            for deadline in self.deadlines:
                if deadline.start <= start < deadline.end and deadline.end <= self.end:
                    start, moved = deadline.end, True
        return start

    def _noun_follows(self, index: int) -> bool:
        quantity = self.chain[index]
        right = self._right(index)
        behind = self.text[quantity.whole[1] : right]
        if not behind or behind[0] in "、,;:。()!?”和及与或\t ":
            return behind.startswith("“") and len(behind) > 2
        words = behind.removeprefix("的")
        if len(words) < 1 or _NOT_A_NOUN.match(words):
            return False
        if quantity.quantity.unit in ("%", "‰", "个百分点", "倍"):
            lead = self.text[self._left(index) : quantity.whole[0]]
            if _WIDENED.search(lead):
                return False
            return behind.startswith("的") or self._verb_before(index)
        return True

    def _verb_before(self, index: int) -> bool:
        quantity = self.chain[index]
        left = self.text[self._left(index) : quantity.whole[0]]
        span = action_at_end(left)
        reaches = re.search(rf"{REACHES}$", left)
        return (span is not None and not reaches) or left.endswith("给予")

    # Number before noun ------------------------------------------------------------------------

    def _after(self, index: int) -> TargetMention:
        quantity = self.chain[index]
        start, end = quantity.whole[1], self._right(index)
        indicator, predicate = phrase_behind(self.text, self.clauses, start, end, stop=self.end)
        left = self._left(index)
        lead = self.text[left : quantity.whole[0]]
        per = find_per(self.text, self.clause.start, quantity.whole[0])
        base = find_base(self.text, left, quantity)
        action = self._verb_at_end(left, quantity.whole[0]) or predicate
        if action is None and (index == 0 or not lead.strip(_DELIMITER)):
            action = self._clause_action(index)
        elif action is None:
            action = self._verb_inside(left, quantity.whole[0]) or self._clause_action(index)
        of = base.base if base else None
        return TargetMention(quantity, indicator, action, per, of, "number_first")

    def _verb_at_end(self, left: int, right: int) -> Range | None:
        lead = self.text[left:right]
        stripped = re.sub(r"(?:要|应|了|出|共|各|的|有|到|上|累计|总计|不少于|至少|约)+$", "", lead)
        span = action_at_end(stripped)
        return (left + span[0], left + span[1]) if span else None

    def _verb_inside(self, left: int, right: int) -> Range | None:
        """The verb that opens what stands before the number: 建设|一批…、|200种…."""
        span = action_at_start(self.text[left:right].lstrip("、,和及并"))
        offset = right - left - len(self.text[left:right].lstrip("、,和及并"))
        return (left + offset + span[0], left + offset + span[1]) if span else None

    def _clause_action(self, index: int) -> Range | None:
        start = self._skip_times(self.clause.start)
        for stop in (self.chain[0].whole[0], self.chain[index].whole[0]):
            span = action_at_end(self.text[start:stop]) or action_at_start(self.text[start:stop])
            if span:
                return start + span[0], start + span[1]
        return None

    # Noun before number ------------------------------------------------------------------------

    def _before(self, index: int, found: list[TargetMention]) -> TargetMention:
        quantity = self.chain[index]
        left, right = self._left(index), quantity.whole[0]
        per = find_per(self.text, self.clause.start, right)
        base = find_base(self.text, left, quantity)
        action: Range | None = None
        if base is not None:
            right = base.start
        origin = _ORIGIN.search(self.text[left:right])
        if origin is not None:
            action, right = (left + origin.start("verb"), left + origin.end("verb")), left + origin.start()
            per_at = per if per and per[1] <= right else None
            indicator = phrase_before(self.text, *self._beside_per(per_at, left, right))
            if indicator is not None:
                of = base.base if base else None
                return TargetMention(quantity, indicator, action, per, of, "noun_first")
            right = quantity.whole[0] if base is None else base.start
        start, right = self._beside_per(per, left, right)
        reach = re.search(rf"{REACHES}(?:每年|年均|累计|总计|约)?$", self.text[start:right])
        if base is not None and base.verb is not None:
            action = base.verb
        elif reach:
            action = (start + reach.start(), start + reach.end())
            right = start + reach.start()
        bound_before = quantity.bound_span is not None and quantity.bound_span[0] < quantity.start
        if not reach:
            verb = self._leading_verb(start, right, whole_lead=not bound_before)
            if verb and verb[1] < right:
                action, start = verb, verb[1]
            elif verb and verb[1] == right:
                action, right = verb, verb[0]
        indicator = phrase_before(self.text, start, right)
        if action is None and per is not None and right == per[0]:
            action = self._verb_at_end(per[1], quantity.whole[0])
        if indicator is not None and _STANDARD.match(self.text[quantity.whole[1] :]):
            indicator, late = self._by_standard(quantity, left, right, indicator)
            action = late or action
        elif indicator is not None and _ONLY_PER.match(self.text[slice(*indicator)]):
            per, indicator = per or indicator, None
        if base is not None and self.text[base.start] in "按以":
            late_object, late = self._object_behind(quantity.whole[1])
            if late_object is not None:
                indicator, action = late_object, late
        indicator = self._spent_on(quantity, indicator, right) or indicator
        if indicator is not None and self.text[slice(*indicator)] in ACTIONS:
            # 每年至少|召开|一次: what is done; what of stands elsewhere.
            action, indicator = action or indicator, None
        if indicator is None:
            indicator, late = self._elsewhere(index, found, quantity)
            action = action or late
        of = base.base if base else None
        return TargetMention(quantity, indicator, action, per, of, "noun_first")

    def _by_standard(
        self, quantity: QuantityMention, left: int, right: int, indicator: Range
    ) -> tuple[Range | None, Range | None]:
        """市级财政|按照每户1500元的标准|给予|改造补助; 服务点|按每个街道至少1处的要求|设置."""
        at = quantity.whole[1]
        match = _STANDARD.match(self.text[at:])
        by = re.search(r"按照?|以", self.text[left:right])
        if match is None or by is None:
            return indicator, None
        stop = self.clauses.clause(at).end
        words = self.text[at + match.end() : stop].rstrip("。;,")
        span = one_action_at_start(words)
        start = at + match.end()
        action = (start + span[0], start + span[1]) if span else None
        if span and span[1] + 1 < len(words):
            return (start + span[1], start + len(words)), action
        before = phrase_before(self.text, left, left + by.start())
        if before is None and (clause := self.clauses.before(self.clause)) is not None:
            before = subject_of(self.text, self._skip_times(clause.start), clause.end)
        return before or indicator, action

    def _beside_per(self, per: Range | None, left: int, right: int) -> Range:
        """每所学校|教师|不少于…, but also 专题教育|每学期|不少于…: the side with the noun."""
        if per is None or per[0] < left or per[1] > right:
            return left, right
        gap = self.text[per[1] : right].strip("要应须")
        between = re.sub(rf"^{REACHES}$", "", gap)
        verb = action_at_end(between)
        if verb is not None and _ONLY_BOUND.fullmatch(between[: verb[0]]) and per[0] - left > 1:
            # 对独居老年人|每周|至少|探访|1次: who is visited stands before.
            return left, per[0]
        return (per[1], right) if len(between) > 1 else (left, per[0])

    def _spent_on(
        self, quantity: QuantityMention, indicator: Range | None, right: int
    ) -> Range | None:
        """What a sum of money is for, where only its payer stands before it."""
        if quantity.quantity.unit != "元":
            return None
        if indicator is not None and not _PAYER.search(self.text[slice(*indicator)]):
            return None
        at = quantity.whole[1]
        spent = _SPENT_ON.match(self.text[at : self.clauses.sentence(right).end])
        return (at + spent.start("what"), at + spent.end("what")) if spent else None

    def _leading_verb(self, start: int, right: int, *, whole_lead: bool) -> Range | None:
        words = self.text[start:right]
        offset = len(words) - len(words.lstrip("、,和及与并"))
        span = action_at_start(words[offset:])
        if span is not None and words[offset + span[1] :] in _MEASURED_BY:
            return None
        if span is not None and not whole_lead and span[1] < len(words) - offset:
            return None
        if span is None and whole_lead:
            for inner in re.finditer(rf"(?:我[省市县国]|全[省市县国])(?=.{{3}})|{ADVERBS}+", words):
                offset = inner.end()
                span = action_at_start(words[offset:])
                if span is not None:
                    break
        return (start + offset + span[0], start + offset + span[1]) if span else None

    def _elsewhere(
        self, index: int, found: list[TargetMention], quantity: QuantityMention
    ) -> tuple[Range | None, Range | None]:
        """The indicator of a bare number: behind 的比例, in the item before, the clause before."""
        behind = re.match(r"(?:的)?(?:比例|标准)(?:的)?,?", self.text[quantity.whole[1] :])
        if behind:
            return self._object_behind(min(quantity.whole[1] + behind.end(), len(self.text) - 1))
        previous = found[-1] if found else (self.earlier[-1] if self.earlier else None)
        sentence = self.clauses.sentence(self.clause.start)
        among = re.search(
            r"在?[^,。;]*?的?([^,。;的]{2,25})中,$", self.text[sentence.start : self.clause.start]
        )
        if among and index == 0:
            return (sentence.start + among.start(1), sentence.start + among.end(1)), None
        if previous and previous.indicator and previous.quantity.start >= sentence.start:
            return previous.indicator, None
        before = self.clauses.before(self.clause)
        if before is None:
            return None, None
        start = self._skip_times(before.start)
        if (same := self._object_of_same(quantity, start, before.end)) is not None:
            return same, None
        given = given_in(self.text, start, before.end)
        return given or subject_of(self.text, start, before.end), None

    def _object_of_same(
        self, quantity: QuantityMention, start: int, end: int
    ) -> Range | None:
        """不定期|召开|联席会议, 每年至少|召开|一次: the object of the same verb before."""
        verb = self._verb_at_end(self._left(self.chain.index(quantity)), quantity.whole[0])
        words = self.text[start:end].rstrip(",:;")
        at = words.rfind(self.text[slice(*verb)]) if verb else -1
        if verb is None or at < 0:
            return None
        left = start + at + verb[1] - verb[0]
        return (left, start + len(words)) if start + len(words) - left > 1 else None

    def _object_behind(self, position: int) -> tuple[Range | None, Range | None]:
        return object_behind(self.text, self.clauses, position, stop=self.end)

    # Comparators that stand before the verb ----------------------------------------------------

    def _bounded(
        self, index: int, mention: TargetMention, found: list[TargetMention]
    ) -> QuantityMention:
        quantity = self.chain[index]
        if quantity.bound not in (Bound.EXACTLY, Bound.RANGE):
            return quantity
        base = find_base(self.text, self._left(index), quantity)
        if base is not None and base.bound is not None:
            return replace(quantity, bound=base.bound, bound_span=base.bound_span)
        left = mention.per[1] if mention.per else self._left(index)
        words = self.text[min(left, quantity.start) : quantity.start]
        early = [m for m in _EARLY_BOUND.finditer(words) if len(words) - m.end() <= 8]
        if early:
            last = early[-1]
            name = next(k for k, v in last.groupdict().items() if v)
            offset = min(left, quantity.start)
            return replace(
                quantity, bound=Bound(name), bound_span=(offset + last.start(), offset + last.end())
            )
        if index and found and self._shares_bound(found[-1], mention):
            shared = found[-1].quantity
            return replace(quantity, bound=shared.bound, bound_span=shared.bound_span)
        return quantity

    def _shares_bound(self, first: TargetMention, mention: TargetMention) -> bool:
        """至少|建设|1所…和|1个…: a comparator before the shared verb governs every item."""
        span = first.quantity.bound_span
        if span is None or first.action is None or mention.action is None:
            return False
        return span[1] <= first.action[0] and mention.action == first.action

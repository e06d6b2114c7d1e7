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
from extractors.nlp.lexicon import ADVERBS, REACHES, action_at_end, action_at_start
from extractors.rules.deadline import DeadlineMention
from extractors.rules.per_and_base import find_base, find_per
from extractors.rules.quantity import QuantityMention

Range = tuple[int, int]


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


_DELIMITER = "、,;:。!?\t ()“”\"—和及与并或以且跟"
_LINK = re.compile(r"(?:、|,|以及|及其|及|和|与|并|或者|或|且|;|同时|其中)+$")
_NOT_A_NOUN = re.compile(
    r"^(?:进入|用于|予以|给予|支持|以|为|的基础|增长|下降|提高|提升|降低|减少|左右|递增|速度|抵免|比例"
    r"|执行|计算|计入|扣除|征收|补助|奖励|补贴|配套|配备|标准|转为|上升|增加|列入|纳入|参加|并|来|后|前"
    r"|(?:由|从|在|将|对|按)(?!.*的.))"
)
# Verbs that can't stand inside a noun phrase: what follows is a predicate (1—2所|院校|转型为…).
_PREDICATE = re.compile(
    r"(?:转型|进入|入选|纳入(?!范围)|列入|成为|达到|实现|通过(?=.{2})|获得|跻身|转为|升格|完成|用于|予以|参与|"
    r"免征|免收|开展(?=.{2,}(?:试点|工作|培训|检测)?$)|建成(?!的)|接入|参加(?!的)|的(?:目标|任务|要求|规模|标准|比例|速度|方式)$)"
)
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|到期末|期末|全年|预计|力争|确保|保证|争取|使得|使|让|推动|推进|"
    r"促进|实现|并|且|而|则|将|对|把|按|即|其(?![他它余次])|先|拟|再|可|适当|至少|最少|不少于|年均|平均|累计|共|各地|我[省市县区国]|本[省市县区]"
    r"|(?:全[省市县区国州盟旗])(?=.{4})|、|,|和|及|与|以及|的|\(|\)|“(?=[^”]*$)|[—-]|\d+[.、)](?!\d))+"
)
_TAIL = re.compile(
    r"(?:预期目标|预期|目标|分别|均|都|要|将|应|应当|须|需|也|总体|基本|平均|力争|确保|每年|年均|累计|"
    r"共|总计|合计|总共|不|就|已|仍|再|又|各|必须|可|拟|原则上|占比?|比例|能够|能|由|从|在|对|按|比|较|有|,|、|:)+$"
)
_KEEP_TAIL = re.compile(r"(?:占比|比例|增长目标|预期目标|增速)$")
_EARLY_BOUND = re.compile(
    r"(?P<at_least>至少|最少|不少于|不低于)|(?P<at_most>至多|最多|最高|不超过|原则上不超过)"
)
_VAGUE = re.compile(r"(?:、|,|和|以及|及)?(?:一批|一系列|若干|一定)")
_PREDICATIVE_HEAD = re.compile(
    r"(?:稳步|持续|进一步|不断|明显|显著|基本|大幅|逐步|全面|达到|提高|提升|降低|下降|增长|增加|更加|"
    r"扩大|突破|超过|有效|得到|实现|位居|保持|稳定|力争|均|全部|普遍|加快|快速|取得|形成)"
)


_PAYER = re.compile(r"(?:财政|政府|银行|国家|中央|地方)(?:预算)?$")
# 投入100亿元,支持|职业教育发展: what the money is for stands behind it.
_SPENT_ON = re.compile(r"^(?:资金)?,?(?:主要|专项)?(?:用于|支持|补助|扶持|解决)(?P<what>[^,。;]{2,40})")


def find_targets(
    text: str,
    clauses: Clauses,
    quantities: list[QuantityMention],
    deadlines: list[DeadlineMention],
) -> list[TargetMention]:
    """One mention for each quantity, in order; ``indicator`` is None where none can be read."""
    found: list[TargetMention] = []
    starts = {index for index, q in enumerate(quantities[:-1]) if _leads_from(text, q, quantities[index + 1])}
    kept = [q for index, q in enumerate(quantities) if index not in starts]
    brackets = [Stretch(m.start() + 1, m.end() - 1) for m in re.finditer(r"\([^()]*\)", text)]
    for clause in clauses.clauses:
        chain = [q for q in kept if clause.start <= q.start < clause.end]
        inside = [b for b in brackets if clause.start < b.start and any(b.start <= q.start < b.end for q in chain)]
        for bracket in inside:
            within = [q for q in chain if bracket.start <= q.start < bracket.end]
            found += _ClauseReader(text, clauses, bracket, within, deadlines, found).read()
            chain = [q for q in chain if q not in within]
        if chain:
            found += _ClauseReader(text, clauses, clause, chain, deadlines, found).read()
    return sorted(found, key=lambda mention: mention.quantity.start)


_FROM_TO = re.compile(
    r"^(?:左右|以上)?(?:的)?(?:,)?(?:稳步|逐步|分别|进一步)?(?:提高|提升|增加|增长|上升|扩大|扩展|放宽|下降|降低|减少|降|缩小|压减|"
    r"缩短|简并|调整|上调|下调|延长|增|减)(?:到|至|为)"
)


def _leads_from(text: str, first: QuantityMention, second: QuantityMention) -> bool:
    """从45%|提高到|50%: the first of the two is where it starts, not what is promised."""
    if not _FROM_TO.match(text[first.whole[1] : second.whole[0]]):
        return False
    return bool(re.search(r"(?:由|从)[^,。;]{0,14}$", text[: first.start]))


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
        for index, quantity in enumerate(self.chain):
            # A list keeps its order: where the last item has no noun behind it, none has, unless
            # the item is plainly of the other order (a verb right before its number).
            after = noun_after[index] and (noun_after[-1] or self._verb_before(index))
            mention = self._after(index) if after else self._before(index, found)
            found.append(replace(mention, quantity=self._bounded(index, mention, found)))
        return self._respectively(found)

    def _respectively(self, found: list[TargetMention]) -> list[TargetMention]:
        """化学需氧量、氨氮排放|分别|下降2%和3%: the items go with the numbers in their order."""
        first = found[0].indicator
        lead = self.text[self.clause.start : self.chain[0].whole[0]]
        if first is None or len(found) < 2 or "分别" not in lead:
            return found
        cuts = [m.span() for m in re.finditer(r"、|和|与|及", self.text[slice(*first)])]
        starts = [first[0], *(first[0] + b for _, b in cuts)]
        ends = [*(first[0] + a for a, _ in cuts), first[1]]
        if len(starts) != len(found):
            return found
        return [replace(m, indicator=r) for m, r in zip(found, zip(starts, ends, strict=True), strict=True)]

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
            lead = re.match(r"[—\-\s]+|其中[,:]?|\d+[.．、]|\([一二三四五六七八九十\d]+\)", self.text[start:])
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
        if quantity.quantity.unit in ("%", "‰", "个百分点", "倍") and not behind.startswith("的"):
            return self._verb_before(index)
        return True

    def _verb_before(self, index: int) -> bool:
        quantity = self.chain[index]
        left = self.text[self._left(index) : quantity.whole[0]]
        span = action_at_end(left)
        return span is not None and not re.search(rf"{REACHES}$", left) or left.endswith("给予")

    # Number before noun ------------------------------------------------------------------------

    def _after(self, index: int) -> TargetMention:
        quantity = self.chain[index]
        start, end = quantity.whole[1], self._right(index)
        indicator, predicate = self._noun_phrase(start, end)
        left = self._left(index)
        lead = self.text[left : quantity.whole[0]]
        per = find_per(self.text, self.clause.start, quantity.whole[0])
        base = find_base(self.text, left, quantity)
        action = self._verb_at_end(left, quantity.whole[0]) or predicate
        if action is None and (index == 0 or not lead.strip(_DELIMITER)):
            action = self._clause_action(index)
        elif action is None:
            action = self._verb_inside(left, quantity.whole[0]) or self._clause_action(index)
        return TargetMention(quantity, indicator, action, per, base and base.base, "number_first")

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

    def _noun_phrase(self, start: int, end: int) -> tuple[Range | None, Range | None]:
        """The noun phrase in ``text[start:end]`` and the predicate that follows it, if one does."""
        words = self.text[start:end]
        offset = len(words) - len(words.lstrip("的 个"))
        words = words[offset:]
        ratio = re.match(r"(?:的)?(?:比例|标准|速度|幅度|额度)(?:的)?", words)
        if ratio:
            return self._object_after(start + offset + ratio.end())
        predicate: Range | None = None
        also = re.search(r"\(|并(?![网购轨联])|同时|后(?:续|,)", words)
        if also and also.start() > 1 and (also[0] != "(" or re.search(r"\d", words[also.start() :])):
            words = words[: also.start()]
        vague = _VAGUE.search(words, 2)
        if vague:
            words = words[: vague.start()]
        cut = _PREDICATE.search(words, 1)
        if cut and "的" not in words[cut.end() :] and cut.start() > 0:
            predicate = (start + offset + cut.start(), start + offset + cut.end())
            words = words[: cut.start()]
        words = self._without_next_verb(words)
        words = words.rstrip("、,和及与并或以等 ")
        if not words:
            return None, predicate
        return (start + offset, start + offset + len(words)), predicate

    def _object_after(self, position: int) -> tuple[Range | None, Range | None]:
        """按…的比例|自主招聘|兼职教师, or in the next clause 抵免|该企业当年应缴…."""
        ratio = re.match(r"(?:的)?(?:比例|标准|额度|幅度)?(?:内)?(?:的)?", self.text[position:])
        position += ratio.end() if ratio else 0
        for start in (position, self.end + 1):
            clause = self.clauses.clause(min(start, len(self.text) - 1))
            stop = clause.start + len(self.text[clause.start : clause.end].rstrip("。;,!?:\t"))
            words = self.text[start:stop]
            span = action_at_start(words)
            if span and span[1] < len(words):
                noun = words[span[1] :]
                return (start + span[1], start + span[1] + len(noun)), (
                    start + span[0],
                    start + span[1],
                )
            if words and start == position:
                break
        return None, None

    @staticmethod
    def _without_next_verb(words: str) -> str:
        """Cuts the verb of the next item: 示范基地、|打造| before its number."""
        span = action_at_end(words)
        if span and span[0] and re.search(r"(?:、|,|和|并|及|以及|;)$", words[: span[0]]):
            words = words[: span[0]]
        return _LINK.sub("", words)

    # Noun before number ------------------------------------------------------------------------

    def _before(self, index: int, found: list[TargetMention]) -> TargetMention:
        quantity = self.chain[index]
        left, right = self._left(index), quantity.whole[0]
        per = find_per(self.text, self.clause.start, right)
        base = find_base(self.text, left, quantity)
        action: Range | None = None
        if base is not None:
            right = base.start
        start = left
        if per and per[0] >= left and per[1] <= right:
            # 每所学校|教师|不少于…, but also 专题教育|每学期|不少于…
            gap = self.text[per[1] : right].strip("要应须")
            between = re.sub(rf"^{REACHES}$", "", gap)
            start, right = (per[1], right) if len(between) > 1 else (left, per[0])
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
        indicator = self._trim(start, right)
        if base is not None and self.text[base.start] in "按以":
            late_object, late = self._object_after(quantity.whole[1])
            if late_object is not None:
                indicator, action = late_object, late
        if quantity.quantity.unit == "元" and (
            indicator is None or _PAYER.search(self.text[slice(*indicator)])
        ):
            spent = _SPENT_ON.match(self.text[quantity.whole[1] : self.clauses.sentence(right).end])
            if spent:
                at = quantity.whole[1]
                indicator = (at + spent.start("what"), at + spent.end("what"))
        if indicator is None:
            indicator, late = self._elsewhere(index, found, quantity)
            action = action or late
        return TargetMention(quantity, indicator, action, per, base and base.base, "noun_first")

    def _leading_verb(self, start: int, right: int, *, whole_lead: bool) -> Range | None:
        words = self.text[start:right]
        offset = len(words) - len(words.lstrip("、,和及与并"))
        span = action_at_start(words[offset:])
        if span is not None and not whole_lead and span[1] < len(words) - offset:
            return None
        if span is None and whole_lead:
            inner = re.search(rf"(?:我[省市县国]|全[省市县国]|{ADVERBS})+", words)
            if inner:
                offset = inner.end()
                span = action_at_start(words[offset:])
        return (start + offset + span[0], start + offset + span[1]) if span else None

    def _trim(self, start: int, right: int) -> Range | None:
        words = self.text[start:right]
        origin = re.search(r"(?:由|从)[^,。;由从]*\d[^,。;]*$", words)
        if origin and origin.start() > 1:
            words = words[: origin.start()]
        moved = re.search(r"^.{0,16}(?:将|把|使|让)(?=.{2,})", words)
        if moved:
            start, words = start + moved.end(), words[moved.end() :]
        lead = _LEAD.match(words)
        if lead:
            start, words = start + lead.end(), words[lead.end() :]
        while not _KEEP_TAIL.search(words):
            tail = _TAIL.search(words)
            if not tail:
                break
            words = words[: tail.start()]
        if words.count(")") > words.count("("):
            cut = words.find(")")
            start, words = start + cut + 1, words[cut + 1 :]
        if len(words) < 2:
            return None
        return start, start + len(words)

    def _elsewhere(
        self, index: int, found: list[TargetMention], quantity: QuantityMention
    ) -> tuple[Range | None, Range | None]:
        """The indicator of a bare number: behind 的比例, in the item before, the clause before."""
        behind = re.match(r"(?:的)?(?:比例|标准)(?:的)?,?", self.text[quantity.whole[1] :])
        if behind:
            return self._object_after(min(quantity.whole[1] + behind.end(), len(self.text) - 1))
        previous = found[-1] if found else (self.earlier[-1] if self.earlier else None)
        sentence = self.clauses.sentence(self.clause.start)
        among = re.search(r"在?[^,。;]*?的?([^,。;的]{2,25})中,$", self.text[sentence.start : self.clause.start])
        if among and index == 0:
            return (sentence.start + among.start(1), sentence.start + among.end(1)), None
        if previous and previous.indicator and previous.quantity.start >= sentence.start:
            return previous.indicator, None
        before = self.clauses.before(self.clause)
        if before is None:
            return None, None
        start = self._skip_times(before.start)
        words = self.text[start : before.end].rstrip(",:;")
        head = _PREDICATIVE_HEAD.search(words, 2)
        return self._trim(start, start + (head.start() if head else len(words))), None

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

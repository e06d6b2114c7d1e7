"""The numbers of one clause, which share verb and order: 建设|30个|示范基地和|60个|专业点.

A chain says what stands on the two sides of each number, and from that in which order it is read:
the number before its noun, or the noun before its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.nlp.clauses import Clauses, Stretch
from extractors.nlp.lexicon import REACHES, action_at_end
from extractors.rules.deadline import DeadlineMention
from extractors.rules.indicator import Range
from extractors.rules.quantity import QuantityMention

_RATIOS = ("%", "‰", "个百分点", "倍")
_PARTED = tuple("、,;:。()!?”和及与或\t ")
# 5个|用于…, 3%|增长: what follows these words is no noun that the number counts.
_NOT_A_NOUN = re.compile(
    r"^(?:要求|原则|频次|频率|进入|用于|予以|给予|支持|以|为|的基础|增长|下降|提高|提升|降低|减少|左右|递增|速度|抵免|比例"
    r"|执行|计算|计入|扣除|征收|补助|奖励|补贴|配套|配备|标准|转为|上升|增加|列入|纳入|参加|并|来|后(?![备续勤端])|前(?![沿景瞻端期置])"
    r"|(?:由|从|在|将|对|按)(?!.*的.))"
)
# 给予|10万元|奖励: there it is one.
_GIVEN = re.compile(
    r"(?:一次性)?[^,。;、的]{0,6}(?:奖励|补[助贴]|资助|奖补)(?:资金|经费)?(?![^,。;、]{2})"
)
# 试点范围|扩大到|40%的县: what is widened stands before its verb.
_WIDENED = re.compile(r"[^,。;]{2,}(?:扩大到|扩展到|扩大至|推广到|覆盖到?)$")
# —其中, 1., (二): what may open a clause before its words.
_OPENS = re.compile(r"[—\-\s]+|其中[,:]?|\d+[.．、]|\([一二三四五六七八九十\d]+\)")
# What may stand between a verb and its number: 建成|了|10所, 完成|各|5个.
_BETWEEN = re.compile(r"(?:要|应|了|出|共|各|的|有|到|上|累计|总计|不少于|至少|约)+$")


@dataclass(frozen=True, slots=True)
class QuantityChain:
    """``quantities`` of the stretch ``clause`` (a clause, or what brackets hold), in order."""

    text: str
    clauses: Clauses
    clause: Stretch
    quantities: list[QuantityMention]
    deadlines: list[DeadlineMention]

    @property
    def end(self) -> int:
        """Where the words of the clause end, its comma or full stop left out."""
        words = self.text[self.clause.start : self.clause.end]
        return self.clause.start + len(words.rstrip("。;,!?:\t—"))

    def left(self, index: int) -> int:
        """Where the words before a quantity begin: behind the one before, or with the clause."""
        if index:
            return self.quantities[index - 1].whole[1]
        return self.skip_times(self.clause.start)

    def right(self, index: int) -> int:
        """Where the words behind a quantity end: at the next one, or with the clause."""
        if index + 1 < len(self.quantities):
            return self.quantities[index + 1].whole[0]
        return self.end

    def skip_times(self, start: int) -> int:
        """Past the deadlines and the dashes that open a clause."""
        moved = True
        while moved:
            moved = False
            opening = _OPENS.match(self.text[start:])
            if opening and opening.end():
                start, moved = start + opening.end(), True
            for deadline in self.deadlines:
                if deadline.start <= start < deadline.end and deadline.end <= self.end:
                    start, moved = deadline.end, True
        return start

    def verb_at_end(self, left: int, right: int) -> Range | None:
        """The verb right before a number that begins at ``right``: 建成|了."""
        span = action_at_end(_BETWEEN.sub("", self.text[left:right]))
        return (left + span[0], left + span[1]) if span else None

    def verb_before(self, index: int) -> bool:
        """True where a verb of doing, not of reaching, stands right before the number."""
        words = self.text[self.left(index) : self.quantities[index].whole[0]]
        reaches = re.search(rf"{REACHES}$", words)
        return (action_at_end(words) is not None and not reaches) or words.endswith("给予")

    def numbers_first(self) -> list[bool]:
        """For each quantity: does its noun stand behind it? A list keeps its order: where the last
        item has no noun behind it, none has, unless the item is plainly of the other order (a verb
        right before its number)."""
        follows = [self._noun_follows(index) for index in range(len(self.quantities))]
        return [
            each and (follows[-1] or self.verb_before(index)) for index, each in enumerate(follows)
        ]

    def _noun_follows(self, index: int) -> bool:
        quantity = self.quantities[index]
        behind = self.text[quantity.whole[1] : self.right(index)]
        if not behind or behind.startswith(_PARTED):
            return behind.startswith("“") and len(behind) > 2
        words = behind.removeprefix("的")
        if _GIVEN.match(words) and self.verb_before(index):
            return True
        if len(words) < 1 or _NOT_A_NOUN.match(words):
            return False
        if quantity.quantity.unit in _RATIOS:
            if _WIDENED.search(self.text[self.left(index) : quantity.whole[0]]):
                return False
            return behind.startswith("的") or self.verb_before(index)
        return True

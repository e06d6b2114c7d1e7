"""The number before its noun, behind a verb: 重点建设|70所左右|省级高水平中等职业学校."""

from __future__ import annotations

from extractors.nlp.lexicon import action_at_end, action_at_start
from extractors.rules.indicator import Range, phrase_behind
from extractors.rules.per_and_base import find_base, find_per
from extractors.rules.quantity_chain import QuantityChain
from extractors.rules.target_mention import TargetMention

_DELIMITER = '、,;:。!?\t ()“”"—和及与并或以且跟'


def read_number_first(chain: QuantityChain, index: int) -> TargetMention:
    """The quantity ``index`` of the chain with the noun phrase behind it."""
    quantity = chain.quantities[index]
    left, start = chain.left(index), quantity.whole[0]
    indicator, predicate = phrase_behind(
        chain.text, chain.clauses, quantity.whole[1], chain.right(index), stop=chain.end
    )
    base = find_base(chain.text, left, quantity)
    return TargetMention(
        quantity,
        indicator,
        chain.verb_at_end(left, start) or predicate or _shared_verb(chain, index),
        find_per(chain.text, chain.clause.start, start),
        base.base if base else None,
        "number_first",
    )


def _shared_verb(chain: QuantityChain, index: int) -> Range | None:
    """The verb of an item that has none of its own right before its number."""
    left, right = chain.left(index), chain.quantities[index].whole[0]
    if index == 0 or not chain.text[left:right].strip(_DELIMITER):
        return _clause_verb(chain, index)
    return _opening_verb(chain.text, left, right) or _clause_verb(chain, index)


def _opening_verb(text: str, left: int, right: int) -> Range | None:
    """The verb that opens what stands before the number: 建设|一批…、|200种…."""
    words = text[left:right].lstrip("、,和及并")
    span = action_at_start(words)
    start = right - len(words)
    return (start + span[0], start + span[1]) if span else None


def _clause_verb(chain: QuantityChain, index: int) -> Range | None:
    """The verb before the first number of the clause, or at its beginning."""
    start = chain.skip_times(chain.clause.start)
    for stop in (chain.quantities[0].whole[0], chain.quantities[index].whole[0]):
        words = chain.text[start:stop]
        span = action_at_end(words) or action_at_start(words)
        if span:
            return start + span[0], start + span[1]
    return None

"""The indicator of a bare number, where no noun stands beside it: 召开联席会议，每年至少召开|一次|;
给予建设补助，每张不超过|1万元|."""

from __future__ import annotations

import re

from extractors.rules.indicator import Range, given_in, object_behind, subject_of
from extractors.rules.quantity_chain import QuantityChain
from extractors.rules.target_mention import TargetMention

_RATIO_BEHIND = re.compile(r"(?:的)?(?:比例|标准)(?:的)?,?")
# 在新增床位中,|护理型不少于60%: of which things the number is a part.
_AMONG = re.compile(r"在?[^,。;]*?的?([^,。;的]{2,25})中,$")


def find_elsewhere(
    chain: QuantityChain, index: int, previous: TargetMention | None
) -> tuple[Range | None, Range | None]:
    """Indicator and action of a bare number: behind 的比例, of the target read before it in the
    same sentence, in the clause before."""
    text, clauses, quantity = chain.text, chain.clauses, chain.quantities[index]
    behind = _RATIO_BEHIND.match(text[quantity.whole[1] :])
    if behind:
        at = min(quantity.whole[1] + behind.end(), len(text) - 1)
        return object_behind(text, clauses, at, stop=chain.end)
    sentence = clauses.sentence(chain.clause.start)
    among = _AMONG.search(text[sentence.start : chain.clause.start])
    if among and index == 0:
        return (sentence.start + among.start(1), sentence.start + among.end(1)), None
    if previous and previous.indicator and previous.quantity.start >= sentence.start:
        return previous.indicator, None
    before = clauses.before(chain.clause)
    if before is None:
        return None, None
    start = chain.skip_times(before.start)
    same = _object_of_same_verb(chain, index, start, before.end)
    found = same or given_in(text, start, before.end) or subject_of(text, start, before.end)
    return found, None


def _object_of_same_verb(chain: QuantityChain, index: int, start: int, end: int) -> Range | None:
    """不定期|召开|联席会议, 每年至少|召开|一次: the object of the same verb before."""
    verb = chain.verb_at_end(chain.left(index), chain.quantities[index].whole[0])
    words = chain.text[start:end].rstrip(",:;")
    at = words.rfind(chain.text[slice(*verb)]) if verb else -1
    if verb is None or at < 0:
        return None
    left = start + at + verb[1] - verb[0]
    return (left, start + len(words)) if start + len(words) - left > 1 else None

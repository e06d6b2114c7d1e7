"""When two wordings count as the same: what typesetting or a scanner may change is folded away
(１０％ is 10%, 5—10所 is 5-10所), and the rest is compared by pairs of characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise

_QUOTES_AND_BRACKETS = str.maketrans("“”‘’〔〕", "\"\"''[]")
_RANGE_SIGN = re.compile(r"(?<=\d)[‐-―\-~至]+(?=\d)")
_NOT_COMPARED = re.compile(r"[^\w%]")


def fold(words: str) -> str:
    """``words`` without blanks, in one width, with one form of quotation mark, bracket and dash."""
    narrow = "".join(unicodedata.normalize("NFKC", words).split())
    return _RANGE_SIGN.sub("-", narrow).translate(_QUOTES_AND_BRACKETS)


def likeness(one: str, other: str) -> float:
    """F1 of the character pairs of both: 1.0 for the same words, 0.0 for none in common."""
    pairs, others = _pairs(one), _pairs(other)
    common = (pairs & others).total()
    return 2 * common / (pairs.total() + others.total())


@lru_cache(maxsize=8192)
def _pairs(words: str) -> Counter[str]:
    kept = _NOT_COMPARED.sub("", fold(words))
    if len(kept) < 2:
        # A single character (or nothing) is compared as a whole.
        return Counter([kept])
    return Counter(map("".join, pairwise(kept)))

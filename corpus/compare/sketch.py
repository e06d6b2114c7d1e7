"""Fingerprints of texts (文本指纹): which of many documents are nearly the same text, without
comparing each with each.

A text is a set of five-letter pieces; its sketch holds those with the smallest hashes. Of two
scans of one plan the sketches share most, of two different plans next to nothing.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from heapq import nsmallest

_PIECE = 5
_KEPT = 64
# Three characters in a hundred misread leave 0.86 of the pieces whole and half of a sketch shared.
FEWEST = 16


def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of the pieces of ``text``, which is letters only."""
    hashes = (zlib.crc32(piece.encode("utf-8")) for piece in pieces(text))
    return frozenset(nsmallest(_KEPT, hashes))


def pieces(text: str) -> set[str]:
    """Every five letters in a row."""
    return {text[i : i + _PIECE] for i in range(max(len(text) - _PIECE + 1, 0))}


def held(shorter: str, longer: str) -> float:
    """How much of the shorter text stands in the longer one."""
    own = pieces(shorter)
    return len(own & pieces(longer)) / max(len(own), 1)


def near(sketches: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose sketches share enough to be looked at; each pair once.

    A hash that very many texts have (running heads, set phrases) is passed over.
    """
    holders: dict[int, list[str]] = defaultdict(list)
    for document_id, hashes in sketches.items():
        for each in hashes:
            holders[each].append(document_id)
    most = max(8, len(sketches) // 50)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if 1 < len(ids) <= most:
            shared.update((a, b) for i, a in enumerate(ids) for b in ids[i + 1 :])
    yield from (pair for pair, count in shared.items() if count >= FEWEST)

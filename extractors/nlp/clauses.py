"""Sentences and clauses of a passage: 。ends a sentence, ; a part of it, , a clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[。!?\t]+[”’)》]?")
_PART_END = re.compile(r"[。!?\t;]+[”’)》]?")
# The comma of 1,200万元 and the colon of 8:30 part no clause.
_CLAUSE_END = re.compile(
    r"(?!(?<=\d),\d{3}(?!\d)|(?<=\d):\d)[。!?\t;,:]+[”’)》]?|——|—(?=[^\d])(?<![\d%])"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half-open range of view characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clauses:
    """The cuts of one passage. Nothing is cut inside 《》; a comma in brackets parts no clause."""

    text: str
    sentences: tuple[Stretch, ...]
    parts: tuple[Stretch, ...]
    clauses: tuple[Stretch, ...]

    def sentence(self, position: int) -> Stretch:
        """The sentence that holds ``position``."""
        return _holding(self.sentences, position)

    def part(self, position: int) -> Stretch:
        """The stretch between 。 or ; that holds ``position``."""
        return _holding(self.parts, position)

    def clause(self, position: int) -> Stretch:
        """The clause that holds ``position``."""
        return _holding(self.clauses, position)

    def before(self, clause: Stretch) -> Stretch | None:
        """The clause before, in the same sentence; None at its beginning."""
        sentence = self.sentence(clause.start)
        if clause.start <= sentence.start:
            return None
        return self.clause(clause.start - 1) if clause.start else None


def cut(text: str) -> Clauses:
    """Sentences, parts and clauses of ``text``."""
    depth = _depth(text)
    return Clauses(
        text,
        _stretches(text, _SENTENCE_END, depth, inside=2),
        _stretches(text, _PART_END, depth, inside=2),
        _stretches(text, _CLAUSE_END, depth, inside=1),
    )


def _depth(text: str) -> list[int]:
    """0 outside, 1 in brackets, 2 in 《》 for each character. An unclosed bracket opens nothing."""
    depth = [0] * len(text)
    for match in re.finditer(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", text):
        if "。" in match[0][:-2]:
            continue
        for index in range(match.start(), match.end()):
            depth[index] = 1
    for match in re.finditer(r"《[^《》]*(?:〈[^〉]*〉[^《》]*)?》", text):
        for index in range(match.start(), match.end()):
            depth[index] = 2
    return depth


def _stretches(
    text: str, ends: re.Pattern[str], depth: list[int], *, inside: int
) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    start = 0
    for match in ends.finditer(text):
        if depth[match.start()] >= inside or match.end() <= start:
            continue
        found.append(Stretch(start, match.end()))
        start = match.end()
    if start < len(text) or not found:
        found.append(Stretch(start, len(text)))
    return tuple(found)


def _holding(stretches: tuple[Stretch, ...], position: int) -> Stretch:
    index = bisect_right(stretches, position, key=lambda s: s.start) - 1
    return stretches[max(index, 0)]

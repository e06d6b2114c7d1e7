"""The same task in other words in body and task table: 养教结合的老年教育中心 in the one, 产教结合
的老年教育中心 in the other.

Clauses are compared between commas, since a table's row condenses a paragraph. Only what differs
within a clause counts: how it begins and ends is often cut, and words that only join say nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from corpus.compare.fold import fold
from corpus.compare.parts import Clause, clauses
from corpus.compare.scope_words import contrasts, narrowing
from corpus.model.change import Severity
from corpus.model.consistency import Inconsistency, InconsistencyKind
from corpus.model.document import Document

# Share of the letter pairs that two clauses must have in common to say the same thing, alone or
# with a clause beside them that is the same.
_ALONE = 0.72
_BESIDE = 0.5
_JOINING = set("的地得之和与及或并等要应可将则也都均以为对向在中")


def wordings(document: Document) -> Iterator[Inconsistency]:
    """Every clause of an annex's row whose counterpart in the body has other words."""
    body, rows = clauses(document)
    index: dict[str, list[int]] = defaultdict(list)
    for place, clause in enumerate(body):
        for pair in _pairs(clause.words):
            index[pair].append(place)
    equal = {clause.words for clause in body}
    homes = _homes(body, rows)
    for clause in rows:
        if clause.words in equal:
            continue
        best = _counterpart(clause, body, index, homes[clause.home])
        if best is not None:
            yield from _differs(document, best, clause)


def _homes(body: Sequence[Clause], rows: Sequence[Clause]) -> dict[int, set[int]]:
    """For each row the paragraphs that have one of its clauses word for word."""
    paragraphs: dict[str, set[int]] = defaultdict(set)
    for clause in body:
        paragraphs[clause.words].add(clause.home)
    found: dict[int, set[int]] = defaultdict(set)
    for clause in rows:
        found[clause.home] |= paragraphs.get(clause.words, set())
    return found


def _counterpart(
    clause: Clause, body: Sequence[Clause], index: dict[str, list[int]], homes: set[int]
) -> Clause | None:
    pairs = _pairs(clause.words)
    shared = Counter(place for pair in pairs for place in index.get(pair, ()))
    best: tuple[float, Clause] | None = None
    for place, count in shared.most_common(8):
        other = body[place]
        alike = 2 * count / (len(pairs) + len(_pairs(other.words)))
        enough = _BESIDE if other.home in homes else _ALONE
        if alike >= enough and (best is None or alike > best[0]):
            best = alike, other
    return best[1] if best else None


def _differs(document: Document, first: Clause, second: Clause) -> Iterator[Inconsistency]:
    pieces = list(_pieces(first.words, second.words))
    if not pieces:
        return
    said = "、".join(a for a, _ in pieces if a), "、".join(b for _, b in pieces if b)
    yield Inconsistency(
        InconsistencyKind.WORDING,
        _severity(first.words, second.words, said),
        fold(document.text[second.span.start : second.span.end]),
        said,
        document.cite(first.span),
        document.cite(second.span),
    )


def _pieces(first: str, second: str) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        edge = i1 == j1 == 0 or (i2 == len(first) and j2 == len(second))
        old, new = first[i1:i2], second[j1:j2]
        if edge and tag != "replace":
            continue
        if not set(old + new) <= _JOINING:
            yield _shown(first, i1, i2), _shown(second, j1, j2)


def _shown(words: str, start: int, end: int) -> str:
    """A single letter with those beside it: 个养教, not 养; nothing where nothing stood."""
    if end - start == 1:
        return words[max(0, start - 1) : end + 1]
    return words[start:end]


def _severity(first: str, second: str, said: tuple[str, str]) -> Severity:
    """A number, or a word that says how far it reaches, is more than a turn of phrase."""
    if any(letter.isdigit() for letter in said[0] + said[1]):
        return Severity.SERIOUS
    if contrasts(first, second) or narrowing(first) != narrowing(second):
        return Severity.SERIOUS
    replaced = bool(said[0]) and bool(said[1])
    return Severity.MODERATE if replaced else Severity.SLIGHT


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}

"""The same commitment wherever the library has it (many to many): 70所左右高水平中等职业学校 of
one plan, of the plan that carries it out, and of a city's share of it.

Unlike versions of one document, where each commitment has one counterpart at most, several
documents may each say it, and one document may say it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from corpus.compare.align import AlignOptions, passes
from corpus.model.commitment import Commitment
from corpus.model.document import Document

_AT_ONCE = 8


class Library(Protocol):
    """Whatever can say which commitments are worth looking at: a list in memory, a database."""

    def near(self, commitment: Commitment) -> Sequence[Commitment]:
        """The likeliest first."""
        ...


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``other`` says the same as ``commitment``."""

    commitment: Commitment
    other: Commitment
    similarity: float


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader knows a document by."""

    document_id: str
    source: str
    title: str | None
    document_number: str | None
    issuers: tuple[str, ...]
    issued: date | None


@dataclass(frozen=True, slots=True)
class Counterparts:
    """A document with, for each of its commitments, those of other documents that say the same;
    ``sources`` are these documents by id. ``copies`` of the document itself are left out."""

    document: Document
    rows: tuple[tuple[Commitment, tuple[Counterpart, ...]], ...]
    sources: dict[str, Source]


def counterparts(
    commitment: Commitment, library: Library, options: AlignOptions | None = None
) -> Iterator[Counterpart]:
    """All in other documents, the most alike first."""
    yield from counterparts_of([commitment], library, options)[0]


def counterparts_of(
    commitments: Sequence[Commitment], library: Library, options: AlignOptions | None = None
) -> list[tuple[Counterpart, ...]]:
    """As ``counterparts`` of each, a few at a time, which is quicker."""
    found: list[tuple[Counterpart, ...]] = []
    for at in range(0, len(commitments), _AT_ONCE):
        some = commitments[at : at + _AT_ONCE]
        near = [_elsewhere(each, library) for each in some]
        found += _accepted(some, near, options or AlignOptions())
    return found


def _elsewhere(commitment: Commitment, library: Library) -> list[Commitment]:
    home = commitment.evidence.document_id
    return [other for other in library.near(commitment) if other.evidence.document_id != home]


def _accepted(
    commitments: Sequence[Commitment], near: Sequence[Sequence[Commitment]], options: AlignOptions
) -> Iterator[tuple[Counterpart, ...]]:
    """All candidates of all at once; of each commitment only its own are looked at."""
    from corpus.compare.similarity import similarities

    others = list({id(other): other for some in near for other in some}.values())
    if not others:
        yield from (() for _ in commitments)
        return
    place = {id(other): at for at, other in enumerate(others)}
    alike = similarities(commitments, others)
    fits = passes(alike, options)
    for row, (commitment, some) in enumerate(zip(commitments, near, strict=True)):
        found = [
            Counterpart(commitment, other, round(float(alike.total[row, at]), 4))
            for other in some
            if fits[row, at := place[id(other)]]
        ]
        yield tuple(sorted(found, key=lambda each: -each.similarity))

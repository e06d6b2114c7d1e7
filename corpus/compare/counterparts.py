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
    import numpy as np

    from corpus.compare.similarity import similarities

    home = commitment.evidence.document_id
    near = [c for c in library.near(commitment) if c.evidence.document_id != home]
    if not near:
        return
    alike = similarities([commitment], near)
    fits = passes(alike, options or AlignOptions())[0]
    order = np.argsort(-alike.total[0], kind="stable")
    for place in order:
        if fits[place]:
            yield Counterpart(commitment, near[place], round(float(alike.total[0, place]), 4))

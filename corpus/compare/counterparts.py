"""The same commitment wherever the library has it (many to many): 70所左右高水平中等职业学校 of
one plan, of the plan that carries it out, and of a city's share of it.

Unlike versions of one document, where each commitment has one counterpart at most, several
documents may each say it, and one document may say it twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.compare.align import AlignOptions, passes
from corpus.compare.candidates import Candidates
from corpus.model.commitment import Commitment


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``other`` says the same as ``commitment``."""

    commitment: Commitment
    other: Commitment
    similarity: float


def counterparts(
    commitment: Commitment, library: Candidates, options: AlignOptions | None = None
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

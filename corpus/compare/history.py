"""One indicator over the library (指标沿革): every value, bound, deadline and unit that documents
ever set for 高水平中等职业学校, by date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.compare.dates import date_of, dated
from corpus.compare.fold import letters
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document

# 省级高水平中职学校 holds the name asked for and little else; 高水平高职学校 is another thing.
ALIKE = 0.75
_READ_IN_PART = 0.9


@dataclass(frozen=True, slots=True)
class Point:
    """What one document says of the indicator in one place."""

    document: Document
    commitment: Commitment
    likeness: float

    @property
    def when(self) -> date | None:
        """The document's date, by the day where it is known, else by its year."""
        year, _ = dated(self.document)
        return date_of(self.document) or (date(year, 1, 1) if year else None)


@dataclass(frozen=True, slots=True)
class History:
    """``indicator`` as asked for; the points in the order of their documents' dates."""

    indicator: str
    points: tuple[Point, ...]


def history(indicator: str, ledgers: Iterable[Ledger]) -> History:
    """Every commitment of that indicator, by whatever of its names."""
    found: list[Point] = []
    for ledger in ledgers:
        named = [c for c in ledger.commitments if c.indicator]
        likeness = _likeness(indicator, named)
        found += [
            Point(ledger.document, commitment, round(alike, 4))
            for commitment, alike in zip(named, likeness, strict=True)
            if alike >= ALIKE
        ]
    found.sort(key=lambda p: (dated(p.document), p.document.id, p.commitment.evidence.span))
    return History(indicator, tuple(found))


def _likeness(indicator: str, named: list[Commitment]) -> list[float]:
    if not named:
        return []
    from corpus.compare.similarity import names_alike, subject

    wanted = letters(indicator)
    names = [subject(c) for c in named]
    alike = names_alike([wanted], names)
    return [
        _without_wider(float(value), wanted, name, letters(commitment.task))
        for value, name, commitment in zip(alike[0], names, named, strict=True)
    ]


def _without_wider(alike: float, wanted: str, name: str, task: str) -> float:
    """学校 isn't 高水平学校; only where its sentence has the whole name was it read in part."""
    if len(name) >= len(wanted) or name not in wanted:
        return alike
    return max(alike, _READ_IN_PART) if wanted in task else 0.0

"""Ledgers as they stand after the review: 70所 that a person corrected to 80所 is 80所 for whoever
reads the ledger and for what is compared with it; rejected rows are gone, added ones are there.

Decisions are replayed when a ledger is read. Documents that nobody decided about cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from corpus.model.commitment import Commitment, Ledger
from corpus.model.errors import DocumentNotFound
from corpus.model.review import Verdict
from corpus.review import ABOUT_CHANGES, replay
from corpus.store import reading, writing
from corpus.store.decisions import about_rows
from corpus.store.records import Compared
from corpus.store.schema import ComparisonRow, ExtractionRow, PriorRow
from corpus.store.schema_review import DecisionRow


class Corrected:
    """What the library says once people have looked at it."""

    def __init__(self, sessions: sessionmaker[Session], writers: sessionmaker[Session]) -> None:
        self._sessions = sessions
        self._writers = writers

    def keys(self) -> dict[str, str]:
        """By document, what changes whenever its ledger does, by extraction or by a person."""
        live = select(ExtractionRow).where(ExtractionRow.superseded.is_(None))
        with self._sessions() as session:
            decided = _decided(session)
            return {
                row.document_id: f"{row.document_id}:{row.id}:{decided.get(row.document_id, 0)}"
                for row in session.scalars(live.order_by(ExtractionRow.id))
            }

    def decided(self, *document_ids: str) -> int:
        """Number of the newest decision that alters a ledger of these; 0 where there is none."""
        with self._sessions() as session:
            return max(_decided(session, document_ids).values(), default=0)

    def ledger(self, document_id: str, *, lines: bool = False) -> Ledger:
        """All commitments of a document, as they stand."""
        with self._sessions() as session:
            found = reading.ledger(session, document_id, lines=lines)
            if found is None:
                raise DocumentNotFound(document_id)
            return _replayed(session, found)

    def ledgers(
        self,
        *,
        unit: str | Sequence[str] = (),
        due_before: date | None = None,
        document: str | None = None,
    ) -> Iterator[Ledger]:
        """As ``Store.ledgers``, by what stands: a unit that a person put in finds the row, one that
        was taken out doesn't."""
        units = (unit,) if isinstance(unit, str) else tuple(unit)
        with self._sessions() as session:
            decided = _decided(session)
            entries = reading.entries(session) if document is None else []
        for document_id in [each.id for each in entries] if document is None else [document]:
            with self._sessions() as session:
                if document_id not in decided:
                    found = reading.ledger(
                        session, document_id, lines=False, unit=units, due_before=due_before
                    )
                else:
                    whole = reading.ledger(session, document_id, lines=False)
                    found = whole and _filtered(_replayed(session, whole), units, due_before)
            if found is not None:
                yield found

    # Comparisons

    def outdated(self) -> dict[str, tuple[int, ...]]:
        """Documents that were compared before the newest decision about either side, with the
        comparisons that were."""
        with self._sessions() as session:
            decided = _decided(session)
            found: dict[str, tuple[int, ...]] = {}
            for row in session.scalars(_comparisons_of(decided)):
                sides = (row.document_id, *(prior.document_id for prior in row.priors))
                if row.decided < max(decided.get(each, 0) for each in sides):
                    found[row.document_id] = (*found.get(row.document_id, ()), row.id)
            return found

    def compared(
        self, document_id: str, compared: Sequence[Compared], *, instead_of: Sequence[int]
    ) -> bool:
        """Keep comparisons that were made anew; False where a run has made others meanwhile."""
        live = select(ComparisonRow).where(
            ComparisonRow.document_id == document_id, ComparisonRow.superseded.is_(None)
        )
        with self._writers.begin() as session:
            known = list(session.scalars(live))
            if not set(instead_of) <= {row.id for row in known}:
                return False
            writing.put_comparisons(session, document_id, compared, known[0].version)
            return True


def _decided(session: Session, document_ids: Sequence[str] = ()) -> dict[str, int]:
    """By document the newest decision that may alter its ledger. To accept alters nothing, but for
    a row that was rejected before."""
    rejected = select(DecisionRow.subject_id).where(DecisionRow.verdict == Verdict.REJECT.value)
    query = (
        select(DecisionRow.document_id, func.max(DecisionRow.id))
        .where(~DecisionRow.subject_id.startswith(ABOUT_CHANGES))
        .where(
            or_(
                DecisionRow.verdict != Verdict.ACCEPT.value,
                DecisionRow.subject_id.in_(rejected),
            )
        )
        .group_by(DecisionRow.document_id)
    )
    if document_ids:
        query = query.where(DecisionRow.document_id.in_(document_ids))
    return {row[0]: row[1] for row in session.execute(query)}


def _comparisons_of(decided: dict[str, int]) -> Select[ComparisonRow]:
    against = select(PriorRow.comparison_id).where(PriorRow.document_id.in_(decided))
    return select(ComparisonRow).where(
        ComparisonRow.superseded.is_(None),
        or_(ComparisonRow.document_id.in_(decided), ComparisonRow.id.in_(against)),
    )


def _replayed(session: Session, ledger: Ledger) -> Ledger:
    decisions = about_rows(session, ledger.document.id)
    if not decisions:
        return ledger
    return replace(ledger, commitments=replay(ledger.commitments, decisions).commitments)


def _filtered(ledger: Ledger, units: Sequence[str], due_before: date | None) -> Ledger:
    kept = (
        each
        for each in ledger.commitments
        if (not units or _names(each, units)) and (due_before is None or _due(each, due_before))
    )
    return replace(ledger, commitments=tuple(kept))


def _names(commitment: Commitment, units: Sequence[str]) -> bool:
    return any(
        unit.raw == wanted or unit.name.endswith(wanted)
        for unit in commitment.responsible_units
        for wanted in units
    )


def _due(commitment: Commitment, before: date) -> bool:
    deadline = commitment.deadline
    return deadline is not None and deadline.end is not None and deadline.end < before

"""Which documents the desk has to look at again, found without looking through all of them.

Every stage, extraction, comparison and decision has a number higher than those before it: where
none is higher than those last seen, nothing has happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from corpus.store.schema import ComparisonRow, DocumentRow, ExtractionRow, StageRow
from corpus.store.schema_review import DecisionRow, ReviewDocumentRow

# Counted up whenever what the computed rows hold changes, so that all are computed anew.
_FORM = 5
_PART = 400
Mark = tuple[int, int, int, int]


def mark(session: Session) -> Mark:
    """The highest numbers there are."""
    numbers = (StageRow.id, ExtractionRow.id, ComparisonRow.id, DecisionRow.id)
    row = session.execute(
        select(*(select(func.max(each)).scalar_subquery() for each in numbers))
    ).one()
    stage, extraction, comparison, decision = (int(each or 0) for each in row)
    return stage, extraction, comparison, decision


def since(session: Session, seen: Mark) -> set[str]:
    """Documents that something has happened to."""
    stage, extraction, comparison, decision = seen
    query = union(
        select(DocumentRow.id)
        .join(StageRow, StageRow.sha256 == DocumentRow.sha256)
        .where(StageRow.id > stage),
        select(ExtractionRow.document_id).where(ExtractionRow.id > extraction),
        select(ComparisonRow.document_id).where(ComparisonRow.id > comparison),
        select(DecisionRow.document_id).where(DecisionRow.id > decision),
    )
    return set(session.scalars(query))


def stale(session: Session, among: Iterable[str] | None = None) -> dict[str, tuple[str, str]]:
    """By document what its rows were computed from and what they are to be computed from, where
    that differs; of all documents, or among some."""
    if among is None:
        return _stale(session, None)
    ids = sorted(among)
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(ids), _PART):
        found |= _stale(session, ids[start : start + _PART])
    return found


def _stale(session: Session, ids: list[str] | None) -> dict[str, tuple[str, str]]:
    known = _pairs(session, select(ReviewDocumentRow.document_id, ReviewDocumentRow.basis), ids)
    now = _bases(session, ids)
    return {
        document: (known.get(document, ""), basis)
        for document, basis in now.items()
        if known.get(document) != basis
    }


def _bases(session: Session, ids: list[str] | None) -> dict[str, str]:
    """By extracted document the newest extraction, comparison and decision."""
    found: list[dict[str, Any]] = []
    for table in (ExtractionRow, ComparisonRow):
        newest = select(table.document_id, func.max(table.id)).where(table.superseded.is_(None))
        found.append(_pairs(session, newest.group_by(table.document_id), ids))
    decided = select(DecisionRow.document_id, func.max(DecisionRow.id))
    found.append(_pairs(session, decided.group_by(DecisionRow.document_id), ids))
    extractions, comparisons, decisions = found
    return {
        document: f"{_FORM}/{newest}/{comparisons.get(document, 0)}/{decisions.get(document, 0)}"
        for document, newest in extractions.items()
    }


def _pairs(
    session: Session, query: Select[*tuple[Any, ...]], ids: list[str] | None
) -> dict[str, Any]:
    if ids is not None:
        query = query.where(query.selected_columns[0].in_(ids))
    return dict(session.execute(query).all())


def only_decided(known: str, basis: str) -> bool:
    """True where the same was extracted and compared as before."""
    return known.rpartition("/")[0] == basis.rpartition("/")[0]

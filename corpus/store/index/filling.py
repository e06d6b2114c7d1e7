"""Keeping the index up to date: with every reading and extraction that is saved, and once with all
that a library held before it had an index, or had one made in another way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document
from corpus.store import codec
from corpus.store.index import commitments, documents
from corpus.store.schema import BodyRow, CommitmentRow, ExtractionRow
from corpus.store.schema_index import IndexedDocumentRow


def put_document(session: Session, document: Document, body_id: int) -> None:
    """Called when a reading is saved."""
    documents.put(session, document, body_id)


def put_ledger(session: Session, ledger: Ledger, extraction_id: int) -> None:
    """Called when an extraction is saved."""
    row = session.get(IndexedDocumentRow, ledger.document.id)
    if row is None:
        return  # a reading that was saved before there was an index: filled when looked into
    commitments.put(session, ledger, extraction_id)
    row.extraction_id, row.commitments = extraction_id, len(ledger.commitments)


def fill(
    reading: Callable[[], AbstractContextManager[Session]],
    writing: Callable[[], AbstractContextManager[Session]],
) -> int:
    """File what isn't, one document a transaction; how many there were."""
    with reading() as session:
        waiting = list(session.scalars(_waiting()))
    for document_id in waiting:
        with writing() as session:
            _file(session, document_id)
    return len(waiting)


def _waiting() -> Select[str]:
    """Documents whose newest reading or extraction isn't the one that is filed."""
    row = IndexedDocumentRow
    return (
        select(BodyRow.document_id)
        .outerjoin(row, row.document_id == BodyRow.document_id)
        .outerjoin(ExtractionRow, and_(ExtractionRow.document_id == BodyRow.document_id, _live()))
        .where(BodyRow.superseded.is_(None))
        .where(
            or_(
                row.document_id.is_(None),
                row.version != documents.VERSION,
                row.body_id != BodyRow.id,
                row.extraction_id.is_distinct_from(ExtractionRow.id),
            )
        )
        .order_by(BodyRow.id)
    )


def _live() -> ColumnElement[bool]:
    return ExtractionRow.superseded.is_(None)


def _file(session: Session, document_id: str) -> None:
    body = session.scalars(
        select(BodyRow).where(BodyRow.document_id == document_id, BodyRow.superseded.is_(None))
    ).one()
    document = codec.unpack(body.body, Document)
    documents.put(session, document, body.id)
    session.flush()
    extraction = session.scalars(
        select(ExtractionRow).where(ExtractionRow.document_id == document_id, _live())
    ).first()
    if extraction is not None:
        put_ledger(session, _ledger(session, document, extraction.id), extraction.id)


def _ledger(session: Session, document: Document, extraction_id: int) -> Ledger:
    rows = session.scalars(
        select(CommitmentRow.json)
        .where(CommitmentRow.extraction_id == extraction_id)
        .order_by(CommitmentRow.position)
    )
    return Ledger(document, tuple(codec.loads(row, Commitment) for row in rows))

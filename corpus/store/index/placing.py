"""What placing a document among the others needs of the tables: who is to be looked at, in which
order they came, and which of the known relations may have to go."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from corpus.model.commitment import Ledger
from corpus.store.crawl import versions
from corpus.store.index.names import parts
from corpus.store.index.relatives import Relatives
from corpus.store.records import DocumentEntry
from corpus.store.schema import DocumentRow, ExtractionRow, FileRow, RelationRow


def neighbours(session: Session, ledger: Ledger) -> list[DocumentEntry]:
    """Documents with a ledger that may be prior to this one, or it to them; that are taken for so
    today; or that stood at the same address. Its own entry is among them."""
    own = ledger.document
    found = Relatives(session).related(ledger) | {own.id}
    found |= _related(session, own.id) | _same_address(session, own.provenance.sha256)
    return _entries(session, found)


def _related(session: Session, document_id: str) -> set[str]:
    row = RelationRow
    pairs = session.execute(
        select(row.document_id, row.prior_id).where(
            row.superseded.is_(None),
            or_(row.document_id == document_id, row.prior_id == document_id),
        )
    )
    return {end for pair in pairs for end in pair}


def _same_address(session: Session, sha256: str) -> set[str]:
    held = versions(session, sha256)
    return {
        found
        for part in parts(held)
        for found in session.scalars(select(DocumentRow.id).where(DocumentRow.sha256.in_(part)))
    }


def _entries(session: Session, ids: Iterable[str]) -> list[DocumentEntry]:
    query = (
        select(DocumentRow.id, DocumentRow.sha256, DocumentRow.source, FileRow.run_id)
        .join(FileRow, FileRow.sha256 == DocumentRow.sha256)
        .join(ExtractionRow, ExtractionRow.document_id == DocumentRow.id)
        .where(ExtractionRow.superseded.is_(None))
    )
    return [
        DocumentEntry(document_id, sha256, source, run or 0)
        for part in parts(sorted(ids))
        for document_id, sha256, source, run in session.execute(
            query.where(DocumentRow.id.in_(part))
        )
    ]

"""Which version of the code made what stands in the library now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from corpus.store.schema import BodyRow, DocumentRow, ExtractionRow


@dataclass(frozen=True, slots=True)
class Made:
    """Of one document: what read the text that its ledger stands on, and what read the ledger."""

    document_id: str
    sha256: str
    parsed: str
    extracted: str


def made(engine: Engine) -> list[Made]:
    """Every document that has a ledger."""
    query = (
        select(DocumentRow.id, DocumentRow.sha256, BodyRow.version, ExtractionRow.version)
        .join(ExtractionRow, ExtractionRow.document_id == DocumentRow.id)
        .join(BodyRow, BodyRow.id == ExtractionRow.body_id)
        .where(ExtractionRow.superseded.is_(None))
        .order_by(ExtractionRow.id)
    )
    with engine.connect() as connection:
        newest = {row[0]: Made(*row) for row in connection.execute(query)}
    return sorted(newest.values(), key=lambda each: each.document_id)

"""How readings, ledgers and comparisons become rows. What they replace stays, superseded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from corpus.lineage import Related
from corpus.model.change import Change
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Line
from corpus.store import codec
from corpus.store.index import filling
from corpus.store.records import Compared, Outcome, StageRecord
from corpus.store.schema import (
    BodyRow,
    ChangeRow,
    CommitmentRow,
    ComparisonRow,
    DocumentRow,
    ExtractionRow,
    OutcomeRow,
    PriorRow,
    RelationRow,
    StageRow,
    UnitRow,
)

LINES = tuple[Line, ...]


def now() -> datetime:
    """The time in UTC: the one clock of the store."""
    return datetime.now(UTC)


def put_stage(session: Session, record: StageRecord) -> None:
    """One stage of one file."""
    session.add(
        StageRow(
            sha256=record.sha256,
            stage=record.stage.value,
            version=record.version,
            result=record.result.value,
            settled=record.settled,
            reason=storable(record.reason),
            page=record.page,
            started=record.started,
            finished=record.finished,
        )
    )


def put_document(session: Session, document: Document, version: str) -> None:
    """A new reading of a document; the columns to look it up by follow it."""
    row = session.get(DocumentRow, document.id) or DocumentRow(id=document.id)
    official = document.official
    row.sha256 = document.provenance.sha256
    row.source = storable(document.provenance.source) or ""
    row.media_type = document.provenance.media_type
    row.title = storable(official.title)
    row.document_number = storable(official.document_number)
    row.issuers = storable("、".join(official.issuers)) or ""
    row.date_of_issue = official.date_of_issue
    row.pages = max(1, len(document.pages))
    session.add(row)
    session.flush()
    _supersede(session, BodyRow, document.id)
    body = BodyRow(
        document_id=document.id,
        version=version,
        body=codec.pack(replace(document, lines=())),
        lines=codec.pack(document.lines, LINES),
        created=now(),
    )
    session.add(body)
    session.flush()
    filling.put_document(session, document, body.id)


def put_ledger(session: Session, ledger: Ledger, version: str) -> None:
    """A new extraction from the newest reading."""
    document_id = ledger.document.id
    body_id = session.scalars(
        select(BodyRow.id)
        .where(BodyRow.document_id == document_id, BodyRow.superseded.is_(None))
        .order_by(BodyRow.id.desc())
    ).first()
    if body_id is None:
        raise LookupError(f"{document_id} has not been parsed into this library")
    _supersede(session, ExtractionRow, document_id)
    row = ExtractionRow(document_id=document_id, body_id=body_id, version=version, created=now())
    session.add(row)
    session.flush()
    session.add_all(
        _commitment(row.id, position, commitment)
        for position, commitment in enumerate(ledger.commitments)
    )
    session.flush()
    filling.put_ledger(session, ledger, row.id)


def _commitment(extraction_id: int, position: int, commitment: Commitment) -> CommitmentRow:
    deadline = commitment.deadline
    return CommitmentRow(
        extraction_id=extraction_id,
        position=position,
        id=commitment.id,
        indicator=storable(commitment.indicator),
        action=storable(commitment.action),
        deadline_kind=deadline.kind.value if deadline else None,
        deadline_end=deadline.end if deadline else None,
        confidence=commitment.confidence,
        json=codec.dumps(commitment),
        units=[
            UnitRow(
                position=place,
                name=storable(unit.name),
                raw=storable(unit.raw),
                role=unit.role.value,
            )
            for place, unit in enumerate(commitment.responsible_units)
        ],
    )


def put_relations(
    session: Session,
    document_id: str,
    checked: Iterable[str],
    found: Sequence[Related],
    version: str,
) -> None:
    """What was found between a document and those ``checked`` replaces what was known of them."""
    others = set(checked)
    live = select(RelationRow).where(RelationRow.superseded.is_(None))
    known = [
        *session.scalars(live.where(RelationRow.document_id == document_id)),
        *session.scalars(live.where(RelationRow.prior_id == document_id)),
    ]
    fresh = {_key(related): related for related in found}
    for row in known:
        key = (row.document_id, row.prior_id, row.rule, row.score, row.same_work)
        other = row.prior_id if row.document_id == document_id else row.document_id
        if key in fresh:
            del fresh[key]
        elif other in others:
            row.superseded = now()
    for related in fresh.values():
        relation = related.relation
        session.add(
            RelationRow(
                document_id=relation.document_id,
                prior_id=relation.prior_id,
                rule=relation.rule,
                score=relation.score,
                same_work=related.same_work,
                created=now(),
            )
        )
    session.execute(
        update(ExtractionRow)
        .where(ExtractionRow.document_id == document_id, ExtractionRow.superseded.is_(None))
        .values(placed=version)
    )


def _key(related: Related) -> tuple[str, str, str, float, bool]:
    relation = related.relation
    return (
        relation.document_id,
        relation.prior_id,
        relation.rule,
        relation.score,
        related.same_work,
    )


def put_comparisons(
    session: Session, document_id: str, compared: Sequence[Compared], version: str
) -> None:
    """All comparisons of one document, in place of its earlier ones."""
    _supersede(session, ComparisonRow, document_id)
    for each in compared:
        comparison = each.comparison
        session.add(
            ComparisonRow(
                document_id=document_id,
                version=version,
                copies=each.copies,
                decided=each.decided,
                created=now(),
                priors=[
                    PriorRow(position=position, document_id=prior.id)
                    for position, prior in enumerate(comparison.priors)
                ],
                changes=[
                    _change(position, change) for position, change in enumerate(comparison.changes)
                ],
            )
        )


def _change(position: int, change: Change) -> ChangeRow:
    return ChangeRow(position=position, kind=change.kind.value, json=codec.dumps(change))


def put_outcomes(session: Session, run_id: int, outcomes: Sequence[Outcome]) -> None:
    """The outcome of every file of a run."""
    session.add_all(
        OutcomeRow(
            run_id=run_id,
            position=position,
            source=storable(outcome.source),
            result=outcome.result.value,
            json=codec.dumps(outcome),
        )
        for position, outcome in enumerate(outcomes)
    )


def _supersede(
    session: Session,
    table: type[BodyRow] | type[ExtractionRow] | type[ComparisonRow],
    document_id: str,
) -> None:
    session.execute(
        update(table)
        .where(table.document_id == document_id, table.superseded.is_(None))
        .values(superseded=now())
    )


def storable(text: str | None) -> str | None:
    """For columns one searches by: no database holds NUL or half a surrogate pair in a text."""
    if text is None:
        return None
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")

"""Looking things up: a document by whatever it is called, commitments by unit and date."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from corpus.lineage import Related
from corpus.model.change import Change, Comparison, Relation
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document
from corpus.model.errors import DocumentNotFound
from corpus.store import codec
from corpus.store.records import Compared, DocumentEntry
from corpus.store.schema import (
    BodyRow,
    CommitmentRow,
    ComparisonRow,
    CrawlEventRow,
    DocumentRow,
    ExtractionRow,
    FileRow,
    RelationRow,
    UnitRow,
)
from corpus.store.writing import LINES

_MOST_COPIES = 50


def find(session: Session, wanted: str) -> str:
    """Id of the one document that ``wanted`` means: id, SHA-256, a unique beginning of either,
    document number, title or file name; else part of a title. Of copies of one work the first."""
    for condition in _ways(wanted.strip()):
        query = select(DocumentRow).where(condition).limit(_MOST_COPIES + 1)
        found = session.scalars(query).all()
        if len(found) == 1 or (1 < len(found) <= _MOST_COPIES and _one_work(session, found)):
            return min(found, key=_told).id
    raise DocumentNotFound(wanted)


def _told(row: DocumentRow) -> tuple[bool, bool, str]:
    """The copy that tells most of itself stands for the work, as in ``corpus.works``."""
    return (row.document_number is None, row.date_of_issue is None, row.source)


def _one_work(session: Session, rows: Sequence[DocumentRow]) -> bool:
    """True where all are copies of each other, if only by way of a copy among them."""
    ids = {row.id for row in rows}
    query = select(RelationRow.document_id, RelationRow.prior_id).where(
        RelationRow.superseded.is_(None),
        RelationRow.same_work,
        RelationRow.document_id.in_(ids),
        RelationRow.prior_id.in_(ids),
    )
    pairs = [set(pair) for pair in session.execute(query)]
    reached = {rows[0].id}
    while grown := [pair for pair in pairs if pair & reached and not pair <= reached]:
        reached.update(*grown)
    return reached == ids


def _ways(wanted: str) -> Iterator[ColumnElement[bool]]:
    """From the surest to the loosest; one that answers more than one document answers none."""
    if not wanted:
        return
    number = _number(wanted)
    yield or_(DocumentRow.id == wanted, DocumentRow.sha256 == wanted.lower())
    yield DocumentRow.source == wanted
    yield DocumentRow.document_number == number
    yield DocumentRow.title == wanted
    yield DocumentRow.source.endswith("/" + wanted, autoescape=True)
    if len(wanted) >= 4:
        yield DocumentRow.id.startswith(wanted, autoescape=True)
        yield DocumentRow.sha256.startswith(wanted.lower(), autoescape=True)
        yield DocumentRow.title.contains(wanted, autoescape=True)


def _number(text: str) -> str:
    """豫政[2021]2号 and 豫政（2021）2号 as it is kept: 豫政〔2021〕2号."""
    folded = unicodedata.normalize("NFKC", text).replace(" ", "")
    return folded.translate(
        str.maketrans("[(【〈", "〔〔〔〔") | str.maketrans("])】〉", "〕〕〕〕")
    )


def entries(session: Session) -> list[DocumentEntry]:
    """Every document, the earliest issued first, those without a date last."""
    query = select(DocumentRow, FileRow.run_id).join(FileRow, FileRow.sha256 == DocumentRow.sha256)
    rows = sorted(
        session.execute(query).all(),
        key=lambda row: (row[0].date_of_issue or date.max, row[0].source, row[0].id),
    )
    return [DocumentEntry(row.id, row.sha256, row.source, run or 0) for row, run in rows]


def document(session: Session, document_id: str, *, lines: bool) -> Document:
    """The newest reading."""
    row = session.scalars(
        select(BodyRow)
        .where(BodyRow.document_id == document_id, BodyRow.superseded.is_(None))
        .order_by(BodyRow.id.desc())
    ).first()
    if row is None:
        raise DocumentNotFound(document_id)
    return _body(row, lines=lines)


def _body(row: BodyRow, *, lines: bool) -> Document:
    found: Document = codec.unpack(row.body, Document)
    return replace(found, lines=codec.unpack(row.lines, LINES)) if lines else found


def extraction(session: Session, document_id: str) -> ExtractionRow | None:
    """The newest extraction of a document, if there is one."""
    return session.scalars(
        select(ExtractionRow)
        .where(ExtractionRow.document_id == document_id, ExtractionRow.superseded.is_(None))
        .order_by(ExtractionRow.id.desc())
    ).first()


def ledger(
    session: Session,
    document_id: str,
    *,
    lines: bool,
    unit: Sequence[str] = (),
    due_before: date | None = None,
) -> Ledger | None:
    """The commitments of the newest extraction that meet every condition."""
    row = extraction(session, document_id)
    if row is None:
        return None
    query = _filtered(row.id, unit, due_before)
    found = [codec.loads(text, Commitment) for text in session.scalars(query)]
    body = session.get_one(BodyRow, row.body_id)
    return Ledger(_body(body, lines=lines), tuple(found))


def _filtered(extraction_id: int, unit: Sequence[str], due_before: date | None) -> Select[str]:
    query = select(CommitmentRow.json).where(CommitmentRow.extraction_id == extraction_id)
    if unit:
        # 财政厅 finds 河南省财政厅, and 河南省财政厅 never 郑州市财政局: the end of a name counts.
        named = [
            matches
            for wanted in unit
            for matches in (
                UnitRow.name.endswith(wanted, autoescape=True),
                UnitRow.raw == wanted,
            )
        ]
        query = query.where(
            CommitmentRow.row_id.in_(select(UnitRow.commitment_row_id).where(or_(*named)))
        )
    if due_before is not None:
        query = query.where(CommitmentRow.deadline_end < due_before)
    return query.order_by(CommitmentRow.position)


def relations(session: Session, document_id: str | None) -> list[Related]:
    """Relations of one document to its priors, or all of them; surest first."""
    query = select(RelationRow).where(RelationRow.superseded.is_(None))
    if document_id is not None:
        query = query.where(RelationRow.document_id == document_id)
    query = query.order_by(RelationRow.document_id, RelationRow.score.desc(), RelationRow.prior_id)
    return [
        Related(Relation(row.document_id, row.prior_id, row.rule, row.score), row.same_work)
        for row in session.scalars(query)
    ]


def comparisons(session: Session, document_id: str) -> list[Compared]:
    """The newest comparisons of one document: with its priors first, then with a copy."""
    query = (
        select(ComparisonRow)
        .where(ComparisonRow.document_id == document_id, ComparisonRow.superseded.is_(None))
        .options(selectinload(ComparisonRow.priors), selectinload(ComparisonRow.changes))
        .order_by(ComparisonRow.copies, ComparisonRow.id)
    )
    return [_compared(session, row) for row in session.scalars(query)]


def _compared(session: Session, row: ComparisonRow) -> Compared:
    priors = [document(session, prior.document_id, lines=False) for prior in row.priors]
    changes = [codec.loads(change.json, Change) for change in row.changes]
    new = document(session, row.document_id, lines=False)
    return Compared(Comparison(tuple(priors), new, tuple(changes)), row.copies, row.decided)


def sizes(session: Session) -> dict[str, int]:
    """How much there is, of today's readings."""
    current = select(ExtractionRow.id).where(ExtractionRow.superseded.is_(None))
    queries = {
        "files": select(func.count()).select_from(FileRow),
        "documents": select(func.count()).select_from(DocumentRow),
        "commitments": select(func.count())
        .select_from(CommitmentRow)
        .where(CommitmentRow.extraction_id.in_(current)),
        "crawl_events": select(func.count()).select_from(CrawlEventRow),
    }
    return {name: session.scalar(query) or 0 for name, query in queries.items()}

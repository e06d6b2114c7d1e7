"""The queries of the desk: 财政厅 finds 云岭省财政厅, and every word of a search must be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from corpus.model.review import RowState
from corpus.review import NEARNESS
from corpus.store.desk_records import ChangeFilter, DocumentFilter, RowFilter
from corpus.store.schema import ComparisonRow, DocumentRow, ExtractionRow
from corpus.store.schema_review import (
    DecisionRow,
    ReviewBodyRow,
    ReviewChangeRow,
    ReviewDocumentRow,
    ReviewRow,
)

Condition = ColumnElement[bool]
_CARRIED = "carried_over"
# Counted up whenever what the computed rows hold changes, so that all are computed anew.
_FORM = 4
_BY_TEXT = (ReviewRow.document_id, ReviewRow.position)
ROW_ORDERS: dict[str, tuple[Any, ...]] = {
    "text": (
        DocumentRow.date_of_issue.is_(None),
        DocumentRow.date_of_issue.desc(),
        *_BY_TEXT,
    ),
    "due": (ReviewRow.due.is_(None), ReviewRow.due, *_BY_TEXT),
}
CHANGE_ORDER = (ReviewChangeRow.weight, ReviewChangeRow.document_id, ReviewChangeRow.position)
PAPER_ORDER = (
    DocumentRow.date_of_issue.is_(None),
    DocumentRow.date_of_issue.desc(),
    DocumentRow.source,
    DocumentRow.id,
)


def count(session: Session, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows a query has."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def bases(session: Session) -> dict[str, str]:
    """By extracted document the newest extraction, comparison and decision."""
    live = select(ExtractionRow.document_id, func.max(ExtractionRow.id)).where(
        ExtractionRow.superseded.is_(None)
    )
    compared = select(ComparisonRow.document_id, func.max(ComparisonRow.id)).where(
        ComparisonRow.superseded.is_(None)
    )
    decided = select(DecisionRow.document_id, func.max(DecisionRow.id))
    extractions = _newest(session, live.group_by(ExtractionRow.document_id))
    comparisons = _newest(session, compared.group_by(ComparisonRow.document_id))
    decisions = _newest(session, decided.group_by(DecisionRow.document_id))
    return {
        document: f"{_FORM}/{newest}/{comparisons.get(document, 0)}/{decisions.get(document, 0)}"
        for document, newest in extractions.items()
    }


def _newest(session: Session, query: Select[str, int]) -> dict[str, int]:
    return dict(session.execute(query).all())


def papers(wanted: DocumentFilter) -> Select[*tuple[Any, ...]]:
    """Documents with how their review stands; the searched text itself is not fetched."""
    query = (
        select(DocumentRow, ReviewDocumentRow)
        .outerjoin(ReviewDocumentRow, ReviewDocumentRow.document_id == DocumentRow.id)
        .options(defer(ReviewDocumentRow.text))
    )
    return query.where(*_paper_conditions(wanted))


def _paper_conditions(wanted: DocumentFilter) -> Iterator[Condition]:
    columns = (
        DocumentRow.title,
        DocumentRow.document_number,
        DocumentRow.issuers,
        DocumentRow.source,
        ReviewDocumentRow.text,
    )
    yield from _words(wanted.text, *columns)
    if wanted.issuer:
        yield DocumentRow.issuers.contains(wanted.issuer, autoescape=True)
    if wanted.year is not None:
        yield DocumentRow.date_of_issue >= date(wanted.year, 1, 1)
        yield DocumentRow.date_of_issue <= date(wanted.year, 12, 31)
    if wanted.since is not None:
        yield DocumentRow.date_of_issue >= wanted.since
    if wanted.until is not None:
        yield DocumentRow.date_of_issue <= wanted.until
    if wanted.unit:
        named = ReviewRow.units.contains(wanted.unit, autoescape=True)
        yield DocumentRow.id.in_(select(ReviewRow.document_id).where(named))
    if wanted.state == "open":
        yield ReviewDocumentRow.open > 0
    elif wanted.state == "done":
        yield ReviewDocumentRow.open == 0
    elif wanted.state == "conflict":
        yield ReviewDocumentRow.conflicts > 0


def row_ids(wanted: RowFilter, *order: Any) -> Select[int]:
    """Ids of rows, in an order; nothing else of them is touched. By date of the document only
    where ``order`` says so: that takes a second table."""
    query = select(ReviewRow.row_id).where(*_row_conditions(wanted)).order_by(*order)
    if any("documents." in str(each) for each in order):
        query = query.join(DocumentRow, DocumentRow.id == ReviewRow.document_id)
    return query


def rows(ids: Select[int], *order: Any) -> Select[*tuple[Any, ...]]:
    """Those rows with their bodies, the title of their document and the name of its file."""
    query = (
        select(ReviewRow, ReviewBodyRow.json, DocumentRow.title, DocumentRow.source)
        .join(ReviewBodyRow, ReviewBodyRow.row_id == ReviewRow.row_id)
        .join(DocumentRow, DocumentRow.id == ReviewRow.document_id)
    )
    return query.where(ReviewRow.row_id.in_(ids)).order_by(*order)


def _row_conditions(wanted: RowFilter) -> Iterator[Condition]:
    yield from _words(wanted.text, ReviewRow.text)
    if wanted.unit:
        yield ReviewRow.units.contains(wanted.unit, autoescape=True)
    if wanted.document:
        yield ReviewRow.document_id == wanted.document
    if wanted.state == "standing":
        yield ReviewRow.state != RowState.REJECTED.value
    elif wanted.state:
        yield ReviewRow.state == wanted.state
    if wanted.due_from is not None:
        yield ReviewRow.due >= wanted.due_from
    if wanted.due_before is not None:
        yield ReviewRow.due < wanted.due_before
    if wanted.due:
        yield ReviewRow.due.is_not(None) if wanted.due == "dated" else ReviewRow.due.is_(None)
    if wanted.conflict:
        yield ReviewRow.conflict.is_(True)


def between(wanted: RowFilter, days: Sequence[date]) -> Select[*tuple[Any, ...]]:
    """Counts of what is due between days, all in one look through the rows."""
    starts, ends = (None, *days), (*days, None)
    conditions = [
        and_(
            ReviewRow.due.is_not(None),
            *([ReviewRow.due >= start] if start else []),
            *([ReviewRow.due < end] if end else []),
        )
        for start, end in zip(starts, ends, strict=True)
    ]
    sums = [func.sum(case((each, 1), else_=0)) for each in (*conditions, ReviewRow.due.is_(None))]
    return select(*sums).where(*_row_conditions(wanted))


def queue_order(today: date) -> tuple[Any, ...]:
    """The most urgent first; conflicts before all."""
    urgency = ReviewRow.doubt * ReviewRow.size * _nearness(today)
    return ReviewRow.conflict.desc(), urgency.desc(), *_BY_TEXT


def _nearness(today: date) -> ColumnElement[int]:
    """``corpus.review.nearness`` in SQL."""
    steps = [
        (
            ReviewRow.due.between(today - timedelta(days), today + timedelta(days)),
            weight,
        )
        for days, weight in NEARNESS
    ]
    return case(*steps, else_=1)


def changes(wanted: ChangeFilter) -> Select[*tuple[Any, ...]]:
    """Changes with the title of the newer document and the name of its file."""
    query = select(ReviewChangeRow, DocumentRow.title, DocumentRow.source).join(
        DocumentRow, DocumentRow.id == ReviewChangeRow.document_id
    )
    return query.where(*_change_conditions(wanted))


def _change_conditions(wanted: ChangeFilter) -> Iterator[Condition]:
    yield from _words(wanted.text, ReviewChangeRow.text)
    if wanted.indicator:
        yield ReviewChangeRow.indicators.contains(wanted.indicator, autoescape=True)
    if wanted.unit:
        yield ReviewChangeRow.units.contains(wanted.unit, autoescape=True)
    if wanted.document:
        yield ReviewChangeRow.document_id == wanted.document
    if wanted.state:
        yield ReviewChangeRow.state == wanted.state
    # Labels and severity stand in one column, parted by blanks: "lowered postponed :grave".
    spaced = " " + ReviewChangeRow.labels + " "
    for word in filter(None, (wanted.label, wanted.severity and f":{wanted.severity}")):
        yield spaced.contains(f" {word} ", autoescape=True)
    if not wanted.label and not wanted.carried:
        yield ~ReviewChangeRow.labels.startswith(_CARRIED, autoescape=True)


def _words(text: str, *columns: InstrumentedAttribute[Any]) -> Iterator[Condition]:
    """Every word in one of the columns."""
    for word in text.split():
        yield or_(*(column.contains(word, autoescape=True) for column in columns))

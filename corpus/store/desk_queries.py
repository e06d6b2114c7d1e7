"""The queries of the desk: 财政厅 finds 云岭省财政厅, and every word of a search must be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from corpus.model.review import RowState
from corpus.store import desk_search
from corpus.store.desk_records import ChangeFilter, DocumentFilter, RowFilter
from corpus.store.desk_search import holds
from corpus.store.schema import DocumentRow
from corpus.store.schema_review import (
    ReviewBodyRow,
    ReviewChangeRow,
    ReviewDocumentRow,
    ReviewRow,
    ReviewTextRow,
)

Condition = ColumnElement[bool]
_CARRIED = "carried_over"
BY_TEXT = (ReviewRow.document_id, ReviewRow.position)
ROW_ORDERS: dict[str, tuple[Any, ...]] = {
    "text": (
        DocumentRow.date_of_issue.is_(None),
        DocumentRow.date_of_issue.desc(),
        *BY_TEXT,
    ),
    "due": (ReviewRow.due.asc().nulls_last(), *BY_TEXT),
}
CHANGE_ORDER = (ReviewChangeRow.weight, ReviewChangeRow.document_id, ReviewChangeRow.position)
# What is looked through of a document whose text has not been filed yet.
_HEADER = (
    DocumentRow.title,
    DocumentRow.document_number,
    DocumentRow.issuers,
    DocumentRow.source,
)
PAPER_ORDER = (
    DocumentRow.date_of_issue.is_(None),
    DocumentRow.date_of_issue.desc(),
    DocumentRow.source,
    DocumentRow.id,
)


def count(session: Session, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows a query has."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def papers(wanted: DocumentFilter) -> Select[*tuple[Any, ...]]:
    """Documents with how their review stands."""
    query = select(DocumentRow, ReviewDocumentRow).outerjoin(
        ReviewDocumentRow, ReviewDocumentRow.document_id == DocumentRow.id
    )
    return query.where(*_paper_conditions(wanted))


def _paper_conditions(wanted: DocumentFilter) -> Iterator[Condition]:
    for word in wanted.text.split():
        yield or_(
            *(column.contains(word, autoescape=True) for column in _HEADER),
            DocumentRow.id.in_(
                select(ReviewTextRow.document_id).where(
                    holds(ReviewTextRow.id, desk_search.TEXTS, {"text": word})
                )
            ),
        )
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
        named = holds(ReviewRow.row_id, desk_search.ROWS, {"units": wanted.unit})
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


def by_day(wanted: RowFilter, most: int) -> Select[date, int, int]:
    """Day, how many rows it has, and the ids of the first ``most`` of them, in the order of days;
    all in one look through the rows."""
    days = (
        select(
            ReviewRow.due,
            func.count().over(partition_by=ReviewRow.due).label("number"),
            ReviewRow.row_id,
            func.row_number().over(partition_by=ReviewRow.due, order_by=BY_TEXT).label("place"),
        )
        .where(*_row_conditions(wanted), ReviewRow.due.is_not(None))
        .subquery()
    )
    asked = select(days.c.due, days.c.number, days.c.row_id).where(days.c.place <= most)
    return asked.order_by(days.c.due, days.c.place)


def rows() -> Select[*tuple[Any, ...]]:
    """Rows with their bodies, the title of their document and the name of its file."""
    return (
        select(ReviewRow, ReviewBodyRow, DocumentRow.title, DocumentRow.source)
        .join(ReviewBodyRow, ReviewBodyRow.row_id == ReviewRow.row_id)
        .join(DocumentRow, DocumentRow.id == ReviewRow.document_id)
    )


def _row_conditions(wanted: RowFilter) -> Iterator[Condition]:
    said = {"text": wanted.text, "units": wanted.unit}
    yield from _said(ReviewRow.row_id, desk_search.ROWS, said)
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


def changes(wanted: ChangeFilter) -> Select[*tuple[Any, ...]]:
    """Changes with the title of the newer document and the name of its file."""
    query = select(ReviewChangeRow, DocumentRow.title, DocumentRow.source).join(
        DocumentRow, DocumentRow.id == ReviewChangeRow.document_id
    )
    return query.where(*_change_conditions(wanted))


def change_ids(wanted: ChangeFilter) -> Select[int]:
    """Ids of changes in the order of the list; nothing else of them is touched."""
    query = select(ReviewChangeRow.row_id).where(*_change_conditions(wanted))
    return query.order_by(*CHANGE_ORDER)


def _issued_in(year: int) -> Select[str]:
    """Ids of the documents of a year; of those without a date for 0."""
    issued = DocumentRow.date_of_issue
    if not year:
        return select(DocumentRow.id).where(issued.is_(None))
    return select(DocumentRow.id).where(issued.between(date(year, 1, 1), date(year, 12, 31)))


def _change_conditions(wanted: ChangeFilter) -> Iterator[Condition]:
    said = {"text": wanted.text, "units": wanted.unit, "indicators": wanted.indicator}
    yield from _said(ReviewChangeRow.row_id, desk_search.CHANGES, said)
    if wanted.document:
        yield ReviewChangeRow.document_id == wanted.document
    if wanted.state:
        yield ReviewChangeRow.state == wanted.state
    if wanted.year is not None:
        yield ReviewChangeRow.document_id.in_(_issued_in(wanted.year))
    # Labels and severity stand in one column, parted by blanks: "lowered postponed :grave".
    spaced = " " + ReviewChangeRow.labels + " "
    for word in filter(None, (wanted.label, wanted.severity and f":{wanted.severity}")):
        yield spaced.contains(f" {word} ", autoescape=True)
    if not wanted.label and not wanted.carried:
        yield ~ReviewChangeRow.labels.startswith(_CARRIED, autoescape=True)


def _said(
    key: InstrumentedAttribute[int], filed: desk_search.Filed, said: dict[str, str]
) -> Iterator[Condition]:
    """Every word is there."""
    wanted = {column: words for column, words in said.items() if words.strip()}
    if wanted:
        yield holds(key, filed, wanted)

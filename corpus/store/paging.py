"""Lists read on from where the last page ended, for programs: what is decided or taken in meanwhile
neither repeats a row nor leaves one out, and the thousandth page is as quick as the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, or_, tuple_
from sqlalchemy.orm import Session, sessionmaker

from corpus.store import desk_queries, desk_rows
from corpus.store.desk_records import (
    ChangeEntry,
    ChangeFilter,
    DocumentFilter,
    Entry,
    Paper,
    RowFilter,
)
from corpus.store.schema import DocumentRow
from corpus.store.schema_review import ReviewChangeRow, ReviewRow

T = TypeVar("T")
# Where a page ended: the values that the list is ordered by, of its last row.
Place = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """Some of a list; ``end`` is None where there is no more of it."""

    items: tuple[T, ...]
    end: Place | None


class Paging:
    """The lists of the desk, each in an order of its own."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def papers(self, wanted: DocumentFilter, *, after: Place | None, size: int) -> Stretch[Paper]:
        """Documents, the latest issued first, those without a date last."""
        issued = DocumentRow.date_of_issue
        order = (issued.is_(None), issued.desc(), DocumentRow.id)
        query = desk_queries.papers(wanted).order_by(*order)
        if after is not None:
            query = query.where(_later_paper(*after))
        with self._sessions() as session:
            rows = session.execute(query.limit(size + 1)).all()
        found = [desk_rows.paper(*row) for row in rows]
        ends = [(p.date_of_issue.isoformat() if p.date_of_issue else None, p.id) for p in found]
        return _stretch(found, ends, size)

    def rows(self, wanted: RowFilter, *, after: Place | None, size: int) -> Stretch[Entry]:
        """Rows by document and text."""
        order = (ReviewRow.document_id, ReviewRow.position)
        beyond = tuple_(*order) > tuple_(*after) if after is not None else None
        found = self._rows(wanted, order, beyond, size)
        return _stretch(found, [(e.document_id, e.position) for e in found], size)

    def due(self, wanted: RowFilter, *, after: Place | None, size: int) -> Stretch[Entry]:
        """Rows with a last day, the earliest first."""
        order = (ReviewRow.due, ReviewRow.document_id, ReviewRow.position)
        beyond = None
        if after is not None:
            beyond = tuple_(*order) > tuple_(date.fromisoformat(str(after[0])), *after[1:])
        found = self._rows(wanted, order, beyond, size)
        return _stretch(found, [(_due(e), e.document_id, e.position) for e in found], size)

    def changes(
        self, wanted: ChangeFilter, *, after: Place | None, size: int
    ) -> Stretch[ChangeEntry]:
        """Changes, those that ask less than before first."""
        row = ReviewChangeRow
        order = (row.weight, row.document_id, row.position)
        query = desk_queries.changes(wanted).order_by(*order)
        if after is not None:
            query = query.where(tuple_(*order) > tuple_(*after))
        with self._sessions() as session:
            rows = session.execute(query.limit(size + 1)).all()
        found = [desk_rows.change_entry(*each) for each in rows]
        return _stretch(found, [(e.weight, e.document_id, e.position) for e in found], size)

    def _rows(
        self, wanted: RowFilter, order: tuple[Any, ...], beyond: Any, size: int
    ) -> list[Entry]:
        ids = desk_queries.row_ids(wanted, *order)
        if beyond is not None:
            ids = ids.where(beyond)
        query = desk_queries.rows().order_by(*order)
        with self._sessions() as session:
            found = session.scalars(ids.limit(size + 1)).all()
            rows = session.execute(query.where(ReviewRow.row_id.in_(found)))
            return [desk_rows.entry(*row) for row in rows]


def _later_paper(issued: str | int | None, document_id: str | int | None) -> ColumnElement[bool]:
    column = DocumentRow.date_of_issue
    if issued is None:
        return and_(column.is_(None), DocumentRow.id > document_id)
    day = date.fromisoformat(str(issued))
    same_day = and_(column == day, DocumentRow.id > document_id)
    return or_(column < day, same_day, column.is_(None))


def _due(entry: Entry) -> str:
    deadline = entry.commitment.deadline
    if deadline is None or deadline.end is None:
        raise LookupError(f"{entry.commitment.id} has no last day")
    return deadline.end.isoformat()


def _stretch(found: Sequence[T], ends: Sequence[Place], size: int) -> Stretch[T]:
    """One more than asked for was read, to see whether there is more."""
    return Stretch(tuple(found[:size]), ends[size - 1] if len(found) > size else None)

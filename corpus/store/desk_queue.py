"""The queue: rows that wait, by doubt × nearness of deadline × size of change, conflicts first.

How near a deadline is changes with the day, so the order of 300,000 rows is in no index. What is
due near today is few; of all that is far the weightiest come first by an index. So the queue is
merged from one short list for each span of days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from corpus.model.review import RowState
from corpus.review import NEARNESS, nearness
from corpus.store.schema_review import ReviewRow

_OPEN = ReviewRow.state == RowState.OPEN.value
# Products of the same two floats differ in nothing, quotients may in the last place.
_SLACK = 1 + 1e-9


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the queue."""

    conflict: bool
    urgency: float
    document_id: str
    position: int


def waiting(session: Session, today: date, *, limit: int, after: Place | None = None) -> list[int]:
    """Ids of the rows that come first, or after a place."""
    found: list[int] = []
    for conflict in (True, False):
        if after is not None and conflict and not after.conflict:
            continue
        behind = after if after is not None and after.conflict == conflict else None
        query = _merged(today, conflict, limit - len(found), behind)
        found += session.scalars(query)
        if len(found) >= limit:
            break
    return found


def place_of(session: Session, commitment_id: str, today: date) -> Place | None:
    """Where a row stands, or stood before it was decided about."""
    row = session.scalars(
        select(ReviewRow).where(ReviewRow.commitment_id == commitment_id).limit(1)
    ).first()
    if row is None:
        return None
    urgency = row.weight * nearness(row.due, today)
    return Place(row.conflict, urgency, row.document_id, row.position)


def _merged(today: date, conflict: bool, limit: int, after: Place | None) -> Select[int]:
    parts = []
    for days, near in _spans(today):
        urgency = (ReviewRow.weight * near).label("urgency")
        query = select(ReviewRow.row_id, urgency, ReviewRow.document_id, ReviewRow.position).where(
            _OPEN, ReviewRow.conflict.is_(conflict), days, *_behind(after, near)
        )
        ordered = query.order_by(ReviewRow.weight.desc(), ReviewRow.document_id, ReviewRow.position)
        parts.append(select(ordered.limit(limit).subquery()))
    every = union_all(*parts).subquery()
    order = (every.c.urgency.desc(), every.c.document_id, every.c.position)
    return select(every.c.row_id).order_by(*order).limit(limit)


def _spans(today: date) -> Iterator[tuple[ColumnElement[bool], int]]:
    """Spans of days that are equally near, on either side of today, and all that is far."""
    inner, near = NEARNESS[0]
    yield ReviewRow.due.between(_day(today, -inner), _day(today, inner)), near
    for outer, near in NEARNESS[1:]:
        yield ReviewRow.due.between(_day(today, -outer), _day(today, -inner - 1)), near
        yield ReviewRow.due.between(_day(today, inner + 1), _day(today, outer)), near
        inner = outer
    before, after = ReviewRow.due < _day(today, -inner), ReviewRow.due > _day(today, inner)
    yield or_(ReviewRow.due.is_(None), before, after), 1


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)


def _behind(after: Place | None, near: int) -> Iterator[ColumnElement[bool]]:
    if after is None:
        return
    yield ReviewRow.weight <= after.urgency / near * _SLACK
    urgency = ReviewRow.weight * near
    text = tuple_(ReviewRow.document_id, ReviewRow.position)
    yield or_(
        urgency < after.urgency,
        and_(urgency == after.urgency, text > (after.document_id, after.position)),
    )

"""Counters of the desk: 12 rows in state open due on 2026-12-31, 80 that name 云岭省财政厅.

Kept in the transaction that changes the rows, by the difference that it makes; a test holds them
to what counting anew gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Insert, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from corpus.model.review import RowState
from corpus.store.desk_records import ChangeFilter, RowFilter
from corpus.store.schema_review import (
    ReviewBodyRow,
    ReviewChangeRow,
    ReviewCountRow,
    ReviewRow,
)

DUE, UNIT, CONFLICT, CHANGE = "due", "unit", "conflict", "change"
Counts = Counter[tuple[str, str]]
_PART = 200
_CARRIED = "carried_over"


def of_row(state: str, due: date | None, units: str, *, conflict: bool) -> list[tuple[str, str]]:
    """What a row counts under; one that was rejected is nobody's task."""
    found = [(DUE, f"{state} {due or ''}")]
    if conflict:
        found.append((CONFLICT, ""))
    if state != RowState.REJECTED:
        found += [(UNIT, name) for name in units.split("\n") if name]
    return found


def of_change(labels: str, state: str) -> tuple[str, str]:
    """What a change counts under."""
    return CHANGE, f"{state} {labels}"


def add(session: Session, changed: Counts) -> None:
    """Bring the counters up by what a change of rows makes."""
    made = _insert(session)
    moved = [(kind, name, number) for (kind, name), number in sorted(changed.items()) if number]
    rows = [{"kind": kind, "name": name, "number": number} for kind, name, number in moved]
    for start in range(0, len(rows), _PART):
        session.execute(made, rows[start : start + _PART])
    less = [name for _, name, number in moved if number < 0]
    for start in range(0, len(less), _PART):
        part = ReviewCountRow.name.in_(less[start : start + _PART])
        session.execute(delete(ReviewCountRow).where(ReviewCountRow.number == 0, part))


def _insert(session: Session) -> Insert:
    if session.get_bind().dialect.name == "sqlite":
        one = sqlite.insert(ReviewCountRow)
        return one.on_conflict_do_update(
            index_elements=["kind", "name"],
            set_={"number": ReviewCountRow.number + one.excluded.number},
        )
    other = postgresql.insert(ReviewCountRow)
    return other.on_conflict_do_update(
        index_elements=["kind", "name"],
        set_={"number": ReviewCountRow.number + other.excluded.number},
    )


def recounted(session: Session) -> Counts:
    """All counters as counting the rows anew gives them."""
    rows = select(ReviewRow.state, ReviewRow.due, ReviewBodyRow.units, ReviewRow.conflict).join(
        ReviewBodyRow, ReviewBodyRow.row_id == ReviewRow.row_id
    )
    found: Counts = Counter()
    for state, due, units, conflict in session.execute(rows):
        found.update(of_row(state, due, units, conflict=conflict))
    changes = select(ReviewChangeRow.labels, ReviewChangeRow.state)
    found.update(of_change(*row) for row in session.execute(changes))
    return found


def kept(session: Session, kind: str, *, most: int | None = None) -> dict[str, int]:
    """The counters of one kind, most first."""
    query = (
        select(ReviewCountRow.name, ReviewCountRow.number)
        .where(ReviewCountRow.kind == kind)
        .order_by(ReviewCountRow.number.desc(), ReviewCountRow.name)
    )
    return dict(session.execute(query.limit(most)).all())


Dues = list[tuple[RowState, date | None, int]]


def dues(session: Session) -> Dues:
    """How many rows stand where and are due on which day."""
    found = []
    for name, number in kept(session, DUE).items():
        state, _, day = name.partition(" ")
        found.append((RowState(state), date.fromisoformat(day) if day else None, number))
    return found


def changes(session: Session) -> list[tuple[tuple[str, ...], RowState, int]]:
    """How many changes bear which labels (severity among them) and were decided how."""
    found = []
    for name, number in kept(session, CHANGE).items():
        state, *labels = name.split(" ")
        found.append((tuple(labels), RowState(state), number))
    return found


def counts_rows(wanted: RowFilter) -> bool:
    """True for a filter that the counters of days answer."""
    return not (wanted.text or wanted.unit or wanted.document or wanted.conflict)


def matching(found: Dues, wanted: RowFilter) -> Dues:
    """Those counters that a filter asks for."""
    return [each for each in found if _wanted(wanted, *each[:2])]


def _wanted(wanted: RowFilter, state: RowState, due: date | None) -> bool:
    if wanted.state == "standing":
        if state is RowState.REJECTED:
            return False
    elif wanted.state and state != wanted.state:
        return False
    if due is None:
        return wanted.due != "dated" and wanted.due_from is None and wanted.due_before is None
    if wanted.due == "undated":
        return False
    early = wanted.due_from is not None and due < wanted.due_from
    return not early and (wanted.due_before is None or due < wanted.due_before)


def between(found: Dues, days: Sequence[date]) -> list[int]:
    """How many before the first day, from each day to the next, after the last, without a day."""
    sums = [0] * (len(days) + 2)
    for _, due, number in found:
        place = len(days) + 1 if due is None else sum(due >= day for day in days)
        sums[place] += number
    return sums


def counts_changes(wanted: ChangeFilter) -> bool:
    """True for a filter that the counters of changes answer."""
    return not (wanted.text or wanted.unit or wanted.document or wanted.indicator)


def count_changes(
    found: Iterable[tuple[tuple[str, ...], RowState, int]], wanted: ChangeFilter
) -> int:
    """How many changes a filter asks for."""
    needed = {each for each in (wanted.label, wanted.severity and f":{wanted.severity}") if each}
    return sum(
        number
        for labels, state, number in found
        if needed <= set(labels)
        and wanted.state in ("", state)
        and (wanted.label or wanted.carried or labels[0] != _CARRIED)
    )

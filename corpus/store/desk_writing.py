"""Newly computed rows of a document in the place of the old: only what differs is written.

One decision about one row of three hundred writes that row, its counters and its document; who
waits for the database to be free waits for milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from corpus.model.review import RowState
from corpus.store import desk_counts, desk_search
from corpus.store.desk_counts import Counts
from corpus.store.desk_records import ChangeEntry, Entry, Renewed
from corpus.store.desk_rows import body_values, change_values, row_values
from corpus.store.desk_search import Filed
from corpus.store.schema import Base
from corpus.store.schema_review import (
    ReviewBodyRow,
    ReviewChangeRow,
    ReviewDocumentRow,
    ReviewRow,
    ReviewTextRow,
)

Values = dict[str, Any]
_PART = 500


@dataclass(slots=True)
class _Difference:
    """By key what is new, what is there otherwise (old beside new), and what is gone."""

    added: dict[str, Values] = field(default_factory=dict)
    changed: dict[str, tuple[Values, Values]] = field(default_factory=dict)
    gone: dict[str, Values] = field(default_factory=dict)


def renew(session: Session, renewed: Renewed) -> None:
    """One document."""
    document_id, entries = renewed.document_id, renewed.entries
    counts = _rows(session, document_id, entries)
    row = session.get(ReviewDocumentRow, document_id)
    if row is None:
        row = ReviewDocumentRow(document_id=document_id, changes=0)
        session.add(row)
    row.basis = renewed.basis
    row.rows = sum(each.state is not RowState.REJECTED for each in entries)
    row.open = sum(each.state is RowState.OPEN for each in entries)
    row.conflicts = renewed.lost + sum(each.conflict for each in entries)
    if renewed.changes is None:
        counts.update(_states(session, document_id, renewed.states))
    else:
        row.changes = sum(not each.carried for each in renewed.changes)
        counts.update(_changes(session, document_id, renewed.changes))
    if renewed.text is not None:
        _text(session, document_id, renewed.text)
    desk_counts.add(session, counts)


def _states(session: Session, document_id: str, states: Mapping[str, RowState]) -> Counts:
    """What was decided about the changes of a document; those not named wait."""
    query = select(
        ReviewChangeRow.row_id, ReviewChangeRow.key, ReviewChangeRow.labels, ReviewChangeRow.state
    ).where(ReviewChangeRow.document_id == document_id)
    counts: Counts = Counter()
    for row_id, key, labels, state in session.execute(query).all():
        now = states.get(key, RowState.OPEN).value
        if now != state:
            this = ReviewChangeRow.row_id == row_id
            session.execute(update(ReviewChangeRow).where(this).values(state=now))
            counts[desk_counts.of_change(labels, state)] -= 1
            counts[desk_counts.of_change(labels, now)] += 1
    return counts


def _rows(session: Session, document_id: str, entries: Sequence[Entry]) -> Counts:
    body = (ReviewBodyRow.units, ReviewBodyRow.text, ReviewBodyRow.json)
    query = (
        select(*ReviewRow.__table__.columns, *body)
        .join(ReviewBodyRow, ReviewBodyRow.row_id == ReviewRow.row_id)
        .where(ReviewRow.document_id == document_id)
    )
    old = {row["commitment_id"]: dict(row) for row in session.execute(query).mappings()}
    new = {e.commitment.id: row_values(e) | body_values(e) for e in entries}
    found = _compared(old, new)
    _delete(session, ReviewBodyRow, found)
    _delete(session, ReviewRow, found)
    _insert(session, ReviewRow, found)
    bodies = [_own(ReviewBodyRow, each) for each in found.added.values()]
    if bodies:
        session.execute(insert(_table(ReviewBodyRow)), bodies)
    _update(session, ReviewRow, found)
    _update(session, ReviewBodyRow, found)
    _file(session, desk_search.ROWS, found)
    return _counted(found, _row_counts)


def _changes(session: Session, document_id: str, changes: Sequence[ChangeEntry]) -> Counts:
    query = select(*ReviewChangeRow.__table__.columns).where(
        ReviewChangeRow.document_id == document_id
    )
    old = {row["key"]: dict(row) for row in session.execute(query).mappings()}
    found = _compared(old, {each.key: change_values(each) for each in changes})
    _delete(session, ReviewChangeRow, found)
    _insert(session, ReviewChangeRow, found)
    _update(session, ReviewChangeRow, found)
    _file(session, desk_search.CHANGES, found)
    return _counted(found, _change_counts)


def _text(session: Session, document_id: str, said: str) -> None:
    mine = select(ReviewTextRow).where(ReviewTextRow.document_id == document_id)
    row = session.scalars(mine).first()
    if row is None:
        row = ReviewTextRow(document_id=document_id, text=said)
        session.add(row)
        session.flush()
    elif row.text != said:
        desk_search.take_out(session, desk_search.TEXTS, [(row.id, (row.text,))])
        row.text = said
    else:
        return
    desk_search.file(session, desk_search.TEXTS, [(row.id, (said,))])


def _compared(old: dict[str, Values], new: dict[str, Values]) -> _Difference:
    found = _Difference(gone={key: each for key, each in old.items() if key not in new})
    for key, each in new.items():
        before = old.get(key)
        if before is None:
            found.added[key] = each
        elif any(before[name] != value for name, value in each.items()):
            found.changed[key] = (before, each | {"row_id": before["row_id"]})
    return found


def _table(model: type[Base]) -> Table:
    """Rows by the hundred go in without being made objects first."""
    return cast(Table, model.__table__)


def _own(table: type[Base], values: Values) -> Values:
    """Those that are columns of the table."""
    names = table.__table__.columns.keys()
    return {name: value for name, value in values.items() if name in names}


def _delete(session: Session, table: type[Base], found: _Difference) -> None:
    ids = [each["row_id"] for each in found.gone.values()]
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        session.execute(delete(table).where(table.__table__.c.row_id.in_(part)))


def _insert(session: Session, table: type[Base], found: _Difference) -> None:
    """New rows get their ids."""
    added = list(found.added.values())
    if not added:
        return
    key = table.__table__.c.row_id
    made = insert(_table(table)).returning(key, sort_by_parameter_order=True)
    ids = session.scalars(made, [_own(table, each) for each in added]).all()
    for row_id, each in zip(ids, added, strict=True):
        each["row_id"] = row_id


def _update(session: Session, table: type[Base], found: _Difference) -> None:
    """Only the tables whose own columns differ."""
    for before, after in found.changed.values():
        own = _own(table, after)
        if any(before[name] != value for name, value in own.items()):
            this = table.__table__.c.row_id == own.pop("row_id")
            session.execute(update(table).where(this).values(own))


def _file(session: Session, filed: Filed, found: _Difference) -> None:
    """What rows are searched by follows them."""

    def texts(each: Values) -> tuple[int, tuple[str, ...]]:
        return each["row_id"], tuple(each[column] for column in filed.columns)

    moved = [(b, a) for b, a in found.changed.values() if texts(b) != texts(a)]
    gone = [*found.gone.values(), *(before for before, _ in moved)]
    desk_search.take_out(session, filed, map(texts, gone))
    added = [*found.added.values(), *(after for _, after in moved)]
    desk_search.file(session, filed, map(texts, added))


def _counted(found: _Difference, counts: Callable[[Values], Iterable[tuple[str, str]]]) -> Counts:
    """The difference that it makes to the counters."""
    made: Counts = Counter()
    for each in (*found.added.values(), *(after for _, after in found.changed.values())):
        made.update(counts(each))
    for each in (*found.gone.values(), *(before for before, _ in found.changed.values())):
        made.subtract(counts(each))
    return made


def _row_counts(row: Values) -> list[tuple[str, str]]:
    return desk_counts.of_row(row["state"], row["due"], row["units"], conflict=row["conflict"])


def _change_counts(row: Values) -> list[tuple[str, str]]:
    return [desk_counts.of_change(row["labels"], row["state"])]

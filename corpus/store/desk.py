"""The reviewers' desk: all ledgers and changes as they stand after the review, filtered in SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, sessionmaker

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.model.commitment import Commitment
from corpus.model.review import RowState
from corpus.store import codec, desk_counts, desk_fresh, desk_queries, desk_queue, desk_writing
from corpus.store.desk_fresh import Mark
from corpus.store.desk_records import (
    ChangeEntry,
    ChangeFilter,
    DocumentFilter,
    Entry,
    Paper,
    Renewed,
    RowFilter,
    Slice,
)
from corpus.store.desk_rows import change_entry, entry, paper
from corpus.store.engine import one_writer
from corpus.store.schema import CommitmentRow, DocumentRow, ExtractionRow, RelationRow
from corpus.store.schema_review import ReviewChangeRow, ReviewRow

PAGE = 50
_PART = 500


class Desk:
    """What the pages of the web application ask for."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine)
        self._writers = sessionmaker(one_writer(engine))

    # Keeping up with extractions, comparisons and decisions

    def stale(self, seen: Mark | None = None) -> tuple[dict[str, tuple[str, str]], Mark]:
        """By document what its rows were computed from and what they are to be computed from now,
        where that differs: of all documents, or of those that something happened to since ``seen``;
        and what has been seen now."""
        with self._sessions() as session:
            mark = desk_fresh.mark(session)
            if mark == seen:
                return {}, mark
            among = None if seen is None else desk_fresh.since(session, seen)
            return desk_fresh.stale(session, among), mark

    def extracted(self, document_id: str) -> list[Commitment]:
        """The rows of the newest extraction, as extracted."""
        newest = (
            select(func.max(ExtractionRow.id))
            .where(ExtractionRow.document_id == document_id, ExtractionRow.superseded.is_(None))
            .scalar_subquery()
        )
        query = (
            select(CommitmentRow.json)
            .where(CommitmentRow.extraction_id == newest)
            .order_by(CommitmentRow.position)
        )
        with self._sessions() as session:
            return [codec.loads(text, Commitment) for text in session.scalars(query)]

    def renew(self, documents: Sequence[Renewed]) -> None:
        """Put newly computed rows in the place of the old, all in one transaction."""
        with self._writers.begin() as session:
            for each in documents:
                desk_writing.renew(session, each)

    def sizes(self, document_id: str) -> dict[str, int]:
        """By row of a document how much hangs on it, as last compared."""
        query = select(ReviewRow.commitment_id, ReviewRow.size)
        with self._sessions() as session:
            return dict(session.execute(query.where(ReviewRow.document_id == document_id)).all())

    # Documents

    def papers(self, wanted: DocumentFilter, *, page: int = 1, size: int = PAGE) -> Slice[Paper]:
        """Documents, the latest issued first, those without a date last."""
        query = desk_queries.papers(wanted)
        with self._sessions() as session:
            total = desk_queries.count(session, query)
            ordered = query.order_by(*desk_queries.PAPER_ORDER)
            rows = session.execute(ordered.limit(size).offset((page - 1) * size)).all()
        return Slice(tuple(paper(*row) for row in rows), total, page, size)

    def paper(self, document_id: str) -> Paper | None:
        """One document of the list."""
        query = desk_queries.papers(DocumentFilter()).where(DocumentRow.id == document_id)
        with self._sessions() as session:
            row = session.execute(query).first()
        return paper(*row) if row else None

    def called(self, ids: Collection[str]) -> dict[str, str]:
        """What documents are referred to by: their number, else their title, else their file."""
        name = func.coalesce(DocumentRow.document_number, DocumentRow.title, DocumentRow.source)
        query = select(DocumentRow.id, name).where(DocumentRow.id.in_(ids))
        with self._sessions() as session:
            return dict(session.execute(query).all())

    def same_number(self, number: str, other_than: str) -> list[Paper]:
        """Other documents of one 发文字号."""
        query = desk_queries.papers(DocumentFilter()).where(
            DocumentRow.document_number == number, DocumentRow.id != other_than
        )
        with self._sessions() as session:
            return [paper(*row) for row in session.execute(query)]

    def years(self) -> list[int]:
        """The years that documents were issued in, latest first."""
        query = select(DocumentRow.date_of_issue).where(DocumentRow.date_of_issue.is_not(None))
        with self._sessions() as session:
            found = session.scalars(query.distinct())
            return sorted({day.year for day in found if day}, reverse=True)

    def relatives(self, document_id: str) -> list[Related]:
        """Relations of a document to its priors and to those that it is a prior of."""
        mine = or_(RelationRow.document_id == document_id, RelationRow.prior_id == document_id)
        query = select(RelationRow).where(mine, RelationRow.superseded.is_(None))
        with self._sessions() as session:
            return [
                Related(Relation(row.document_id, row.prior_id, row.rule, row.score), row.same_work)
                for row in session.scalars(query.order_by(RelationRow.id))
            ]

    # Rows

    def entries(
        self,
        wanted: RowFilter,
        *,
        page: int = 1,
        size: int = PAGE,
        order: str = "text",
        total: int | None = None,
    ) -> Slice[Entry]:
        """Rows by document and text, or by ``due`` day; ``total`` where it is known by now how many
        there are."""
        ordering = desk_queries.ROW_ORDERS[order]
        with self._sessions() as session:
            total = _count_rows(session, wanted) if total is None else total
            ids = desk_queries.row_ids(wanted, *ordering).limit(size).offset((page - 1) * size)
            found = tuple(_entries(session, session.scalars(ids).all()))
        return Slice(found, total, page, size)

    def by_day(self, wanted: RowFilter, *, most: int) -> dict[date, tuple[int, list[Entry]]]:
        """By day how many rows are due, and the first ``most`` of them."""
        found: dict[date, tuple[int, list[Entry]]] = {}
        with self._sessions() as session:
            asked = session.execute(desk_queries.by_day(wanted, most)).all()
            entries = _entries(session, [row_id for _, _, row_id in asked])
        for (day, number, _), each in zip(asked, entries, strict=True):
            found.setdefault(day, (number, []))[1].append(each)
        return found

    def queue(self, today: date, *, limit: int = PAGE) -> list[Entry]:
        """Rows that wait, by doubt × nearness of deadline × size of change; conflicts first."""
        with self._sessions() as session:
            return _entries(session, desk_queue.waiting(session, today, limit=limit))

    def queue_after(self, commitment_id: str, today: date) -> tuple[str, str] | None:
        """Document and id of the row that comes after one of the queue, be it decided by now, or
        of the first where there is no such row; None at its end."""
        with self._sessions() as session:
            place = desk_queue.place_of(session, commitment_id, today)
            found = desk_queue.waiting(session, today, limit=1, after=place)
            row = session.get(ReviewRow, found[0]) if found else None
            return (row.document_id, row.commitment_id) if row else None

    def states(self) -> dict[RowState, int]:
        """How many rows stand where; all rows together."""
        counts = dict.fromkeys(RowState, 0)
        with self._sessions() as session:
            for state, _, number in desk_counts.dues(session):
                counts[state] += number
        return counts

    def conflicts(self) -> int:
        """How many rows have decisions that the newest extraction does not bear out."""
        with self._sessions() as session:
            return sum(desk_counts.kept(session, desk_counts.CONFLICT).values())

    def due_counts(self, wanted: RowFilter, days: Sequence[date]) -> list[int]:
        """How many rows are due before the first day, from each day to the next, after the last,
        and without a day: together all that ``wanted`` asks for."""
        with self._sessions() as session:
            if desk_counts.counts_rows(wanted):
                found = desk_counts.matching(desk_counts.dues(session), wanted)
                return desk_counts.between(found, days)
            sums = session.execute(desk_queries.between(wanted, days)).one()
            return [int(number or 0) for number in sums]

    def due_years(self) -> list[tuple[int | None, int]]:
        """How many rows that stand are due in each year, earliest first, undated last."""
        counts: Counter[int | None] = Counter()
        with self._sessions() as session:
            every = desk_counts.dues(session)
        for _, due, number in desk_counts.matching(every, RowFilter(state="standing")):
            counts[due.year if due else None] += number
        return sorted(counts.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))

    def unit_counts(self, most: int | None = None) -> list[tuple[str, int]]:
        """The units that rows name, and how many rows do, most first."""
        with self._sessions() as session:
            return list(desk_counts.kept(session, desk_counts.UNIT, most=most).items())

    # Changes

    def changes(
        self, wanted: ChangeFilter, *, page: int = 1, size: int = PAGE
    ) -> Slice[ChangeEntry]:
        """Changes, those that ask less than before first."""
        ids = desk_queries.change_ids(wanted).limit(size).offset((page - 1) * size)
        with self._sessions() as session:
            total = _count_changes(session, wanted)
            found = session.scalars(ids).all()
            query = desk_queries.changes(ChangeFilter(carried=True))
            rows = _by_id(session, query, ReviewChangeRow.row_id, found)
        return Slice(tuple(change_entry(*row) for row in rows), total, page, size)

    def change(self, document_id: str, key: str) -> ChangeEntry | None:
        """One change."""
        query = desk_queries.changes(ChangeFilter(document=document_id, carried=True)).where(
            ReviewChangeRow.key == key
        )
        with self._sessions() as session:
            row = session.execute(query).first()
        return change_entry(*row) if row else None

    def change_keys(self, document_id: str) -> set[str]:
        """The keys of all changes of a document that there are now."""
        query = select(ReviewChangeRow.key).where(ReviewChangeRow.document_id == document_id)
        with self._sessions() as session:
            return set(session.scalars(query))

    def change_counts(self) -> dict[tuple[str, RowState], int]:
        """How many changes by their weightiest label and what was decided; each counts once."""
        counts: dict[tuple[str, RowState], int] = {}
        with self._sessions() as session:
            for labels, state, number in desk_counts.changes(session):
                key = (labels[0], state)
                counts[key] = counts.get(key, 0) + number
        return counts


def _count_rows(session: Session, wanted: RowFilter) -> int:
    if desk_counts.counts_rows(wanted):
        found = desk_counts.matching(desk_counts.dues(session), wanted)
        return sum(number for _, _, number in found)
    return desk_queries.count(session, desk_queries.row_ids(wanted))


def _count_changes(session: Session, wanted: ChangeFilter) -> int:
    if desk_counts.counts_changes(wanted):
        return desk_counts.count_changes(desk_counts.changes(session), wanted)
    return desk_queries.count(session, desk_queries.change_ids(wanted))


def _entries(session: Session, ids: Sequence[int]) -> list[Entry]:
    rows = _by_id(session, desk_queries.rows(), ReviewRow.row_id, ids)
    return [entry(*row) for row in rows]


def _by_id(
    session: Session,
    query: Select[*tuple[Any, ...]],
    key: InstrumentedAttribute[int],
    ids: Sequence[int],
) -> list[Row[*tuple[Any, ...]]]:
    """The rows of those ids, in their order."""
    found: dict[int, Row[*tuple[Any, ...]]] = {}
    for start in range(0, len(ids), _PART):
        part = query.where(key.in_(ids[start : start + _PART]))
        found |= {row[0].row_id: row for row in session.execute(part)}
    return [found[each] for each in ids]

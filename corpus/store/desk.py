"""The reviewers' desk: all ledgers and changes as they stand after the review, filtered in SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine, delete, extract, func, or_, select
from sqlalchemy.orm import sessionmaker

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.model.commitment import Commitment
from corpus.model.review import RowState
from corpus.store import codec, desk_queries
from corpus.store.desk_records import (
    ChangeEntry,
    ChangeFilter,
    DocumentFilter,
    Entry,
    Paper,
    RowFilter,
    Slice,
)
from corpus.store.desk_rows import change_entry, change_row, entry, entry_row, paper
from corpus.store.schema import CommitmentRow, DocumentRow, ExtractionRow, RelationRow
from corpus.store.schema_review import (
    ReviewBodyRow,
    ReviewChangeRow,
    ReviewDocumentRow,
    ReviewRow,
)

PAGE = 50
_STANDS = ReviewRow.state != RowState.REJECTED.value


class Desk:
    """What the pages of the web application ask for."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine)

    # Keeping up with extractions, comparisons and decisions

    def stale(self) -> dict[str, str]:
        """By document what its rows are to be computed from, where they are not yet."""
        with self._sessions() as session:
            query = select(ReviewDocumentRow.document_id, ReviewDocumentRow.basis)
            known = dict(session.execute(query).all())
            now = desk_queries.bases(session)
        return {document: basis for document, basis in now.items() if known.get(document) != basis}

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

    def replace(
        self,
        document_id: str,
        basis: str,
        *,
        entries: Sequence[Entry],
        changes: Sequence[ChangeEntry],
        lost: int,
        text: str | None,
    ) -> None:
        """Put newly computed rows in the place of the old; ``text`` None leaves it as it is."""
        with self._sessions.begin() as session:
            mine = select(ReviewRow.row_id).where(ReviewRow.document_id == document_id)
            session.execute(delete(ReviewBodyRow).where(ReviewBodyRow.row_id.in_(mine)))
            for table in (ReviewRow, ReviewChangeRow):
                session.execute(delete(table).where(table.document_id == document_id))
            session.add_all(entry_row(each) for each in entries)
            session.add_all(change_row(each) for each in changes)
            row = session.get(ReviewDocumentRow, document_id)
            if row is None:
                row = ReviewDocumentRow(document_id=document_id, text="")
                session.add(row)
            row.basis = basis
            row.rows = sum(each.state is not RowState.REJECTED for each in entries)
            row.open = sum(each.state is RowState.OPEN for each in entries)
            row.conflicts = lost + sum(each.conflict for each in entries)
            row.changes = sum(not each.carried for each in changes)
            row.text = row.text if text is None else text

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
        self, wanted: RowFilter, *, page: int = 1, size: int = PAGE, order: str = "text"
    ) -> Slice[Entry]:
        """Rows by document and text, by ``due`` day, or by how urgent they are (``queue``)."""
        ordering = desk_queries.ROW_ORDERS[order]
        with self._sessions() as session:
            total = desk_queries.count(session, desk_queries.row_ids(wanted))
            ids = desk_queries.row_ids(wanted, *ordering).limit(size).offset((page - 1) * size)
            rows = session.execute(desk_queries.rows(ids, *ordering)).all()
        return Slice(tuple(entry(*row) for row in rows), total, page, size)

    def queue(self, today: date, *, limit: int = PAGE) -> list[Entry]:
        """Rows that wait, by doubt × nearness of deadline × size of change; conflicts first."""
        ordering = desk_queries.queue_order(today)
        waiting = RowFilter(state=RowState.OPEN.value)
        ids = desk_queries.row_ids(waiting, *ordering).limit(limit)
        with self._sessions() as session:
            found = session.execute(desk_queries.rows(ids, *ordering))
            return [entry(*row) for row in found]

    def queue_after(self, commitment_id: str, today: date) -> tuple[str, str] | None:
        """Document and id of the row that comes after one of the queue, or of the first where that
        one does not wait; None at its end."""
        ordering = desk_queries.queue_order(today)
        query = (
            select(ReviewRow.document_id, ReviewRow.commitment_id)
            .where(ReviewRow.state == RowState.OPEN.value)
            .order_by(*ordering)
        )
        with self._sessions() as session:
            found = [(document, row) for document, row in session.execute(query.limit(2_000))]
        place = next((n for n, (_, row) in enumerate(found) if row == commitment_id), -1)
        return found[place + 1] if place + 1 < len(found) else None

    def states(self) -> dict[RowState, int]:
        """How many rows stand where; all rows together."""
        query = select(ReviewRow.state, func.count()).group_by(ReviewRow.state)
        with self._sessions() as session:
            found = {RowState(state): count for state, count in session.execute(query)}
        return {state: found.get(state, 0) for state in RowState}

    def due_counts(self, wanted: RowFilter, days: Sequence[date]) -> list[int]:
        """How many rows are due before the first day, from each day to the next, after the last,
        and without a day: together all that ``wanted`` asks for."""
        with self._sessions() as session:
            found = session.execute(desk_queries.between(wanted, days)).one()
            return [int(number or 0) for number in found]

    def due_years(self) -> list[tuple[int | None, int]]:
        """How many rows that stand are due in each year, earliest first, undated last."""
        year = extract("year", ReviewRow.due)
        query = select(year, func.count()).where(_STANDS).group_by(year)
        with self._sessions() as session:
            found = [(int(y) if y else None, count) for y, count in session.execute(query)]
        return sorted(found, key=lambda pair: (pair[0] is None, pair[0] or 0))

    def unit_counts(self) -> list[tuple[str, int]]:
        """Every unit that a row names, and how many rows do, most first."""
        query = select(ReviewRow.units, func.count()).where(_STANDS).group_by(ReviewRow.units)
        counts: Counter[str] = Counter()
        with self._sessions() as session:
            for units, number in session.execute(query):
                for name in filter(None, units.split("\n")):
                    counts[name] += number
        return counts.most_common()

    # Changes

    def changes(
        self, wanted: ChangeFilter, *, page: int = 1, size: int = PAGE
    ) -> Slice[ChangeEntry]:
        """Changes, those that ask less than before first."""
        query = desk_queries.changes(wanted)
        ordered = query.order_by(*desk_queries.CHANGE_ORDER)
        with self._sessions() as session:
            total = desk_queries.count(session, query)
            rows = session.execute(ordered.limit(size).offset((page - 1) * size)).all()
        return Slice(tuple(change_entry(*row) for row in rows), total, page, size)

    def change(self, document_id: str, key: str) -> ChangeEntry | None:
        """One change."""
        query = desk_queries.changes(ChangeFilter(document=document_id, carried=True)).where(
            ReviewChangeRow.key == key
        )
        with self._sessions() as session:
            row = session.execute(query).first()
        return change_entry(*row) if row else None

    def change_counts(self) -> dict[tuple[str, RowState], int]:
        """How many changes by their weightiest label and what was decided; each counts once."""
        query = select(ReviewChangeRow.labels, ReviewChangeRow.state, func.count()).group_by(
            ReviewChangeRow.labels, ReviewChangeRow.state
        )
        counts: dict[tuple[str, RowState], int] = {}
        with self._sessions() as session:
            for labels, state, count in session.execute(query):
                key = (labels.split(" ")[0], RowState(state))
                counts[key] = counts.get(key, 0) + count
        return counts

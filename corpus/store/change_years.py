"""Changes by the year in which the newer document was issued: what each year asked more or less."""

from __future__ import annotations

from sqlalchemy import Engine, extract, func, select
from sqlalchemy.orm import sessionmaker

from corpus.store.schema import DocumentRow
from corpus.store.schema_review import ReviewChangeRow


class ChangeYears:
    """Counts for the overview; each change once, under its weightiest label."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine)

    def counts(self) -> dict[tuple[int | None, str], int]:
        """By year (None for documents without a date) and label how many changes there are."""
        year = extract("year", DocumentRow.date_of_issue)
        query = (
            select(year, ReviewChangeRow.labels, func.count())
            .join(DocumentRow, DocumentRow.id == ReviewChangeRow.document_id)
            .group_by(year, ReviewChangeRow.labels)
        )
        found: dict[tuple[int | None, str], int] = {}
        with self._sessions() as session:
            for when, labels, count in session.execute(query):
                key = (int(when) if when else None, labels.split(" ")[0])
                found[key] = found.get(key, 0) + count
        return found

"""Decisions as they are kept: appended under a number that only one reviewer can get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from corpus.model.review import Decision, OvertakenError
from corpus.review import ABOUT_CHANGES
from corpus.store import codec
from corpus.store.schema_review import DecisionRow


class Decisions:
    """The decisions of a library, oldest first."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine)

    def append(self, decision: Decision) -> Decision:
        """Keep a decision; OvertakenError where its number was given to somebody else's by now."""
        try:
            with self._sessions.begin() as session:
                # A number may be skipped by a page that is out of date, never by one that is not.
                latest = _latest(session, decision)
                if (latest.number if latest else 0) == decision.number - 1:
                    row = _row(decision)
                    session.add(row)
                    session.flush()
                    return replace(decision, id=row.id)
        except IntegrityError:
            with self._sessions() as session:
                latest = _latest(session, decision)
        if latest is None:
            raise LookupError(f"no decision about {decision.subject_id} has number 1 yet")
        raise OvertakenError(latest)

    def of_document(self, document_id: str) -> list[Decision]:
        """All decisions about rows and changes of one document."""
        return self._read(document_id=document_id)

    def of_subject(self, document_id: str, subject_id: str) -> list[Decision]:
        """All decisions about one row or change."""
        return self._read(document_id=document_id, subject_id=subject_id)

    def newest(self) -> int:
        """Number of the newest of all; 0 where there is none."""
        with self._sessions() as session:
            return session.scalar(select(func.max(DecisionRow.id))) or 0

    def latest(self, limit: int) -> list[Decision]:
        """The newest of all, newest first."""
        query = select(DecisionRow).order_by(DecisionRow.id.desc()).limit(limit)
        with self._sessions() as session:
            return [_decision(row) for row in session.scalars(query)]

    def count_by_reviewer(self) -> Sequence[tuple[str, int]]:
        """How many decisions each reviewer made, most first."""
        number = func.count(DecisionRow.id)
        query = select(DecisionRow.reviewer, number).group_by(DecisionRow.reviewer)
        with self._sessions() as session:
            found = session.execute(query.order_by(number.desc(), DecisionRow.reviewer)).all()
            return [(reviewer, count) for reviewer, count in found]

    def _read(self, **wanted: str) -> list[Decision]:
        query = select(DecisionRow).filter_by(**wanted).order_by(DecisionRow.id)
        with self._sessions() as session:
            return [_decision(row) for row in session.scalars(query)]


def about_rows(session: Session, document_id: str) -> list[Decision]:
    """All decisions about rows of one document, none about its changes."""
    query = select(DecisionRow).where(
        DecisionRow.document_id == document_id,
        ~DecisionRow.subject_id.startswith(ABOUT_CHANGES),
    )
    return [_decision(row) for row in session.scalars(query.order_by(DecisionRow.id))]


def _latest(session: Session, decision: Decision) -> Decision | None:
    row = session.scalars(
        select(DecisionRow)
        .where(
            DecisionRow.document_id == decision.document_id,
            DecisionRow.subject_id == decision.subject_id,
        )
        .order_by(DecisionRow.number.desc())
    ).first()
    return _decision(row) if row else None


def _row(decision: Decision) -> DecisionRow:
    return DecisionRow(
        document_id=decision.document_id,
        subject_id=decision.subject_id,
        number=decision.number,
        verdict=decision.verdict.value,
        reviewer=decision.reviewer,
        created=decision.when,
        json=codec.dumps(decision),
    )


def _decision(row: DecisionRow) -> Decision:
    return replace(codec.loads(row.json, Decision), id=row.id)

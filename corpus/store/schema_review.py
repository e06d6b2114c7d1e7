"""The tables of the review: decisions, what stands after them, accounts, the audit log.

``review_*`` tables hold nothing of their own: they are computed from extractions, comparisons and
decisions, so that a page of 300,000 rows is one query, and can be dropped and made anew.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from corpus.store.schema import Base

_ID = String(40)
_MOMENT = DateTime(timezone=True)


class DecisionRow(Base):
    """One decision about a row or a change; never changed. ``number`` counts those of a subject:
    that it is unique is what keeps two reviewers from overwriting each other."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("document_id", "subject_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    subject_id: Mapped[str] = mapped_column(_ID, index=True)
    number: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str] = mapped_column(String(10))
    reviewer: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(_MOMENT)
    json: Mapped[str] = mapped_column(Text)


class ReviewDocumentRow(Base):
    """Which extraction, comparisons and decisions the rows below were computed from."""

    __tablename__ = "review_documents"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    basis: Mapped[str] = mapped_column(String(80))
    rows: Mapped[int] = mapped_column(Integer)
    open: Mapped[int] = mapped_column(Integer)
    conflicts: Mapped[int] = mapped_column(Integer)
    changes: Mapped[int] = mapped_column(Integer)


class ReviewTextRow(Base):
    """Header and body of a document, as it is searched."""

    __tablename__ = "review_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)


class ReviewCountRow(Base):
    """How many rows or changes are alike in something (``corpus.store.desk_counts`` says in what),
    kept with them in one transaction, so that an overview counts nothing."""

    __tablename__ = "review_counts"
    __table_args__ = (Index(None, "kind", "number"),)

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)


class ReviewRow(Base):
    """A row of a ledger as it stands after the review: only what it is filtered and ordered by, so
    that 300,000 of them can be looked through; the whole of it is its body."""

    __tablename__ = "review_rows"
    __table_args__ = (
        UniqueConstraint("document_id", "commitment_id"),
        # The list by day, of all rows and of those in one state, without opening the rows.
        Index(None, "due", "document_id", "position", "state"),
        Index(None, "state", "due", "document_id", "position"),
        # The queue: what is due on certain days, and the weightiest of all.
        Index(
            "ix_review_rows_queue",
            "state",
            "conflict",
            "due",
            "weight",
            "document_id",
            "position",
        ),
        Index(
            "ix_review_rows_weight",
            "state",
            "conflict",
            "weight",
            "document_id",
            "position",
            "due",
        ),
    )

    row_id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    commitment_id: Mapped[str] = mapped_column(_ID, index=True)
    position: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10))
    conflict: Mapped[bool] = mapped_column(Boolean)
    due: Mapped[date | None] = mapped_column(Date)
    doubt: Mapped[float] = mapped_column(Float)
    size: Mapped[int] = mapped_column(Integer)
    weight: Mapped[float] = mapped_column(Float)


class ReviewBodyRow(Base):
    """The whole of a row as JSON, and what it is searched by."""

    __tablename__ = "review_bodies"

    row_id: Mapped[int] = mapped_column(ForeignKey("review_rows.row_id"), primary_key=True)
    units: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    json: Mapped[str] = mapped_column(Text)


class ReviewChangeRow(Base):
    """A change of a comparison with what was decided about it."""

    __tablename__ = "review_changes"
    __table_args__ = (
        UniqueConstraint("document_id", "key"),
        # The list and its filters, without opening the rows.
        Index(
            "ix_review_changes_list",
            "weight",
            "document_id",
            "position",
            "labels",
            "state",
        ),
    )

    row_id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    key: Mapped[str] = mapped_column(_ID)
    position: Mapped[int] = mapped_column(Integer)
    prior_id: Mapped[str | None] = mapped_column(_ID)
    weight: Mapped[int] = mapped_column(Integer)
    labels: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    indicators: Mapped[str] = mapped_column(Text, server_default="")
    units: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    json: Mapped[str] = mapped_column(Text)


class AccountRow(Base):
    """Who may sign in. ``disabled`` accounts stay, their decisions bear their name."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20))
    created: Mapped[datetime] = mapped_column(_MOMENT)
    disabled: Mapped[bool] = mapped_column(Boolean)


class SessionRow(Base):
    """A browser that is signed in, by the hash of its secret."""

    __tablename__ = "sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    created: Mapped[datetime] = mapped_column(_MOMENT)
    seen: Mapped[datetime] = mapped_column(_MOMENT)


class AuditRow(Base):
    """Who did what when, from where; only ever added to."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "action", "moment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[datetime] = mapped_column(_MOMENT)
    who: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(Text)

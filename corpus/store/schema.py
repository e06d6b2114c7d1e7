"""The tables of the library. History is appended: what a newer version of the code read takes the
place of the older reading, which stays, marked ``superseded``.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

# The revision that these classes describe; a test holds it to the newest of ``migrations``.
HEAD = "0009"

_SHA256 = String(64)
_ID = String(40)


class Base(DeclarativeBase):
    """Constraints have names, so that a migration can change them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class FileRow(Base):
    """A file taken in (入库), whether or not it can be read."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(_SHA256, primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)
    first_seen: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))


class DocumentRow(Base):
    """A file that could be read, with what one looks for it by."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), unique=True)
    source: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(100))
    title: Mapped[str | None] = mapped_column(Text)
    document_number: Mapped[str | None] = mapped_column(Text, index=True)
    issuers: Mapped[str] = mapped_column(Text)
    date_of_issue: Mapped[date | None] = mapped_column(Date, index=True)
    pages: Mapped[int] = mapped_column(Integer)


class BodyRow(Base):
    """One reading of a document: ``body`` is everything but the lines of print, ``lines`` those.

    Lines are nine tenths of the bytes and only boxes need them, so they are kept apart.
    """

    __tablename__ = "bodies"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    version: Mapped[str] = mapped_column(String(80))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    lines: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    superseded: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class StageRow(Base):
    """What one stage made of one file under one version: the key by which nothing is done twice."""

    __tablename__ = "stages"
    __table_args__ = (Index(None, "sha256", "stage", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    stage: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(80))
    result: Mapped[str] = mapped_column(String(10))
    settled: Mapped[bool] = mapped_column()
    reason: Mapped[str | None] = mapped_column(Text)
    page: Mapped[int | None] = mapped_column(Integer)
    started: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ClaimRow(Base):
    """Which worker is at work on what until when: only of what is going on, never of the past."""

    __tablename__ = "claims"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    stage: Mapped[str] = mapped_column(String(20), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200), index=True)
    taken: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ExtractionRow(Base):
    """One extraction of one reading of a document. ``placed`` is the version of comparing that has
    looked for its relations among all the others."""

    __tablename__ = "extractions"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    placed: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(80))
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    superseded: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class CommitmentRow(Base):
    """One row of the ledger: columns to filter by, and the whole of it as JSON."""

    __tablename__ = "commitments"
    __table_args__ = (UniqueConstraint("extraction_id", "position"),)

    row_id: Mapped[int] = mapped_column(primary_key=True)
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"))
    position: Mapped[int] = mapped_column(Integer)
    id: Mapped[str] = mapped_column(_ID, index=True)
    indicator: Mapped[str | None] = mapped_column(Text)
    action: Mapped[str | None] = mapped_column(Text)
    deadline_kind: Mapped[str | None] = mapped_column(String(10))
    deadline_end: Mapped[date | None] = mapped_column(Date, index=True)
    confidence: Mapped[float] = mapped_column(Float)
    json: Mapped[str] = mapped_column(Text)
    units: Mapped[list[UnitRow]] = relationship(order_by="UnitRow.position")


class UnitRow(Base):
    """One responsible unit of one commitment."""

    __tablename__ = "commitment_units"

    row_id: Mapped[int] = mapped_column(primary_key=True)
    commitment_row_id: Mapped[int] = mapped_column(ForeignKey("commitments.row_id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text, index=True)
    raw: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20))


class RelationRow(Base):
    """Why one document is a prior document of another (文件沿革)."""

    __tablename__ = "relations"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    prior_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    rule: Mapped[str] = mapped_column(String(20))
    score: Mapped[float] = mapped_column(Float)
    same_work: Mapped[bool] = mapped_column()
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    superseded: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ComparisonRow(Base):
    """One document against its priors, or, with ``copies``, against a copy of the same work."""

    __tablename__ = "comparisons"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    version: Mapped[str] = mapped_column(String(80))
    copies: Mapped[bool] = mapped_column()
    decided: Mapped[int] = mapped_column(Integer, server_default="0")
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    superseded: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    priors: Mapped[list[PriorRow]] = relationship(order_by="PriorRow.position")
    changes: Mapped[list[ChangeRow]] = relationship(order_by="ChangeRow.position")


class PriorRow(Base):
    """One prior document of a comparison."""

    __tablename__ = "comparison_priors"

    row_id: Mapped[int] = mapped_column(primary_key=True)
    comparison_id: Mapped[int] = mapped_column(ForeignKey("comparisons.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))


class ChangeRow(Base):
    """What became of one commitment."""

    __tablename__ = "changes"
    __table_args__ = (UniqueConstraint("comparison_id", "position"),)

    row_id: Mapped[int] = mapped_column(primary_key=True)
    comparison_id: Mapped[int] = mapped_column(ForeignKey("comparisons.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    json: Mapped[str] = mapped_column(Text)


class RunRow(Base):
    """One run of the flow; its counts reconcile: taken in = done + partial + failed."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    taken_in: Mapped[int | None] = mapped_column(Integer)
    done: Mapped[int | None] = mapped_column(Integer)
    partial: Mapped[int | None] = mapped_column(Integer)
    failed: Mapped[int | None] = mapped_column(Integer)


class OutcomeRow(Base):
    """What happened to one file in one run."""

    __tablename__ = "outcomes"

    row_id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    json: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(String(10))


class CrawlRunRow(Base):
    """One crawl of one site (抓取)."""

    __tablename__ = "crawl_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(String(80), index=True)
    started: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    requests: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(Text)


class CrawlEventRow(Base):
    """One look at one address; never changed. ``json`` holds the whole of the event."""

    __tablename__ = "crawl_events"
    __table_args__ = (Index(None, "site", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("crawl_runs.id"), index=True)
    site: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(12))
    result: Mapped[str] = mapped_column(String(12))
    sha256: Mapped[str | None] = mapped_column(_SHA256, index=True)
    digest: Mapped[str | None] = mapped_column(_SHA256, index=True)
    started: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    json: Mapped[str] = mapped_column(Text)

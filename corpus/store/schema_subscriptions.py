"""The tables of subscriptions (订阅) and of the digests that were made and sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    DateTime,
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
_OWNER = String(80)


class SubscriptionRow(Base):
    """What somebody wants to hear of: an indicator, a unit, a document's family, everything."""

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("owner", "kind", "wanted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(_OWNER)
    kind: Mapped[str] = mapped_column(String(20))
    wanted: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(_MOMENT)


class DigestSettingRow(Base):
    """How often somebody gets a digest, where to, and in which language."""

    __tablename__ = "digest_settings"

    owner: Mapped[str] = mapped_column(_OWNER, primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    webhook: Mapped[bool] = mapped_column(Boolean)
    every: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(10))


class DigestRow(Base):
    """One digest as it was made; ``day`` keeps two programs from making one for the same day."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("owner", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(_OWNER)
    day: Mapped[str] = mapped_column(String(10))
    created: Mapped[datetime] = mapped_column(_MOMENT)
    json: Mapped[str] = mapped_column(Text)


class DigestChangeRow(Base):
    """A change that somebody knows of: it was in a digest, or was there when they subscribed."""

    __tablename__ = "digest_changes"

    owner: Mapped[str] = mapped_column(_OWNER, primary_key=True)
    document_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    key: Mapped[str] = mapped_column(_ID, primary_key=True)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id"))


class DeliveryRow(Base):
    """One way that a digest goes out. It is claimed before it is sent, so that it goes once."""

    __tablename__ = "digest_deliveries"
    __table_args__ = (UniqueConstraint("digest_id", "channel"), Index(None, "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"))
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text)
    moment: Mapped[datetime] = mapped_column(_MOMENT)

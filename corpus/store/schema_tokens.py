"""The table of API tokens: hashes only, so that nobody who reads the database can use one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from corpus.store.schema import Base

_MOMENT = DateTime(timezone=True)


class ApiTokenRow(Base):
    """A token of an account. Revoked and expired ones stay, for the log."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    created: Mapped[datetime] = mapped_column(_MOMENT)
    expires: Mapped[datetime | None] = mapped_column(_MOMENT)
    used: Mapped[datetime | None] = mapped_column(_MOMENT)
    revoked: Mapped[datetime | None] = mapped_column(_MOMENT)

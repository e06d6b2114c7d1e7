"""Accounts, browsers that are signed in, and the audit log: rows, no rule of who may do what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import sessionmaker

from corpus.store.schema_review import AccountRow, AuditRow, SessionRow
from corpus.store.tokens import Tokens
from corpus.store.writing import now


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; ``password`` is a hash."""

    id: int
    name: str
    password: str
    role: str
    disabled: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log: who did what to what, from which address."""

    moment: datetime
    who: str
    address: str
    action: str
    subject: str


class Accounts:
    """Who may sign in, who is signed in, and what was done."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine)

    @property
    def tokens(self) -> Tokens:
        """What programs sign in with."""
        return Tokens(self._sessions)

    def any(self) -> bool:
        """False until the first account is made."""
        with self._sessions() as session:
            return session.scalar(select(func.count(AccountRow.id))) != 0

    def all(self) -> list[Account]:
        """Every account by name, those that are disabled too."""
        with self._sessions() as session:
            rows = session.scalars(select(AccountRow).order_by(AccountRow.name))
            return [_account(row) for row in rows]

    def named(self, name: str) -> Account | None:
        """The account of that name."""
        with self._sessions() as session:
            row = session.scalars(select(AccountRow).where(AccountRow.name == name)).first()
            return _account(row) if row else None

    def add(self, name: str, password: str, role: str) -> None:
        """A new account; its name must be free."""
        with self._sessions.begin() as session:
            session.add(
                AccountRow(name=name, password=password, role=role, created=now(), disabled=False)
            )

    def change(
        self,
        name: str,
        *,
        password: str | None = None,
        role: str | None = None,
        disabled: bool | None = None,
    ) -> None:
        """Change what is given; whoever is signed in to the account is signed out."""
        given = {"password": password, "role": role, "disabled": disabled}
        values = {column: value for column, value in given.items() if value is not None}
        with self._sessions.begin() as session:
            row = session.scalars(select(AccountRow).where(AccountRow.name == name)).one()
            for column, value in values.items():
                setattr(row, column, value)
            session.execute(delete(SessionRow).where(SessionRow.account_id == row.id))

    # Sessions

    def open_session(self, token: str, account_id: int) -> None:
        """A browser signed in; ``token`` is the hash of its secret."""
        with self._sessions.begin() as session:
            moment = now()
            session.add(SessionRow(token=token, account_id=account_id, created=moment, seen=moment))

    def session_account(self, token: str, *, opened_after: datetime) -> Account | None:
        """Whose session it is, if it is not too old and the account is not disabled."""
        query = (
            select(AccountRow)
            .join(SessionRow, SessionRow.account_id == AccountRow.id)
            .where(
                SessionRow.token == token,
                SessionRow.created > opened_after,
                AccountRow.disabled.is_(False),
            )
        )
        with self._sessions() as session:
            row = session.scalars(query).first()
            return _account(row) if row else None

    def close_session(self, token: str) -> None:
        """A browser signed out."""
        with self._sessions.begin() as session:
            session.execute(delete(SessionRow).where(SessionRow.token == token))

    # Audit

    def note(self, who: str, address: str, action: str, subject: str = "") -> None:
        """Add a line to the audit log."""
        with self._sessions.begin() as session:
            session.add(
                AuditRow(
                    moment=now(),
                    who=who[:80],
                    address=address[:64],
                    action=action,
                    subject=subject,
                )
            )

    def count(self, action: str, *, since: datetime, who: str = "", address: str = "") -> int:
        """How often something was done since then, by that name or from that address."""
        query = select(func.count(AuditRow.id)).where(
            AuditRow.action == action, AuditRow.moment > since
        )
        if who:
            query = query.where(AuditRow.who == who[:80])
        if address:
            query = query.where(AuditRow.address == address[:64])
        with self._sessions() as session:
            return session.scalar(query) or 0

    def log(self, *, limit: int = 200, before: int = 0) -> Sequence[AuditEntry]:
        """The newest lines first."""
        query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit).offset(before)
        with self._sessions() as session:
            return [
                AuditEntry(row.moment, row.who, row.address, row.action, row.subject)
                for row in session.scalars(query)
            ]


def _account(row: AccountRow) -> Account:
    return Account(row.id, row.name, row.password, row.role, row.disabled, row.created)

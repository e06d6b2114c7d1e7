"""API tokens as rows: whose they are and until when; of a token itself only its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from corpus.store.schema_review import AccountRow
from corpus.store.schema_tokens import ApiTokenRow
from corpus.store.writing import now

# That a token is in use is written down no oftener than this.
_NOTED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """``account_role`` is what its account may do today, ``role`` what the token was made for."""

    id: int
    name: str
    account: str
    account_role: str
    account_disabled: bool
    role: str
    created: datetime
    expires: datetime | None
    used: datetime | None
    revoked: datetime | None

    def stands(self, moment: datetime) -> bool:
        """True where it may be used: neither revoked nor expired, and its account enabled."""
        expired = self.expires is not None and self.expires <= moment
        return self.revoked is None and not expired and not self.account_disabled


class Tokens:
    """All tokens that were ever made."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def add(
        self, account_id: int, name: str, digest: str, *, role: str, expires: datetime | None
    ) -> int:
        """A new token; its number."""
        with self._sessions.begin() as session:
            row = ApiTokenRow(
                account_id=account_id,
                name=name,
                digest=digest,
                role=role,
                created=now(),
                expires=expires,
            )
            session.add(row)
            session.flush()
            return row.id

    def all(self) -> list[ApiToken]:
        """Every token, newest first, those that are void too."""
        query = (
            select(ApiTokenRow, AccountRow)
            .join(AccountRow, AccountRow.id == ApiTokenRow.account_id)
            .order_by(ApiTokenRow.id.desc())
        )
        with self._sessions() as session:
            return [_token(*row) for row in session.execute(query)]

    def of_digest(self, digest: str) -> ApiToken | None:
        """The token of that hash, whether it stands or not."""
        query = (
            select(ApiTokenRow, AccountRow)
            .join(AccountRow, AccountRow.id == ApiTokenRow.account_id)
            .where(ApiTokenRow.digest == digest)
        )
        with self._sessions() as session:
            row = session.execute(query).first()
            return _token(*row) if row else None

    def use(self, token: ApiToken) -> None:
        """Note that it was used just now."""
        moment = now()
        if token.used is not None and moment - token.used < _NOTED:
            return
        with self._sessions.begin() as session:
            session.get_one(ApiTokenRow, token.id).used = moment

    def revoke(self, number: int) -> ApiToken | None:
        """Make it void at once; None where there is none of that number."""
        with self._sessions.begin() as session:
            row = session.get(ApiTokenRow, number)
            if row is None:
                return None
            row.revoked = row.revoked or now()
            return _token(row, session.get_one(AccountRow, row.account_id))


def _token(row: ApiTokenRow, account: AccountRow) -> ApiToken:
    return ApiToken(
        row.id,
        row.name,
        account.name,
        account.role,
        account.disabled,
        row.role,
        _utc(row.created),
        _maybe(row.expires),
        _maybe(row.used),
        _maybe(row.revoked),
    )


def _maybe(moment: datetime | None) -> datetime | None:
    return _utc(moment) if moment else None


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone; they went in as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

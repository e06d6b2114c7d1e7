"""Subscriptions (订阅) and digests as they are kept: 云岭省民政厅 every week by e-mail.

A change is told once: what somebody knows of is recorded in the same step in which the digest that
tells it is made, and a digest is claimed before it is sent. One that broke off while it was sent
stays ``sending`` and is shown, not sent again.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, Select, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from corpus.model.review import RowState
from corpus.store import desk_queries
from corpus.store.desk_records import ChangeEntry, ChangeFilter
from corpus.store.desk_rows import change_entry
from corpus.store.schema_review import ReviewChangeRow
from corpus.store.schema_subscriptions import (
    DeliveryRow,
    DigestChangeRow,
    DigestRow,
    DigestSettingRow,
    SubscriptionRow,
)
from corpus.store.writing import now

# A change: the newer document and the key of the change in it.
Key = tuple[str, str]
T = TypeVar("T")

_CHUNK = 500
_MOST_TRIES = 5


class SubscriptionKind(enum.StrEnum):
    """指标, 责任单位, 文件及其沿革, 全部."""

    INDICATOR = "indicator"
    UNIT = "unit"
    DOCUMENT = "document"
    ALL = "all"


class DeliveryState(enum.StrEnum):
    """等待发送, 正在发送（或中断）, 已发送, 未发出."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Subscription:
    """``wanted`` is part of a name, or the id of a document."""

    id: int
    owner: str
    kind: SubscriptionKind
    wanted: str
    created: datetime


@dataclass(frozen=True, slots=True)
class DigestSetting:
    """``every`` is in days; ``email`` is empty and ``webhook`` false where it is only a page."""

    owner: str
    email: str = ""
    webhook: bool = False
    every: int = 1
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One way that a digest goes out: e-mail to an address, or the webhook."""

    id: int
    digest_id: int
    channel: str
    address: str
    state: DeliveryState
    tries: int
    reason: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as it was made; ``json`` is what it says."""

    id: int
    owner: str
    created: datetime
    json: str
    deliveries: tuple[Delivery, ...] = ()


class Subscriptions:
    """What people subscribed to, and what they were told."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine)

    def add(self, owner: str, kind: SubscriptionKind, wanted: str) -> bool:
        """Subscribe; False where it was there already."""
        row = SubscriptionRow(owner=owner, kind=kind.value, wanted=wanted, created=now())
        try:
            with self._sessions.begin() as session:
                session.add(row)
        except IntegrityError:
            return False
        return True

    def remove(self, owner: str, number: int) -> None:
        """Unsubscribe; somebody else's stays."""
        mine = (SubscriptionRow.owner == owner, SubscriptionRow.id == number)
        with self._sessions.begin() as session:
            session.execute(delete(SubscriptionRow).where(*mine))

    def of(self, owner: str) -> list[Subscription]:
        """What somebody subscribed to, in the order of time."""
        query = select(SubscriptionRow).where(SubscriptionRow.owner == owner)
        with self._sessions() as session:
            rows = session.scalars(query.order_by(SubscriptionRow.id))
            return [
                Subscription(r.id, r.owner, SubscriptionKind(r.kind), r.wanted, r.created)
                for r in rows
            ]

    def owners(self) -> list[str]:
        """Everybody who subscribed to something."""
        with self._sessions() as session:
            found = session.scalars(select(SubscriptionRow.owner).distinct())
            return sorted(found)

    def setting(self, owner: str) -> DigestSetting:
        """How somebody gets digests; on the page alone where nothing was chosen."""
        with self._sessions() as session:
            row = session.get(DigestSettingRow, owner)
            if row is None:
                return DigestSetting(owner)
            return DigestSetting(owner, row.email, row.webhook, row.every, row.language)

    def choose(self, setting: DigestSetting) -> None:
        """Set how somebody gets digests."""
        with self._sessions.begin() as session:
            session.merge(
                DigestSettingRow(
                    owner=setting.owner,
                    email=setting.email,
                    webhook=setting.webhook,
                    every=setting.every,
                    language=setting.language,
                )
            )

    # What is news to somebody

    def news(
        self, owner: str, wanted: Sequence[ChangeFilter], *, limit: int
    ) -> tuple[list[ChangeEntry], frozenset[Key]]:
        """Changes that somebody does not know of yet, weightiest first, and the keys of all."""
        found: dict[tuple[str, str], ChangeEntry] = {}
        with self._sessions() as session:
            keys = self._keys(session, owner, wanted)
            for each in wanted:
                query = _unknown(owner, each).order_by(*desk_queries.CHANGE_ORDER).limit(limit)
                for row in session.execute(query):
                    entry = change_entry(*row)
                    found[entry.document_id, entry.key] = entry
        ordered = sorted(found.values(), key=lambda e: (e.weight, e.document_id, e.position))
        return ordered[:limit], keys

    def know(self, owner: str, wanted: Sequence[ChangeFilter]) -> int:
        """What is there when somebody subscribes is no news to them later."""
        with self._sessions.begin() as session:
            return _record(session, owner, self._keys(session, owner, wanted), None)

    def _keys(self, session: Session, owner: str, wanted: Sequence[ChangeFilter]) -> frozenset[Key]:
        columns = (ReviewChangeRow.document_id, ReviewChangeRow.key)
        found: set[Key] = set()
        for each in wanted:
            query = _unknown(owner, each).with_only_columns(*columns)
            found.update((document, key) for document, key in session.execute(query))
        return frozenset(found)

    # Digests

    def keep(
        self,
        owner: str,
        told: Collection[Key],
        *,
        day: str,
        json: str,
        ways: Sequence[tuple[str, str]],
    ) -> int | None:
        """Keep a digest with the changes that it told, and the ways (channel, address) that it is
        to go; None where somebody else made the one of that day."""
        try:
            with self._sessions.begin() as session:
                moment = now()
                row = DigestRow(owner=owner, day=day, created=moment, json=json)
                session.add(row)
                session.flush()
                _record(session, owner, told, row.id)
                session.add_all(
                    DeliveryRow(
                        digest_id=row.id,
                        channel=channel,
                        address=address,
                        state=DeliveryState.WAITING.value,
                        tries=0,
                        reason="",
                        moment=moment,
                    )
                    for channel, address in ways
                )
                return row.id
        except IntegrityError:
            return None

    def latest_day(self, owner: str) -> str | None:
        """The day of somebody's last digest, as it is written: 2025-06-01."""
        with self._sessions() as session:
            return session.scalar(select(func.max(DigestRow.day)).where(DigestRow.owner == owner))

    def digests(self, owner: str, *, limit: int = 20) -> list[Digest]:
        """Somebody's digests, newest first."""
        query = select(DigestRow).where(DigestRow.owner == owner)
        with self._sessions() as session:
            rows = session.scalars(query.order_by(DigestRow.id.desc()).limit(limit)).all()
            return [_digest(session, row) for row in rows]

    def digest(self, number: int) -> Digest | None:
        """One digest."""
        with self._sessions() as session:
            row = session.get(DigestRow, number)
            return _digest(session, row) if row else None

    def waiting(self) -> list[Delivery]:
        """What is to be sent: new, or failed before and not given up."""
        states = (DeliveryState.WAITING.value, DeliveryState.FAILED.value)
        query = select(DeliveryRow).where(
            DeliveryRow.state.in_(states), DeliveryRow.tries < _MOST_TRIES
        )
        with self._sessions() as session:
            return [_delivery(row) for row in session.scalars(query.order_by(DeliveryRow.id))]

    def claim(self, delivery: Delivery) -> bool:
        """Take a delivery to send it; False where somebody else did."""
        still = (DeliveryRow.id == delivery.id, DeliveryRow.tries == delivery.tries)
        taken = (
            update(DeliveryRow)
            .where(*still, DeliveryRow.state == delivery.state.value)
            .values(state=DeliveryState.SENDING.value, tries=delivery.tries + 1, moment=now())
        )
        with self._sessions.begin() as session:
            return bool(session.execute(taken).rowcount)  # type: ignore[attr-defined]

    def settle(self, delivery: Delivery, reason: str = "") -> None:
        """Sent, or not, and why."""
        state = DeliveryState.FAILED if reason else DeliveryState.SENT
        values = {"state": state.value, "reason": reason, "moment": now()}
        with self._sessions.begin() as session:
            session.execute(
                update(DeliveryRow).where(DeliveryRow.id == delivery.id).values(**values)
            )


def _unknown(owner: str, wanted: ChangeFilter) -> Select[*tuple[Any, ...]]:
    """Changes of a filter that were neither dismissed nor told to somebody before."""
    known = exists().where(
        DigestChangeRow.owner == owner,
        DigestChangeRow.document_id == ReviewChangeRow.document_id,
        DigestChangeRow.key == ReviewChangeRow.key,
    )
    return desk_queries.changes(wanted).where(
        ~known, ReviewChangeRow.state != RowState.REJECTED.value
    )


def _record(session: Session, owner: str, keys: Collection[Key], digest_id: int | None) -> int:
    rows = [
        {"owner": owner, "document_id": document, "key": key, "digest_id": digest_id}
        for document, key in sorted(keys)
    ]
    for part in _chunks(rows):
        session.execute(DigestChangeRow.__table__.insert(), part)  # type: ignore[attr-defined]
    return len(rows)


def _chunks(rows: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]


def _digest(session: Session, row: DigestRow) -> Digest:
    query = select(DeliveryRow).where(DeliveryRow.digest_id == row.id).order_by(DeliveryRow.id)
    ways = tuple(_delivery(each) for each in session.scalars(query))
    return Digest(row.id, row.owner, row.created, row.json, ways)


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        row.id,
        row.digest_id,
        row.channel,
        row.address,
        DeliveryState(row.state),
        row.tries,
        row.reason,
        row.moment,
    )

"""Who is at work on what, so that several workers on one library never do a file twice.

A claim is a row for a subject and a stage (the bytes 3f9a… in 解析), with its owner and the end of
its lease. Whoever holds it renews it; the claim of a worker that died is taken over when its lease
is over, at once where the worker was a process of this machine. A worker that lost its claim while
it slept can't save what it made: that is checked in the transaction that saves it. Clocks of
different machines may differ by less than the lease.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from corpus.store.schema import ClaimRow

# The subject of what is done to all documents together.
LIBRARY = "library"
LEASE = timedelta(seconds=90)
_PROC = Path("/proc")
_TICK = 0.2  # seconds between two tries for what another has


class ClaimLostError(Exception):
    """Another worker has taken over what this one was at work on."""


class Claims:
    """The claims of one worker."""

    def __init__(
        self, sessions: sessionmaker[Session], *, owner: str | None = None, lease: timedelta = LEASE
    ) -> None:
        self._sessions = sessions
        self._lease = lease
        self._held: set[tuple[str, str]] = set()
        self.owner = owner or f"{_machine()} {_process(os.getpid())} {secrets.token_hex(8)}"

    def take(self, subject: str, stage: str) -> bool:
        """Claim it; False where another worker is at it."""
        now = datetime.now(UTC)
        with self._sessions.begin() as session:
            row = session.get(ClaimRow, (subject, stage))
            if row is None:
                row = ClaimRow(subject=subject, stage=stage)
                session.add(row)
            elif row.owner != self.owner and _utc(row.expires) > now and not _gone(row.owner):
                return False
            row.owner, row.taken, row.expires = self.owner, now, now + self._lease
        self._held.add((subject, stage))
        return True

    def settle(self, session: Session, subject: str, stage: str) -> None:
        """Give it back in the transaction that saves what was made; ClaimLostError where it is not
        ours any more. What was never claimed is nobody's."""
        if (subject, stage) not in self._held:
            return
        found = session.execute(
            delete(ClaimRow).where(
                ClaimRow.subject == subject, ClaimRow.stage == stage, ClaimRow.owner == self.owner
            )
        )
        if found.rowcount != 1:  # type: ignore[attr-defined]
            raise ClaimLostError(f"{stage} of {subject} was taken over by another worker")

    def release(self, subject: str, stage: str) -> None:
        """Give it back, whatever came of it."""
        if (subject, stage) not in self._held:
            return
        self._held.discard((subject, stage))
        mine = delete(ClaimRow).where(
            ClaimRow.subject == subject, ClaimRow.stage == stage, ClaimRow.owner == self.owner
        )
        with self._sessions.begin() as session:
            session.execute(mine)

    def settled(self, subject: str, stage: str) -> None:
        """The transaction that gave it back was kept."""
        self._held.discard((subject, stage))

    def renew(self) -> None:
        """Put off the end of everything that this worker holds."""
        later = datetime.now(UTC) + self._lease
        with self._sessions.begin() as session:
            session.execute(
                update(ClaimRow).where(ClaimRow.owner == self.owner).values(expires=later)
            )

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Renew in time, for as long as the work inside takes."""
        over = threading.Event()

        def work() -> None:
            while not over.wait(self._lease.total_seconds() / 3):
                if self._held:
                    self.renew()

        thread = threading.Thread(target=work, name="claims", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    @contextmanager
    def alone(self, subject: str, stage: str) -> Iterator[None]:
        """What only one worker may do at a time (placing documents among the others); waits."""
        while not self.take(subject, stage):
            time.sleep(_TICK)
        try:
            with self.renewed():
                yield
        finally:
            self.release(subject, stage)

    def of_others(self) -> list[str]:
        """The subjects that other workers hold now."""
        with self._sessions() as session:
            return list(
                session.scalars(
                    select(ClaimRow.subject)
                    .where(ClaimRow.owner != self.owner, ClaimRow.expires > datetime.now(UTC))
                    .order_by(ClaimRow.subject)
                )
            )


@cache
def _machine() -> str:
    """This boot of this machine, and within it what shares our numbers of processes: two containers
    of one name are two machines."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{(_PROC / 'self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def _process(number: int) -> str:
    """A process by its number and when it started: numbers come round again."""
    try:
        # The name, in brackets, may hold blanks.
        fields = (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return f"{number}@"
    # A zombie does nothing any more.
    return f"{number}@{'' if fields[0] == 'Z' else fields[19]}"


def _gone(owner: str) -> bool:
    """True where the owner was a process of this machine that is no more."""
    machine, process, _token = owner.split(" ")
    if machine != _machine() or not (_PROC / "self").exists():
        return False
    return _process(int(process.partition("@")[0])) != process


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone; they went in as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

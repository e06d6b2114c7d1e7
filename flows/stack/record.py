"""What is running on a library, for people and for other commands: ``library/up.json``, and a lock
that only one ``taizhang up`` can hold: 台账库已由进程 4711 启动.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus.model.errors import PolicyError

_LOCK, _RECORD = "up.lock", "up.json"


class AlreadyUp(PolicyError):
    """Another process runs everything on this ``home`` already."""

    def __init__(self, home: Path, pid: int | None, web: str) -> None:
        super().__init__(
            f"{home} 已由进程 {pid or '？'} 启动，网页地址 {web or '见该进程'}；"
            "请先停止它，或用 --home 指定另一个台账库",
            f"{home} is up already (process {pid or 'unknown'}, {web or 'starting'}); stop it "
            "first, or name another library with --home",
        )
        self.home = home


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One part as people see it."""

    state: str
    words: str
    since: str
    pid: int | None = None
    restarts: int = 0


@dataclass(frozen=True, slots=True)
class UpRecord:
    """Who runs what where."""

    pid: int
    started: str
    web: str
    api: str
    parts: dict[str, PartRecord] = field(default_factory=dict)


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the library for one ``up``; AlreadyUp where another has it. A crash lets go of it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            found = read(home)
            pid, web = (found.pid, found.web) if found else (None, "")
            raise AlreadyUp(home, pid, web) from error
        try:
            yield
        finally:
            (home / _RECORD).unlink(missing_ok=True)


def write(home: Path, record: UpRecord) -> None:
    """Make it known."""
    from corpus.intake import write_whole

    text = json.dumps(asdict(record), ensure_ascii=False, indent=1)
    write_whole(home / _RECORD, text.encode("utf-8"))


def read(home: Path) -> UpRecord | None:
    """What was written last, whether or not it still holds."""
    try:
        found = json.loads((home / _RECORD).read_text("utf-8"))
    except FileNotFoundError:
        return None
    parts = {name: PartRecord(**part) for name, part in found.pop("parts").items()}
    return UpRecord(**found, parts=parts)


def is_up(home: Path) -> bool:
    """True while somebody holds the lock."""
    try:
        with (home / _LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def api_of(home: Path) -> str | None:
    """Address of the Prefect server that runs on this library, if one does."""
    record = read(home) if is_up(home) else None
    return record.api if record else None


def now() -> str:
    """To the second."""
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")

"""A private PostgreSQL for the tests: a real server of the Debian package in a folder of its own.

``postgres`` is the URL of a database with today's tables, ``empty_postgres`` of one with none,
``database`` first that of a new SQLite file, then ``postgres``. Where the package is absent, these
tests are skipped and say so.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

_PROGRAMS = Path("/usr/lib/postgresql/15/bin")
_ACCOUNTS = ("postgres", "nobody")
_PATIENCE = 30.0
_PR_SET_PDEATHSIG = 1
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}
_CUT_OFF = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
)

NewDatabase = Callable[[str], str]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What starts worker processes by the dozen runs with ``-m workers``."""
    if "workers" in config.getoption("-m"):
        return
    skip = pytest.mark.skip(reason="starts workers by the dozen; run with -m workers")
    for item in items:
        if item.get_closest_marker("workers"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def new_database() -> Iterator[NewDatabase]:
    """Makes a database whose name begins like that; its URL."""
    if not (_PROGRAMS / "postgres").exists():
        pytest.skip("needs PostgreSQL 15 (Debian: apt install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="taizhang-pg-"))
    try:
        yield from _served(folder)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def _library(new_database: NewDatabase) -> str:
    from corpus.store.engine import connect

    url = new_database("library")
    connect(url).dispose()
    return url


@pytest.fixture
def postgres(_library: str) -> str:
    """URL of a database that has today's tables, all of them empty."""
    with create_engine(_library, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(_CUT_OFF))
        names = connection.scalars(text(_TABLES)).all()
        connection.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY"))
    return _library


@pytest.fixture
def empty_postgres(new_database: NewDatabase) -> str:
    """URL of a new database without any table."""
    return new_database("empty")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a new library's database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'library' / 'taizhang.db'}"
    found: str = request.getfixturevalue("postgres")
    return found


def _served(folder: Path) -> Iterator[NewDatabase]:
    """A server that listens at a socket in the folder, and nowhere else."""
    account = _account()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    _run(account, "initdb", "-D", str(folder / "data"), "-U", "taizhang", "--auth=trust",
         "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
    given = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [_PROGRAMS / "postgres", "-D", folder / "data", "-k", folder, *given],
            cwd=folder, stdout=log, stderr=log, preexec_fn=_ends_with_us, **_as(account),
        )  # fmt: skip
    try:
        yield _maker(server, folder)
    finally:
        # Immediate shutdown: nothing in there is needed any more.
        server.send_signal(signal.SIGQUIT)
        try:
            server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _maker(server: subprocess.Popen[bytes], folder: Path) -> NewDatabase:
    def url(name: str) -> str:
        return f"postgresql+psycopg://taizhang@/{name}?host={folder}"

    engine = create_engine(url("postgres"), isolation_level="AUTOCOMMIT")
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            engine.connect().close()
            break
        except OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
    numbers = count(1)

    def make(beginning: str) -> str:
        name = f"{beginning}_{next(numbers)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        return url(name)

    return make


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: somebody else who is there."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name: each for each in pwd.getpwall()}
    return next(known[name] for name in _ACCOUNTS if name in known)


def _ends_with_us() -> None:
    """Ask the kernel for a signal when the tests are killed: no server is left behind."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _as(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _run(account: pwd.struct_passwd | None, program: str, *words: str) -> None:
    subprocess.run(
        [_PROGRAMS / program, *words], check=True, capture_output=True, cwd="/", **_as(account)
    )

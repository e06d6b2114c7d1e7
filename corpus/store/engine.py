"""Opening the database: the one place that knows SQLite from PostgreSQL.

The embedded SQLite is brought to the newest tables on opening. A database server is somebody's to
look after: there an empty one is set up, and an older one only by ``python -m
corpus.store.engine URL``.

What several workers write goes through ``one_writer``: SQLite lets one in at a time anyway, and on
PostgreSQL a lock of the transaction does the same, so that what a transaction has looked up still
holds when it writes. Writing takes milliseconds, reading a document takes hundreds of them.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from corpus.model.errors import SettingsError
from corpus.store import (  # noqa: F401 - tables of the schema
    schema_index,
    schema_review,
    schema_subscriptions,
    schema_tokens,
)
from corpus.store.schema import HEAD

_BUSY_MILLISECONDS = 30_000
_CACHE_KILOBYTES = 32_768  # a look-up in the index jumps about; the usual 2 MB hold none of it
_ONE_WRITER = "one_writer"
# Any number will do that nobody else locks by: the letters of 台账 in Unicode.
_LOCK = 0x53F0_8D26
# Alembic keeps what it is at work on in its modules: one thread at a time.
_migrating = threading.Lock()


def connect(url: str) -> Engine:
    """An engine on a database that has today's tables."""
    try:
        engine = _engine(url)
        found = _revision(engine)
        if found == HEAD:
            return engine
        if found is None or engine.dialect.name == "sqlite":
            upgrade(engine)
            return engine
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise SettingsError(
            f"数据库地址无法使用：{_shown(url)}，请检查设置 database（{error}）",
            f"can't use the database URL {_shown(url)}; check the setting 'database' ({error})",
        ) from error
    except (DatabaseError, OSError) as error:
        raise SettingsError(
            f"无法打开台账库 {_shown(url)}，请检查路径、权限，或文件是否损坏",
            f"can't open the library at {_shown(url)}: check the path, its permissions, or "
            f"whether the file is damaged ({type(error).__name__})",
        ) from error
    raise SettingsError(
        f"数据库结构版本为 {found}，程序需要 {HEAD}；请先备份，再运行 "
        f"python -m corpus.store.engine {_shown(url)}",
        f"the database is at revision {found}, this program needs {HEAD}; back it up, then run "
        f"`python -m corpus.store.engine {_shown(url)}`",
    )


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision; Alembic is imported only where there is need."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _migrating, one_writer(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def one_writer(engine: Engine) -> Engine:
    """The same database, for transactions of which there is one at a time among all processes."""
    return engine.execution_options(**{_ONE_WRITER: True})


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True)
        event.listen(engine, "begin", _alone_on_server)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _alone_in_file)
    return engine


def _alone_on_server(connection: Connection) -> None:
    if connection.get_execution_options().get(_ONE_WRITER):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _alone_in_file(connection: Connection) -> None:
    """Begun for reading, a transaction could not go on to write once another has written."""
    if connection.get_execution_options().get(_ONE_WRITER):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare(connection: Any, _record: Any) -> None:
    """SQLite checks foreign keys only when told; WAL lets a reader in while a run writes."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
    cursor.close()


def _revision(engine: Engine) -> str | None:
    """The revision of the tables there; None where there are none yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def _shown(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url.partition("://")[0] + "://…"


if __name__ == "__main__":
    upgrade(_engine(sys.argv[1]))

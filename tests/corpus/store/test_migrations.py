"""The revisions lead to the tables that the classes describe."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import corpus.store
from corpus.model.errors import SettingsError
from corpus.store import open_store
from corpus.store.schema import HEAD, Base

_SCRIPTS = Path(corpus.store.__file__).parent / "migrations"


def test_newest_revision_is_the_one_the_schema_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_new_library_has_the_tables_of_the_schema(database: str) -> None:
    open_store(database).close()
    with create_engine(database).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _of_the_schema})
        assert compare_metadata(context, Base.metadata) == []


def test_embedded_library_lets_readers_in_while_it_writes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'taizhang.db'}"
    open_store(url).close()
    with create_engine(url).connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_older_library_is_brought_up_on_opening(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'taizhang.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
    open_store(url).close()
    assert inspect(engine).has_table("commitments")


def test_older_database_of_a_server_is_left_to_its_keeper(empty_postgres: str) -> None:
    open_store(empty_postgres).close()
    engine = create_engine(empty_postgres)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    with pytest.raises(SettingsError, match="0004"):
        open_store(empty_postgres)


def test_workers_that_start_at_once_on_an_empty_database_set_it_up_once(
    empty_postgres: str,
) -> None:
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(open_store, [empty_postgres] * 4):
            store.close()
    assert inspect(create_engine(empty_postgres)).has_table("commitments")


def _of_the_schema(name: str | None, kind: str, _parents: object) -> bool:
    """Tokens of names are kept in the way of each database, beside the schema."""
    return not (kind == "table" and (name or "").startswith("index_grams"))

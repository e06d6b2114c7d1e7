"""The revisions lead to the tables that the classes describe."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import corpus.store
from corpus.store import open_store
from corpus.store.schema import HEAD, Base

_SCRIPTS = Path(corpus.store.__file__).parent / "migrations"


def test_newest_revision_is_the_one_the_schema_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_new_library_has_the_tables_of_the_schema(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'taizhang.db'}"
    open_store(url).close()
    with create_engine(url).connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_older_library_is_brought_up_on_opening(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'taizhang.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
    open_store(url).close()
    assert inspect(engine).has_table("commitments")

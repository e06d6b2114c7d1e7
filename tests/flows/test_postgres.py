"""PostgreSQL with two worker processes holds what SQLite with one holds, document for document."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from corpus.store.records import Result

pytestmark = [pytest.mark.workers, pytest.mark.usefixtures("prefect")]

_ROOT = Path(__file__).parents[2]
_FILES = 24


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """Small plans, the samples, the same bytes under two names, and a file that can't be read."""
    spec = spec_from_file_location("documents", _ROOT / "benchmarks" / "documents.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    written: list[Path] = module.write(tmp_path / "in", _FILES)
    again = tmp_path / "in" / "again.txt"
    again.write_bytes(written[3].read_bytes())
    empty = tmp_path / "in" / "empty.pdf"
    empty.write_bytes(b"")
    samples = sorted((_ROOT / "corpus" / "samples" / "documents").iterdir())
    return [str(path) for path in (*written, again, empty, *samples)]


def test_two_workers_on_postgres_make_what_one_makes_on_sqlite(
    paths: list[str],
    postgres: str,
    tmp_path: Path,
    dumped: Callable[[str], dict[str, Any]],
    broken: Callable[[str], dict[str, int]],
) -> None:
    from flows.backfill import backfill
    from flows.pipeline import run

    sqlite = f"sqlite:///{tmp_path / 'one' / 'taizhang.db'}"
    one = run(paths, str(tmp_path / "one"), sqlite)
    home = str(tmp_path / "two")

    two = backfill(paths, home, postgres, workers=2, batch=4, runner="processes")

    assert two == one
    assert [outcome.result for outcome in two].count(Result.FAILED) == 1
    assert (broken(sqlite), broken(postgres)) == ({}, {})
    first, second = dumped(sqlite), dumped(postgres)
    assert len(first) >= _FILES
    assert sum(len(document["comparisons"]) for document in first.values()) >= _FILES // 2
    assert second.keys() == first.keys()
    for name, document in first.items():
        assert second[name] == document, name

    again = backfill(paths, home, postgres, workers=2, batch=4, runner="processes")

    assert all(outcome.unchanged for outcome in again)
    assert (broken(postgres), dumped(postgres)) == ({}, second)

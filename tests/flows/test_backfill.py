"""Batches go to worker processes; one that dies takes nothing with it but itself."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model.errors import SettingsError
from flows.runners import RUNNERS, opened
from flows.workers import Work, WorkerError, Workers

_MODULE = """
import os, signal
from pathlib import Path

def work(kind, batch, *, folder):
    for name in batch:
        marks = Path(folder) / name
        marks.open("a").write(f"{kind}\\n")
        if name.startswith("once") and len(marks.read_text().split()) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("always"):
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("broken"):
            raise OSError("no database")
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Work]:
    """A function that new processes find by its name; it writes down what it does."""
    from functools import partial

    (tmp_path / "work_to_do.py").write_text(_MODULE, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    module = importlib.import_module("work_to_do")
    return partial(module.work, folder=str(tmp_path))


def _done(folder: Path, name: str) -> int:
    return len((folder / name).read_text().split())


def test_every_batch_is_done_by_somebody(work: Work, tmp_path: Path) -> None:
    batches = [{f"a{n}": "", f"b{n}": ""} for n in range(5)]
    with Workers(work, 2) as workers:
        over = list(workers.each("read", batches))
    assert sorted(over, key=str) == [(batch, True) for batch in batches]
    assert {_done(tmp_path, name) for batch in batches for name in batch} == {1}


def test_worker_that_dies_is_replaced_and_its_batch_done_file_by_file(
    work: Work, tmp_path: Path
) -> None:
    with Workers(work, 1) as workers:
        over = list(workers.each("read", [{"good": "", "once": "", "later": ""}, {"other": ""}]))
    assert all(good for _, good in over)
    assert {name for batch, _ in over for name in batch} == {"good", "once", "later", "other"}
    assert (_done(tmp_path, "once"), _done(tmp_path, "other")) == (2, 1)


def test_file_that_ends_two_workers_is_given_up_alone(work: Work, tmp_path: Path) -> None:
    with Workers(work, 1) as workers:
        over = list(workers.each("read", [{"first": "", "always": "", "last": ""}]))
    assert ({"always": ""}, False) in over
    assert sorted(name for batch, good in over if good for name in batch) == ["first", "last"]
    assert _done(tmp_path, "always") == 2


def test_worker_that_can_do_nothing_stops_the_backfill(work: Work) -> None:
    with pytest.raises(WorkerError, match="no database"), Workers(work, 1) as workers:
        list(workers.each("read", [{"broken": ""}]))


def test_dask_that_is_not_installed_is_named(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.runners.find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="prefect-dask"), opened("dask", work, 2):
        pass


def test_runners_are_those_of_the_command_line() -> None:
    from flows.cli.options import BackfillRunner

    assert set(RUNNERS) == {runner.value for runner in BackfillRunner}

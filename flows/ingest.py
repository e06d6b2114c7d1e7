"""Orchestration of taking in: keep every file by its hash; only this stage meets the world."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from prefect import task

from corpus.files import Files
from corpus.model.errors import UnreadableFile
from corpus.store import Store, open_store
from corpus.store.records import Outcome, Result, Stage, StoredFile
from flows.progress import batches, counted
from flows.settings import load

_TRIES = 3
_PAUSE = 1.0  # seconds; a network drive may answer then


@task(task_run_name="ingest from {number}")
def ingest_batch(
    number: int, paths: list[str], home: str, store_url: str, run_id: int
) -> list[str | Outcome]:
    """Keep some files; ``number`` is the place of the first in the run."""
    return ingest_files(paths, home, store_url, run_id)


def ingest(paths: list[str], home: str, store_url: str, run_id: int) -> list[str | Outcome]:
    """For every path the SHA-256 of its bytes, or the outcome where they can't be had."""
    found: list[str | Outcome] = []
    for batch in batches(paths):
        found += ingest_batch(len(found) + 1, batch, home, store_url, run_id)
    return found


def ingest_files(
    paths: Sequence[str], home: str, store_url: str, run_id: int
) -> list[str | Outcome]:
    """What ``ingest`` says of these paths; what may recover is tried again after all the others."""
    with open_store(store_url) as store:
        files = files_of(home)
        found = _tried(store, files, counted(Stage.INGEST, paths), run_id)
        for _ in range(1, _TRIES):
            again = [path for path in paths if _may_recover(found[path])]
            if again:
                time.sleep(_PAUSE)
                found |= _tried(store, files, again, run_id)
    return [_said(path, found[path]) for path in paths]


def _tried(
    store: Store, files: Files, paths: Iterable[str], run_id: int
) -> dict[str, str | Exception]:
    found: dict[str, str | Exception] = {}
    for path in paths:
        try:
            taken = files.take(Path(path))
            store.save_file(StoredFile(taken.sha256, taken.source, taken.size), run_id)
            found[path] = taken.sha256
        except Exception as error:
            # Said of this file in its outcome; the others go on.
            found[path] = error
    return found


def files_of(home: str) -> Files:
    """Where the settings have the files of that library."""
    return Files(Path(home), load(Path(home)).files)


def _may_recover(found: str | Exception) -> bool:
    """A network drive may answer a second later; a refusal stays one."""
    return isinstance(found, UnreadableFile) and found.reason == "unreadable"


def _said(path: str, found: str | Exception) -> str | Outcome:
    if isinstance(found, str):
        return found
    reason = (
        str(found)
        if isinstance(found, UnreadableFile)
        else f"无法入库 | can't take it in: {type(found).__name__}: {found}"
    )
    return Outcome(Path(path).name, Result.FAILED, stage=Stage.INGEST, reason=reason)

"""Orchestration of taking in: keep every file by its hash; only this stage meets the world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import task

from corpus.intake import take
from corpus.model.errors import UnreadableFile
from corpus.store import open_store
from corpus.store.records import Outcome, Result, Stage, StoredFile
from flows.progress import counted


def _may_recover(_task: Any, _run: Any, state: Any) -> bool:
    """A network drive may answer a second later; a refusal stays one."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, UnreadableFile) and error.reason == "unreadable"


@task(
    task_run_name="ingest {path}",
    retries=2,
    retry_delay_seconds=1,
    retry_condition_fn=_may_recover,
)
def ingest_file(path: str, home: str, store_url: str, run_id: int) -> str:
    """Keep one file; its SHA-256."""
    taken = take(Path(path), Path(home))
    with open_store(store_url) as store:
        store.save_file(StoredFile(taken.sha256, taken.source, taken.size), run_id)
    return taken.sha256


def ingest(paths: list[str], home: str, store_url: str, run_id: int) -> list[str | Outcome]:
    """For every path the SHA-256 of its bytes, or the outcome where they can't be had."""
    return [_ingested(path, home, store_url, run_id) for path in counted(Stage.INGEST, paths)]


def _ingested(path: str, home: str, store_url: str, run_id: int) -> str | Outcome:
    state = ingest_file(path, home, store_url, run_id, return_state=True)
    result: str | BaseException = state.result(raise_on_failure=False)
    if isinstance(result, str):
        return result
    reason = (
        str(result)
        if isinstance(result, UnreadableFile)
        else f"无法入库 | can't take it in: {type(result).__name__}: {result}"
    )
    return Outcome(Path(path).name, Result.FAILED, stage=Stage.INGEST, reason=reason)

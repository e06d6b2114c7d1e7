"""Uploads of the web application as a run of Prefect: the files by their hash, under the names that
people gave them, with progress and the outcome of each as artifacts of the run (入库进度 3/10).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from uuid import UUID

from prefect import flow
from prefect.artifacts import (
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import State
from prefect.states import Completed

from corpus.store.records import Outcome, Result, Stage
from flows.notify_hooks import HOOKS
from flows.outcome import STAGE_ZH
from flows.pipeline import run
from flows.progress import reporting
from flows.uploads import linked, row

_EVERY = 0.5  # seconds between two reports of one stage: more is not seen, and costs a request


@flow(name="taizhang-upload", validate_parameters=False, persist_result=False, **HOOKS)
def upload_flow(uploads: list[list[str]], home: str, store_url: str) -> State[list[Outcome]]:
    """Take files that are kept already into the library: (name, SHA-256) each."""
    with TemporaryDirectory(prefix="taizhang-") as folder, shown_progress(len(uploads)):
        paths = [
            linked(Path(folder), number, name, Path(home), sha256)
            for number, (name, sha256) in enumerate(uploads)
        ]
        outcomes = run(paths, home, store_url)
    create_table_artifact(
        key="upload", table=[row(each) for each in outcomes], description="每份文件的结果 outcomes"
    )
    complete = all(each.result is Result.DONE for each in outcomes)
    return Completed(name="Completed" if complete else "Incomplete", data=outcomes)


@contextmanager
def shown_progress(total: int, stages: Sequence[Stage] = tuple(Stage)) -> Iterator[None]:
    """A bar for each stage on the page of the run, there from the beginning: what is made later
    would belong to the run of a stage."""
    bars = {stage: _bar(stage, total) for stage in stages}
    last: dict[str, float] = {}

    def report(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage not in bars or (done < total and now - last.get(stage, 0.0) < _EVERY):
            return
        last[stage] = now
        percent = 100.0 * done / total if total else 100.0
        update_progress_artifact(
            bars[Stage(stage)], percent, description=_words(stage, done, total)
        )

    with reporting(report):
        yield


def _bar(stage: Stage, total: int) -> UUID:
    # Prefect declares that this may be awaited; outside of an event loop it never is.
    return cast(
        UUID,
        create_progress_artifact(0.0, key=f"progress-{stage}", description=_words(stage, 0, total)),
    )


def _words(stage: str, done: int, total: int) -> str:
    return f"{STAGE_ZH[Stage(stage)]} {stage} {done}/{total}"

"""Orchestration of a backfill (历史文件补录): thousands of files, read by several workers at once.

The files are taken in first, under their hashes; then batches of hashes go to the workers, and the
comparisons when all is read. Everything is in the library when its worker says so: a backfill that
was broken off goes on where it was, and nothing is done twice, whoever else is at work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import cast

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from corpus.store import Store, open_store
from corpus.store.claims import LIBRARY
from corpus.store.records import Outcome, Result, Stage
from flows.compare import compare_documents, outstanding, place
from flows.extract import extract_files
from flows.ingest import ingest
from flows.outcome import Key, Step
from flows.parse import parse_files
from flows.pipeline import told
from flows.progress import tell
from flows.publish import publish
from flows.runners import Runner, opened
from flows.slots import DATABASE, OCR, slot
from flows.versions import compare_version, extract_version, parse_version
from flows.workers import Batch, WorkerError

READ, PLACE, COMPARE = "read", "place", "compare"
_LOST = (
    "读取该文件时工作进程两次意外退出，可能是内存不足或文件损坏"
    " | reading this file ended its worker twice: out of memory, or a damaged file"
)


def work(kind: str, batch: Batch, *, home: str, store_url: str) -> None:
    """What a worker does with a batch: files by their hash, or documents with their version."""
    if kind == COMPARE:
        compare_documents(batch, store_url)
        return
    if kind == PLACE:
        place(batch, store_url)
        return
    parsed = parse_files(list(batch), home, store_url)
    extract_files([each for each in batch if not parsed[each].failed], store_url)


@flow(name="taizhang-batch", flow_run_name="{kind} batch", validate_parameters=False)
def batch_flow(kind: str, batch: dict[str, str], home: str, store_url: str) -> None:
    """One batch as a run of its own, for workers of a work pool."""
    with slot(OCR if kind == READ else DATABASE):
        work(kind, batch, home=home, store_url=store_url)


@flow(name="taizhang-backfill", validate_parameters=False, persist_result=False)
def backfill_flow(
    paths: list[str], home: str, store_url: str, workers: int, batch: int, runner: str
) -> State[list[Outcome]]:
    """Take files into the library by many hands; what became of each, in the order given."""
    began = datetime.now(UTC)
    with open_store(store_url) as store, ExitStack() as stack:
        run_id = store.begin_run()
        taken = ingest(paths, home, store_url, run_id)
        files = list(dict.fromkeys(each for each in taken if isinstance(each, str)))
        do = partial(work, home=home, store_url=store_url)
        run = stack.enter_context(opened(runner, do, workers))
        _read(store, files, run, batch)
        with store.claims.alone(LIBRARY, Stage.COMPARE):
            _compare(store, store_url, run, batch)
        steps = {sha256: list(_steps(store, sha256, began)) for sha256 in files}
        outcomes = told(store, paths, taken, steps)
    publish(run_id, outcomes, store_url)
    complete = all(each.result is Result.DONE for each in outcomes)
    return Completed(name="Completed" if complete else "Incomplete", data=outcomes)


def backfill(
    paths: list[str], home: str, store_url: str, *, workers: int, batch: int, runner: str
) -> list[Outcome]:
    """The flow, and what became of each file."""
    state = backfill_flow(paths, home, store_url, workers, batch, runner, return_state=True)
    return cast(list[Outcome], state.result())


def _read(store: Store, files: Sequence[str], run: Runner, size: int) -> None:
    """Parse and extract what is not yet."""
    done, version = store.stage_of_all(Stage.EXTRACT), extract_version()
    due = dict.fromkeys((each for each in files if (each, version) not in done), "")
    for lost in _each(run, READ, Stage.EXTRACT, due, size):
        for sha256 in lost:
            now = datetime.now(UTC)
            parsed = store.stage(sha256, Stage.PARSE, parse_version())
            key = (
                Key(sha256, Stage.EXTRACT, version)
                if parsed
                else Key(sha256, Stage.PARSE, parse_version())
            )
            store.save_stage(key.record(now, Result.FAILED, reason=_LOST, settled=False))


def _compare(store: Store, store_url: str, run: Runner, size: int) -> None:
    """Place all new documents, then compare those whose priors are not what they were."""
    new = dict.fromkeys(store.unplaced(compare_version()), "")
    for kind in (PLACE, COMPARE):
        due = new if kind == PLACE else outstanding(store_url)[1]
        for lost in _each(run, kind, Stage.COMPARE, due, size):
            names = "、".join(lost)
            raise WorkerError(
                f"比对 {names} 时工作进程两次意外退出，可能是内存不足",
                f"comparing {names} ended its worker twice: out of memory?",
            )


def _each(run: Runner, kind: str, stage: Stage, due: Batch, size: int) -> Iterator[Batch]:
    """Hand out all that is due and tell how far it is; the batches that were given up."""
    done = 0
    tell(stage, done, len(due))
    for batch, good in run(kind, list(_cut(due, size))):
        done += len(batch)
        tell(stage, done, len(due))
        if not good:
            yield batch


def _cut(due: Batch, size: int) -> Iterable[Batch]:
    things = list(due.items())
    return (dict(things[start : start + size]) for start in range(0, len(things), size))


def _steps(store: Store, sha256: str, began: datetime) -> Iterator[Step]:
    """The newest record of every stage, whoever made it."""
    versions = {Stage.PARSE: parse_version(), Stage.EXTRACT: extract_version()}
    newest = {
        record.stage: record
        for record in store.stages(sha256)
        if record.version == versions.get(record.stage, record.version)
    }
    for stage in Stage:
        if stage in newest:
            yield Step(newest[stage], unchanged=newest[stage].finished < began)

"""The table of contents: 入库 → 解析 → 抽取 → 比对 → 发布, each in the module of its name.

All documents are parsed and extracted before any is compared, so that the order of files does not
matter. What happened to one never stops the rest. Several runs may be at work on one library: each
takes the files that no other is at, and one at a time compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from corpus.store import Store, open_store
from corpus.store.claims import LIBRARY
from corpus.store.records import Outcome, Result, Stage
from flows.compare import compare
from flows.extract import extract
from flows.ingest import ingest
from flows.outcome import Step, outcome
from flows.parse import parse
from flows.publish import publish
from flows.slots import DATABASE, slot


@flow(name="taizhang", validate_parameters=False, persist_result=False)
def pipeline(paths: list[str], home: str, store_url: str) -> State[list[Outcome]]:
    """Take files into the library; what became of each, in the order given."""
    with open_store(store_url) as store:
        run_id = store.begin_run()
    taken = ingest(paths, home, store_url, run_id)
    files = list(dict.fromkeys(sha256 for sha256 in taken if isinstance(sha256, str)))
    parsed = parse(files, home, store_url)
    extracted = extract([f for f in files if not parsed[f].failed], store_url)
    with slot(DATABASE), open_store(store_url) as store, store.claims.alone(LIBRARY, Stage.COMPARE):
        compared = compare(store_url)
    stages = (parsed, extracted, compared)
    steps = {file: [each[file] for each in stages if file in each] for file in files}
    with open_store(store_url) as store:
        outcomes = told(store, paths, taken, steps)
    publish(run_id, outcomes, store_url)
    complete = all(each.result is Result.DONE for each in outcomes)
    return Completed(name="Completed" if complete else "Incomplete", data=outcomes)


def run(paths: list[str], home: str, store_url: str) -> list[Outcome]:
    """The flow, and what became of each file; only a flow that broke down raises."""
    state = pipeline(paths, home, store_url, return_state=True)
    return cast(list[Outcome], state.result())


def told(
    store: Store,
    paths: Sequence[str],
    taken: Sequence[str | Outcome],
    steps: Mapping[str, Sequence[Step]],
) -> list[Outcome]:
    """What became of each path; ``steps`` are by SHA-256."""
    return [
        file
        if isinstance(file, Outcome)
        else outcome(Path(path).name, file, store.document_of(file), steps[file])
        for path, file in zip(paths, taken, strict=True)
    ]

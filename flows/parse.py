"""Orchestration of parsing: bytes kept by hash in, a document in the library out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from prefect import task

from corpus.intake import place
from corpus.model.document import Document
from corpus.store import Store, open_store
from corpus.store.records import Result, Stage, StageRecord
from flows.outcome import Key, Step, once
from flows.progress import counted
from flows.versions import parse_version


@task(task_run_name="parse {sha256}")
def parse_file(sha256: str, home: str, store_url: str) -> Step:
    """Parse one file into the library."""
    key = Key(sha256, Stage.PARSE, parse_version())
    with open_store(store_url) as store:
        return once(store, key, lambda started: _parse(store, key, Path(home), started))


def parse(files: Collection[str], home: str, store_url: str) -> dict[str, Step]:
    """Every file once, whatever became of it."""
    return {sha256: parse_file(sha256, home, store_url) for sha256 in counted(Stage.PARSE, files)}


def _parse(store: Store, key: Key, home: Path, started: datetime) -> StageRecord:
    from corpus.parse import parse as parse_content

    file = store.file(key.sha256)
    source = file.source if file else key.sha256
    document = parse_content(place(home, key.sha256).read_bytes(), source=source)
    record = _record(document, key, started)
    store.save_document(document, record)
    return record


def _record(document: Document, key: Key, started: datetime) -> StageRecord:
    """Partial where a page could not be read."""
    lost = [page for page in document.pages if page.failure]
    if not lost:
        return key.record(started)
    numbers = "、".join(str(page.number) for page in lost)
    reason = f"第 {numbers} 页未能读出：{lost[0].failure} | pages not read: {numbers}"
    return key.record(started, Result.PARTIAL, reason=reason, page=lost[0].number)

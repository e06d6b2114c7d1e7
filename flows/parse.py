"""Orchestration of parsing: bytes kept by hash in, a document in the library out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from prefect import task

from corpus.files import Files
from corpus.model.document import Document
from corpus.model.errors import UnreadableFile
from corpus.store import Store, open_store
from corpus.store.records import Result, Stage, StageRecord
from flows.ingest import files_of
from flows.limits import limits
from flows.outcome import Key, Step, each_once
from flows.progress import batches, tell
from flows.slots import OCR, slot
from flows.versions import parse_version

# What is told beside the stages: pages of the scan that is being read.
_PAGES = "pages"


@task(task_run_name="parse from {number}")
def parse_batch(number: int, files: list[str], home: str, store_url: str) -> dict[str, Step]:
    """Parse some files into the library; ``number`` is the place of the first in the run."""
    with slot(OCR):
        return parse_files(files, home, store_url)


def parse(files: Sequence[str], home: str, store_url: str) -> dict[str, Step]:
    """Every file once, whatever became of it."""
    steps: dict[str, Step] = {}
    for batch in batches(files):
        steps |= parse_batch(len(steps) + 1, batch, home, store_url)
    return steps


def parse_files(files: Sequence[str], home: str, store_url: str) -> dict[str, Step]:
    """Parse files that are kept, unless that has been done."""
    keys = [Key(sha256, Stage.PARSE, parse_version()) for sha256 in files]
    kept = files_of(home)
    with open_store(store_url) as store:
        return each_once(store, keys, lambda key, started: _parse(store, key, kept, started))


def _parse(store: Store, key: Key, files: Files, started: datetime) -> StageRecord:
    from corpus.parse import parse_apart
    from corpus.parse.pages_told import telling
    from corpus.parse.secrecy import CLASSIFIED

    file = store.file(key.sha256)
    source = file.source if file else key.sha256
    try:
        with telling(partial(tell, _PAGES)):
            document = parse_apart(files.read(key.sha256), source=source, limits=limits())
    except UnreadableFile as error:
        if error.reason == CLASSIFIED:
            files.forget(key.sha256)
        raise
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

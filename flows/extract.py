"""Orchestration of extraction: a parsed document in, its ledger in the library out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prefect import task

from corpus.store import Store, open_store
from corpus.store.records import Stage, StageRecord
from flows.outcome import Key, Step, each_once
from flows.progress import batches
from flows.versions import extract_version


@task(task_run_name="extract from {number}")
def extract_batch(number: int, files: list[str], store_url: str) -> dict[str, Step]:
    """Extract from some documents; ``number`` is the place of the first in the run."""
    return extract_files(files, store_url)


def extract(files: Sequence[str], store_url: str) -> dict[str, Step]:
    """Every parsed file once, whatever became of it."""
    steps: dict[str, Step] = {}
    for batch in batches(files):
        steps |= extract_batch(len(steps) + 1, batch, store_url)
    return steps


def extract_files(files: Sequence[str], store_url: str) -> dict[str, Step]:
    """The commitments of parsed documents, unless they were extracted."""
    keys = [Key(sha256, Stage.EXTRACT, extract_version()) for sha256 in files]
    with open_store(store_url) as store:
        return each_once(store, keys, lambda key, started: _extract(store, key, started))


def _extract(store: Store, key: Key, started: datetime) -> StageRecord:
    from extractors.learned.choice import chosen
    from extractors.run import extract as extract_commitments
    from flows.model import ner_choice

    document_id = store.document_of(key.sha256)
    if document_id is None:
        raise LookupError(f"{key.sha256} is not parsed")
    ledger = extract_commitments(store.document(document_id), ner=chosen(ner_choice()))
    record = key.record(started)
    store.save_ledger(ledger, record)
    return record

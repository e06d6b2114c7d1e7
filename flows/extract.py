"""Orchestration of extraction: a parsed document in, its ledger in the library out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from prefect import task

from corpus.store import Store, open_store
from corpus.store.records import Stage, StageRecord
from flows.outcome import Key, Step, once
from flows.progress import counted
from flows.versions import extract_version


@task(task_run_name="extract {sha256}")
def extract_document(sha256: str, store_url: str) -> Step:
    """Extract the commitments of one document."""
    key = Key(sha256, Stage.EXTRACT, extract_version())
    with open_store(store_url) as store:
        return once(store, key, lambda started: _extract(store, key, started))


def extract(files: Collection[str], store_url: str) -> dict[str, Step]:
    """Every parsed file once, whatever became of it."""
    return {sha256: extract_document(sha256, store_url) for sha256 in counted(Stage.EXTRACT, files)}


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

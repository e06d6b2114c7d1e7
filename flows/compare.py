"""Orchestration of comparing: every new document is placed among the others, then those whose
priors are not what they were are compared, whatever order the files came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from prefect import task

from corpus.comparing import compared, pairing_of
from corpus.lineage import Pairing, Related, pair, relate
from corpus.store import Store, open_store
from corpus.store.records import DocumentEntry, Stage, StageRecord
from flows.outcome import Key, Step, each_once
from flows.progress import batches
from flows.versions import compare_version

# Ledgers that are kept while documents are placed; long ones take a megabyte.
_LEDGERS = 64


@task(task_run_name="place documents")
def place_documents(store_url: str) -> int:
    """Look for the relations of every new document to the others; how many were new."""
    with open_store(store_url) as store:
        new = store.unplaced(compare_version())
    place(new, store_url)
    return len(new)


def place(documents: Iterable[str], store_url: str) -> None:
    """Look for the relations of these. Of two that are related each finds the other, in whatever
    order and by whichever worker they are placed."""
    version = compare_version()
    with open_store(store_url) as store:
        placing = _Placing(store)
        for document_id in documents:
            checked, found = placing.related(document_id)
            store.save_relations(document_id, checked=checked, found=found, version=version)


class _Placing:
    """Looks for the relations of new documents. Of two new ones each finds the other, and many are
    neighbours of many: pairs are looked at once, ledgers kept for a while."""

    def __init__(self, store: Store) -> None:
        self._index = store.index
        self._ledger = lru_cache(_LEDGERS)(store.ledger)
        self._looked_at: dict[tuple[str, str], Related | None] = {}

    def related(self, document_id: str) -> tuple[list[str], list[Related]]:
        """The documents that were looked at, and the relations found. Only those are looked at that
        the index finds, or that are related today: what neither names nor resembles a document has
        no relation to it."""
        entries = {entry.id: entry for entry in self._index.neighbours(self._ledger(document_id))}
        others = sorted(entries.keys() - {document_id})
        pairs = (sorted((entries[document_id], entries[other]), key=_arrival) for other in others)
        found = [self._relation(first.id, second.id) for first, second in pairs]
        return others, [each for each in found if each]

    def _relation(self, first: str, second: str) -> Related | None:
        if (first, second) not in self._looked_at:
            related = relate(self._ledger(first), self._ledger(second))
            self._looked_at[first, second] = related
        return self._looked_at[first, second]


@task(task_run_name="compare from {number}")
def compare_batch(number: int, due: dict[str, str], store_url: str) -> dict[str, Step]:
    """Compare some documents; ``number`` is the place of the first in the run."""
    return compare_documents(due, store_url)


def compare(store_url: str) -> dict[str, Step]:
    """Every document of the library whose comparison is not up to date; by SHA-256."""
    place_documents(store_url)
    steps, due = outstanding(store_url)
    number = 1
    for batch in batches(list(due.items())):
        steps |= compare_batch(number, dict(batch), store_url)
        number += len(batch)
    return steps


def outstanding(store_url: str) -> tuple[dict[str, Step], dict[str, str]]:
    """What is up to date, by SHA-256, and, by document, the version of what is not."""
    with open_store(store_url) as store:
        versions = _versions(store)
        entries = [entry for entry in store.entries() if entry.id in versions]
        done = store.stage_of_all(Stage.COMPARE)
        known = {
            entry.sha256: Step(record, unchanged=True)
            for entry in entries
            if (record := done.get((entry.sha256, versions[entry.id])))
        }
    return known, {entry.id: versions[entry.id] for entry in entries if entry.sha256 not in known}


def compare_documents(due: Mapping[str, str], store_url: str) -> dict[str, Step]:
    """Compare documents with their priors or their copies, if they have any; ``due`` says under
    which version."""
    with open_store(store_url) as store:
        documents = {store.sha256_of(each): each for each in due}
        keys = [Key(sha256, Stage.COMPARE, due[each]) for sha256, each in documents.items()]
        return each_once(
            store, keys, lambda key, started: _compare(store, documents[key.sha256], key, started)
        )


def _arrival(entry: DocumentEntry) -> tuple[int, str, str]:
    """Files of one run have no order but their names'."""
    return entry.first_run, entry.source, entry.id


def _versions(store: Store) -> dict[str, str]:
    """By document the version of its comparison: the code, both ledgers with what people
    decided about them, and why these."""
    keys = store.corrected.keys()
    family: dict[str, list[Related]] = {document_id: [] for document_id in keys}
    for related in store.relations():
        family[related.relation.document_id].append(related)
    return {
        document_id: _version(keys, keys[document_id], pair(document_id, family))
        for document_id in keys
    }


def _version(keys: dict[str, str], own: str, pairing: Pairing | None) -> str:
    parts = [own, str(pairing.copies if pairing else None)]
    for relation in pairing.relations if pairing else ():
        parts.append(f"{keys[relation.prior_id]} {relation.rule}")
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{compare_version()}/{digest[:16]}"


def _compare(store: Store, document_id: str, key: Key, started: datetime) -> StageRecord:
    pairing = pairing_of(store, document_id)
    made = [compared(store, document_id, pairing)] if pairing else []
    record = key.record(started)
    store.save_comparisons(document_id, made, record)
    return record

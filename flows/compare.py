"""Orchestration of comparing: every new document is placed among the others, then those whose
priors are not what they were are compared, whatever order the files came in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from prefect import task

from corpus.compare import compare as compare_ledgers
from corpus.compare.family import succeeded
from corpus.lineage import Pairing, Related, pair, relate
from corpus.store import Store, open_store
from corpus.store.records import Compared, DocumentEntry, Stage, StageRecord
from corpus.works import doubted
from flows.outcome import Key, Step, once
from flows.progress import counted
from flows.versions import compare_version

_LEDGERS_IN_MEMORY = 256


@task(task_run_name="place documents")
def place_documents(store_url: str) -> int:
    """Look for the relations of every new document to all the others; how many were new."""
    version = compare_version()
    with open_store(store_url) as store:
        ledger = lru_cache(_LEDGERS_IN_MEMORY)(store.ledger)
        entries = {entry.id: entry for entry in store.entries()}
        new = store.unplaced(version)
        others = [known for known in store.extraction_keys() if known not in new]
        for document_id in new:
            found: list[Related] = []
            for other in others:
                first, second = sorted((entries[document_id], entries[other]), key=_arrival)
                related = relate(ledger(first.id), ledger(second.id))
                found += [related] if related else []
            store.save_relations(document_id, checked=others, found=found, version=version)
            others.append(document_id)
        return len(new)


@task(task_run_name="compare {document_id}")
def compare_document(document_id: str, version: str, store_url: str) -> Step:
    """Compare one document with its priors or its copy, if it has any."""
    with open_store(store_url) as store:
        sha256 = {entry.id: entry.sha256 for entry in store.entries()}[document_id]
        key = Key(sha256, Stage.COMPARE, version)
        return once(store, key, lambda started: _compare(store, document_id, key, started))


def compare(store_url: str) -> dict[str, Step]:
    """Every document of the library whose comparison is not up to date; by SHA-256."""
    place_documents(store_url)
    with open_store(store_url) as store:
        versions = _versions(store)
        entries = [entry for entry in store.entries() if entry.id in versions]
        known = {
            entry.sha256: Step(record, unchanged=True)
            for entry in entries
            if (record := store.stage(entry.sha256, Stage.COMPARE, versions[entry.id]))
        }
    due = [entry for entry in entries if entry.sha256 not in known]
    return known | {
        entry.sha256: compare_document(entry.id, versions[entry.id], store_url)
        for entry in counted(Stage.COMPARE, due)
    }


def _arrival(entry: DocumentEntry) -> tuple[int, str, str]:
    """Files of one run have no order but their names'."""
    return entry.first_run, entry.source, entry.id


def _versions(store: Store) -> dict[str, str]:
    """By document the version of its comparison: the code, both ledgers, and why these."""
    keys = store.extraction_keys()
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
    own = store.relations(document_id)
    family = {each.relation.prior_id: store.relations(each.relation.prior_id) for each in own}
    pairing = pair(document_id, {**family, document_id: own})
    compared = [_compared(store, document_id, pairing)] if pairing else []
    record = key.record(started)
    store.save_comparisons(document_id, compared, record)
    return record


def _compared(store: Store, document_id: str, pairing: Pairing) -> Compared:
    priors = [store.ledger(relation.prior_id) for relation in pairing.relations]
    comparison = compare_ledgers(
        priors, store.ledger(document_id), dropped_from=succeeded(pairing.relations)
    )
    return Compared(doubted(comparison) if pairing.copies else comparison, pairing.copies)

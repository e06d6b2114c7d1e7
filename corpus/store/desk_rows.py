"""Entries of the desk as rows of the database, and back."""

from __future__ import annotations

from typing import Any

from corpus.model.change import Change
from corpus.model.commitment import Commitment
from corpus.model.review import RowState
from corpus.store import codec
from corpus.store.desk_records import ChangeEntry, Entry, Paper
from corpus.store.schema import DocumentRow
from corpus.store.schema_review import (
    ReviewBodyRow,
    ReviewChangeRow,
    ReviewDocumentRow,
    ReviewRow,
)
from corpus.store.writing import storable


def row_values(entry: Entry) -> dict[str, Any]:
    """What a row of a ledger is filtered and ordered by."""
    deadline = entry.commitment.deadline
    return {
        "document_id": entry.document_id,
        "commitment_id": entry.commitment.id,
        "position": entry.position,
        "state": entry.state.value,
        "conflict": entry.conflict,
        "due": deadline.end if deadline else None,
        "doubt": entry.doubt,
        "size": entry.size,
        "weight": entry.doubt * entry.size,
    }


def body_values(entry: Entry) -> dict[str, Any]:
    """The whole of it, and what it is searched by."""
    return {
        "units": storable(entry.units),
        "text": storable(entry.text),
        "json": codec.dumps(entry.commitment),
    }


def entry(row: ReviewRow, body: ReviewBodyRow, title: str | None, source: str) -> Entry:
    """What these were made from."""
    return Entry(
        row.document_id,
        codec.loads(body.json, Commitment),
        row.position,
        RowState(row.state),
        row.conflict,
        row.doubt,
        row.size,
        body.units,
        body.text,
        title or source,
    )


def change_values(entry: ChangeEntry) -> dict[str, Any]:
    """A change."""
    return {
        "document_id": entry.document_id,
        "key": entry.key,
        "position": entry.position,
        "prior_id": entry.prior_id,
        "weight": entry.weight,
        "labels": " ".join((*entry.labels, f":{entry.change.severity.name.lower()}")),
        "state": entry.state.value,
        "indicators": storable(entry.indicators),
        "units": storable(entry.units),
        "text": storable(entry.text),
        "json": codec.dumps(entry.change),
    }


def change_entry(row: ReviewChangeRow, title: str | None, source: str) -> ChangeEntry:
    """What that was made from."""
    return ChangeEntry(
        row.document_id,
        row.key,
        row.position,
        row.prior_id,
        row.weight,
        tuple(word for word in row.labels.split() if not word.startswith(":")),
        RowState(row.state),
        row.units,
        row.text,
        codec.loads(row.json, Change),
        title or source,
        row.indicators,
    )


def paper(row: DocumentRow, state: ReviewDocumentRow | None) -> Paper:
    """A document in a list; one that has not been extracted has no rows."""
    return Paper(
        row.id,
        row.title,
        row.document_number,
        row.issuers,
        row.date_of_issue,
        row.source,
        row.media_type,
        row.pages,
        state.rows if state else 0,
        state.open if state else 0,
        state.conflicts if state else 0,
        state.changes if state else 0,
    )

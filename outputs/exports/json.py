"""JSON as the published schemas describe it, in UTF-8 with Chinese characters as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from outputs import contract
from outputs.records import Links


def ledgers(ledgers: Sequence[Ledger], *, links: Links | None = None) -> bytes:
    """One ledger as an object, several as an array of objects."""
    made = [contract.extraction(ledger) for ledger in ledgers]
    if links:
        for ledger, each in zip(ledgers, made, strict=True):
            for commitment, row in zip(ledger.commitments, each["commitments"], strict=True):
                row["link"] = links.row(commitment)
    return _one_or_all(made)


def comparisons(comparisons: Sequence[Comparison], *, links: Links | None = None) -> bytes:
    """One comparison as an object, several as an array of objects."""
    made = [contract.diff(comparison) for comparison in comparisons]
    if links:
        for comparison, each in zip(comparisons, made, strict=True):
            for change, row in zip(comparison.changes, each["changes"], strict=True):
                row["link"] = links.change(change, comparison.new)
    return _one_or_all(made)


def documents(documents: Sequence[Document]) -> bytes:
    """A list of documents is an array, of whatever length."""
    return encode([contract.document(document) for document in documents])


def _one_or_all(objects: list[contract.Json]) -> bytes:
    return encode(objects[0] if len(objects) == 1 else objects)


def encode(value: Any) -> bytes:
    """Indented, Chinese characters as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    # A lone surrogate of a damaged text layer has no UTF-8; \udc80 in JSON can say it.
    return (text + "\n").encode("utf-8", "backslashreplace")

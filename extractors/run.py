"""The whole of extraction: a document in, its ledger out."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.model.finding import Finding
from extractors.assemble import assemble
from extractors.registry import load

# Part of the key under which a result is stored: raise it with every change of a rule.
VERSION = "rules-2"


def find(document: Document, names: Sequence[str] | None = None) -> list[Finding]:
    """What the extractors of those names (or all) say about the document."""
    return [finding for extractor in load(names) for finding in extractor.find(document)]


def extract(document: Document, names: Sequence[str] | None = None) -> Ledger:
    """The commitments of the document, in the order of its text."""
    return Ledger(document, assemble(document, find(document, names)))

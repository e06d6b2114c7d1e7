"""The whole of extraction: a document in, its ledger out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.model.finding import Finding
from extractors.assemble import assemble
from extractors.confidence import BOTH, RULES
from extractors.registry import load

if TYPE_CHECKING:
    from extractors.learned.ner import Ner

# Part of the key under which a result is stored: raise it with every change of a rule.
VERSION = "rules-2"


def find(
    document: Document, names: Sequence[str] | None = None, *, ner: Ner | None = None
) -> list[Finding]:
    """What the rules of those names (or all) say about the document, and with ``ner`` what the
    model makes of it beside them."""
    found = [finding for rule in load(names) for finding in rule.find(document)]
    if ner is None:
        return found
    from extractors.learned.combine import add_model

    return add_model(document, found, ner)


def extract(
    document: Document, names: Sequence[str] | None = None, *, ner: Ner | None = None
) -> Ledger:
    """The commitments of the document, in the order of its text."""
    way = RULES if ner is None else BOTH
    return Ledger(document, assemble(document, find(document, names, ner=ner), way=way))

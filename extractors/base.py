"""What every extractor is: it declares what it finds, finds it, and says by which rule.

Extractors return findings; they never write to the document or the store, and never know about
each other. Which findings make one commitment (重点建设70所左右…，到2025年…（省教育厅负责）) is
the business of ``assemble``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Protocol

from corpus.model.document import Document
from corpus.model.finding import Finding, Label


class Extractor(Protocol):
    """``name`` is its key in the registry, ``finds`` the labels that it may return."""

    name: ClassVar[str]
    finds: ClassVar[frozenset[Label]]

    def find(self, document: Document) -> Iterator[Finding]:
        """Everything it sees in the document, in the order of the text."""
        ...

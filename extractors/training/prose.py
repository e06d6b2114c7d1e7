"""Unlabelled official prose for pretraining and weak labels, without what is held out.

``{"id": "…", "title": "…规划", "text": "one paragraph\\na line", …}`` a line, gzipped. A document
is dropped whole where it has the title of a held-out one or holds one of its paragraphs.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.model.view import tidy

# As long as no two official texts share by chance, as short as to be found in an excerpt.
_SHINGLE = 24


@dataclass(frozen=True, slots=True)
class Prose:
    """One document: its title and its paragraphs, as the model will see them."""

    title: str
    paragraphs: tuple[str, ...]


def read_prose(path: Path) -> Iterator[Prose]:
    """Every document of the file, in order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)
            views = (tidy(paragraph).text for paragraph in fields["text"].split("\n"))
            yield Prose(fields["title"], tuple(text for text in views if len(text) > 1))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What may not be seen: titles, and stretches of the paragraphs."""

    titles: frozenset[str]
    shingles: frozenset[str]

    @classmethod
    def of(cls, titles: Iterable[str], texts: Iterable[str]) -> HeldOut:
        """From the titles and the annotated paragraphs of the test documents."""
        views = [tidy(text).text for text in texts]
        return cls(frozenset(titles), frozenset(s for text in views for s in _shingles(text)))

    def holds(self, document: Prose) -> bool:
        """True for a held-out document itself: a tenth of what is annotated of it is enough."""
        if document.title in self.titles:
            return True
        shared = sum(self.shares(paragraph) for paragraph in document.paragraphs)
        return shared > max(2, len(document.paragraphs) // 10)

    def shares(self, paragraph: str) -> bool:
        """True where a paragraph repeats a stretch of a held-out one."""
        return any(shingle in self.shingles for shingle in _shingles(paragraph))


def unseen(documents: Iterable[Prose], held_out: HeldOut) -> Iterator[Prose]:
    """The documents that may be seen, without paragraphs that repeat held-out ones."""
    for document in documents:
        if not held_out.holds(document):
            kept = tuple(p for p in document.paragraphs if not held_out.shares(p))
            yield Prose(document.title, kept)


def _shingles(text: str) -> Iterator[str]:
    for at in range(max(1, len(text) - _SHINGLE + 1)):
        if len(text) >= _SHINGLE:
            yield text[at : at + _SHINGLE]

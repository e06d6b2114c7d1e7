"""A document from its title and some of its paragraphs, as extraction would get it from a file."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model.document import Document


def document_of(title: str, paragraphs: Sequence[str]) -> Document:
    """The title and the paragraphs, an empty line between them, read as a plain text."""
    from corpus.parse import parse

    text = "\n\n".join([title, *(paragraph.replace("\n", "") for paragraph in paragraphs)])
    return parse(text.encode("utf-8"), source=f"{title[:60].replace('/', ' ')}.txt")

"""Files become documents: whatever the format, one Document with one text."""

from __future__ import annotations

from corpus.model.document import Document

__all__ = ["parse"]


def parse(content: bytes, *, source: str) -> Document:
    """The document of a file's bytes; UnreadableFile says why there is none.

    ``source`` is the file's name or address, kept with the document and shown to people.
    """
    from corpus.parse.document import document_of
    from corpus.parse.formats import read

    return document_of(read(content, source=source), content, source=source)

"""Files become documents: whatever the format, one Document with one text."""

from __future__ import annotations

from corpus.model.document import Document
from corpus.parse.limits import DEFAULT, Limits

__all__ = ["Limits", "parse", "parse_apart"]


def parse_apart(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Document:
    """The same in a process of its own, so that the limits hold whatever a reader is at."""
    from corpus.parse.apart import parse_apart as read

    return read(content, source=source, limits=limits)


def parse(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Document:
    """The document of a file's bytes; UnreadableFile says why there is none, also where it is
    marked 绝密, 机密 or 秘密.

    ``source`` is the file's name or address, kept with the document and shown to people.
    """
    from corpus.parse.document import document_of
    from corpus.parse.formats import read
    from corpus.parse.limits import too_slow
    from corpus.parse.secrecy import refuse
    from corpus.parse.watch import OutOfTime, Watch

    watch = Watch(limits.seconds)
    try:
        with watch:
            flow = read(content, source=source, limits=limits)
            refuse(flow, source=source)
            return document_of(flow, content, source=source)
    except OutOfTime:
        watch.stop()
        raise too_slow(source, limits) from None

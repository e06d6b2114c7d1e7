"""A whole file read in a process of its own: what hangs in a library of C, where no exception
reaches it, is ended with its process, and what takes its process down takes no other.

The pages of a scan are read in processes beside that one, as ever.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.model.document import Document
from corpus.model.errors import PolicyError, UnreadableFile
from corpus.parse import parse
from corpus.parse.limits import DEFAULT, Limits, too_slow
from corpus.parse.pages_told import tell, telling
from corpus.parse.worker import Held, Lost
from corpus.parse.workers import WHOLE_FILES, Job, run

# A scan of hundreds of pages is read here: its pages go to other processes anyway, one at a time,
# and another copy of the file would be the last that memory has room for.
_LARGE = 64_000_000
# What can be interrupted says by itself that its time is over; this is for what can't.
_GRACE = 5.0


class BrokenReaderError(RuntimeError):
    """A reader failed in a way that is not the file's fault."""


def parse_apart(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Document:
    """As ``parse``, and ``limits.seconds`` hold whatever the readers are at; who listens
    (``telling``) hears of the pages that are recognised."""
    if len(content) > _LARGE and b"%PDF-" in content[:1024]:
        return parse(content, source=source, limits=limits)
    seconds = limits.seconds + _GRACE
    job = Job(
        "corpus.parse.apart:whole",
        content,
        replace(limits, page_seconds=seconds, seconds=seconds, workers=1),
        told=tell,
    )
    (answer,) = run(job, [(source, limits)], pool=WHOLE_FILES)
    if isinstance(answer, Lost):
        raise _error(answer, source, limits)
    document: Document = answer
    return document


def whole(held: Held, source: str, limits: Limits) -> Document:
    """In a process of its own: the document of the file that it holds."""
    with telling(held.tell):
        return parse(held.content, source=source, limits=limits)


def _error(lost: Lost, source: str, limits: Limits) -> Exception:
    """What became of the file, as ``parse`` would have said it."""
    if lost.kind == "too_slow":
        return too_slow(source, limits)
    if lost.kind == "crashed":
        return UnreadableFile(
            source,
            "crashed",
            zh="读取文件的进程意外终止，文件可能已损坏，请另存为 PDF 后再试",
            en="the process that read the file ended unexpectedly; it may be damaged: save it as"
            " PDF",
        )
    if lost.kind == "memory":
        return UnreadableFile(
            source,
            "too_big_memory",
            zh="读取文件需要的内存超过上限，请拆分后再试",
            en="reading the file takes more memory than allowed; split it",
        )
    if lost.kind == "PolicyError":
        return PolicyError(lost.zh, lost.en)
    if lost.kind[:1].isupper():
        return BrokenReaderError(str(lost))
    zh, en = lost.zh.removeprefix(f"{source}："), lost.en.removeprefix(f"{source}: ")
    return UnreadableFile(source, lost.kind, zh=zh, en=en)

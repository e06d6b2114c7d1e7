"""What was uploaded, looked at before a run is started: size, kind by content, known already?

A file's name is shown to people and never leads anywhere: bytes are kept by their hash.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.intake import write_whole
from corpus.model.errors import UnreadableFile
from corpus.model.ids import fingerprint
from corpus.store.desk_records import Paper
from outputs.review.library import Library
from outputs.review.runs import Upload

_LONGEST = 200  # bytes in UTF-8; file systems hold 255
_KEPT = re.compile(r"[^\w.,，。、；：·()（）〔〕【】《》“”‘’—–+=@&#~ -]")
_NAMELESS = "未命名"
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Seconds for the head of one file, and of all files of one upload: people wait for it.
_PATIENCE, _ALL_PATIENCE = 10.0, 40.0


@dataclass(frozen=True, slots=True)
class Looked:
    """One file: ``upload`` where it can be taken in, ``known`` the document that has its bytes
    already, ``same`` those of its 发文字号, ``zh`` and ``en`` why it can't be taken in."""

    name: str
    size: int
    upload: Upload | None = None
    known: str | None = None
    zh: str = ""
    en: str = ""
    number: str = ""
    same: tuple[Paper, ...] = ()

    @property
    def asks(self) -> bool:
        """True where a person is to say whether it is taken in."""
        return self.known is not None or bool(self.same)


def display_name(given: str) -> str:
    """What people call the file, fit for one part of a path: 通知.pdf of C:\\下载\\..\\通知.pdf."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    kept = " ".join(_KEPT.sub("_", last).split()).strip(" .") or _NAMELESS
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = kept, ""
    while len(f"{stem}.{ending}".encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem}.{ending}" if ending else stem


def look_at(library: Library, files: Iterable[tuple[str, bytes]], *, most: int) -> list[Looked]:
    """Look at every file of an upload; the heads of the last few may stay unread where reading
    takes long, and the run says of them what is found."""
    until = time.monotonic() + _ALL_PATIENCE
    return [look(library, name, content, most=most, until=until) for name, content in files]


def look(
    library: Library, name: str, content: bytes, *, most: int, until: float | None = None
) -> Looked:
    """Keep the bytes of a file that can be read; say what is wrong with one that can't."""
    shown = display_name(name)
    if len(content) > most:
        size = most // 1_000_000
        zh = f"文件超过 {size} MB，请拆分后再上传"
        return Looked(shown, len(content), zh=zh, en=f"over {size} MB; split the file")
    left = _PATIENCE if until is None else min(_PATIENCE, until - time.monotonic())
    try:
        _check(content, shown)
        number = _number(content, shown, left) if left > 0 else ""
    except UnreadableFile as error:
        zh = error.zh.removeprefix(f"{shown}：")
        return Looked(shown, len(content), zh=zh, en=error.en.removeprefix(f"{shown}: "))
    sha256 = fingerprint(content)
    path = library.file(sha256)
    if not path.exists():
        write_whole(path, content)
    known = library.store.document_of(sha256)
    same = library.desk.same_number(number, known or "") if number and not known else []
    return Looked(
        shown, len(content), Upload(shown, sha256, path), known, number=number, same=tuple(same)
    )


def _number(content: bytes, name: str, seconds: float) -> str:
    """The 发文字号 at the head of a file; empty where it says none. UnreadableFile for what is
    marked as classified: its bytes are not kept. Whatever else is wrong, the run says."""
    from corpus.parse.document import document_of
    from corpus.parse.formats import read
    from corpus.parse.limits import DEFAULT
    from corpus.parse.secrecy import refuse
    from corpus.parse.watch import OutOfTime, Watch

    try:
        with Watch(seconds):
            flow = read(content, source=name, limits=replace(DEFAULT, seconds=seconds), first=True)
    except (UnreadableFile, OutOfTime):
        return ""
    refuse(flow, source=name)
    return document_of(flow, content, source=name).official.document_number or ""


def _check(content: bytes, name: str) -> None:
    """UnreadableFile for what is no document by its first bytes, whatever it is called, and for
    what is marked as classified."""
    from corpus.parse.encoding import decode, empty
    from corpus.parse.formats import detect
    from corpus.parse.secrecy import check

    if not content:
        raise empty(name)
    if detect(content, source=name) in ("text", "markdown", "html"):
        decode(content, source=name)
    check(content, source=name)


def chosen(looked: Iterable[Looked]) -> list[Upload]:
    """What a run is to be started for: each new file once."""
    found = {each.upload.sha256: each.upload for each in looked if each.upload and not each.known}
    return list(found.values())


def settled(
    library: Library, files: Sequence[str], choices: Mapping[str, str]
) -> tuple[list[Upload], list[Upload]]:
    """What a person chose to take in and to leave, of files that were looked at before: each is
    its hash and its name, 3f9a…:通知.pdf. What is not kept here is passed over."""
    taken: dict[str, Upload] = {}
    left: dict[str, Upload] = {}
    for each in files:
        sha256, _, name = each.partition(":")
        if not _SHA256.fullmatch(sha256) or not library.file(sha256).exists():
            continue
        upload = Upload(display_name(name), sha256, library.file(sha256))
        (taken if choices.get(sha256) == "take" else left)[sha256] = upload
    return list(taken.values()), [u for sha256, u in left.items() if sha256 not in taken]


def forget(library: Library, upload: Upload) -> None:
    """Remove the bytes of a file that nobody wants and no run has taken in."""
    if library.store.file(upload.sha256) is None:
        upload.path.unlink(missing_ok=True)

"""What was uploaded, looked at before a run is started: size, kind by content, known already?

A file's name is shown to people and never leads anywhere: bytes are kept by their hash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.intake import write_whole
from corpus.model.errors import UnreadableFile
from corpus.model.ids import fingerprint
from outputs.review.library import Library
from outputs.review.runs import Upload

_LONGEST = 200  # bytes in UTF-8; file systems hold 255
_KEPT = re.compile(r"[^\w.,，。、；：·()（）〔〕【】《》“”‘’—–+=@&#~ -]")
_NAMELESS = "未命名"


@dataclass(frozen=True, slots=True)
class Looked:
    """One file: ``upload`` where it can be taken in, ``known`` the document that has its bytes
    already, ``zh`` and ``en`` why it can't be."""

    name: str
    size: int
    upload: Upload | None = None
    known: str | None = None
    zh: str = ""
    en: str = ""


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


def look(library: Library, name: str, content: bytes, *, most: int) -> Looked:
    """Keep the bytes of a file that can be read; say what is wrong with one that can't."""
    shown = display_name(name)
    if len(content) > most:
        size = most // 1_000_000
        zh = f"文件超过 {size} MB，请拆分后再上传"
        return Looked(shown, len(content), zh=zh, en=f"over {size} MB; split the file")
    try:
        _check(content, shown)
    except UnreadableFile as error:
        zh = error.zh.removeprefix(f"{shown}：")
        return Looked(shown, len(content), zh=zh, en=error.en.removeprefix(f"{shown}: "))
    sha256 = fingerprint(content)
    path = library.file(sha256)
    if not path.exists():
        write_whole(path, content)
    known = library.store.document_of(sha256)
    return Looked(shown, len(content), Upload(shown, sha256, path), known)


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

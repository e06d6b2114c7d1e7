"""Taking files in (入库): what a folder or a ZIP holds, fingerprints, and where the library keeps
files.

Kept by hash, files/3f/9a/3f9a…: the same bytes are kept once, whatever they were called. A file in
a ZIP of attachments goes by the path of the ZIP and its name in it, 附件.zip/附件1.docx; that path
exists on no disk and is only looked up in the ZIP.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.model.errors import UnreadableFile
from corpus.model.ids import fingerprint
from corpus.parse.archive import is_zip, kind_of, members
from corpus.parse.limits import DEFAULT
from corpus.parse.secrecy import check as check_secrecy

# Office lock files and what file managers leave behind; hidden files are left out anyway.
_LITTER_NAMES = frozenset({"Thumbs.db", "desktop.ini"})
_LITTER_START = ("~$", ".")
# Anything else may be a network drive that answers a second later.
_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "missing",
    PermissionError: "not_permitted",
    IsADirectoryError: "folder",
}
_ADVICE = {
    "missing": ("没有这个文件，请检查路径", "no such file; check the path"),
    "not_permitted": ("没有读取权限，请检查权限", "not permitted; check the file's permissions"),
    "folder": (
        "这是文件夹，请给出文件；整个文件夹可用 taizhang ingest 入库",
        "this is a folder; name a file, or take in all of it with `taizhang ingest`",
    ),
    "unreadable": (
        "无法读取文件（{}），请检查磁盘或网络",
        "can't read it ({}); check the disk or the network",
    ),
}


@dataclass(frozen=True, slots=True)
class Intake:
    """One file taken in: ``source`` is what people call it, ``kept`` where its bytes are."""

    source: str
    sha256: str
    size: int
    kept: Path


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, those in the folders named and those in ZIPs among them, once each;
    UnreadableFile for none there."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            zh, en = _ADVICE["missing"]
            raise UnreadableFile(str(path), "missing", zh=zh, en=en)
        for file in _walk(path) if path.is_dir() else (path,):
            found.update(dict.fromkeys(_unpacked(file)))
    return list(found)


def _unpacked(path: Path) -> list[Path]:
    """The files in a ZIP of attachments; the file itself where it is anything else.

    A ZIP that can't be opened or is over the bounds stays a file, and parsing says what is wrong.
    """
    try:
        with path.open("rb") as file:
            if not is_zip(file.read(4)) or path.stat().st_size > DEFAULT.file:
                return [path]
        content = path.read_bytes()
        if kind_of(content, source=path.name) != "zip":
            return [path]
        return [path / member.label for member in members(content, source=path.name)] or [path]
    except (OSError, UnreadableFile):
        return [path]


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(_LITTER_START) or path.name in _LITTER_NAMES:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file():
            yield path


def read(path: Path) -> bytes:
    """The bytes of a file, also of one in a ZIP; UnreadableFile where they can't be had."""
    try:
        packed = _zip_of(path)
        return path.read_bytes() if packed is None else _member(packed, path)
    except OSError as error:
        reason = _REASONS.get(type(error), "unreadable")
        raise UnreadableFile(
            path.name,
            reason,
            zh=_ADVICE[reason][0].format(error.strerror),
            en=_ADVICE[reason][1].format(error.strerror),
        ) from error


def _zip_of(path: Path) -> Path | None:
    """The ZIP that a path leads into; None for a path of the disk."""
    return next((parent for parent in path.parents if parent.is_file()), None)


def _member(packed: Path, path: Path) -> bytes:
    label = path.relative_to(packed).as_posix()
    for member in members(packed.read_bytes(), source=packed.name):
        if member.label == label:
            return member.load()
    zh, en = _ADVICE["missing"]
    raise UnreadableFile(path.name, "missing", zh=zh, en=en)


def take(path: Path, home: Path) -> Intake:
    """Keep a copy of the file by its hash; one that is there already is left alone, one that is
    marked as classified (机密★1年) is refused."""
    content = read(path)
    check_secrecy(content, source=path.name)
    sha256 = fingerprint(content)
    kept = place(home, sha256)
    if not kept.exists():
        write_whole(kept, content)
    return Intake(path.name, sha256, len(content), kept)


def place(home: Path, sha256: str) -> Path:
    """Where the bytes of that hash are kept."""
    return home / "files" / sha256[:2] / sha256[2:4] / sha256


def write_whole(path: Path, content: bytes) -> None:
    """All of the file or nothing: written beside its place, then renamed into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".taizhang-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """mkstemp makes files for the owner alone; what a person asked for gets the usual rights."""
    current = os.umask(0)
    os.umask(current)
    return current

"""The parts of a ZIP, read within bounds: word/document.xml of a DOCX, OFD.xml of an OFD.

What the directory of a ZIP says is checked before anything is unpacked; no name in it is ever used
for writing. Names without the UTF-8 flag are GBK in what Chinese Windows packed (附件1.doc).
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model.errors import UnreadableFile
from corpus.parse.limits import DEFAULT, Limits, too_big

_UTF8, _ENCRYPTED = 0x800, 0x1
# What a damaged ZIP raises from inside of zipfile and its decompressors.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
    struct.error,
)
# Below this a part may shrink as much as it likes: XML of empty table cells does.
_SMALL = 10_000_000
# A directory entry has 46 bytes and its name.
_LONGEST_ENTRY = 512


@dataclass(frozen=True, slots=True)
class Parts:
    """An open ZIP. ``names`` are its files, as people called them, in the order of the ZIP."""

    source: str
    limits: Limits
    packed: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]

    @classmethod
    def of(cls, content: bytes, *, source: str, limits: Limits = DEFAULT) -> Parts:
        """Open a ZIP; UnreadableFile where it is damaged or over the bounds."""
        if _directory(content) > limits.entries * _LONGEST_ENTRY:
            raise _too_many(source, limits)
        try:
            packed = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise damaged(source) from error
        found = [info for info in packed.infolist() if not info.is_dir()]
        _check(found, source, limits)
        return cls(source, limits, packed, dict(_named(found)))

    @property
    def names(self) -> tuple[str, ...]:
        """The files in it."""
        return tuple(self.entries)

    @property
    def size(self) -> int:
        """What all of them hold once unpacked."""
        return sum(info.file_size for info in self.entries.values())

    def read(self, name: str) -> bytes:
        """The bytes of one part; KeyError where there is none of that name."""
        return self._read(name, None)

    def head(self, name: str) -> bytes:
        """The first bytes of one part; none where it can't be unpacked."""
        try:
            return self._read(name, 64)
        except UnreadableFile:
            return b""

    def _read(self, name: str, size: int | None) -> bytes:
        info = self.entries[name]
        if info.flag_bits & _ENCRYPTED:
            raise encrypted(self.source)
        try:
            with self.packed.open(info) as part:
                return part.read() if size is None else part.read(size)
        except _BROKEN as error:
            raise damaged(self.source) from error

    def find(self, name: str) -> str | None:
        """The part of that name, whatever its case and its leading slash; None if there is none."""
        wanted = name.replace("\\", "/").lstrip("/")
        if wanted in self.entries:
            return wanted
        folded = wanted.casefold()
        return next((n for n in self.entries if n.lstrip("/").casefold() == folded), None)


def _check(found: list[zipfile.ZipInfo], source: str, limits: Limits) -> None:
    """Refuse by what the directory says; the reader below never unpacks more than it says."""
    if len(found) > limits.entries:
        raise _too_many(source, limits)
    largest = max((info.file_size for info in found), default=0)
    bomb = any(
        info.file_size > max(_SMALL, limits.ratio * max(1, info.compress_size)) for info in found
    )
    if bomb or largest > limits.part or sum(info.file_size for info in found) > limits.unpacked:
        raise too_big(
            source,
            "unpacked",
            zh="解压后的内容过大或压缩比异常（疑似压缩炸弹），已拒绝；请确认来源，或另存后再试",
            en="what it unpacks to is too much, or packed too well to be true (a zip bomb?);"
            " check where it comes from, or save it anew",
        )


def _directory(content: bytes) -> int:
    """How many bytes the directory at the end of a ZIP says it has; 0 where there is none.

    zipfile builds all of it in memory, so millions of entries must be told before.
    """
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000))
    if end < 0 or len(content) < end + 16:
        return 0
    (size,) = struct.unpack_from("<L", content, end + 12)
    wide = content.rfind(b"PK\x06\x06", max(0, end - 4096), end)
    if size == 0xFFFFFFFF and wide >= 0 and len(content) >= wide + 48:
        (size,) = struct.unpack_from("<Q", content, wide + 40)
    return min(int(size), len(content))


def _too_many(source: str, limits: Limits) -> UnreadableFile:
    return too_big(
        source,
        "entries",
        zh=f"压缩包内的文件超过上限 {limits.entries} 个，请拆分后再试",
        en=f"more files inside than the limit of {limits.entries}; split it",
    )


def _named(found: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Each entry by its name, told apart where several share one."""
    seen: dict[str, int] = {}
    for info in found:
        name = _name(info)
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}({seen[name]})"), info


def _name(info: zipfile.ZipInfo) -> str:
    """The name as people wrote it: zipfile takes what has no flag for code page 437."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def damaged(source: str) -> UnreadableFile:
    """The error of a ZIP, or of a document that is one, that can't be unpacked."""
    return UnreadableFile(
        source,
        "damaged",
        zh="文件已损坏，无法解压或内容不完整，请重新下载，或用原软件另存后再试",
        en="the file is damaged (it can't be unpacked, or parts are missing); download it again"
        " or save it anew",
    )


def encrypted(source: str) -> UnreadableFile:
    """The error of a file that asks for a password."""
    return UnreadableFile(
        source,
        "encrypted",
        zh="文件已加密，请用密码打开并另存为不加密的文件后再试",
        en="the file is encrypted; open it with its password and save it without",
    )

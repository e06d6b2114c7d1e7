"""ZIP files: which kind of document one is (DOCX and OFD are ZIPs, too), and the documents that a
ZIP of attachments holds: 附件.zip with 附件1.docx and 附件2.pdf in it.

ZIPs inside of ZIPs are opened to a bound. A name in a ZIP is a label for people: it is never used
as a path, neither for reading nor for writing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.model.errors import UnreadableFile
from corpus.parse.archive_parts import Parts
from corpus.parse.flow import Flow
from corpus.parse.limits import DEFAULT, Limits, too_big

# Written beside the documents by macOS, Windows and office programs.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|(?:Thumbs\.db|desktop\.ini)$)", re.IGNORECASE)
_MOST_NAMES = 20
_START = (b"PK\x03\x04", b"PK\x05\x06")
_OPEN_DOCUMENT = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|[a-z]+)")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP: ``label`` is its name made harmless, one of its kind in the ZIP."""

    label: str
    load: Callable[[], bytes]


def is_zip(content: bytes) -> bool:
    """True for what begins as a ZIP does."""
    return content.startswith(_START)


def kind_of(content: bytes, *, source: str, limits: Limits = DEFAULT) -> str:
    """docx, ofd, odt, sheet, slides or zip, told by the parts that are in it."""
    parts = Parts.of(content, source=source, limits=limits)
    names = {name.lstrip("/").casefold() for name in parts.names}
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        found = (("word", "docx"), ("xl", "sheet"), ("ppt", "slides"), ("xps", "zip"))
        return next((kind for folder, kind in found if folder in folders), "docx")
    if "mimetype" in names and "content.xml" in names:
        mark = _OPEN_DOCUMENT.match(parts.read(parts.find("mimetype") or "mimetype")[:100])
        kinds = {b"text": "odt", b"spreadsheet": "sheet", b"presentation": "slides"}
        return kinds.get(mark[1], "zip") if mark else "zip"
    return "zip"


def members(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Iterator[Member]:
    """The files of a ZIP, those of ZIPs inside of it too, without litter."""
    return _walk(content, _Budget(source, limits, limits.entries, limits.unpacked), 1)


@dataclass(slots=True)
class _Budget:
    """What all ZIPs inside of each other may hold together."""

    source: str
    limits: Limits
    entries: int
    unpacked: int

    def open(self, content: bytes, depth: int) -> Parts:
        """Open a ZIP and count what it says it holds."""
        if depth > self.limits.nesting:
            raise too_big(
                self.source,
                "nesting",
                zh=f"压缩包嵌套超过 {self.limits.nesting} 层，请解压后再试",
                en=f"ZIPs inside of ZIPs over {self.limits.nesting} deep; unpack them first",
            )
        parts = Parts.of(content, source=self.source, limits=self.limits)
        self.entries -= len(parts.names)
        self.unpacked -= parts.size
        if self.entries < 0 or self.unpacked < 0:
            raise too_big(
                self.source,
                "unpacked",
                zh="压缩包连同内含的压缩包过大，请分批解压后再试",
                en="the ZIP and those inside of it hold too much; unpack it in parts",
            )
        return parts


def _walk(content: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
    parts = budget.open(content, depth)
    told: set[str] = set()
    for name in parts.names:
        plain = _plain(name)
        if _LITTER.search(plain):
            continue
        label = _new(plain, told)
        if _is_archive(name, parts):
            inner = _walk(parts.read(name), budget, depth + 1)
            yield from (Member(f"{label}/{member.label}", member.load) for member in inner)
        else:
            yield Member(label, _loader(parts, name))


def _is_archive(name: str, parts: Parts) -> bool:
    """Whether a member is itself a ZIP of attachments; one that can't be opened is its own file."""
    if not is_zip(parts.head(name)):
        return False
    try:
        content = parts.read(name)
        return kind_of(content, source=parts.source, limits=parts.limits) == "zip"
    except UnreadableFile as error:
        if error.reason.startswith("too_big"):
            raise
        return False


def _loader(parts: Parts, name: str) -> Callable[[], bytes]:
    return lambda: parts.read(name)


def _plain(name: str) -> str:
    """A name without roots, drives and steps upwards."""
    steps = re.split(r"[/\\]", re.sub(r"[\x00-\x1f\x7f]", "", name))
    kept = [step.strip().replace(":", "：") for step in steps]
    return "/".join(step for step in kept if step not in {"", ".", ".."}) or "?"


def _new(plain: str, told: set[str]) -> str:
    """The name, with a number where it was told before."""
    label, number = plain, 1
    while label in told:
        number += 1
        path = PurePosixPath(plain)
        label = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
    told.add(label)
    return label


def read(content: bytes, *, source: str, limits: Limits = DEFAULT, first: bool = False) -> Flow:
    """The one document that can be read in a ZIP; UnreadableFile names them where they are more."""
    from corpus.parse.formats import detect, read

    found: list[tuple[Member, bytes]] = []
    names: list[str] = []
    for member in members(content, source=source, limits=limits):
        names.append(member.label)
        loaded = member.load()
        try:
            detect(loaded, source=member.label, limits=limits)
        except UnreadableFile:
            continue
        found.append((member, b"" if found else loaded))
    if len(found) != 1:
        raise _not_one(source, [member.label for member, _ in found], names)
    name = f"{source}/{found[0][0].label}"
    return read(found[0][1], source=name, limits=limits, first=first)


def _not_one(source: str, found: list[str], names: list[str]) -> UnreadableFile:
    """The error of a ZIP in which there is no document, or more than one."""
    if not found:
        listed = _listed(names) or "（空）"
        return UnreadableFile(
            source,
            "no_document",
            zh=f"压缩包中没有可读的文件：{listed}；请解压后转换为 PDF 或 DOCX",
            en="no file in the ZIP can be read; unpack it and convert them to PDF or DOCX",
        )
    return UnreadableFile(
        source,
        "several_documents",
        zh=f"压缩包中有 {len(found)} 份文件：{_listed(found)}；请用 taizhang ingest 全部入库，"
        "或解压后逐份处理",
        en=f"{len(found)} documents in the ZIP; take in all with `taizhang ingest`, or unpack it",
    )


def _listed(names: list[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _MOST_NAMES else ""
    return "、".join(names[:_MOST_NAMES]) + more

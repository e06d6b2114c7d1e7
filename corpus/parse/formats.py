"""Which reader reads a file: told by its first bytes, and by its name only where those can't tell.

To add a format: a module with ``read``, and one line in ``_READERS``.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import PurePath

from corpus.model.errors import UnreadableFile
from corpus.parse.encoding import decode, empty
from corpus.parse.flow import Flow
from corpus.parse.limits import DEFAULT, Limits

# What a reader takes: bytes (it knows its own encoding), bytes and bounds, or text.
_OF_BYTES = {"html": "corpus.parse.html"}
_OF_BOUNDED = {
    "pdf": "corpus.parse.pdf",
    "docx": "corpus.parse.docx",
    "ofd": "corpus.parse.ofd",
    "image": "corpus.parse.image",
    "zip": "corpus.parse.archive",
    "ole": "corpus.parse.office",
    "odt": "corpus.parse.office",
    "rtf": "corpus.parse.office",
    "word-xml": "corpus.parse.office",
}
_OF_TEXT = {
    "markdown": ("corpus.parse.markdown", "read_text"),
    "text": ("corpus.parse.text", "read"),
}
_SUFFIXES = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=.Word\.Document|<w:wordDocument|<pkg:package")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_AS_PDF = ("请另存为 PDF 后再试", "save it as PDF")
_UNPACK = ("请解压后再试", "unpack it first")
# What else files are, what people call them, and what to do with them.
_SHEET = ("表格文件（Excel、WPS 表格）", "a spreadsheet", *_AS_PDF)
_SLIDES = ("演示文稿", "a presentation", *_AS_PDF)
_OTHERS: tuple[tuple[bytes, tuple[str, str, str, str]], ...] = (
    (b"Rar!", ("RAR 压缩包", "a RAR archive", *_UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", ("7z 压缩包", "a 7z archive", *_UNPACK)),
    (b"\x1f\x8b", ("gzip 压缩包", "a gzip archive", *_UNPACK)),
    (b"GIF8", ("GIF 图片", "a GIF picture", "请另存为 PNG 后再试", "save it as PNG")),
    (b"\x00\x00\x00\x0cjP  ", ("JPEG 2000 图片", "a JPEG 2000 picture", *_AS_PDF)),
    (b"\x89PNG", ("损坏的 PNG 图片", "a damaged PNG picture", "请重新下载", "download it again")),
    (
        b"\xd0\xcf",
        ("损坏的旧版 Office 文件", "a damaged office file", "请重新下载", "download it again"),
    ),
)


def read(content: bytes, *, source: str, limits: Limits = DEFAULT, first: bool = False) -> Flow:
    """Lines and tables of a file in whatever format; UnreadableFile where there are none.

    ``first`` is for a look at the head: no page but the first is read where that saves time.
    """
    if not content:
        raise empty(source)
    limits.check_file(len(content), source)
    format = detect(content, source=source, limits=limits)
    if format == "pdf":
        from corpus.parse.pdf_bounds import check_pages

        check_pages(content, source=source, limits=limits)
    if format in _OF_BYTES:
        reader: Callable[..., Flow] = importlib.import_module(_OF_BYTES[format]).read
        return reader(content, source=source)
    if format in _OF_BOUNDED:
        bounded: Callable[..., Flow] = importlib.import_module(_OF_BOUNDED[format]).read
        return bounded(content, source=source, limits=limits, first=first)
    text = decode(content, source=source)
    module, name = _OF_TEXT[format]
    read_text: Callable[[str], Flow] = getattr(importlib.import_module(module), name)
    return read_text(text)


def detect(content: bytes, *, source: str, limits: Limits = DEFAULT) -> str:
    """Key of the reader; UnreadableFile for what this version can't read."""
    head = content[:1024]
    kind = _kind(content, head, source, limits)
    if kind == "sheet":
        raise _unsupported(source, _SHEET)
    if kind == "slides":
        raise _unsupported(source, _SLIDES)
    if kind:
        return kind
    for start, told in _OTHERS:
        if head.startswith(start):
            raise _unsupported(source, told)
    suffix = PurePath(source).suffix.lower()
    if _PAGE.search(content[:4096]) and suffix not in (".md", ".markdown"):
        return "html"
    return _SUFFIXES.get(suffix, "text")


def _kind(content: bytes, head: bytes, source: str, limits: Limits) -> str | None:
    """What the first bytes tell; None where they could be text."""
    if b"%PDF-" in head and not head.startswith(_ZIP):
        return "pdf"
    if head.startswith(_ZIP):
        from corpus.parse.archive import kind_of

        return kind_of(content, source=source, limits=limits)
    if head.startswith(_OLE):
        from corpus.parse.office import kind_of_ole

        return kind_of_ole(content, source=source)
    if head.startswith(_IMAGES) or _is_bitmap(head):
        return "image"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return "word-xml" if head.lstrip().startswith(b"<?xml") and _WORD_XML.search(head) else None


def _is_bitmap(head: bytes) -> bool:
    """BMP and WebP have their sizes in the head, which text that begins so has not."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    return head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and head[14:18] in _BMP_HEADS


_BMP_HEADS = frozenset(bytes((size, 0, 0, 0)) for size in (12, 40, 52, 56, 64, 108, 124))


def _unsupported(source: str, told: tuple[str, str, str, str]) -> UnreadableFile:
    zh, en, advice_zh, advice_en = told
    return UnreadableFile(
        source,
        "unsupported",
        zh=f"不能读取{zh}，{advice_zh}",
        en=f"can't read {en}; {advice_en}",
    )

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

# What a reader takes: bytes (it knows its own encoding) or text.
_OF_BYTES = {"pdf": "corpus.parse.pdf", "html": "corpus.parse.html"}
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
# What other files begin with, and what people call them.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "Word（DOCX）、OFD、WPS 或 ZIP 文件", "a Word, OFD, WPS or ZIP file"),
    (b"PK\x05\x06", "空的 ZIP 文件", "an empty ZIP file"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word、Excel 或 WPS 文件", "an old Word, Excel or WPS file"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"II*\x00", "图片", "a picture"),
    (b"MM\x00*", "图片", "a picture"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
)


def read(content: bytes, *, source: str) -> Flow:
    """Lines and tables of a file in whatever format; UnreadableFile where there are none."""
    if not content:
        raise empty(source)
    format = detect(content, source=source)
    if format in _OF_BYTES:
        reader: Callable[..., Flow] = importlib.import_module(_OF_BYTES[format]).read
        return reader(content, source=source)
    text = decode(content, source=source)
    module, name = _OF_TEXT[format]
    read_text: Callable[[str], Flow] = getattr(importlib.import_module(module), name)
    return read_text(text)


def detect(content: bytes, *, source: str) -> str:
    """Key of the reader; UnreadableFile for what this version can't read."""
    head = content[:1024]
    if b"%PDF-" in head:
        return "pdf"
    for start, zh, en in _OTHERS:
        if head.startswith(start):
            raise UnreadableFile(
                source,
                "unsupported",
                zh=f"本版本不能读取{zh}，请另存为 PDF、HTML 或文本后再试",
                en=f"this version can't read {en}; save it as PDF, HTML or text",
            )
    suffix = PurePath(source).suffix.lower()
    if _PAGE.search(content[:4096]) and suffix not in (".md", ".markdown"):
        return "html"
    return _SUFFIXES.get(suffix, "text")

"""Plain text out of bytes: UTF-8 in new files, GB18030 in what offices saved over the years.

A file whose bytes are text in no encoding is refused: a ledger of plausible rubbish is worse than
none.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from corpus.model.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GB18030 decodes nearly any bytes; what people write holds few signs outside of these.
_USUAL = re.compile(
    r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203b\u2160-\u24ff\u00b7\u00d7\u25a0-\u25cf"
    r"\u2605\u2606\u3400-\u4dbf\x20-\x7e\s]"
)
_LEAST_USUAL = 0.9


def decode(content: bytes, *, source: str) -> str:
    """The text of a file; UnreadableFile where it is empty, or text in no encoding."""
    if not content.strip(b" \t\r\n\0"):
        raise empty(source)
    text = _decoded(content)
    if text is None or not _is_text(text):
        raise UnreadableFile(
            source,
            "no_encoding",
            zh="不是可读的文本（既非 UTF-8 也非 GB18030 编码）"
            "，请确认文件类型，或另存为 UTF-8 文本",
            en="not readable as text (neither UTF-8 nor GB18030); check what it is, or save it"
            " as UTF-8 text",
        )
    if not text.strip():
        raise empty(source)
    return text


def empty(source: str) -> UnreadableFile:
    """The error of a file with nothing in it."""
    return UnreadableFile(
        source,
        "empty",
        zh="文件是空的，没有任何文字，请重新下载或检查来源",
        en="the file is empty; download it again or check where it comes from",
    )


def _decoded(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _try(content, encoding)
    for encoding in ("utf-8", "gb18030"):
        text = _try(content, encoding)
        if text is not None:
            return text
    # UTF-16 without a mark: every second byte of its line ends and digits is zero.
    return _try(content, "utf-16-le") if b"\0" in content else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_text(text: str) -> bool:
    """True where nearly all signs are those of Chinese or English writing, and none is a code."""
    sample = text[:200_000]
    codes = sum(
        unicodedata.category(sign) in {"Cc", "Cn"} for sign in sample if sign not in "\t\r\n\f"
    )
    usual = sum(1 for sign in sample if _USUAL.match(sign))
    return codes * 200 < len(sample) and usual >= _LEAST_USUAL * len(sample)

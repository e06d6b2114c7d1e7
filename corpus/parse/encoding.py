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
    r"\u2100-\u214f\u2605\u2606\u3300-\u4dbf\x20-\x7e\s]"
)
_LEAST_USUAL = 0.9
_SAMPLE = 200_000


def decode(content: bytes, *, source: str) -> str:
    """The text of a file; UnreadableFile where it is empty, or text in no encoding."""
    if not content.strip(b" \t\r\n\0"):
        raise empty(source)
    text = _decoded(content)
    if text is None:
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
            return _checked(_try(content, encoding))
    text = _try(content, "utf-8")
    if text is not None and "\0" not in text:
        # Hardly any other bytes are UTF-8 by chance, so whatever signs it holds were meant.
        return _checked(text)
    # UTF-16 without a mark: every second byte of its line ends and digits is zero.
    guess = "utf-16-le" if b"\0" in content else "gb18030"
    text = _checked(_try(content, guess))
    return text if text is not None and _is_usual(text) else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str | None:
    """The text, None where it holds control codes and unassigned signs as no text does."""
    if text is None:
        return None
    sample = text[:_SAMPLE]
    codes = sum(unicodedata.category(s) in {"Cc", "Cn"} for s in sample if s not in "\t\r\n\f")
    return text if codes * 200 < len(sample) else None


def _is_usual(text: str) -> bool:
    """True where nearly all signs are those of Chinese or English writing."""
    sample = text[:_SAMPLE]
    return sum(1 for sign in sample if _USUAL.match(sign)) >= _LEAST_USUAL * len(sample)

"""The text of a page or list: UTF-8 where it is that, else what header or page declare, else
GB18030. Servers say ISO-8859-1 of pages in GB2312, and gb2312 of pages with 䶮 in them.
"""

from __future__ import annotations

import codecs
import re

from corpus.parse.encoding import empty
from corpus.parse.html_tree import decode_html

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*[\w.:-]+""")
_HEAD = 4096
# Parts of GB18030, and pages that declare them use the rest as well.
_CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "euc-cn"})
# What servers say of everything when nobody has set them up.
_SAID_OF_ALL = frozenset({"iso8859-1", "ascii", "cp1252"})


def charset_in(content_type: str) -> str | None:
    """The charset of a Content-Type header, if Python knows it and it means anything."""
    match = _CHARSET.search(content_type)
    if match is None:
        return None
    name = "gb18030" if match[1].lower() in _CHINESE else match[1]
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    return None if known in _SAID_OF_ALL else known


def text_of(content: bytes, charset: str | None = None) -> str:
    """The text of those bytes; ``charset`` is what the header says. UnreadableFile for no text."""
    for name in ("utf-8", charset):
        text = _strict(content, name) if name else None
        # A page that says of itself what it is goes before its header.
        if text is not None and (name == "utf-8" or not _DECLARED.search(content[:_HEAD])):
            if not text.strip():
                raise empty("")
            return text.removeprefix("\ufeff")
    return decode_html(content, source="")


def _strict(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except ValueError:
        return None

"""What a crawled file is called in the library: 关于…的通知.html, 实训基地名单.pdf. A title from a
web page never becomes a path."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from corpus.sources.site import Attachments
from corpus.store.crawl_records import Origin, plain_title

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")
# File systems bound the bytes of a name to 255; a Chinese sign has three.
_LONGEST = 60
_SUFFIXES = Attachments().suffixes


def file_name(source: Origin) -> str:
    """A name with the ending of its kind."""
    if source.url == source.article:
        return f"{_safe(source.title) or 'article'}.html"
    last = unquote(urlsplit(source.url).path).rpartition("/")[2]
    suffix = _suffix(last) or _suffix(source.title)
    title = plain_title(source.title) or last.rpartition(".")[0]
    return f"{_safe(title) or 'attachment'}{suffix}"


def _suffix(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending in _SUFFIXES else ""


def _safe(title: str) -> str:
    return " ".join(_UNSAFE.sub(" ", title).split()).strip(" .")[:_LONGEST]

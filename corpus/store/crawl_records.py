"""What the crawl ledger keeps: one event for each address and time, with all that was learnt.

“2026-06-09 02:11 附件 …/P0201.pdf 未变动 304”: events are appended and never changed; what is known
of an address is what its events add up to.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from corpus.model.official import OfficialHeader


class CrawlKind(enum.StrEnum):
    """What an address leads to."""

    LIST = "list"
    ARTICLE = "article"
    ATTACHMENT = "attachment"


class CrawlResult(enum.StrEnum):
    """What a look at an address came to."""

    NEW = "new"
    SAME = "same"  # known under another address
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not_modified"  # 304
    SUSPECTED = "suspected"  # looks changed; a second fetch must agree
    CHANGED = "changed"
    MISSING = "missing"  # gone, not yet confirmed
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    SKIPPED = "skipped"
    FAILED = "failed"


# After these the address holds what the event says.
KEPT = frozenset(
    {
        CrawlResult.NEW,
        CrawlResult.SAME,
        CrawlResult.UNCHANGED,
        CrawlResult.NOT_MODIFIED,
        CrawlResult.CHANGED,
        CrawlResult.RETURNED,
    }
)
# Only these bring bytes that the library does not hold yet.
FRESH = frozenset({CrawlResult.NEW, CrawlResult.CHANGED})


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a list or an attachment of an article, as it was linked."""

    url: str
    title: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What a page said: links of a list or an article, and the article's own index.

    ``next`` is where a list goes on; ``official`` what the page says of its document.
    """

    links: tuple[Link, ...] = ()
    next: str | None = None
    official: OfficialHeader | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class CrawlEvent:
    """One look at one address. ``sha256`` is of the bytes, ``digest`` of what counts in them;
    ``parent`` is the list or the article that the address was found on."""

    site: str
    url: str
    kind: CrawlKind
    result: CrawlResult
    started: datetime
    finished: datetime
    run_id: int = 0
    status: int | None = None
    reason: str | None = None
    note: str = ""
    title: str = ""
    sha256: str | None = None
    digest: str | None = None
    size: int | None = None
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    final: str | None = None
    parent: str | None = None
    details: Details = field(default_factory=Details)


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """One crawl of one site. ``reason`` says why it ended before its time."""

    id: int
    site: str
    started: datetime
    finished: datetime | None
    requests: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: its name for people, the article, and what the article says.

    ``annex`` is true for an attachment, ``title`` its link's words.
    """

    sha256: str
    url: str
    article: str
    title: str
    annex: bool
    official: OfficialHeader = field(default_factory=OfficialHeader)
    published: date | None = None


_DOWNLOAD = re.compile(r"[\[(（【]?(?:点击)?下载[\])）】]?$")
_SUFFIX = re.compile(r"\.(?:[A-Za-z][A-Za-z0-9]{1,4}|7[zZ])$")
_ANNEX = re.compile(r"^附[件表录]\s*[\d一二三四五六七八九十]*\s*[:：.、]?\s*")


def plain_title(said: str) -> str:
    """What the words of a link call a file: 附件1：云岭省实施方案.docx is 云岭省实施方案."""
    bare = _SUFFIX.sub("", _DOWNLOAD.sub("", said.strip()))
    return _ANNEX.sub("", bare).strip()

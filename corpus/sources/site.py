"""A site as its TOML file describes it: where its lists start, how they are paged, what counts as
an article or attachment, and how politely it is to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Paging(StrEnum):
    """How one page of a list leads to the next."""

    INDEX = "index"  # index.html, index_1.html, index_2.html
    QUERY = "query"  # list.jsp?page=2
    LINK = "link"  # 下一页
    JSON = "json"  # an address that answers with JSON, paged by query
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Lists:
    """How lists are read. XPaths are optional: without them links beside a date are entries.

    ``parameter`` and ``first`` are of paging by query and index: the number of the second page is
    ``first`` (TRS sites: index_1.html). ``entries`` to ``dated`` are dotted names in JSON lists.
    """

    paging: Paging = Paging.INDEX
    pages: int = 20
    parameter: str = "page"
    first: int = 1
    items: str = ""
    link: str = ""
    date: str = ""
    next: str = ""
    entries: str = "data"
    address: str = "url"
    title: str = "title"
    dated: str = "date"


@dataclass(frozen=True, slots=True)
class Fields:
    """XPaths for what the page's own index table and headings don't say."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued: str = ""
    published: str = ""
    index_number: str = ""


@dataclass(frozen=True, slots=True)
class Attachments:
    """Which files belong to an article. ``within`` is an XPath, ``script`` a pattern whose group
    ``url`` (and ``name``, if there is one) stands in the page's code."""

    suffixes: tuple[str, ...] = (
        "pdf", "doc", "docx", "wps", "wpt", "ofd", "odt", "rtf", "zip", "rar", "7z",
        "xls", "xlsx", "et", "ppt", "pptx", "dps", "txt", "jpg", "jpeg", "png", "tif", "tiff",
    )  # fmt: skip
    within: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely a site is asked. ``rate`` is requests a second, ``hours`` the hours of the day
    (in ``timezone``) when crawling is allowed, ``requests`` the most in one run."""

    contact: str = ""
    rate: float = 0.7
    jitter: float = 0.5
    hours: tuple[time, time] | None = None
    timezone: str = "Asia/Shanghai"
    requests: int = 2000
    retries: int = 3
    patience: float = 300.0
    seconds: float = 120.0
    page_bytes: int = 10_000_000
    file_bytes: int = 100_000_000
    redirects: int = 5

    @property
    def zone(self) -> ZoneInfo:
        """Where the site is."""
        return ZoneInfo(self.timezone)

    def open_at(self, moment: datetime) -> bool:
        """True within the hours for crawling; 22:00–06:00 runs over midnight."""
        if self.hours is None:
            return True
        start, end = self.hours
        now = moment.astimezone(self.zone).time()
        return start <= now < end if start <= end else now >= start or now < end


@dataclass(frozen=True, slots=True)
class Recheck:
    """After how many days a known article is asked for again: while ``young``, and later."""

    young: int = 30
    every: int = 1
    later: int = 30
    confirmations: int = 3


@dataclass(frozen=True, slots=True)
class Site:
    """A site: ``name`` is what commands call it, ``hosts`` all that may be asked."""

    name: str
    title: str
    hosts: tuple[str, ...]
    starts: tuple[str, ...] = ()
    adapter: str = "government"
    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()
    schedule: str = ""
    lists: Lists = field(default_factory=Lists)
    article: Fields = field(default_factory=Fields)
    attachments: Attachments = field(default_factory=Attachments)
    manners: Manners = field(default_factory=Manners)
    recheck: Recheck = field(default_factory=Recheck)

    def excludes(self, url: str) -> bool:
        """True for articles and attachments that are never to be fetched."""
        return _any(self.exclude, url)

    def unwanted(self, url: str) -> str | None:
        """Why an article's address is left out, as a reason's code; None where it isn't."""
        if self.excludes(url):
            return "excluded"
        return None if not self.include or _any(self.include, url) else "not_included"


def _any(patterns: Iterable[re.Pattern[str]], url: str) -> bool:
    return any(pattern.search(url) for pattern in patterns)

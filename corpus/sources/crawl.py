"""One crawl of one site (抓取): its lists from the newest entry back, the articles that are new or
due, their attachments, and at the end a second look at whatever seems changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from corpus.sources.addresses import check_host
from corpus.sources.clock import Clock
from corpus.sources.fetch import Fetcher
from corpus.sources.known import due
from corpus.sources.listing import Listing
from corpus.sources.looks import Keep, Looks
from corpus.sources.reasons import NotFetched
from corpus.sources.site import Recheck, Site
from corpus.store.crawl import CrawlLedger
from corpus.store.crawl_records import CrawlEvent, CrawlKind, CrawlResult, Link


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What a crawl came to. ``planned`` is what a dry run would have asked for; ``reason`` why it
    ended before its time."""

    site: str
    run_id: int | None
    events: tuple[CrawlEvent, ...]
    requests: int
    planned: tuple[Link, ...] = ()
    reason: str | None = None
    note: str = ""

    def count(self) -> Counter[CrawlResult]:
        """How many looks came to which end, lists left out."""
        return Counter(e.result for e in self.events if e.kind is not CrawlKind.LIST)

    @property
    def troubles(self) -> list[CrawlEvent]:
        """What failed, lists included."""
        return [event for event in self.events if event.result is CrawlResult.FAILED]

    def of(self, *results: CrawlResult) -> list[CrawlEvent]:
        """The articles and attachments of those ends."""
        kinds = (CrawlKind.ARTICLE, CrawlKind.ATTACHMENT)
        return [e for e in self.events if e.result in results and e.kind in kinds]


@dataclass(slots=True)
class _Plan:
    """What is to be looked at, each with its list, and what the lists have shown."""

    articles: dict[str, tuple[Link, str | None]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)


def crawl(
    site: Site,
    fetcher: Fetcher,
    ledger: CrawlLedger,
    *,
    clock: Clock,
    keep: Keep,
    since: date | None = None,
    dry_run: bool = False,
) -> CrawlReport:
    """Crawl a site once. Everything is in the ledger when it happens, so that a run that breaks off
    loses nothing; a dry run reads the lists and leaves no trace."""
    complete = any(run.finished and run.reason is None for run in ledger.runs(site.name))
    run_id = None if dry_run else ledger.begin(site.name, clock.now())
    looks = Looks(site, fetcher, ledger, clock, run_id=run_id, keep=keep)
    walk = _Walk(site, looks, ledger, clock, since=since, complete=complete)
    ended: NotFetched | None = None
    try:
        walk.read_lists()
        if not dry_run:
            walk.look_at_articles()
    except NotFetched as error:
        if not error.stops:
            raise
        ended = error
    # A list that was not read to its end is read whole again the next time.
    unread = any(e.kind is CrawlKind.LIST for e in looks.events if e.result is CrawlResult.FAILED)
    reason = ended.reason if ended else "list_failed" if unread else None
    if run_id is not None:
        ledger.finish(run_id, clock.now(), requests=fetcher.requests, reason=reason)
    planned = tuple(link for link, _ in walk.plan.articles.values())
    note = ended.note if ended else ""
    return CrawlReport(
        site.name, run_id, tuple(looks.events), fetcher.requests, planned, reason, note
    )


class _Walk:
    """The order in which a site is looked at."""

    def __init__(
        self,
        site: Site,
        looks: Looks,
        ledger: CrawlLedger,
        clock: Clock,
        *,
        since: date | None,
        complete: bool,
    ) -> None:
        self._site = site
        self._looks = looks
        self._ledger = ledger
        self._clock = clock
        self._since = since
        self._complete = complete
        self.plan = _Plan()

    def read_lists(self) -> None:
        """Every list as far as it has news; then the known articles whose time has come."""
        for start in self._site.starts:
            for listing in self._pages(start):
                for link in listing.links:
                    self._consider(link, start)
        for link in self._due_articles():
            self.plan.articles[link.url] = (link, None)

    def look_at_articles(self) -> None:
        """Articles and attachments, and a second look at those that seem changed."""
        for link, parent in self.plan.articles.values():
            self._looks.article(link, parent)
        doubted = [e for e in self._looks.events if e.result is CrawlResult.SUSPECTED]
        for event in doubted:
            link = Link(event.url, event.title)
            if event.kind is CrawlKind.ARTICLE:
                self._looks.article(link, event.parent)
            elif event.parent is not None:
                self._looks.attachment(link, event.parent)

    def _pages(self, start: str) -> Iterator[Listing]:
        """The pages of one list, up to where nothing more is new, or the list goes in circles."""
        url: str | None = start
        seen: set[str] = set()
        for page in range(1, self._site.lists.pages + 1):
            if url is None or url in seen or not self._is_ours(url):
                return
            seen.add(url)
            listing = self._looks.list(url, page=page, start=start)
            if listing is None:
                return
            fresh = [link for link in listing.links if link.url not in self.plan.listed]
            news = [link for link in fresh if not self._looks.known(link.url).held]
            yield listing
            # Calendars and broken paging give the same entries, or none, for ever.
            if not fresh or (self._complete and not news) or self._is_past(listing.links):
                return
            url = listing.next
        if url is not None:
            self._looks.skip(Link(url), CrawlKind.LIST, "pages", start)

    def _is_ours(self, url: str) -> bool:
        try:
            check_host(url, self._site.hosts)
        except NotFetched as error:
            self._looks.skip(Link(url), CrawlKind.LIST, error.reason, None)
            return False
        return True

    def _is_past(self, links: Sequence[Link]) -> bool:
        """True where a page's entries are all older than asked for."""
        if self._since is None or not links:
            return False
        return all(link.day is not None and link.day < self._since for link in links)

    def _consider(self, link: Link, start: str) -> None:
        """An entry of a list: for the plan, or for the ledger with the reason why not."""
        if link.url in self.plan.listed:
            return
        self.plan.listed.add(link.url)
        reason = self._unwanted(link)
        if reason is not None:
            self._looks.skip(link, CrawlKind.ARTICLE, reason, start)
        elif due(self._looks.known(link.url), self._clock.now(), *self._rhythm, listed=True):
            self.plan.articles[link.url] = (link, start)

    def _unwanted(self, link: Link) -> str | None:
        try:
            check_host(link.url, self._site.hosts)
        except NotFetched as error:
            return error.reason
        if self._since is not None and link.day is not None and link.day < self._since:
            return "before_since"
        return self._site.unwanted(link.url)

    def _due_articles(self) -> Iterator[Link]:
        """Articles that no list showed any more: they may have been changed or withdrawn."""
        for url in self._ledger.last_looks(self._site.name, CrawlKind.ARTICLE):
            if url in self.plan.listed:
                continue
            state = self._looks.known(url)
            day = state.details.published
            old = self._since is not None and day is not None and day < self._since
            if not old and due(state, self._clock.now(), *self._rhythm):
                yield Link(url)

    @property
    def _rhythm(self) -> tuple[Recheck, ZoneInfo]:
        return self._site.recheck, self._site.manners.zone

"""One look at one list, article or attachment: ask for it, judge what came, put it into the ledger.

A look never raises for what a site does wrong; only what ends the whole run comes out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from corpus.model.errors import UnreadableFile
from corpus.model.ids import fingerprint
from corpus.parse.secrecy import CLASSIFIED
from corpus.sources.adapters import load_adapter
from corpus.sources.article import Article
from corpus.sources.clock import Clock
from corpus.sources.fetch import Fetched, Fetcher
from corpus.sources.known import Known, judged, judged_gone, known
from corpus.sources.listing import Listing
from corpus.sources.reasons import REASONS, NotFetched
from corpus.sources.site import Site
from corpus.store.crawl import CrawlLedger
from corpus.store.crawl_records import (
    FRESH,
    CrawlEvent,
    CrawlKind,
    CrawlResult,
    Details,
    Link,
)

# Takes the bytes of a new file; where they go is not the crawler's business.
Keep = Callable[[bytes], None]

_GONE = frozenset({404, 410})
# Left out by rule, not by failure.
_REFUSALS = frozenset({"scheme", "host", "address", "robots", "robots_unread", "excluded",
                       "not_included", "before_since", "list_end"})  # fmt: skip
_OFFICE = b"urn:schemas-microsoft-com:office"
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<script", b"<meta")


class Looks:
    """Looks at addresses of one site within one run, and remembers what came of them."""

    def __init__(
        self,
        site: Site,
        fetcher: Fetcher,
        ledger: CrawlLedger,
        clock: Clock,
        *,
        run_id: int | None,
        keep: Keep,
    ) -> None:
        """Without a ``run_id`` nothing goes into the ledger: a dry run."""
        self._site = site
        self._adapter = load_adapter(site.adapter)
        self._fetcher = fetcher
        self._ledger = ledger
        self._clock = clock
        self._run_id = run_id
        self._keep = keep
        self.events: list[CrawlEvent] = []

    def known(self, url: str) -> Known:
        """What the ledger knows of an address."""
        return known(self._ledger.history(self._site.name, url), self._site.manners.zone)

    def skip(self, link: Link, kind: CrawlKind, reason: str, parent: str | None) -> None:
        """Note why an address is left out, once until the reason changes."""
        if self.known(link.url).skipped != reason:
            self._note(self._event(link, kind, CrawlResult.SKIPPED, parent, reason=reason))

    def list(self, url: str, *, page: int, start: str) -> Listing | None:
        """One page of a list; None where there is none."""
        link, state = Link(url), self.known(url)
        fetched = self._fetched(link, CrawlKind.LIST, start, state)
        if fetched is None:
            return None
        if fetched.not_modified:
            self._note(self._answered(link, CrawlKind.LIST, start, fetched, state, None))
            return Listing(state.details.links, state.details.next)
        if fetched.status in _GONE:
            reason, result = ("list_end", CrawlResult.SKIPPED) if page > 1 else (
                "missing", CrawlResult.FAILED)  # fmt: skip
            self._note(self._event(link, CrawlKind.LIST, result, start, fetched, reason=reason))
            return None
        try:
            listing = self._adapter.read_list(fetched, self._site, page)
        except (UnreadableFile, NotFetched) as error:
            event = self._event(link, CrawlKind.LIST, CrawlResult.FAILED, start, fetched,
                                reason="unreadable_list")  # fmt: skip
            self._note(replace(event, note=error.reason))
            return None
        self._note(self._listed(link, start, fetched, state, listing))
        return listing

    def article(self, link: Link, parent: str | None) -> CrawlEvent | None:
        """One article and, if it stands as it says, all its attachments."""
        state = self.known(link.url)
        fetched = self._fetched(link, CrawlKind.ARTICLE, parent, state)
        if fetched is None:
            return None
        if fetched.not_modified:
            event = self._answered(link, CrawlKind.ARTICLE, parent, fetched, state, None)
            return self._with_attachments(self._note(event), state.details.links)
        if fetched.status in _GONE:
            return self._note(self._gone(link, CrawlKind.ARTICLE, parent, fetched, state))
        try:
            found = self._adapter.read_article(fetched, self._site)
        except UnreadableFile as error:
            return self._note(self._unreadable(link, parent, fetched, state, error.reason))
        return self._read(link, parent, fetched, state, found)

    def attachment(self, link: Link, parent: str) -> CrawlEvent | None:
        """One attachment."""
        if self._site.excludes(link.url):
            self.skip(link, CrawlKind.ATTACHMENT, "excluded", parent)
            return None
        state = self.known(link.url)
        most = self._site.manners.file_bytes
        fetched = self._fetched(link, CrawlKind.ATTACHMENT, parent, state, most=most)
        if fetched is None:
            return None
        kind = CrawlKind.ATTACHMENT
        if fetched.not_modified:
            return self._note(self._answered(link, kind, parent, fetched, state, None))
        if fetched.status in _GONE:
            return self._note(self._gone(link, kind, parent, fetched, state))
        if _is_page(fetched):
            failed = self._event(link, kind, CrawlResult.FAILED, parent, fetched,
                                 reason="not_a_file")  # fmt: skip
            return self._note(failed)
        event = self._answered(link, kind, parent, fetched, state, fingerprint(fetched.content))
        return self._kept(event, fetched)

    def _fetched(
        self,
        link: Link,
        kind: CrawlKind,
        parent: str | None,
        state: Known,
        *,
        most: int | None = None,
    ) -> Fetched | None:
        """The answer; None, and an event, where there is none."""
        started = self._clock.now()
        try:
            return self._fetcher.get(link.url, validators=state.condition, most=most)
        except NotFetched as error:
            result = CrawlResult.SKIPPED if error.reason in _REFUSALS else CrawlResult.FAILED
            event = self._event(link, kind, result, parent, reason=error.reason, started=started)
            if error.reason not in ("hours", "budget") and state.skipped != error.reason:
                self._note(replace(event, status=error.status, note=error.note))
            if error.stops:
                raise
            return None

    def _listed(
        self, link: Link, start: str, fetched: Fetched, state: Known, listing: Listing
    ) -> CrawlEvent:
        """Lists change all the time: no second look is needed."""
        said = "\n".join(f"{each.url} {each.title} {each.day}" for each in listing.links)
        digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
        same = digest == state.digest
        result = CrawlResult.UNCHANGED if same else (
            CrawlResult.CHANGED if state.held else CrawlResult.NEW)  # fmt: skip
        event = self._event(link, CrawlKind.LIST, result, start, fetched)
        details = Details() if same else Details(listing.links, listing.next)
        return replace(event, digest=digest, details=details)

    def _read(
        self,
        link: Link,
        parent: str | None,
        fetched: Fetched,
        state: Known,
        found: Article,
    ) -> CrawlEvent:
        """An article that could be read."""
        event = self._answered(link, CrawlKind.ARTICLE, parent, fetched, state, found.digest)
        details = Details(found.attachments, None, found.official, found.published or link.day)
        event = replace(event, title=found.title or link.title, details=details)
        if not found.has_text:
            event = replace(event, sha256=None)
        if event.result in (CrawlResult.SUSPECTED, CrawlResult.SAME):
            # What is said of a page in doubt is kept out of what is known of it.
            return self._note(replace(event, details=Details()))
        return self._with_attachments(self._kept(event, fetched), found.attachments)

    def _with_attachments(self, event: CrawlEvent, links: tuple[Link, ...]) -> CrawlEvent:
        for link in links:
            self.attachment(link, event.url)
        return event

    def _kept(self, event: CrawlEvent, fetched: Fetched) -> CrawlEvent:
        """The bytes are safe before the ledger says that they are."""
        if event.result in FRESH and event.sha256 and self._run_id is not None:
            try:
                self._keep(fetched.content)
            except UnreadableFile as error:
                if error.reason != CLASSIFIED:
                    raise
                # Nothing that such a file says may stand in the ledger either.
                failed = replace(event, result=CrawlResult.FAILED, reason=CLASSIFIED)
                event = replace(failed, title="", details=Details())
        return self._note(event)

    def _unreadable(
        self, link: Link, parent: str | None, fetched: Fetched, state: Known, reason: str
    ) -> CrawlEvent:
        """A page without text where an article stood is an error page that says 200."""
        if state.held and reason in ("no_text", "empty"):
            return self._gone(link, CrawlKind.ARTICLE, parent, fetched, state)
        code = reason if reason in REASONS else "no_text"
        return self._event(
            link, CrawlKind.ARTICLE, CrawlResult.FAILED, parent, fetched, reason=code
        )

    def _gone(
        self, link: Link, kind: CrawlKind, parent: str | None, fetched: Fetched, state: Known
    ) -> CrawlEvent:
        today = self._clock.now().astimezone(self._site.manners.zone).date()
        result = judged_gone(state, today, self._site.recheck)
        event = self._event(link, kind, result, parent, fetched, reason="missing")
        for other in self._ledger.holders(self._site.name, state.digest or ""):
            if other != link.url and self.known(other).stands:
                return replace(event, reason="moved", note=other)
        return event

    def _answered(
        self,
        link: Link,
        kind: CrawlKind,
        parent: str | None,
        fetched: Fetched,
        state: Known,
        digest: str | None,
    ) -> CrawlEvent:
        """An answer with something in it, or, without ``digest``, that nothing has changed."""
        if digest is None:
            return self._event(link, kind, judged(state, None), parent, fetched)
        other = self._ledger.elsewhere(self._site.name, link.url, digest)
        result = judged(state, digest, elsewhere=bool(other))
        event = self._event(link, kind, result, parent, fetched)
        note = str(other) if result is CrawlResult.SAME else ""
        return replace(
            event,
            digest=digest,
            sha256=fingerprint(fetched.content),
            size=len(fetched.content),
            note=note,
        )

    def _event(
        self,
        link: Link,
        kind: CrawlKind,
        result: CrawlResult,
        parent: str | None,
        fetched: Fetched | None = None,
        *,
        reason: str | None = None,
        started: datetime | None = None,
    ) -> CrawlEvent:
        now = self._clock.now()
        title = link.title or self.known(link.url).title
        event = CrawlEvent(
            self._site.name,
            link.url,
            kind,
            result,
            started or (fetched.started if fetched else now),
            fetched.finished if fetched else now,
            run_id=self._run_id or 0,
            reason=reason,
            title=title,
            parent=parent,
        )
        if fetched is None:
            return event
        return replace(
            event,
            status=fetched.status,
            media_type=fetched.media_type,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            final=fetched.final if fetched.final != fetched.url else None,
        )

    def _note(self, event: CrawlEvent) -> CrawlEvent:
        self.events.append(event)
        if self._run_id is not None:
            self._ledger.add(event)
        return event


def _is_page(fetched: Fetched) -> bool:
    """A web page where a PDF was linked: an error page that says 200."""
    suffix = urlsplit(fetched.url).path.rpartition(".")[2].lower()
    if suffix in ("html", "htm", "shtml", "txt"):
        return False
    head = fetched.content[:2048].lstrip().lower()
    # Word saves pages as .doc, too; those are documents.
    return head.startswith(_PAGE) and _OFFICE not in head

"""What the events of one address add up to, and what a new look at it means: 未变动, 疑似变更,
变更, 撤下. Pure functions: the rules by which a change or a withdrawal is announced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from corpus.sources.fetch import Validators
from corpus.sources.site import Recheck
from corpus.store.crawl_records import KEPT, CrawlEvent, CrawlResult, Details


@dataclass(frozen=True, slots=True)
class Known:
    """One address as it was last seen. ``digest`` is what it holds, ``suspected`` what it may hold
    by now; ``missing`` are the days in a row on which it was gone."""

    digest: str | None = None
    sha256: str | None = None
    suspected: str | None = None
    missing: frozenset[date] = frozenset()
    withdrawn: bool = False
    validators: Validators = field(default_factory=Validators)
    details: Details = field(default_factory=Details)
    first: datetime | None = None
    last: datetime | None = None
    fresh: datetime | None = None
    skipped: str | None = None
    title: str = ""

    @property
    def stands(self) -> bool:
        """True where it held something when it was last seen."""
        return self.held and not self.missing and not self.withdrawn

    @property
    def held(self) -> bool:
        """True where it ever held something."""
        return self.digest is not None

    @property
    def condition(self) -> Validators:
        """By what to ask for it again: not at all by condition where something is doubted."""
        settled = self.held and self.suspected is None and not self.missing and not self.withdrawn
        return self.validators if settled else Validators()


def known(events: Iterable[CrawlEvent], zone: ZoneInfo) -> Known:
    """All events of one address, oldest first."""
    state = Known()
    for event in events:
        state = _after(state, event, zone)
    return state


def _after(state: Known, event: CrawlEvent, zone: ZoneInfo) -> Known:
    if event.result is CrawlResult.SKIPPED:
        return replace(state, skipped=event.reason)
    state = replace(
        state,
        first=state.first or event.started,
        last=event.started,
        skipped=None,
        title=event.title or state.title,
    )
    if event.result in KEPT:
        return _holding(state, event)
    if event.result is CrawlResult.SUSPECTED:
        return replace(state, suspected=event.digest, missing=frozenset())
    if event.result in (CrawlResult.MISSING, CrawlResult.WITHDRAWN):
        day = event.started.astimezone(zone).date()
        gone = state.withdrawn or event.result is CrawlResult.WITHDRAWN
        return replace(state, missing=state.missing | {day}, withdrawn=gone, suspected=None)
    return state


def _holding(state: Known, event: CrawlEvent) -> Known:
    """What was doubted is settled by a look that found something."""
    told = event.details != Details()
    new = event.result in (CrawlResult.NEW, CrawlResult.SAME, CrawlResult.CHANGED)
    return replace(
        state,
        digest=event.digest or state.digest,
        sha256=event.sha256 or state.sha256,
        suspected=None,
        missing=frozenset(),
        withdrawn=False,
        validators=_validators(state, event),
        details=event.details if told else state.details,
        fresh=event.started if new else state.fresh,
    )


def _validators(state: Known, event: CrawlEvent) -> Validators:
    """An answer of 304 may leave out what it need not repeat; a whole one may not."""
    if event.status == 304:
        before = state.validators
        return Validators(event.etag or before.etag, event.last_modified or before.last_modified)
    return Validators(event.etag, event.last_modified)


def judged(state: Known, digest: str | None, *, elsewhere: bool = False) -> CrawlResult:
    """What a look means that found ``digest``; None is 304, what is known still stands."""
    if digest is None:
        return CrawlResult.RETURNED if state.withdrawn else CrawlResult.NOT_MODIFIED
    if not state.held:
        return CrawlResult.SAME if elsewhere else CrawlResult.NEW
    if digest == state.digest:
        return CrawlResult.RETURNED if state.withdrawn else CrawlResult.UNCHANGED
    return CrawlResult.CHANGED if digest == state.suspected else CrawlResult.SUSPECTED


def judged_gone(state: Known, today: date, options: Recheck) -> CrawlResult:
    """What it means that an address answers 404: FAILED where it never held anything."""
    if not state.held:
        return CrawlResult.FAILED
    if state.withdrawn or len(state.missing | {today}) < options.confirmations:
        return CrawlResult.MISSING
    return CrawlResult.WITHDRAWN


def due(
    state: Known, now: datetime, options: Recheck, zone: ZoneInfo, *, listed: bool = False
) -> bool:
    """True where an address is to be asked for (again): young ones, also such as always failed,
    and doubted ones daily, what was withdrawn only where a list shows it again."""
    if state.last is None:
        return True
    days = (now.astimezone(zone).date() - state.last.astimezone(zone).date()).days
    doubted = state.suspected is not None or bool(state.missing)
    young = (now - (state.fresh or state.first or now)).days < options.young
    often = listed if state.withdrawn else doubted or young
    return days >= (options.every if often else options.later)

"""What events add up to, and what the next look means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from corpus.sources.known import Known, due, judged, judged_gone, known
from corpus.sources.site import Recheck
from corpus.store.crawl_records import CrawlEvent, CrawlKind, CrawlResult

_ZONE = ZoneInfo("Asia/Shanghai")
_START = datetime(2026, 6, 1, 17, 0, tzinfo=UTC)


def _event(result: CrawlResult, digest: str | None = None, *, day: float = 0) -> CrawlEvent:
    moment = _START + timedelta(days=day)
    return CrawlEvent("s", "u", CrawlKind.ARTICLE, result, moment, moment, digest=digest)


def _known(*events: CrawlEvent) -> Known:
    return known(events, _ZONE)


@pytest.mark.parametrize(
    ("events", "digest", "meaning"),
    [
        ([], "a", CrawlResult.NEW),
        ([_event(CrawlResult.FAILED)], "a", CrawlResult.NEW),
        ([_event(CrawlResult.NEW, "a")], "a", CrawlResult.UNCHANGED),
        ([_event(CrawlResult.NEW, "a")], None, CrawlResult.NOT_MODIFIED),
        ([_event(CrawlResult.NEW, "a")], "b", CrawlResult.SUSPECTED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.SUSPECTED, "b")], "b",
         CrawlResult.CHANGED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.SUSPECTED, "b")], "c",
         CrawlResult.SUSPECTED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.SUSPECTED, "b")], "a",
         CrawlResult.UNCHANGED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.SUSPECTED, "b"),
          _event(CrawlResult.UNCHANGED, "a")], "b", CrawlResult.SUSPECTED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.SUSPECTED, "b"),
          _event(CrawlResult.FAILED)], "b", CrawlResult.CHANGED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.WITHDRAWN)], "a", CrawlResult.RETURNED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.WITHDRAWN)], "b",
         CrawlResult.SUSPECTED),
        ([_event(CrawlResult.NEW, "a"), _event(CrawlResult.CHANGED, "b")], "a",
         CrawlResult.SUSPECTED),
    ],
)  # fmt: skip
def test_look_means(events: list[CrawlEvent], digest: str | None, meaning: CrawlResult) -> None:
    assert judged(_known(*events), digest) is meaning


def test_what_stands_elsewhere_is_the_same() -> None:
    assert judged(Known(), "a", elsewhere=True) is CrawlResult.SAME


@pytest.mark.parametrize(
    ("days", "today", "meaning"),
    [
        ([], 0, CrawlResult.MISSING),
        ([1], 1.01, CrawlResult.MISSING),
        ([1, 2], 2.02, CrawlResult.MISSING),
        ([1, 2], 3, CrawlResult.WITHDRAWN),
        ([1, 5], 9, CrawlResult.WITHDRAWN),
    ],
)
def test_three_different_days_confirm_that_a_page_is_gone(
    days: list[float], today: float, meaning: CrawlResult
) -> None:
    events = [_event(CrawlResult.MISSING, day=day) for day in days]
    state = _known(_event(CrawlResult.NEW, "a"), *events)
    day = (_START + timedelta(days=today)).astimezone(_ZONE).date()
    assert judged_gone(state, day, Recheck()) is meaning


def test_page_that_was_never_there_fails_when_it_is_not() -> None:
    assert judged_gone(Known(), _START.date(), Recheck()) is CrawlResult.FAILED


def test_trouble_in_between_leaves_the_days_standing() -> None:
    state = _known(
        _event(CrawlResult.NEW, "a"),
        _event(CrawlResult.MISSING, day=1),
        _event(CrawlResult.FAILED, day=2),
    )
    assert len(state.missing) == 1
    assert state.stands is False


@pytest.mark.parametrize(
    ("result", "age", "since_last", "wanted"),
    [
        (CrawlResult.UNCHANGED, 1, 1, True),
        (CrawlResult.UNCHANGED, 1, 0, False),
        (CrawlResult.UNCHANGED, 60, 1, False),
        (CrawlResult.UNCHANGED, 60, 31, True),
        (CrawlResult.SUSPECTED, 60, 1, True),
        (CrawlResult.MISSING, 60, 1, True),
        (CrawlResult.WITHDRAWN, 1, 1, False),
    ],
)
def test_known_page_is_due(result: CrawlResult, age: int, since_last: int, wanted: bool) -> None:
    state = _known(_event(CrawlResult.NEW, "a"), _event(result, "b", day=age))
    now = _START + timedelta(days=age + since_last)
    assert due(state, now, Recheck(), _ZONE) is wanted


@pytest.mark.parametrize(("days", "wanted"), [(0, False), (1, True)])
def test_page_that_failed_is_due_the_next_day(days: int, wanted: bool) -> None:
    state = _known(_event(CrawlResult.FAILED))
    assert due(state, _START + timedelta(days=days), Recheck(), _ZONE) is wanted


def test_page_that_was_skipped_was_not_asked_for() -> None:
    assert due(_known(_event(CrawlResult.SKIPPED)), _START, Recheck(), _ZONE)


def test_doubted_page_is_asked_for_without_condition() -> None:
    first = _event(CrawlResult.NEW, "a")
    with_tag = CrawlEvent(**{f: getattr(first, f) for f in first.__slots__} | {"etag": '"1"'})
    assert _known(with_tag).condition.etag == '"1"'
    assert _known(with_tag, _event(CrawlResult.SUSPECTED, "b")).condition.etag is None
    assert _known(with_tag, _event(CrawlResult.MISSING)).condition.etag is None

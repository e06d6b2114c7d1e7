"""时限: what is due when, as a list, a calendar, and a feed that calendar programs read."""

from __future__ import annotations

import calendar as calendars
import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator

from corpus.model.review import RowState
from corpus.store.desk_records import Entry, RowFilter, Slice
from outputs.review.access import Visitor
from outputs.review.gates import TheSite, Viewer
from outputs.review.icalendar import feed
from outputs.review.library import fold
from outputs.review.links import link
from outputs.review.pages.changes import title_of
from outputs.review.render import STATE_WORDS, render
from outputs.review.site import Site
from outputs.review.words import Translate

router = APIRouter()

SOON = 30  # days
_LIGHTS = ("overdue", "soon", "later", "undated")
LIGHT_WORDS = {
    "overdue": "已过期",
    "soon": "30 天内到期",
    "later": "以后到期",
    "undated": "无截止日期",
}
_DAY = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d")
_UNITS = 10  # on one page
_MOST_EVENTS = 5_000
_IN_SQUARE = 4  # on 31 December thousands of rows may be due


@dataclass(frozen=True, slots=True)
class When:
    """Which days: those that one light shines on, and those of one year, or one day."""

    light: str
    year: int | None
    day: date | None = None

    def __call__(self, wanted: RowFilter, today: date) -> RowFilter:
        """The filter with the days in it; a light and a year together narrow each other."""
        found = lit(wanted, self.light, today)
        if self.day is not None:
            first, after = self.day, self.day + timedelta(days=1)
        elif self.year is not None:
            first, after = date(self.year, 1, 1), date(self.year + 1, 1, 1)
        else:
            return found
        start = max(first, found.due_from or first)
        return replace(found, due_from=start, due_before=min(after, found.due_before or after))


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the calendar; ``more`` are due than there is room for."""

    day: date
    outside: bool
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class UnitLights:
    """One unit, with how many of its rows each light shines on."""

    name: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class DeadlinesPage:
    """The list by due day, ``weeks`` of one month, or a slice of ``units``."""

    entries: Slice[Entry] | None
    counts: dict[str, int]
    wanted: RowFilter
    query: str
    due: When
    said: str
    month: date | None
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str
    feed: str
    units: Slice[UnitLights] | None


def wanted_rows(
    q: Annotated[str, Query(max_length=200)] = "",
    unit: Annotated[str, Query(max_length=100)] = "",
    document: Annotated[str, Query(max_length=40)] = "",
    state: Annotated[
        str, Query(pattern="^(open|accepted|corrected|rejected|added|standing)?$")
    ] = "",
) -> RowFilter:
    """The filter that an address says, but for the days."""
    words = " ".join(fold(word) for word in q.split())
    return RowFilter(words, unit.strip(), document, state or "standing")


def _written(day: object) -> object:
    """2026-12-31 or nothing; seconds since 1970 are no day."""
    if isinstance(day, str) and day and not _DAY.fullmatch(day):
        raise ValueError(day)
    return day or None


def due_when(
    light: Annotated[str, Query(pattern=f"^({'|'.join(_LIGHTS)})?$")] = "",
    year: Annotated[str, Query(pattern=r"^((19|20|21)\d\d)?$")] = "",
    day: Annotated[date | None, BeforeValidator(_written), Query()] = None,
) -> When:
    """The days that an address says."""
    return When(light, int(year) if year else None, day)


Wanted = Annotated[RowFilter, Depends(wanted_rows)]


Due = Annotated[When, Depends(due_when)]


def lit(wanted: RowFilter, light: str, today: date) -> RowFilter:
    """Those that one light shines on."""
    soon = today + timedelta(days=SOON + 1)
    if light == "overdue":
        return replace(wanted, due_before=today)
    if light == "soon":
        return replace(wanted, due_from=today, due_before=soon)
    if light == "later":
        return replace(wanted, due_from=soon)
    return replace(wanted, due="undated") if light else wanted


@router.get("/deadlines")
def deadlines(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    wanted: Wanted,
    due: Due,
    q: Annotated[str, Query(max_length=200)] = "",
    month: Annotated[str, Query(pattern=r"^((19|20|21)\d\d-(0[1-9]|1[0-2]))?$")] = "",
    by: Annotated[str, Query(pattern="^(unit)?$")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The list, a month of the calendar, or the units with their lights."""
    site.library.refresh()
    today = site.today()
    first = date.fromisoformat(f"{month}-01") if month else None
    lights = counted(site, wanted)
    shown = DeadlinesPage(
        None if first or by else _list(site, wanted, due, lights, page),
        lights,
        wanted,
        q.strip(),
        due,
        said(visitor.words, wanted, q.strip(), due, title_of(site, wanted.document)),
        first,
        tuple(_weeks(site, wanted, first)) if first else (),
        _shifted(first or today, -1),
        _shifted(first or today, 1),
        str(request.base_url).rstrip("/") + _feed_address(site, visitor, wanted),
        _by_unit(site, wanted, page) if by else None,
    )
    return render(
        request, "deadlines.html", visitor, page=shown, lights=LIGHT_WORDS, light_of=light_of
    )


def _list(
    site: Site, wanted: RowFilter, due: When, lights: dict[str, int], page: int
) -> Slice[Entry]:
    """What the lights have counted is not counted once more."""
    asked, total = due(wanted, site.today()), None
    if due.year is None and due.day is None:
        total = lights[due.light] if due.light else sum(lights.values())
    return site.library.desk.entries(asked, page=page, order="due", total=total)


def _by_unit(site: Site, wanted: RowFilter, page: int) -> Slice[UnitLights]:
    """Those whose name has what the filter says, with most to do first; the numbers are those of
    the lists that they lead to."""
    named = [name for name, _ in site.library.desk.unit_counts() if wanted.unit in name]
    shown = named[(page - 1) * _UNITS : page * _UNITS]
    lights = (UnitLights(name, counted(site, replace(wanted, unit=name))) for name in shown)
    return Slice(tuple(lights), len(named), page, _UNITS)


def counted(site: Site, wanted: RowFilter) -> dict[str, int]:
    """How many rows each light shines on; together all that the filter asks for."""
    today = site.today()
    days = (today, today + timedelta(days=SOON + 1))
    return dict(zip(_LIGHTS, site.library.desk.due_counts(wanted, days), strict=True))


def said(_: Translate, wanted: RowFilter, query: str, due: When, title: str) -> str:
    """The filter as a sentence."""
    parts = []
    if query:
        parts.append(_("含“{words}”", words=query))
    if wanted.unit:
        parts.append(_("责任单位含“{words}”", words=wanted.unit))
    if title:
        parts.append(_("《{title}》", title=title))
    if wanted.state != "standing":
        parts.append(_(STATE_WORDS[RowState(wanted.state)]))
    if due.light:
        parts.append(_(LIGHT_WORDS[due.light]))
    if due.year:
        parts.append(_("{year} 年到期", year=due.year))
    if due.day:
        parts.append(_("{day} 到期", day=due.day.isoformat()))
    return _("、").join(parts)


def light_of(due: date | None, today: date) -> str:
    """Which light a row gets."""
    if due is None:
        return "undated"
    if due < today:
        return "overdue"
    return "soon" if due <= today + timedelta(days=SOON) else "later"


def _weeks(site: Site, wanted: RowFilter, first: date) -> Iterator[tuple[Day, ...]]:
    days = calendars.Calendar().monthdatescalendar(first.year, first.month)
    last = days[-1][-1] + timedelta(days=1)
    asked = replace(wanted, due_from=days[0][0], due_before=last)
    found = site.library.desk.by_day(asked, most=_IN_SQUARE)
    for week in days:
        yield tuple(_day(each, first, *found.get(each, (0, []))) for each in week)


def _day(day: date, first: date, number: int, entries: Sequence[Entry]) -> Day:
    return Day(day, day.month != first.month, tuple(entries), number - len(entries))


def _shifted(day: date, months: int) -> str:
    number = day.year * 12 + day.month - 1 + months
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _feed_address(site: Site, visitor: Visitor, wanted: RowFilter) -> str:
    """A calendar program has no cookie: the address itself says whose it is, and nobody can make
    one up. A new password makes it void."""
    if visitor.alone or visitor.name is None:
        return link("/deadlines.ics", unit=wanted.unit)
    token = feed_token(site, visitor.name)
    return link(f"/feeds/{quote(visitor.name, safe='')}/{token}/deadlines.ics", unit=wanted.unit)


def feed_token(site: Site, name: str) -> str:
    """What the address of somebody's feed bears."""
    account = site.library.accounts.named(name)
    if account is None or account.disabled:
        raise HTTPException(404)
    said_of = f"feed:{name}:{account.password}".encode()
    return hmac.new(site.secret, said_of, hashlib.sha256).hexdigest()[:40]


@router.get("/deadlines.ics")
def own_feed(site: TheSite, visitor: Viewer, wanted: Wanted, request: Request) -> Response:
    """The feed, for whoever is signed in."""
    return _feed(site, wanted, request)


@router.get("/feeds/{name}/{token}/deadlines.ics")
def kept_feed(site: TheSite, wanted: Wanted, request: Request, name: str, token: str) -> Response:
    """The feed, for whoever has the address."""
    if not hmac.compare_digest(feed_token(site, name).encode(), token.encode()):
        raise HTTPException(404)
    return _feed(site, wanted, request)


def _feed(site: Site, wanted: RowFilter, request: Request) -> Response:
    site.library.refresh()
    asked = replace(wanted, due="dated")
    found = site.library.desk.entries(asked, size=_MOST_EVENTS, order="due").items
    content = feed(found, base=str(request.base_url).rstrip("/"))
    return Response(content, media_type="text/calendar; charset=utf-8")

"""总览: counts that add up, and every one of them leads to what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.model.review import RowState
from corpus.store.desk_records import DocumentFilter, RowFilter
from outputs.labels import Label
from outputs.review.access import Visitor
from outputs.review.charts import Columns, columns
from outputs.review.gates import TheSite, Viewer
from outputs.review.links import link
from outputs.review.pages.deadlines import LIGHT_WORDS, counted
from outputs.review.render import CHANGE_STATE_WORDS, STATE_WORDS, render
from outputs.review.words import N_

router = APIRouter()

_UNITS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: a name, a number, where it leads, its share of the longest bar."""

    name: str
    count: int
    address: str
    share: float
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that add up to ``total``, or ``overlap`` and may add up to more."""

    title: str
    bars: tuple[Bar, ...]
    total: int
    overlap: bool = False
    translated: bool = True


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """``rows`` is what stands: all rows but those that were rejected."""

    documents: int
    rows: int
    open: int
    decided: int
    rejected: int
    changes: int
    open_changes: int
    conflicts: int
    over_time: Columns
    charts: tuple[Chart, ...]


@router.get("/")
def overview(request: Request, site: TheSite, visitor: Viewer) -> Response:
    """Everything at a glance."""
    site.library.refresh()
    desk = site.library.desk
    states = desk.states()
    rows = sum(states.values()) - states[RowState.REJECTED]
    changes = desk.change_counts()
    told = {key: n for key, n in changes.items() if key[0] != Label.CARRIED_OVER}
    open_changes = sum(n for (_, state), n in told.items() if state is RowState.OPEN)
    page = OverviewPage(
        desk.papers(DocumentFilter(), size=1).total,
        rows,
        states[RowState.OPEN],
        rows - states[RowState.OPEN],
        states[RowState.REJECTED],
        sum(told.values()),
        open_changes,
        desk.conflicts(),
        _over_time(site.library.change_years.counts(), visitor),
        (
            _states(states),
            _lights(site),
            _labels(told),
            _change_states(told),
            _years(desk.due_years(), rows),
            _units(desk.unit_counts(_UNITS), rows),
        ),
    )
    return render(request, "overview.html", visitor, page=page, effects=EFFECT_WORDS)


_LESS = (Label.LOWERED, Label.LOOSENED, Label.POSTPONED, Label.UNSET, Label.DROPPED)
_MORE = (Label.RAISED, Label.TIGHTENED, Label.BROUGHT_FORWARD, Label.SET, Label.ADDED)
EFFECT_WORDS = {"less": "要求降低或不再提及", "more": "要求提高或新增", "other": "其他变化"}


def _over_time(counts: dict[tuple[int | None, str], int], visitor: Visitor) -> Columns:
    """By year of the newer document, whether more or less was asked; those without a date last."""
    told = {key: n for key, n in counts.items() if key[1] != Label.CARRIED_OVER}
    years = sorted({year for year, _ in told}, key=lambda year: (year is None, year or 0))
    rows = []
    for year in years:
        found = dict.fromkeys(EFFECT_WORDS, 0)
        for (other, label), n in told.items():
            if other == year:
                found["less" if label in _LESS else "more" if label in _MORE else "other"] += n
        name = str(year) if year else visitor.words("无成文日期")
        rows.append((name, link("/changes", year=year or "none"), found))
    return columns(N_("历年变化（按新文件成文年份）"), tuple(EFFECT_WORDS), rows)


def _chart(title: str, bars: list[tuple[str, int, str, str]], total: int, **more: bool) -> Chart:
    longest = max((count for _, count, _, _ in bars), default=0) or 1
    made = (Bar(name, n, address, n / longest, mark) for name, n, address, mark in bars)
    return Chart(title, tuple(made), total, **more)


def _states(states: dict[RowState, int]) -> Chart:
    bars = [
        (STATE_WORDS[state], n, link("/deadlines", state=state.value), state.value)
        for state, n in states.items()
    ]
    return _chart(N_("审核进度"), bars, sum(states.values()))


def _lights(site: TheSite) -> Chart:
    wanted = RowFilter(state="standing")
    found = counted(site, wanted)
    bars = [(LIGHT_WORDS[k], n, link("/deadlines", light=k), k) for k, n in found.items()]
    return _chart(N_("时限"), bars, sum(found.values()))


def _labels(told: dict[tuple[str, RowState], int]) -> Chart:
    """Each change once, under its weightiest label."""
    found = {label: sum(n for (name, _), n in told.items() if name == label) for label in Label}
    bars = [
        (label.zh, n, link("/changes", label=label.value), label.value)
        for label, n in found.items()
        if n
    ]
    return _chart(N_("变化（各计一次，按最重的类型）"), bars, sum(told.values()))


def _change_states(told: dict[tuple[str, RowState], int]) -> Chart:
    bars = [
        (
            word,
            sum(n for (_, each), n in told.items() if each is state),
            link("/changes", state=state.value),
            state.value,
        )
        for state, word in CHANGE_STATE_WORDS.items()
    ]
    return _chart(N_("变化的确认情况"), bars, sum(told.values()))


def _years(years: list[tuple[int | None, int]], rows: int) -> Chart:
    bars = [
        (
            str(year) if year else N_("无截止日期"),
            n,
            link("/deadlines", year=year) if year else link("/deadlines", light="undated"),
            "",
        )
        for year, n in years
    ]
    return _chart(N_("到期年份"), bars, rows)


def _units(units: list[tuple[str, int]], rows: int) -> Chart:
    bars = [(name, n, link("/deadlines", unit=name), "") for name, n in units]
    return _chart(
        N_("责任单位（前 12 位，一项可有几个单位）"), bars, rows, overlap=True, translated=False
    )

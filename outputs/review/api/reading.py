"""Reading: documents 文件, rows 台账, changes 变化, deadlines 时限, queue 待核, lineage 沿革,
counts 总览."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from json import loads
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator

from corpus.model.review import RowState
from corpus.store.desk_records import ChangeFilter, DocumentFilter, RowFilter
from corpus.store.paging import Paging
from outputs import contract
from outputs.exports import export_lineage
from outputs.labels import Label
from outputs.review.api import lists, made, shapes
from outputs.review.api.doors import TheSite, Viewer
from outputs.review.api.lists import Listed, Page, Part, Words
from outputs.review.library import fold
from outputs.review.pages.deadlines import counted
from outputs.review.site import Site

router = APIRouter()

State = Literal["", "standing", "open", "accepted", "corrected", "rejected", "added"]
ChangeState = Literal["", "open", "accepted", "rejected"]
Severities = Literal["", "grave", "serious", "moderate", "slight"]
Day = Annotated[date | None, BeforeValidator(lists.written_day), Query()]
_UNITS = 50


def _paging(site: Site) -> Paging:
    site.library.refresh()
    return site.library.store.paging


def _folded(words: str) -> str:
    return " ".join(fold(word) for word in words.split())


@router.get("/documents", tags=["文件"], summary="文件清单 | documents")
def documents(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    page: Page,
    q: Words = "",
    issuer: Part = "",
    unit: Part = "",
    state: Literal["", "open", "done", "conflict"] = "",
    since: Day = None,
    until: Day = None,
) -> Listed[shapes.Paper]:
    """最近成文的在前 | the latest issued first."""
    wanted = DocumentFilter(_folded(q), issuer.strip(), None, state, unit.strip(), since, until)
    after = page.after(lists.day, lists.text)
    found = _paging(site).papers(wanted, after=after, size=page.size)
    items = [made.paper(request, each) for each in found.items]
    return Listed(items=items, next=lists.cursor(found.end))


@router.get("/documents/{document_id}", tags=["文件"], summary="一份文件 | a document")
def document(
    request: Request, site: TheSite, visitor: Viewer, document_id: str
) -> shapes.DocumentAnswer:
    """版头、审核进度、失去依据的意见 | header, states of its rows, decisions about rows and changes
    that are gone."""
    site.library.refresh()
    made.existing(site, document_id)
    found = site.library.store.document(document_id, lines=False)
    review = site.library.review(document_id)
    gone = site.library.gone_changes(document_id)
    return shapes.DocumentAnswer(
        document=contract.document(found),
        states={s.value: sum(r.state is s for r in review.rows) for s in RowState},
        lost=made.conflicts([*review.lost, *gone]),
        link=made.address(request, f"/documents/{document_id}"),
    )


@router.get("/documents/{document_id}/lineage", tags=["文件"], summary="文件沿革 | lineage")
def lineage(site: TheSite, visitor: Viewer, document_id: str) -> shapes.Lineage:
    """替代、接续、印发、依据、引用 | what it is to the other works of the library."""
    made.existing(site, document_id)
    found, about = site.library.store.index.lineage(document_id)
    told = loads(export_lineage(replace(found, about=about), "json"))
    return shapes.Lineage(**told)


@router.get("/rows", tags=["台账"], summary="台账 | rows of all ledgers")
def rows(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    page: Page,
    q: Words = "",
    unit: Part = "",
    document: Part = "",
    state: State = "standing",
    due_from: Day = None,
    due_before: Day = None,
    due: Literal["", "dated", "undated"] = "",
    conflict: bool = False,
) -> Listed[shapes.Row]:
    """审核之后的台账，按文件和原文顺序 | as they stand, in the order of document and text."""
    wanted = RowFilter(
        _folded(q), unit.strip(), document, state, due_from, due_before, due, conflict
    )
    after = page.after(lists.text, lists.number)
    found = _paging(site).rows(wanted, after=after, size=page.size)
    items = [made.row(request, each) for each in found.items]
    return Listed(items=items, next=lists.cursor(found.end))


@router.get("/deadlines", tags=["时限"], summary="时限 | what is due, the earliest first")
def deadlines(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    page: Page,
    q: Words = "",
    unit: Part = "",
    document: Part = "",
    state: State = "standing",
    due_from: Day = None,
    due_before: Day = None,
) -> Listed[shapes.Row]:
    """只列有截止日期的 | only what has a last day."""
    wanted = RowFilter(_folded(q), unit.strip(), document, state, due_from, due_before, "dated")
    after = page.after(lists.is_day, lists.text, lists.number)
    found = _paging(site).due(wanted, after=after, size=page.size)
    items = [made.row(request, each) for each in found.items]
    return Listed(items=items, next=lists.cursor(found.end))


@router.get("/queue", tags=["审核"], summary="待核 | what waits, the most pressing first")
def queue(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[shapes.Row]:
    """按疑问 × 时限远近 × 变化大小 | by doubt × nearness of deadline × size of change."""
    site.library.refresh()
    found = site.library.desk.queue(site.today(), limit=limit)
    return [made.row(request, each) for each in found]


@router.get("/changes", tags=["变化"], summary="变化 | changes")
def changes(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    page: Page,
    q: Words = "",
    unit: Part = "",
    indicator: Part = "",
    document: Part = "",
    label: Label | Literal[""] = "",
    severity: Severities = "",
    state: ChangeState = "",
    carried: bool = False,
) -> Listed[shapes.ChangeRow]:
    """要求降低的在前 | those that ask less than before first."""
    wanted = ChangeFilter(
        _folded(q), unit.strip(), document, str(label), severity, state, carried, fold(indicator)
    )
    after = page.after(lists.number, lists.text, lists.number)
    found = _paging(site).changes(wanted, after=after, size=page.size)
    items = [made.change(request, each) for each in found.items]
    return Listed(items=items, next=lists.cursor(found.end))


@router.get("/overview", tags=["总览"], summary="总览 | counts that add up")
def overview(site: TheSite, visitor: Viewer) -> shapes.Overview:
    """文件、台账、时限、变化 | documents, rows, deadlines, changes."""
    site.library.refresh()
    desk = site.library.desk
    states = desk.states()
    told = {key: n for key, n in desk.change_counts().items() if key[0] != Label.CARRIED_OVER}
    return shapes.Overview(
        documents=desk.papers(DocumentFilter(), size=1).total,
        rows=sum(states.values()) - states[RowState.REJECTED],
        states={state.value: n for state, n in states.items()},
        conflicts=desk.entries(RowFilter(conflict=True), size=1).total,
        due=counted(site, RowFilter(state="standing")),
        years={str(year) if year else "": n for year, n in desk.due_years()},
        units=dict(desk.unit_counts()[:_UNITS]),
        changes=sum(told.values()),
        change_labels=_summed(told, 0),
        change_states=_summed(told, 1),
    )


def _summed(told: dict[tuple[str, RowState], int], part: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, number in told.items():
        name = str(key[part])
        found[name] = found.get(name, 0) + number
    return found

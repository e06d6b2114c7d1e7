"""文件: every document of the library, searched and filtered; a filter is an address to pass on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus.store.desk_records import DocumentFilter, Paper, Slice
from outputs.review.gates import TheSite, Viewer
from outputs.review.library import fold
from outputs.review.render import render
from outputs.review.words import Translate

router = APIRouter()

STATES = {"open": "有待核", "done": "已核完", "conflict": "有冲突"}


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """``said`` is the filter as a sentence."""

    papers: Slice[Paper]
    wanted: DocumentFilter
    query: str
    years: list[int]
    said: str


@router.get("/documents")
def documents(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    q: Annotated[str, Query(max_length=200)] = "",
    issuer: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "",
    state: Annotated[str, Query(pattern="^(open|done|conflict)?$")] = "",
    unit: Annotated[str, Query(max_length=100)] = "",
    since: Annotated[date | Literal[""], Query()] = "",
    until: Annotated[date | Literal[""], Query()] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The list."""
    site.library.refresh()
    folded = " ".join(fold(word) for word in q.split())
    wanted = DocumentFilter(
        folded,
        issuer.strip(),
        int(year) if year else None,
        state,
        unit.strip(),
        since or None,
        until or None,
    )
    found = site.library.desk.papers(wanted, page=page)
    said = _said(visitor.words, wanted, q.strip())
    shown = DocumentsPage(found, wanted, q.strip(), site.library.desk.years(), said)
    return render(request, "documents.html", visitor, page=shown, states=STATES)


def _said(_: Translate, wanted: DocumentFilter, query: str) -> str:
    parts = []
    if query:
        parts.append(_("含“{words}”", words=query))
    if wanted.issuer:
        parts.append(_("发文机关含“{words}”", words=wanted.issuer))
    if wanted.unit:
        parts.append(_("责任单位含“{words}”", words=wanted.unit))
    if wanted.since:
        parts.append(_("{day} 起成文", day=wanted.since))
    if wanted.until:
        parts.append(_("{day} 止成文", day=wanted.until))
    if wanted.year:
        parts.append(_("{year} 年成文", year=wanted.year))
    if wanted.state:
        parts.append(_(STATES[wanted.state]))
    return _("、").join(parts)

"""变化: what changed against the prior documents, both sides with their pages, confirmed or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from corpus.model.change import Severity
from corpus.model.commitment import Commitment
from corpus.model.document import Document
from corpus.model.errors import DocumentNotFound
from corpus.model.geometry import Box
from corpus.model.review import Decision, OvertakenError, RefusedError, RowState
from corpus.review import standing
from corpus.store.desk_records import ChangeEntry, ChangeFilter, Slice
from outputs import wording, wording_en
from outputs.labels import Label
from outputs.reports.page import ChangeView, view
from outputs.review import deciding
from outputs.review.access import Visitor
from outputs.review.gates import Form, Reviewer, TheSite, Viewer, text_of
from outputs.review.library import fold
from outputs.review.links import link
from outputs.review.pages.pictures import has_pictures
from outputs.review.render import CHANGE_STATE_WORDS, render
from outputs.review.site import Site
from outputs.review.words import Translate

router = APIRouter()

SEVERITIES = [each for each in reversed(Severity) if each is not Severity.NONE]
_NAMES = "|".join(each.name.lower() for each in Severity)
_LABELS = "|".join(label.value for label in Label)
_KEY = re.compile(r"x-[0-9a-z]{10}")
_NEXT = 200  # how far ahead the next change that waits is looked for
_AROUND = 60.0  # points of the page shown above and below a quotation


@dataclass(frozen=True, slots=True)
class Shown:
    """A change with its wording and its titles."""

    entry: ChangeEntry
    view: ChangeView
    sentences: tuple[str, ...]
    prior_title: str
    new_title: str


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """``said`` is the filter as a sentence; ``counts`` how many there are of each label."""

    changes: Slice[ChangeEntry]
    shown: list[Shown]
    wanted: ChangeFilter
    query: str
    said: str
    document: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of a page that a quotation stands on."""

    document_id: str
    page: int
    width: float
    height: float
    top: float
    shown: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One change, with both sides as printed."""

    shown: Shown
    new: Document
    prior: Document | None
    crops: tuple[tuple[Crop, ...], tuple[Crop, ...]]
    history: tuple[tuple[Decision, bool], ...]
    number: int
    message: str
    typed: str


@dataclass(frozen=True, slots=True)
class GonePage:
    """A change that a list showed and that is none any more, with what was decided about it;
    ``refused`` where somebody wanted to decide about it just now."""

    document: str
    title: str
    history: tuple[tuple[Decision, bool], ...]
    refused: bool


def wanted_changes(
    q: Annotated[str, Query(max_length=200)] = "",
    unit: Annotated[str, Query(max_length=100)] = "",
    document: Annotated[str, Query(max_length=40)] = "",
    label: Annotated[str, Query(pattern=f"^({_LABELS})?$")] = "",
    severity: Annotated[str, Query(pattern=f"^({_NAMES})?$")] = "",
    state: Annotated[str, Query(pattern="^(open|accepted|rejected)?$")] = "",
    indicator: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(pattern=r"^((19|20|21)\d\d|none)?$")] = "",
) -> ChangeFilter:
    """The filter that an address says; the list and its exports read it alike."""
    words = " ".join(fold(word) for word in q.split())
    return ChangeFilter(
        words,
        unit.strip(),
        document,
        label,
        severity,
        state,
        indicator=fold(indicator),
        year=(0 if year == "none" else int(year)) if year else None,
    )


@router.get("/changes")
def changes(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    wanted: Annotated[ChangeFilter, Depends(wanted_changes)],
    q: Annotated[str, Query(max_length=200)] = "",
    indicator: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The list, weightiest first."""
    site.library.refresh()
    found = site.library.desk.changes(wanted, page=page)
    sides = {id for each in found.items for id in (each.document_id, each.prior_id) if id}
    titles = site.library.desk.called(sides)
    shown = ChangesPage(
        found,
        [_shown(entry, titles, visitor) for entry in found.items],
        wanted,
        q.strip(),
        said(visitor.words, wanted, q.strip(), title_of(site, wanted.document), indicator.strip()),
        title_of(site, wanted.document),
        indicator.strip(),
    )
    return render(
        request,
        "changes.html",
        visitor,
        page=shown,
        labels=list(Label),
        severities=SEVERITIES,
        states=CHANGE_STATE_WORDS,
    )


def said(_: Translate, wanted: ChangeFilter, query: str, title: str, indicator: str = "") -> str:
    """The filter as a sentence."""
    parts = []
    if indicator:
        parts.append(_("指标含“{words}”", words=indicator))
    if query:
        parts.append(_("含“{words}”", words=query))
    if wanted.unit:
        parts.append(_("责任单位含“{words}”", words=wanted.unit))
    if title:
        parts.append(_("《{title}》", title=title))
    if wanted.year is not None:
        undated = _("无成文日期")
        parts.append(_("{year} 年成文", year=wanted.year) if wanted.year else undated)
    if wanted.label:
        parts.append(_(Label(wanted.label).zh))
    if wanted.severity:
        parts.append(_(wording.SEVERITIES[Severity[wanted.severity.upper()]]))
    if wanted.state:
        parts.append(_(CHANGE_STATE_WORDS[RowState(wanted.state)]))
    return _("、").join(parts)


def title_of(site: Site, document_id: str) -> str:
    """The title of the document that a filter names; empty where it names none."""
    paper = site.library.desk.paper(document_id) if document_id else None
    return (paper.title or paper.source) if paper else ""


def _shown(entry: ChangeEntry, titles: Mapping[str, str], visitor: Visitor) -> Shown:
    language = wording_en if visitor.language == "en" else wording
    return Shown(
        entry,
        view(entry.change),
        tuple(language.sentences(entry.change)),
        titles.get(entry.prior_id or "", ""),
        titles.get(entry.document_id, ""),
    )


@router.get("/changes/next")
def changes_next(
    site: TheSite, visitor: Viewer, after: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """To the change that waits after one in the list, to the first, or back to the list."""
    site.library.refresh()
    waiting = site.library.desk.changes(ChangeFilter(state=RowState.OPEN.value), size=_NEXT).items
    every = site.library.desk.changes(ChangeFilter(), size=_NEXT).items
    places = {entry.key: place for place, entry in enumerate(every)}
    here = places.get(after, -1)
    later = [entry for entry in waiting if places.get(entry.key, len(every)) > here]
    others = [entry for entry in (*later, *waiting) if entry.key != after]
    if not others:
        return RedirectResponse("/changes?state=open", status_code=303)
    where = f"/documents/{others[0].document_id}/changes/{others[0].key}"
    return RedirectResponse(where, status_code=303)


@router.get("/documents/{document_id}/changes/{key}")
def change(
    request: Request, site: TheSite, visitor: Viewer, document_id: str, key: str
) -> Response:
    """One change with both sides as printed."""
    return _one(request, site, visitor, document_id, key)


def _one(
    request: Request,
    site: Site,
    visitor: Visitor,
    document_id: str,
    key: str,
    *,
    status: int = 200,
    message: str = "",
    typed: str = "",
) -> Response:
    site.library.refresh()
    entry = site.library.desk.change(document_id, key)
    if entry is None:
        return _gone(request, site, visitor, document_id, key)
    store = site.library.store
    new = store.document(document_id, lines=False)
    prior = store.document(entry.prior_id, lines=False) if entry.prior_id else None
    titles = {each.id: wording.short_title(each) for each in (new, prior) if each}
    history = _history(site, document_id, key)
    shown = ChangePage(
        _shown(entry, titles, visitor),
        new,
        prior,
        (_crops(prior, entry.change.prior), _crops(new, entry.change.new)),
        history,
        max((each.number for each, _ in history), default=0),
        message,
        typed,
    )
    return render(
        request, "change.html", visitor, status=status, page=shown, states=CHANGE_STATE_WORDS
    )


def _history(site: Site, document_id: str, key: str) -> tuple[tuple[Decision, bool], ...]:
    """What was decided about a change, the last first, and whether it stands."""
    every = site.library.decisions.of_subject(document_id, key)
    stand = standing(every)
    return tuple((each, each in stand) for each in reversed(every))


def _gone(
    request: Request,
    site: Site,
    visitor: Visitor,
    document_id: str,
    key: str,
    *,
    refused: bool = False,
) -> Response:
    """Somebody who came from a list some seconds old is told what happened to the change; one that
    wanted to decide about it, that nothing was decided."""
    if not _KEY.fullmatch(key) or site.library.desk.paper(document_id) is None:
        raise DocumentNotFound(key)
    title, history = title_of(site, document_id), _history(site, document_id, key)
    page = GonePage(document_id, title, history, refused)
    status = 409 if refused else 410
    return render(request, "change_gone.html", visitor, status=status, page=page)


def _crops(document: Document | None, commitment: Commitment | None) -> tuple[Crop, ...]:
    """The strips of page that a quotation stands on; none where there are no pictures."""
    if document is None or commitment is None or not has_pictures(document):
        return ()
    found = []
    for page in document.pages:
        boxes = tuple(box for box in commitment.evidence.boxes if box.page == page.number)
        if boxes and page.width and page.height:
            top = max(0.0, min(box.top for box in boxes) - _AROUND)
            bottom = min(page.height, max(box.bottom for box in boxes) + _AROUND)
            found.append(
                Crop(document.id, page.number, page.width, page.height, top, bottom - top, boxes)
            )
    return tuple(found)


@router.post("/documents/{document_id}/changes/{key}")
def decide(
    request: Request, site: TheSite, visitor: Reviewer, form: Form, document_id: str, key: str
) -> Response:
    """Confirm, dismiss with a reason, or take that back."""
    number, why = text_of(form, "number"), text_of(form, "reason")
    try:
        state = RowState(text_of(form, "do"))
        if not number.isdigit():
            raise ValueError(number)
    except ValueError:
        raise RefusedError("操作不正确，请刷新页面", "no such action; reload the page") from None
    try:
        deciding.decide_change(
            site.library,
            document_id,
            key,
            who=visitor.name or "",
            state=state,
            number=int(number),
            why=why,
        )
    except DocumentNotFound:
        return _gone(request, site, visitor, document_id, key, refused=True)
    except (OvertakenError, RefusedError) as error:
        message = error.en if visitor.language == "en" else error.zh
        status = 409 if isinstance(error, OvertakenError) else 422
        return _one(
            request, site, visitor, document_id, key, status=status, message=message, typed=why
        )
    return RedirectResponse(link(f"/documents/{document_id}/changes/{key}"), status_code=303)

"""审核: decisions about rows, and the queue of what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from corpus.model.errors import DocumentNotFound, PolicyError
from corpus.model.review import OvertakenError, RefusedError, ReviewedField, RowState, Verdict
from corpus.review import ReviewedRow, nearness
from corpus.store.desk_records import Entry
from outputs.review import deciding
from outputs.review.access import Visitor
from outputs.review.gates import Form, Reviewer, TheSite, Viewer
from outputs.review.links import link
from outputs.review.render import render
from outputs.review.row_view import FIELD_WORDS, VERDICT_WORDS, panel, said
from outputs.review.site import Site

router = APIRouter()

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class QueuePage:
    """``urgency`` is doubt × nearness × size, beside each row."""

    entries: list[tuple[Entry, float]]
    open: int
    decided: int


@router.get("/queue")
def queue(request: Request, site: TheSite, visitor: Viewer) -> Response:
    """What waits, the most urgent first."""
    site.library.refresh()
    today = site.today()
    found = site.library.desk.queue(today, limit=_SHOWN)
    states = site.library.desk.states()
    shown = QueuePage(
        [(entry, _urgency(entry, site)) for entry in found],
        states[RowState.OPEN],
        sum(states.values()) - states[RowState.OPEN],
    )
    return render(request, "queue.html", visitor, page=shown)


def _urgency(entry: Entry, site: Site) -> float:
    deadline = entry.commitment.deadline
    return entry.doubt * entry.size * nearness(deadline.end if deadline else None, site.today())


@router.get("/queue/next")
def queue_next(
    site: TheSite, visitor: Viewer, after: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """To the row that comes after one of the queue, or to the first."""
    site.library.refresh()
    found = site.library.desk.queue_after(after, site.today())
    if found is None:
        return RedirectResponse("/queue", status_code=303)
    document_id, row_id = found
    return RedirectResponse(link(f"/documents/{document_id}", row=row_id), status_code=303)


@router.post("/documents/{document_id}/rows/{row_id}")
def decide(
    request: Request,
    site: TheSite,
    visitor: Reviewer,
    form: Form,
    document_id: str,
    row_id: str,
) -> Response:
    """One decision; what was typed is kept on the page where it can't be taken."""
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        made = _decided(site, visitor, document_id, row_id, given)
    except (RefusedError, OvertakenError) as error:
        return _again(request, site, visitor, document_id, row_id, given, error)
    if not request.headers.get("hx-request"):
        where = link(f"/documents/{document_id}", row=row_id)
        return RedirectResponse(where, status_code=303)
    return _shown(request, site, visitor, document_id, row_id, made)


def _decided(
    site: Site, visitor: Visitor, document_id: str, row_id: str, given: dict[str, str]
) -> str:
    """Do what the button says (accept:target, undo:row); what that is in words."""
    verdict, _, name = given.get("do", "").partition(":")
    number = given.get("number", "")
    if verdict not in set(Verdict) or name not in set(ReviewedField) or not number.isdigit():
        raise RefusedError("操作不正确，请刷新页面", "no such action; reload the page")
    row = _row(site, document_id, row_id)
    field = ReviewedField(name)
    who = visitor.name or ""
    if verdict == Verdict.UNDO:
        deciding.undo(site.library, row, who=who, number=int(number))
    else:
        deciding.decide(
            site.library,
            row,
            who=who,
            verdict=Verdict(verdict),
            field=field,
            number=int(number),
            form=given,
        )
    _ = visitor.words
    words = _(VERDICT_WORDS[Verdict(verdict)])
    return f"{words}：{_(FIELD_WORDS[field])}" if visitor.language == "zh" else words


def _row(site: Site, document_id: str, row_id: str) -> ReviewedRow:
    for row in site.library.review(document_id).rows:
        if row.commitment.id == row_id:
            return row
    raise DocumentNotFound(row_id)


def _shown(
    request: Request, site: Site, visitor: Visitor, document_id: str, row_id: str, made: str
) -> Response:
    """The panel, with the line of the table to be put in its place; after an addition was taken
    back there is neither."""
    try:
        shown = panel(site, document_id, row_id)
    except DocumentNotFound:
        return Response(headers={"HX-Redirect": f"/documents/{document_id}"})
    return render(request, "part_decided.html", visitor, panel=shown, made=made)


def _again(
    request: Request,
    site: Site,
    visitor: Visitor,
    document_id: str,
    row_id: str,
    given: dict[str, str],
    error: PolicyError,
) -> Response:
    """The panel as it is now, with what went wrong and what had been typed."""
    message = error.en if visitor.language == "en" else error.zh
    theirs = ""
    if isinstance(error, OvertakenError):
        latest = error.latest
        theirs = "：".join(
            part
            for part in (
                visitor.words(VERDICT_WORDS[latest.verdict])
                + visitor.words(FIELD_WORDS[latest.field]),
                said(latest.field, latest.after),
            )
            if part
        )
    status = 409 if theirs else 422
    parts: dict[str, Any] = {
        "panel": panel(site, document_id, row_id),
        "given": given,
        "theirs": theirs,
        "message": message,
    }
    template = "part_row.html" if request.headers.get("hx-request") else "row_again.html"
    return render(request, template, visitor, status=status, **parts)

"""补录: a row that the extraction missed, from words dragged over on the page picture or chosen in
the text, or found by typing a few of them. The form begins with what the rules read in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from corpus.model.document import BlockKind, Document, Evidence
from corpus.model.geometry import Span
from corpus.model.review import RefusedError, ReviewedField
from corpus.model.view import tidy
from corpus.review import FIELDS
from outputs import wording
from outputs.review import deciding, fields
from outputs.review.access import Visitor
from outputs.review.gates import Form, Reviewer, TheSite, Viewer, text_of
from outputs.review.links import link
from outputs.review.render import render
from outputs.review.row_view import FIELD_WORDS
from outputs.review.site import Site

router = APIRouter()

_FARTHEST = 10**9
_SHORTEST = 4  # characters that may be looked for; fewer are everywhere


@dataclass(frozen=True, slots=True)
class AddForm:
    """``evidence`` is what was chosen, None before anything was; ``typed`` begins each column."""

    document_id: str
    title: str
    evidence: Evidence | None
    quote: str
    section: tuple[str, ...]
    typed: fields.Typed
    columns: tuple[tuple[ReviewedField, str], ...] = tuple((f, FIELD_WORDS[f]) for f in FIELDS)


@router.get("/documents/{document_id}/pages/{number}/lines.json")
def lines(site: TheSite, visitor: Viewer, document_id: str, number: int) -> Response:
    """The lines of a page, so that a drag over its picture finds characters: of each where it
    starts in the text, its top, bottom and slope, and the edges between its characters."""
    document = site.library.store.document(document_id)
    if not any(page.number == number for page in document.pages):
        raise HTTPException(404)
    aside = [block.span for block in document.blocks if block.kind is BlockKind.FURNITURE]
    found = [
        [
            line.span.start,
            round(line.box.top, 1),
            round(line.box.bottom, 1),
            round(line.slope, 4),
            *(round(edge, 1) for edge in line.edges),
        ]
        for line in document.lines
        if line.box.page == number and not any(line.span in span for span in aside)
    ]
    return JSONResponse(found)


@router.get("/documents/{document_id}/add")
def add_form(
    request: Request,
    site: TheSite,
    visitor: Reviewer,
    document_id: str,
    start: Annotated[int, Query(ge=0, lt=_FARTHEST)] = 0,
    end: Annotated[int, Query(ge=0, lt=_FARTHEST)] = 0,
    quote: Annotated[str, Query(max_length=2_000)] = "",
) -> Response:
    """The form of a new row; without a place in the text it asks for words to look for."""
    document = site.library.store.document(document_id)
    try:
        span = Span(start, end) if start < end else _looked_for(document, quote)
        given = _begun(site, document, span) if span else None
    except RefusedError as error:
        return _form(request, visitor, _empty(document, quote), status=422, error=error)
    return _form(request, visitor, given or _empty(document, quote))


def _begun(site: Site, document: Document, span: Span) -> AddForm:
    deciding.chosen(document, span)
    row = deciding.added(document, span, who="", values=site.suggest(document, span))
    return _filled(document, row.evidence, fields.typed_all(row))


def _filled(document: Document, evidence: Evidence, typed: fields.Typed) -> AddForm:
    return AddForm(
        document.id,
        wording.title(document),
        evidence,
        wording.one_line(evidence.quote),
        document.section_path(evidence.span),
        typed,
    )


def _empty(document: Document, quote: str) -> AddForm:
    return AddForm(document.id, wording.title(document), None, quote.strip(), (), {})


def _looked_for(document: Document, quote: str) -> Span | None:
    """Where the words stand, whatever their width and line breaks; the first place of several."""
    words, view = tidy(quote).text, tidy(document.text)
    if not words:
        return None
    at = view.text.find(words) if len(words) >= _SHORTEST else -1
    if at < 0:
        raise RefusedError(
            f"原文中找不到“{quote.strip()}”，请照原文输入至少 {_SHORTEST} 个字",
            f"'{quote.strip()}' is not in the text; type at least {_SHORTEST} characters of it",
        )
    return view.locate(at, at + len(words))


def _form(
    request: Request,
    visitor: Visitor,
    given: AddForm,
    *,
    status: int = 200,
    error: RefusedError | None = None,
) -> Response:
    message = "" if error is None else error.en if visitor.language == "en" else error.zh
    template = "part_add.html" if request.headers.get("hx-request") else "add.html"
    return render(request, template, visitor, status=status, form=given, message=message)


@router.post("/documents/{document_id}/rows")
def add(
    request: Request, site: TheSite, visitor: Reviewer, form: Form, document_id: str
) -> Response:
    """Keep the new row, or show the form again with what can't be read in it."""
    start, end = text_of(form, "start"), text_of(form, "end")
    if not (start.isdecimal() and end.isdecimal()) or not int(start) < int(end) < _FARTHEST:
        raise RefusedError("请先在原文中选取一段文字", "choose some words of the text first")
    span = Span(int(start), int(end))
    document = site.library.store.document(document_id)
    who, evidence = visitor.name or "", deciding.chosen(document, span)
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        values = fields.read_all(typed, deciding.added(document, span, who=who))
    except RefusedError as error:
        given = _filled(document, evidence, typed)
        return _form(request, visitor, given, status=422, error=error)
    row = deciding.added(document, span, who=who, values=values)
    deciding.add(site.library, row, who=who, why=text_of(form, "reason"))
    view = "text" if text_of(form, "view") == "text" else ""
    where = link(f"/documents/{document_id}", view=view, row=row.id)
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": where})
    return RedirectResponse(where, status_code=303)

"""一份文件: header fields, sections and ledger beside the page pictures or the marked text.

Choosing a row shows its evidence on the page, choosing a mark finds its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus.model.document import Document, Page
from corpus.model.errors import DocumentNotFound
from corpus.model.geometry import Box
from corpus.model.review import Decision, RowState
from corpus.parse.quality import Grade, quality
from corpus.review import Conflict, ReviewedRow
from corpus.store.desk_records import Paper
from outputs import wording
from outputs.counts import LedgerCounts
from outputs.review.digest import family
from outputs.review.gates import TheSite, Viewer
from outputs.review.lineage import Drawing, draw
from outputs.review.marked_text import Paragraph, marked
from outputs.review.pages.pictures import has_pictures
from outputs.review.render import render
from outputs.review.row_view import RowPanel, panel
from outputs.review.site import Site
from outputs.review.words import N_

router = APIRouter()

# Why a document counts as a prior one, by the rules of corpus.compare.family.
RULE_WORDS = {
    "given": "指定",
    "same_number": "文号相同",
    "supersedes": "明文替代",
    "same_title": "标题相同",
    "earlier_plan": "前一规划",
    "cited": "引用",
    "alike": "内容相近",
}

GRADE_WORDS = {
    Grade.GOOD: "可信",
    Grade.CHECK: "看存疑处",
    Grade.POOR: "须通读核对",
    Grade.FAILED: "未能读出",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page with the boxes of the rows that stand on it."""

    page: Page
    boxes: tuple[tuple[Box, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class SectionNode:
    """A heading with those under it, and the first row that stands below it."""

    title: str
    level: int
    row: str | None
    rows: int
    page: int | None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document; ``sheets`` where there are pictures, else ``text``."""

    document: Document
    title: str
    fields: tuple[tuple[str, str], ...]
    sections: tuple[SectionNode, ...]
    rows: tuple[ReviewedRow, ...]
    counts: LedgerCounts
    states: dict[RowState, int]
    pictures: bool
    sheets: tuple[Sheet, ...]
    text: tuple[Paragraph, ...]
    lost: tuple[Conflict, ...]
    gone: tuple[Conflict, ...]
    relatives: tuple[tuple[str, str, str, str], ...]
    lineage: Drawing | None
    changes: int
    same_number: tuple[Paper, ...]
    chosen: str
    panel: RowPanel | None
    decisions: tuple[Decision, ...]


@router.get("/documents/{document_id}")
def document(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    document_id: str,
    row: Annotated[str, Query(max_length=40)] = "",
    view: Annotated[str, Query(pattern="^(text)?$")] = "",
) -> Response:
    """The document with its ledger."""
    site.library.refresh()
    return render(
        request,
        "document.html",
        visitor,
        page=_page(site, document_id, row, view),
        rules=RULE_WORDS,
    )


@router.get("/documents/{document_id}/rows/{row_id}")
def row(
    request: Request, site: TheSite, visitor: Viewer, document_id: str, row_id: str
) -> Response:
    """One row with its fields, evidence and history: a part of the page above."""
    shown = panel(site, document_id, row_id)
    return render(request, "part_row.html", visitor, panel=shown)


@router.get("/documents/{document_id}/quality")
def page_quality(request: Request, site: TheSite, visitor: Viewer, document_id: str) -> Response:
    """How far each page can be trusted; a part of the page above, asked for when it is opened:
    it takes every line of the document."""
    found = site.library.store.document(document_id)
    return render(
        request,
        "part_quality.html" if request.headers.get("hx-request") else "quality.html",
        visitor,
        document_id=document_id,
        title=wording.title(found),
        pages=quality(found),
        grades=GRADE_WORDS,
    )


def _lineage(site: Site, document_id: str) -> Drawing | None:
    ids = family(site.library, document_id)
    papers = {each: site.library.desk.paper(each) for each in ids}
    relations = [related for each in ids for related in site.library.desk.relatives(each)]
    return draw({key: paper for key, paper in papers.items() if paper}, relations, document_id)


def _page(site: Site, document_id: str, chosen: str, view: str) -> DocumentPage:
    library = site.library
    document = library.store.document(document_id, lines=False)
    paper = library.desk.paper(document_id)
    if paper is None:
        raise DocumentNotFound(document_id)
    review = library.review(document_id)
    pictures = has_pictures(document)
    drawn = pictures and view != "text"
    number = document.official.document_number
    shown = panel(site, document_id, chosen) if chosen else None
    return DocumentPage(
        document=document,
        title=wording.title(document),
        fields=_fields(document),
        sections=_sections(document, review.rows),
        rows=review.rows,
        counts=LedgerCounts.of(library.reviewed_ledger(document_id)),
        states={s: sum(r.state is s for r in review.rows) for s in RowState},
        pictures=pictures,
        sheets=_sheets(document, review.rows) if drawn else (),
        text=() if drawn else marked(document, review.rows),
        lost=review.lost,
        gone=library.gone_changes(document_id),
        relatives=tuple(_relatives(site, document_id)),
        lineage=_lineage(site, document_id),
        changes=paper.changes,
        same_number=tuple(library.desk.same_number(number, document_id)) if number else (),
        chosen=chosen,
        panel=shown,
        decisions=tuple(reversed(library.decisions.of_document(document_id)))[:20],
    )


def _fields(document: Document) -> tuple[tuple[str, str], ...]:
    """The header by the names of GB/T 9704; what the document does not say is left out."""
    header = document.official
    day = wording.day
    fields = (
        (N_("发文字号"), header.document_number or ""),
        (N_("发文机关"), "、".join(header.issuers)),
        (N_("成文日期"), day(header.date_of_issue) if header.date_of_issue else ""),
        (N_("印发日期"), day(header.date_printed) if header.date_printed else ""),
        (N_("主送机关"), "、".join(header.main_recipients)),
        (N_("抄送机关"), "、".join(header.copied_to)),
        (N_("附件"), "；".join(header.annexes)),
        (N_("密级"), header.classification or ""),
        (N_("紧急程度"), header.urgency or ""),
        (N_("份号"), header.copy_number or ""),
        (N_("索引号"), header.index_number or ""),
        (N_("来源文件"), document.provenance.source),
    )
    return tuple((name, value) for name, value in fields if value)


def _sections(document: Document, rows: tuple[ReviewedRow, ...]) -> tuple[SectionNode, ...]:
    nodes = []
    for section in document.sections:
        span = section.span
        inside = [r for r in rows if span.start <= r.commitment.evidence.span.start < span.end]
        boxes = inside[0].commitment.evidence.boxes if inside else ()
        nodes.append(
            SectionNode(
                wording.one_line(section.title),
                section.level,
                inside[0].commitment.id if inside else None,
                len(inside),
                boxes[0].page if boxes else None,
            )
        )
    return tuple(nodes)


def _sheets(document: Document, rows: tuple[ReviewedRow, ...]) -> tuple[Sheet, ...]:
    """What covers others is drawn first, so that each can be chosen; rows that quote the same
    words share a box."""
    boxes: dict[int, dict[Box, list[str]]] = {page.number: {} for page in document.pages}
    for row in sorted(rows, key=lambda row: -len(row.commitment.evidence.span)):
        for box in row.commitment.evidence.boxes:
            if box.page in boxes:
                boxes[box.page].setdefault(box, []).append(row.commitment.id)
    return tuple(
        Sheet(page, tuple((box, tuple(ids)) for box, ids in boxes[page.number].items()))
        for page in document.pages
    )


def _relatives(site: Site, document_id: str) -> list[tuple[str, str, str, str]]:
    """文件沿革: (which way, id, name, why) of prior and later documents."""
    found = []
    for related in site.library.desk.relatives(document_id):
        later = related.relation.prior_id == document_id
        other = related.relation.document_id if later else related.relation.prior_id
        paper = site.library.desk.paper(other)
        way = N_("后续文件") if later else N_("前序文件")
        if related.same_work:
            way = N_("副本")
        if paper is not None:
            rule = RULE_WORDS.get(related.relation.rule, related.relation.rule)
            found.append((way, other, paper.title or paper.source, rule))
    return found

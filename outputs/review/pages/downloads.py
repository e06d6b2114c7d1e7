"""Files to take away: the original as it came in, ledgers and changes as the filter shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import FileResponse, Response

from corpus.model.change import Change, Comparison
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document
from corpus.model.review import RefusedError
from corpus.store.desk_records import ChangeEntry, ChangeFilter
from outputs import wording
from outputs.exports import export_comparisons, export_ledgers, formats
from outputs.records import Links
from outputs.review.access import Visitor
from outputs.review.gates import TheSite, Viewer
from outputs.review.library import Library, change_key
from outputs.review.links import link
from outputs.review.pages.changes import wanted_changes
from outputs.review.pages.deadlines import Due, Wanted
from outputs.review.security import attachment
from outputs.review.site import Site

router = APIRouter()

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}
# What a spreadsheet can still be opened with; a paper or a page holds less.
_MOST = 100_000
_MOST_OF = {"docx": 5_000, "html": 20_000}


@router.get("/documents/{document_id}/original")
def original(site: TheSite, visitor: Viewer, document_id: str) -> Response:
    """The file as it came in: always a download, never a page of this site."""
    document = site.library.store.document(document_id, lines=False)
    file = site.library.file(document.provenance.sha256)
    if not file.exists():
        raise HTTPException(404)
    headers = {"Content-Disposition": attachment(document.provenance.source)}
    return FileResponse(file, media_type="application/octet-stream", headers=headers)


@router.get("/documents/{document_id}/ledger.{format}")
def ledger(
    request: Request, site: TheSite, visitor: Viewer, document_id: str, format: str
) -> Response:
    """The ledger of one document as it stands after the review."""
    _check(format, "ledgers")
    found = site.library.reviewed_ledger(document_id)
    name = f"{wording.short_title(found.document)}-台账.{format}"
    content = export_ledgers([found], format, links=_links(request))
    return _download(site, visitor, content, format, name)


@router.get("/export/ledger.{format}")
def ledgers(
    request: Request, site: TheSite, visitor: Viewer, wanted: Wanted, due: Due, format: str
) -> Response:
    """The rows that the filter shows, document by document."""
    _check(format, "ledgers")
    site.library.refresh()
    found = site.library.desk.entries(due(wanted, site.today()), size=_MOST)
    _check_size(found.total, format)
    rows = [(entry.document_id, entry.commitment) for entry in found.items]
    grouped = [
        Ledger(site.library.store.document(one, lines=False), tuple(row for _, row in group))
        for one, group in groupby(rows, key=lambda row: row[0])
    ]
    content = export_ledgers(grouped, format, links=_links(request))
    return _download(site, visitor, content, format, f"台账.{format}")


@router.get("/export/changes.{format}")
def changes(
    request: Request,
    site: TheSite,
    visitor: Viewer,
    wanted: Annotated[ChangeFilter, Depends(wanted_changes)],
    format: str,
) -> Response:
    """The changes that the filter shows, document by document."""
    _check(format, "comparisons")
    site.library.refresh()
    found = site.library.desk.changes(wanted, size=_MOST)
    _check_size(found.total, format)
    comparisons = list(_comparisons(site.library, found.items))
    content = export_comparisons(comparisons, format, links=_links(request))
    return _download(site, visitor, content, format, f"新旧对照.{format}")


def _comparisons(library: Library, entries: Iterable[ChangeEntry]) -> Iterator[Comparison]:
    """One comparison a document, its changes in the order of its text."""
    ordered = sorted(entries, key=lambda entry: (entry.document_id, entry.position))
    for document_id, group in groupby(ordered, key=lambda entry: entry.document_id):
        members = list(group)
        priors = dict.fromkeys(entry.prior_id for entry in members if entry.prior_id)
        yield Comparison(
            tuple(library.store.document(prior, lines=False) for prior in priors),
            library.store.document(document_id, lines=False),
            tuple(entry.change for entry in members),
        )


def _download(site: Site, visitor: Visitor, content: bytes, format: str, name: str) -> Response:
    """A file to save under a name; who took it is noted."""
    site.library.accounts.note(visitor.name or "", visitor.address, "export", name)
    headers = {"Content-Disposition": attachment(name)}
    return Response(content, media_type=MEDIA[format], headers=headers)


def _links(request: Request) -> Links:
    """Back to the pages: a file that is passed on says where its evidence can be seen."""
    base = str(request.base_url).rstrip("/")

    def row(commitment: Commitment) -> str:
        return base + link(f"/documents/{commitment.evidence.document_id}", row=commitment.id)

    def change(change: Change, document: Document) -> str:
        return f"{base}/documents/{document.id}/changes/{change_key(change)}"

    return Links(row, change)


def _check_size(total: int, format: str) -> None:
    most = _MOST_OF.get(format, _MOST)
    if total > most:
        raise RefusedError(
            f"共 {total} 条，{format} 最多 {most} 条，请先筛选",
            f"{total} items: {format} holds {most}; choose fewer with the filter",
        )


def _check(format: str, exported: str) -> None:
    if format not in MEDIA or format not in formats(exported):
        raise HTTPException(404)

"""Files to take away: the original as it came in, ledgers and changes as the filter shows them."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

from outputs import wording
from outputs.exports import export_ledgers, formats
from outputs.review.gates import TheSite, Viewer
from outputs.review.security import attachment

router = APIRouter()

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}


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
def ledger(site: TheSite, visitor: Viewer, document_id: str, format: str) -> Response:
    """The ledger of one document as it stands after the review."""
    _check(format, "ledgers")
    found = site.library.reviewed_ledger(document_id)
    name = f"{wording.short_title(found.document)}-台账.{format}"
    return download(export_ledgers([found], format), format, name)


def download(content: bytes, format: str, name: str) -> Response:
    """A file to save under a name."""
    headers = {"Content-Disposition": attachment(name)}
    return Response(content, media_type=MEDIA[format], headers=headers)


def _check(format: str, exported: str) -> None:
    if format not in MEDIA or format not in formats(exported):
        raise HTTPException(404)

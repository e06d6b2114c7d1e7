"""Pictures of pages, drawn once and kept by the file's hash: 3f9a…/2.png.

pdfium is not made for threads, so one page is drawn at a time.
"""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from corpus.intake import write_whole
from corpus.model.document import Document, Page
from outputs.review.gates import TheSite, Viewer

if TYPE_CHECKING:
    from PIL.Image import Image

router = APIRouter()

_PDF = "application/pdf"
_WIDTH = 1240  # pixels: A4 at 150 dpi
_MOST_PIXELS = 170_000_000
_LONGEST = 4  # times as long as wide; longer pages are drawn smaller
_lock = threading.Lock()


def has_pictures(document: Document) -> bool:
    """True where there is something to draw, and a measure of it for the boxes."""
    kind = document.provenance.media_type
    drawn = kind == _PDF or kind.startswith("image/")
    return drawn and any(page.width and page.height for page in document.pages)


@router.get("/documents/{document_id}/pages/{number}.png")
def picture(
    request: Request, site: TheSite, visitor: Viewer, document_id: str, number: int
) -> Response:
    """One page; browsers may keep it, the file of a hash never changes."""
    document = site.library.store.document(document_id, lines=False)
    page = next((page for page in document.pages if page.number == number), None)
    if page is None or not has_pictures(document):
        raise HTTPException(404)
    sha256 = document.provenance.sha256
    kept = site.library.home / "cache" / "pages" / sha256[:2] / sha256 / f"{number}.png"
    if not kept.exists():
        with _lock:
            if not kept.exists():
                write_whole(kept, draw(site.library.file(sha256), document, page))
    headers = {"Cache-Control": "private, max-age=604800", "Content-Type": "image/png"}
    return Response(kept.read_bytes(), headers=headers)


def draw(file: Path, document: Document, page: Page) -> bytes:
    """A page as PNG, upright."""
    pdf = document.provenance.media_type == _PDF
    image = _from_pdf(file, page) if pdf else _from_image(file, page)
    if page.turned:
        image = image.rotate(-page.turned, expand=True)
    out = io.BytesIO()
    # 64 greys and colours are enough to read print, and a third of the bytes.
    image.convert("RGB").quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _from_pdf(file: Path, page: Page) -> Image:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(file)
    try:
        sheet = pdf[page.number - 1]
        width, height = sheet.get_size()
        wide = min(_WIDTH, _WIDTH * _LONGEST * width / max(height, 1))
        image: Image = sheet.render(scale=wide / max(width, 1)).to_pil()
        return image
    finally:
        pdf.close()


def _from_image(file: Path, page: Page) -> Image:
    from PIL import Image

    with Image.open(file) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise HTTPException(404)
        image.seek(page.number - 1)
        image.thumbnail((_WIDTH, _WIDTH * _LONGEST))
        return image.convert("RGB")

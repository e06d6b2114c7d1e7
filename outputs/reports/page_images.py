"""Pictures of pages to stand in a report as data: small, upright, without anything else of the
file. A page that can't be drawn (a web page, an OFD, a damaged one) has none."""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpus.model.document import Document, Page

if TYPE_CHECKING:
    from PIL.Image import Image

_PDF = "application/pdf"
_WIDTH = 1100  # pixels: small print on A4 can be read
_LONGEST = 4  # times as long as wide; longer pages are drawn smaller
_MOST_PIXELS = 170_000_000
# Print and stamps need few colours, and the file is half as large.
_COLOURS = 32


@contextmanager
def drawing(document: Document, content: bytes) -> Iterator[Drawings]:
    """The pages of a file, to be drawn one at a time."""
    kind = document.provenance.media_type
    opened: Any = None
    if kind == _PDF:
        import pypdfium2

        try:
            opened = pypdfium2.PdfDocument(content)
        # It was read by another library; this one may refuse what is damaged.
        except pypdfium2.PdfiumError:
            logging.getLogger(__name__).warning("the pages can't be drawn", exc_info=True)
    drawings = Drawings(opened, content if kind.startswith("image/") else b"")
    try:
        yield drawings
    finally:
        if opened is not None:
            opened.close()


class Drawings:
    """An opened file."""

    def __init__(self, pdf: Any, image: bytes) -> None:
        self._pdf = pdf
        self._image = image

    def address(self, page: Page) -> str:
        """The page as a data: address; empty where it can't be drawn."""
        try:
            image = self._drawn(page)
        # Damaged pages raise anything from inside pdfium and Pillow; what was read is still shown.
        except Exception:
            logging.getLogger(__name__).warning("page %d not drawn", page.number, exc_info=True)
            return ""
        if image is None:
            return ""
        if page.turned:
            image = image.rotate(-page.turned, expand=True)
        out = io.BytesIO()
        image.convert("RGB").quantize(_COLOURS).save(out, "PNG", optimize=True)
        return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"

    def _drawn(self, page: Page) -> Image | None:
        if self._pdf is not None:
            sheet = self._pdf[page.number - 1]
            width, height = sheet.get_size()
            wide = min(_WIDTH, _WIDTH * _LONGEST * width / max(height, 1))
            drawn: Image = sheet.render(scale=wide / max(width, 1)).to_pil()
            sheet.close()
            return drawn
        return self._decoded(page) if self._image else None

    def _decoded(self, page: Page) -> Image | None:
        from PIL import Image, ImageOps

        with Image.open(io.BytesIO(self._image)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.seek(page.number - 1)
            image.load()
            upright = ImageOps.exif_transpose(image) or image
            upright.thumbnail((_WIDTH, _WIDTH * _LONGEST))
            return upright.convert("RGB")

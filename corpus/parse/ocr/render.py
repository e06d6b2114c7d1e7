"""Pages of a PDF as pictures, one at a time, never larger than what memory is meant for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image, OcrOptions

# A scan fills its page, some margin aside.
_FILLS = 0.7
_LOWEST_DPI = 72.0


@dataclass(frozen=True, slots=True)
class Pages:
    """An opened PDF to draw pages of."""

    document: Any
    options: OcrOptions

    def image(self, number: int) -> Image:
        """Page ``number``, counted from 1, as rows of blue, green, red."""
        import numpy as np

        page = self.document[number - 1]
        try:
            bitmap = page.render(scale=self._scale(page), rev_byteorder=False)
            try:
                drawn = bitmap.to_numpy()
                if drawn.ndim == 2 or drawn.shape[2] == 1:
                    drawn = np.repeat(drawn.reshape(*drawn.shape[:2], 1), 3, axis=2)
                image: Image = np.ascontiguousarray(drawn[:, :, :3])
                return image.copy() if image.base is not None else image
            finally:
                bitmap.close()
        finally:
            page.close()

    def _scale(self, page: Any) -> float:
        """Pixels a point: the scan's own resolution up to the one asked for."""
        width, height = page.get_size()
        dpi = self.options.dpi
        own = _own_resolution(page, width * height)
        if own is not None:
            dpi = max(_LOWEST_DPI, min(dpi, own))
        largest = (self.options.max_pixels / max(1.0, width * height)) ** 0.5
        return float(min(dpi / 72.0, largest))

    def hides_text(self, number: int) -> bool:
        """True where the page's text is not what one sees: printed invisibly, or under a scan."""
        import pypdfium2.raw as pdfium

        page = self.document[number - 1]
        try:
            area = page.get_width() * page.get_height()
            seen = hidden = 0
            for thing in page.get_objects(max_depth=4):
                if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
                    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing.raw)
                    invisible = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
                    hidden, seen = hidden + invisible, seen + (not invisible)
                elif thing.type == pdfium.FPDF_PAGEOBJ_IMAGE and _area(thing) > _FILLS * area:
                    hidden, seen = hidden + seen, 0
            return hidden > seen
        finally:
            page.close()


class Undrawable(Exception):
    """A PDF so damaged that none of its pages can be drawn, though its text could be read."""


@contextmanager
def opened(content: bytes, options: OcrOptions) -> Iterator[Pages]:
    """The PDF whose bytes these are, as pages to draw; Undrawable where it can't be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Undrawable from error
    try:
        yield Pages(document, options)
    finally:
        document.close()


def _area(thing: Any) -> float:
    left, bottom, right, top = thing.get_bounds()
    return float(max(0.0, right - left) * max(0.0, top - bottom))


def _own_resolution(page: Any, area: float) -> float | None:
    """Dots per inch of the one picture that fills the page; None where there is no such."""
    import pypdfium2.raw as pdfium

    pictures = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    for picture in pictures:
        left, bottom, right, top = picture.get_bounds()
        if _area(picture) > _FILLS * area:
            width, height = picture.get_px_size()
            across = max(width, height) / max(right - left, top - bottom)
            return float(across * 72.0)
    return None

"""Pages of a PDF whose text layer is missing or can't be trusted, read from how they look.

They are drawn and read one at a time, so that a scan of 300 pages takes no more memory than one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.model.document import Page, Seal, TextSource
from corpus.model.errors import PolicyError
from corpus.parse.ocr.engine import OcrEngine, OcrMissing, OcrOptions, engine
from corpus.parse.ocr.render import Pages, Undrawable, opened
from corpus.parse.pdf_legible import SCAN
from corpus.parse.pdf_sheets import Sheet

NOTHING_READ = "页面上的文字未能识别 | the text on the page could not be recognised"
_UNDRAWN = "页面无法显示，未能识别 | the page can't be drawn, so it can't be recognised"

Read = tuple[Sheet, Page, tuple[Seal, ...]]


def recognised(
    content: bytes, pages: Sequence[Page], options: OcrOptions
) -> Iterator[tuple[int, Read]]:
    """By number, the pages given, read from their pictures; a failure says why one is not.

    OcrMissing where the engine is not installed.
    """
    try:
        with opened(content, options) as drawn:
            reader = engine(options)
            for page in pages:
                yield page.number, _read(drawn, page, reader, options)
    except Undrawable:
        yield from ((page.number, _undrawn(page)) for page in pages)


def hidden_text(content: bytes, numbers: Sequence[int], options: OcrOptions) -> set[int]:
    """Which of the pages have a text that is not what one sees: somebody's OCR under a scan."""
    try:
        with opened(content, options) as drawn:
            return {number for number in numbers if _hides_text(drawn, number)}
    except Undrawable:
        return set()
    except ImportError as error:
        raise OcrMissing(options.engine, error.name or str(error)) from error


def _hides_text(drawn: Pages, number: int) -> bool:
    try:
        return drawn.hides_text(number)
    # As in drawing: a damaged page can raise anything, and then its text layer is all there is.
    except Exception:
        logging.getLogger(__name__).warning("page %d can't be looked at", number, exc_info=True)
        return False


def _undrawn(page: Page) -> Read:
    return Sheet(page.number, page.height), replace(page, failure=_UNDRAWN), ()


def _read(drawn: Pages, page: Page, reader: OcrEngine, options: OcrOptions) -> Read:
    empty = Sheet(page.number, page.height)
    try:
        image = drawn.image(page.number)
    # Damaged pages can raise anything from inside pdfium; the other pages are read.
    except Exception:
        logging.getLogger(__name__).warning("page %d can't be drawn", page.number, exc_info=True)
        return _undrawn(page)
    from corpus.parse.ocr.page import read_page

    try:
        found = read_page(
            image,
            number=page.number,
            per_point=image.shape[1] / max(1.0, page.width),
            engine=reader,
            options=options,
        )
    except PolicyError as error:
        return empty, replace(page, failure=str(error)), ()
    told = bool(found.sheet.lines or found.sheet.tables)
    known = Page(
        page.number,
        found.width,
        found.height,
        TextSource.OCR,
        None if told or (found.blank and page.failure == SCAN) else _why(page),
        found.turned,
    )
    return found.sheet, known, found.seals


def _why(page: Page) -> str:
    """Why a page has no text: what is wrong with its text layer, if it has one."""
    return page.failure if page.failure not in (None, SCAN) else NOTHING_READ

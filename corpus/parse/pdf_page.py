"""One page of a PDF from its text layer: lines and ruled tables with their places, and what was
counted to judge whether that text is what the page shows."""

from __future__ import annotations

import gc
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from corpus.model.document import Page
from corpus.parse.pdf_glyphs import glyphs
from corpus.parse.pdf_legible import PageCount, count
from corpus.parse.pdf_lines import lines
from corpus.parse.pdf_sheets import Sheet
from corpus.parse.pdf_tables import find_tables
from corpus.parse.pdf_unruled import find_unruled
from corpus.parse.watch import OutOfTime, Watch

BROKEN = "PDF 页面已损坏，无法读取 | the page is damaged and can't be read"


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page as read: what stands on it, and what was counted to judge it."""

    sheet: Sheet
    page: Page
    count: PageCount


def lost(page: Page, failure: str) -> PageRead:
    """A page of which nothing could be read."""
    return PageRead(Sheet(page.number, page.height), replace(page, failure=failure), PageCount())


def read_page(page: Any, *, seconds: float) -> PageRead:
    """One page, read and let go: its objects take megabytes, its lines a few kilobytes."""
    number, width, height = page.page_number, float(page.width), float(page.height)
    known = Page(number, width, height)
    watch = Watch(seconds)
    try:
        with watch, _unswept():
            return _read(page, known) if _is_whole(page) else lost(known, BROKEN)
    except OutOfTime:
        watch.stop()
        return lost(known, too_slow(seconds))
    # A damaged page can raise anything from inside pdfminer; the other pages are read.
    except Exception:
        logging.getLogger(__name__).warning("page %d can't be read", number, exc_info=True)
        return lost(known, BROKEN)
    finally:
        page.close()


@contextmanager
def _unswept() -> Iterator[None]:
    """Without the search for garbage: the thousands of objects of a page set it off time and again,
    and are all in use until the page is closed."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def too_slow(seconds: float) -> str:
    """Why a page was left."""
    return (
        f"读取本页超过 {seconds:g} 秒，已停止"
        f" | reading the page took more than {seconds:g} s and was stopped"
    )


def _read(page: Any, known: Page) -> PageRead:
    found = glyphs(page)
    images = _image_share(page)
    tables, rest = find_tables(page, found)
    bare = find_unruled(page.edges, rest, known.number, lines=lines)
    tables = sorted([*tables, *bare.tables], key=lambda table: table.box.top)
    told = tuple(lines(bare.rest, known.number))
    sheet = Sheet(known.number, known.height, told, tuple(tables), bare.beginning)
    return PageRead(sheet, known, count(found, image_share=images))


def _is_whole(page: Any) -> bool:
    """False where a content stream breaks off: pdfminer reads what is left and says nothing."""
    from pdfminer.pdftypes import PDFStream, resolve1
    from pdfminer.psparser import literal_name

    for content in page.page_obj.contents:
        stream = resolve1(content)
        if not isinstance(stream, PDFStream) or stream.decipher or not stream.rawdata:
            continue
        filters = [literal_name(name) for name, _ in stream.get_filters()]
        if filters in (["FlateDecode"], ["Fl"]) and not _inflates(stream.rawdata):
            return False
    return True


def _inflates(packed: bytes) -> bool:
    """True where deflated bytes go on to their end; the checksum after it is often wrong."""
    inflater = zlib.decompressobj(wbits=-15)
    try:
        inflater.decompress(packed[2:])
    except zlib.error:
        return False
    return inflater.eof


def _image_share(page: Any) -> float:
    """How much of the page its images cover, at most all of it."""
    covered = sum(
        max(0.0, min(i["x1"], page.width) - max(i["x0"], 0.0))
        * max(0.0, min(i["bottom"], page.height) - max(i["top"], 0.0))
        for i in page.images
    )
    return min(1.0, float(covered) / max(1.0, float(page.width * page.height)))

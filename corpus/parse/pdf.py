"""PDF files as lines and tables in reading order, with their places: each page from its text layer
where that is sound, else from how the page looks.

Scans have no text layer, and fonts without a character map have one that is plausible rubbish,
which is worse than none. A file that can't be read either way says so in one line and what to do.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.model.document import Page, Seal, TextSource
from corpus.model.errors import UnreadableFile
from corpus.parse.flow import Flow
from corpus.parse.limits import DEFAULT, Clock, Limits
from corpus.parse.ocr.engine import OcrMissing, OcrOptions
from corpus.parse.pdf_centred import with_centred
from corpus.parse.pdf_legible import failures
from corpus.parse.pdf_page import BROKEN, PageRead
from corpus.parse.pdf_sheets import Sheet, flow_items
from corpus.parse.pdf_work import PictureReader, opened, texts

MEDIA_TYPE = "application/pdf"
# An image that covers more of a page than this is the page.
_PAGE_WIDE = 0.8

_Told = tuple[Sheet, Page]


def read(
    content: bytes,
    *,
    source: str,
    ocr: OcrOptions | None = None,
    limits: Limits = DEFAULT,
    first: bool = False,
) -> Flow:
    """The lines and tables of a PDF; UnreadableFile where they can't be told."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    _check_bytes(content, source)
    clock = Clock(source, limits)
    read_pages = _pages(content, clock, first=first)
    if not read_pages:
        raise _damaged(source)
    told, seals = _recognised(content, read_pages, clock, ocr or OcrOptions())
    _check_pages(told, source)
    sheets = with_centred([sheet for sheet, _ in told])
    return Flow(tuple(flow_items(sheets)), tuple(p for _, p in told), MEDIA_TYPE, seals=seals)


def _check_bytes(content: bytes, source: str) -> None:
    """Tell a file that is no PDF at all, and one whose end is missing."""
    if b"%PDF-" not in content[:1024]:
        raise UnreadableFile(
            source,
            "not_pdf",
            zh="不是 PDF 文件（缺少 %PDF 文件头），请确认文件格式或重新下载",
            en="not a PDF file (no %PDF header); check the format or download it again",
        )
    # The last line of a PDF; servers sometimes append a little of their own.
    if b"%%EOF" not in content[-4096:]:
        raise UnreadableFile(
            source,
            "truncated",
            zh="PDF 文件不完整（缺少结尾），请重新下载",
            en="the PDF file is cut short (its end is missing); download it again",
        )


def _damaged(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "damaged",
        zh="PDF 文件已损坏或没有页面，请重新下载，或用其他软件另存后再试",
        en="the PDF file is damaged or has no pages; download it again or save it anew",
    )


def _encrypted(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "encrypted",
        zh="PDF 文件已加密，请用密码打开并另存为不加密的文件后再试",
        en="the PDF file is encrypted; open it with its password and save it without",
    )


def _pages(content: bytes, clock: Clock, *, first: bool) -> list[PageRead]:
    """All pages; a page that can't be read stays in the list with its failure."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    source = clock.source
    try:
        pdf = opened(content)
        pages = pdf.pages
        promised = _promised(pdf.doc)
    # A damaged file can raise anything from anywhere inside pdfminer.
    except Exception as error:
        causes = (error, error.__cause__, *error.args)
        if any(isinstance(c, PDFPasswordIncorrect | PDFEncryptionError) for c in causes):
            raise _encrypted(source) from error
        raise _damaged(source) from error
    if len(pages) < promised:
        raise _damaged(source)
    with pdf:
        return list(texts(content, pages[:1] if first else pages, clock))


def _promised(document: Any) -> int:
    """How many pages the file says it has."""
    from pdfminer.pdftypes import dict_value, resolve1

    said = resolve1(dict_value(document.catalog.get("Pages")).get("Count"))
    return said if isinstance(said, int) else 0


def _recognised(
    content: bytes, pages: list[PageRead], clock: Clock, options: OcrOptions
) -> tuple[list[_Told], tuple[Seal, ...]]:
    """Each page from its text layer or from its picture, and the seals that were seen."""
    judged = list(_judged(pages))
    pictures = [page.number for _, page in judged if page.source is TextSource.OCR]
    wanted = [page for _, page in judged if page.failure not in (None, BROKEN)]
    reader = PictureReader(content, clock, options)
    try:
        hidden = reader.hidden_text(pictures)
        wanted += [page for _, page in judged if page.number in hidden]
        found = {read[1].number: read for read in reader.read(wanted)}
    except OcrMissing as error:
        if len(wanted) * 2 >= len(pages):
            raise UnreadableFile(clock.source, "ocr_missing", zh=error.zh, en=error.en) from error
        return [(s, replace(p, failure=str(error)) if p in wanted else p) for s, p in judged], ()
    told: list[_Told] = []
    for sheet, page in judged:
        read, known, _ = found.get(page.number, (sheet, page, ()))
        # What somebody else's OCR read is better than nothing.
        told.append((sheet, page) if known.failure and not page.failure else (read, known))
    return told, tuple(seal for _, _, seen in found.values() for seal in seen)


def _judged(pages: list[PageRead]) -> Iterator[_Told]:
    """Pages with why they failed, if they did; text that can't be trusted is left out."""
    for read, failure in zip(pages, failures([r.count for r in pages]), strict=True):
        reason = read.page.failure or failure
        page = replace(read.page, failure=reason)
        if reason is not None:
            yield Sheet(read.sheet.number, read.sheet.height), page
        elif read.count.image_share > _PAGE_WIDE and read.count.signs:
            # An image all over the page with text on it: a scan that somebody's OCR has read.
            yield read.sheet.from_ocr(), replace(page, source=TextSource.OCR)
        else:
            yield read.sheet, page


def _check_pages(told: list[_Told], source: str) -> None:
    """Refuse a file most of whose pages can't be read; empty pages don't count."""
    reasons = [page.failure for _, page in told if page.failure]
    written = [p for s, p in told if (s.lines or s.tables) and not p.failure]
    if not reasons and written:
        return
    if not reasons:
        raise UnreadableFile(
            source,
            "no_text",
            zh="PDF 中没有文字，请检查文件是否正确",
            en="there is no text in the PDF; check that it is the right file",
        )
    if len(reasons) <= len(written):
        return
    if reasons.count(BROKEN) * 2 >= len(reasons):
        raise _damaged(source)
    raise UnreadableFile(
        source,
        "not_recognised",
        zh="PDF 没有可信的文本层，页面图像也未能识别，请提供更清晰的扫描件或电子版",
        en="the PDF has no text layer that can be trusted, and its pages could not be recognised;"
        " give a clearer scan or the digital original",
    )

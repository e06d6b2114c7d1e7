"""Born-digital PDF files: the text layer as lines and tables in reading order, with their places.

A file that can't be read says so in one line and what to do about it; so does a file that can be
opened but whose text can't be trusted (scans, fonts without a character map), because a ledger of
plausible rubbish is worse than none.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus.model.document import Page, TextSource
from corpus.model.errors import UnreadableFile
from corpus.parse.flow import Flow
from corpus.parse.pdf_centred import with_centred
from corpus.parse.pdf_glyphs import glyphs
from corpus.parse.pdf_legible import SCAN, TURNED, PageCount, count, failures
from corpus.parse.pdf_lines import lines
from corpus.parse.pdf_sheets import Sheet, flow_items
from corpus.parse.pdf_tables import find_tables

MEDIA_TYPE = "application/pdf"
_BROKEN = "PDF 页面已损坏，无法读取 | the page is damaged and can't be read"


@dataclass(frozen=True, slots=True)
class _Read:
    """One page as read: what stands on it, and what was counted to judge it."""

    sheet: Sheet
    page: Page
    count: PageCount


def read(content: bytes, *, source: str) -> Flow:
    """The lines and tables of a PDF; UnreadableFile where they can't be told."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    _check_bytes(content, source)
    read_pages = _pages(content, source)
    if not read_pages:
        raise _damaged(source)
    judged = list(_judged(read_pages))
    _check_pages([page for _, page in judged], [r.count for r in read_pages], source)
    sheets = with_centred([sheet for sheet, _ in judged])
    return Flow(tuple(flow_items(sheets)), tuple(page for _, page in judged), MEDIA_TYPE)


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


def _pages(content: bytes, source: str) -> list[_Read]:
    """All pages; a page that can't be read stays in the list with its failure."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    try:
        pdf = pdfplumber.open(io.BytesIO(content))
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
        return [_page(page) for page in pages]


def _promised(document: Any) -> int:
    """How many pages the file says it has."""
    from pdfminer.pdftypes import dict_value, resolve1

    said = resolve1(dict_value(document.catalog.get("Pages")).get("Count"))
    return said if isinstance(said, int) else 0


def _page(page: Any) -> _Read:
    """One page, read and let go: its objects take megabytes, its lines a few kilobytes."""
    number, width, height = page.page_number, float(page.width), float(page.height)
    known = Page(number, width, height)
    if not _is_whole(page):
        return _Read(Sheet(number, height), replace(known, failure=_BROKEN), PageCount())
    try:
        found = glyphs(page)
        images = _image_share(page)
        tables, rest = find_tables(page, found)
        sheet = Sheet(number, height, tuple(lines(rest, number)), tuple(tables))
        return _Read(sheet, known, count(found, image_share=images))
    # As above; the reason stays with the page, and the other pages are read.
    except Exception:
        logging.getLogger(__name__).warning("page %d can't be read", number, exc_info=True)
        return _Read(Sheet(number, height), replace(known, failure=_BROKEN), PageCount())
    finally:
        page.close()


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


def _judged(pages: list[_Read]) -> Iterator[tuple[Sheet, Page]]:
    """Pages with why they failed, if they did; text that can't be trusted is left out."""
    for read, failure in zip(pages, failures([r.count for r in pages]), strict=True):
        reason = read.page.failure or failure
        page = replace(read.page, failure=reason)
        if reason not in (None, SCAN, TURNED):
            yield Sheet(read.sheet.number, read.sheet.height), page
        elif read.count.image_share > 0.8 and reason is None:
            # An image all over the page with text on it: a scan that somebody's OCR has read.
            yield read.sheet.from_ocr(), replace(page, source=TextSource.OCR)
        else:
            yield read.sheet, page


def _check_pages(pages: list[Page], counts: list[PageCount], source: str) -> None:
    """Refuse a file most of whose pages can't be read; empty pages don't count."""
    failed = [page for page in pages if page.failure]
    told = [p for p, c in zip(pages, counts, strict=True) if c.signs and not p.failure]
    if not failed and told:
        return
    if not failed:
        raise UnreadableFile(
            source,
            "no_text",
            zh="PDF 中没有文字，请检查文件是否正确",
            en="there is no text in the PDF; check that it is the right file",
        )
    if len(failed) <= len(told):
        return
    reasons = [page.failure for page in failed]
    if reasons.count(SCAN) * 2 >= len(reasons):
        raise UnreadableFile(
            source,
            "scan",
            zh="这是扫描件，没有文本层；本版本不含光学识别（OCR），请先识别为双层 PDF 或提供电子版",
            en="a scan without a text layer; this version has no OCR, so run OCR on it first"
            " or give the digital original",
        )
    if reasons.count(_BROKEN) * 2 >= len(reasons):
        raise _damaged(source)
    raise UnreadableFile(
        source,
        "garbled",
        zh="PDF 的文本层不可信（字体编码缺失或错误，读出的是乱码），请提供原始文件或识别后的版本",
        en="the PDF's text layer can't be trusted (missing or wrong font maps give rubbish);"
        " give the original file or a version read by OCR",
    )

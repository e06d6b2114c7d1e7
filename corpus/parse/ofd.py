"""OFD files (GB/T 33190, 版式文档), the national format for official documents: pages with places,
read as those of a PDF are.

What a page prints are characters, lines and pictures, each with its place; where all is one picture
(a scan), it is recognised. Seals (电子印章) stay seals: their words are no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.model.document import Page, Seal, TextSource
from corpus.model.errors import UnreadableFile
from corpus.model.geometry import Box
from corpus.parse.archive_parts import Parts, damaged
from corpus.parse.encoding import empty
from corpus.parse.flow import Flow
from corpus.parse.limits import DEFAULT, Clock, Limits
from corpus.parse.ofd_objects import POINT, Picture, Printed, in_points, printed
from corpus.parse.ofd_package import PagePart, count_pages, page_parts
from corpus.parse.ofd_rules import RuledPage
from corpus.parse.pdf_centred import with_centred
from corpus.parse.pdf_legible import SCAN, TURNED, PageCount, count, failures
from corpus.parse.pdf_lines import lines
from corpus.parse.pdf_sheets import Sheet, flow_items
from corpus.parse.pdf_tables import find_tables
from corpus.parse.pdf_unruled import find_unruled

if TYPE_CHECKING:
    from PIL.Image import Image

    from corpus.parse.image import Picture as Drawing

MEDIA_TYPE = "application/ofd"
_LOST = "页面图片无法读取（格式不支持或已损坏） | the page's picture can't be read"
# Most of a page: text over it is what somebody's recognition left.
_COVERS = 0.8
_MOST_DPI = 300.0


@dataclass(frozen=True, slots=True)
class _Read:
    """One page as read: what stands on it, its pictures, and what was counted to judge it."""

    sheet: Sheet
    page: Page
    count: PageCount
    pictures: tuple[Picture, ...]
    seals: tuple[Seal, ...]


def read(content: bytes, *, source: str, limits: Limits = DEFAULT, first: bool = False) -> Flow:
    """The lines and tables of an OFD; UnreadableFile where they can't be told."""
    parts = Parts.of(content, source=source, limits=limits)
    limits.check_pages(count_pages(parts), source)
    clock = Clock(source, limits)
    found: list[_Read] = []
    for number, part in enumerate(page_parts(parts), 1):
        clock.check()
        found.append(_page(part, number, clock))
        if first:
            break
    if not found:
        raise damaged(source)
    told = zip(found, failures([p.count for p in found]), strict=True)
    judged = [_judged(page, failure) for page, failure in told]
    judged = _recognised(judged, parts, clock)
    _check(judged, source)
    sheets = with_centred([page.sheet for page in judged])
    seals = tuple(seal for page in judged for seal in page.seals)
    pages = tuple(page.page for page in judged)
    return Flow(tuple(flow_items(sheets)), pages, MEDIA_TYPE, seals=seals)


def _page(part: PagePart, number: int, clock: Clock) -> _Read:
    width, height = part.box[2] * POINT, part.box[3] * POINT
    found = printed(part, clock)
    found.glyphs = [g for g in found.glyphs if _is_on(g.x0, g.top, width, height)]
    ruled = RuledPage.of(number, width, height, found.rules)
    tables, rest = find_tables(ruled, found.glyphs)
    bare = find_unruled(ruled.edges, rest, number, lines=lines)
    tables = sorted([*tables, *bare.tables], key=lambda table: table.box.top)
    told = tuple(lines(bare.rest, number))
    sheet = Sheet(number, height, told, tuple(tables), bare.beginning)
    counted = count(found.glyphs, image_share=_share(found, width, height))
    seals = tuple(Seal(Box(number, *in_points(box, part.box))) for box in part.seals)
    return _Read(sheet, Page(number, width, height), counted, tuple(found.pictures), seals)


def _is_on(x: float, y: float, width: float, height: float) -> bool:
    return -1 <= x <= width and -1 <= y <= height


def _share(found: Printed, width: float, height: float) -> float:
    """How much of the page its pictures cover, at most all of it."""
    covered = sum(
        max(0.0, min(p.x1, width) - max(p.x0, 0.0))
        * max(0.0, min(p.bottom, height) - max(p.top, 0.0))
        for p in found.pictures
    )
    return min(1.0, covered / max(1.0, width * height))


def _judged(read: _Read, failure: str | None) -> _Read:
    """The page as it can be trusted: rubbish left out with the reason."""
    if failure == SCAN:
        return replace(read, page=replace(read.page, source=TextSource.OCR, failure=SCAN))
    if failure not in (None, TURNED):
        bare = Sheet(read.sheet.number, read.sheet.height)
        return replace(read, sheet=bare, page=replace(read.page, failure=failure))
    if read.count.image_share > _COVERS and read.count.signs:
        page = replace(read.page, source=TextSource.OCR)
        return replace(read, sheet=read.sheet.from_ocr(), page=page)
    return replace(read, page=replace(read.page, failure=failure))


def _recognised(pages: list[_Read], parts: Parts, clock: Clock) -> list[_Read]:
    """The pages with those that are scans read from their pictures."""
    from corpus.parse.image_work import read_pictures

    told = {page.page.number: page for page in pages}
    scans = [page for page in pages if page.page.failure == SCAN]
    drawings = ((_drawn(read, parts), read.page.number) for read in scans)
    drawn = ((drawing, number) for drawing, number in drawings if drawing is not None)
    for read in scans:
        told[read.page.number] = replace(read, page=replace(read.page, failure=_LOST))
    for sheet, page, seals in read_pictures(drawn, clock, total=len(scans)):
        read = told[page.number]
        told[page.number] = replace(read, sheet=sheet, page=page, seals=(*read.seals, *seals))
    return list(told.values())


def _drawn(read: _Read, parts: Parts) -> Drawing | None:
    """The pictures of a page laid on white where they stand: a scan may be cut into strips."""
    from PIL import Image as Images

    from corpus.parse.image import Picture as Drawing
    from corpus.parse.image import pictures

    width, height = read.page.width, read.page.height
    found: list[tuple[Picture, Image]] = []
    for place in read.pictures:
        try:
            first = next(pictures(parts.read(place.part), source=parts.source, limits=parts.limits))
        except UnreadableFile as error:
            if error.reason.startswith("too_big"):
                raise
            continue
        found.append((place, first.image))
    if not found:
        return None
    finest = max(image.width / max(1.0, place.x1 - place.x0) for place, image in found)
    scale = min(finest, _MOST_DPI / 72.0, (parts.limits.pixels / max(1.0, width * height)) ** 0.5)
    paper = Images.new(
        "RGB", (max(1, round(width * scale)), max(1, round(height * scale))), "white"
    )
    for place, image in found:
        _lay(paper, place, image, scale)
    return Drawing(paper, scale)


def _lay(paper: Image, place: Picture, image: Image, scale: float) -> None:
    """Put a picture where it stands; what hangs over the page is cut off by pasting."""
    size = round((place.x1 - place.x0) * scale), round((place.bottom - place.top) * scale)
    if min(size) < 1 or max(size) > 4 * max(paper.size):
        return
    paper.paste(image.resize(size), (round(place.x0 * scale), round(place.top * scale)))


def _check(pages: Sequence[_Read], source: str) -> None:
    """Refuse a file most of whose pages can't be read; empty pages don't count."""
    told = [p for p in pages if (p.sheet.lines or p.sheet.tables) and not p.page.failure]
    failed = [p for p in pages if p.page.failure and p.page.failure != TURNED]
    if not told and not failed:
        raise empty(source)
    if len(failed) <= len(told):
        return
    reason = failed[0].page.failure or _LOST
    zh, _, en = reason.partition(" | ")
    raise UnreadableFile(
        source,
        "pages_lost",
        zh=f"OFD 多数页面无法读出（{zh}），请提供原始文件或另存为 PDF 后再试",
        en=f"most pages of the OFD can't be read ({en}); give the original or save it as PDF",
    )

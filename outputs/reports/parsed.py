"""A document as it was read, as data for the page that lays it over the pictures of its pages:
line 12 of page 3, read by recognition with 0.97, its 2021年 doubted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model.document import Block, BlockKind, Document, Line, Page, Table, TextSource
from corpus.model.geometry import Box, Span
from corpus.parse.quality import Grade, PageQuality, quality

SOURCES = {TextSource.TEXT_LAYER: "文本层", TextSource.OCR: "光学识别"}
GRADES = {
    Grade.GOOD: "良好",
    Grade.CHECK: "需核对",
    Grade.POOR: "较差",
    Grade.FAILED: "未读出",
}
KINDS = {
    BlockKind.HEADING: "标题",
    BlockKind.PARAGRAPH: "正文",
    BlockKind.TABLE: "表格",
    BlockKind.HEADER_FIELD: "版头",
    BlockKind.RECORD: "落款与版记",
    BlockKind.FURNITURE: "页码页眉",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line: plain, doubted or put right; ``note`` says which and how."""

    text: str
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: its number in the document, what it is part of, its corners and its words."""

    number: int
    kind: BlockKind
    points: str
    box: Box
    pieces: tuple[Piece, ...]
    confidence: float | None

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def weak(self) -> bool:
        """True where recognition was not sure of the line as a whole."""
        return self.confidence is not None and self.confidence < 0.9


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle on the page: a block, a cell, a doubt, a seal; ``label`` says what."""

    layer: str
    box: Box
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands together in the text beside the picture: the lines of a block, or a table."""

    kind: BlockKind
    level: int
    lines: tuple[ShownLine, ...]
    rows: tuple[tuple[ShownCell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell of a table on this page; ``lines`` are its words here."""

    lines: tuple[ShownLine, ...]
    head: bool
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page with all that lies over it and stands beside it."""

    page: Page
    quality: PageQuality
    lines: tuple[ShownLine, ...]
    marks: tuple[Mark, ...]
    parts: tuple[Part, ...]


def pages(document: Document) -> tuple[ShownPage, ...]:
    """Every page, also those of which nothing was read."""
    lines: defaultdict[int, list[ShownLine]] = defaultdict(list)
    blocks = _Blocks(document)
    for number, line in enumerate(document.lines):
        block = blocks.of(line.span)
        kind = block.kind if block else BlockKind.PARAGRAPH
        lines[line.box.page].append(_shown(number, line, kind, document))
    return tuple(
        ShownPage(
            page,
            graded,
            tuple(lines[page.number]),
            tuple(_marks(document, page.number)),
            tuple(_parts(document, blocks, lines[page.number])),
        )
        for page, graded in zip(document.pages, quality(document), strict=True)
    )


def unplaced(document: Document) -> tuple[Part, ...]:
    """The text of a format without pages (a web page, a Word file)."""
    if document.lines:
        return ()
    tables = {table.span: table for table in document.tables}
    nowhere = Box(1, 0, 0, 0, 0)
    found: list[Part] = []
    for block in document.blocks:
        table = tables.get(block.span)
        words = document.text[block.span.start : block.span.end]
        line = ShownLine(-1, block.kind, "", nowhere, (Piece(words),), None)
        rows = _plain_rows(document, table, nowhere) if table else ()
        found.append(Part(block.kind, block.level, () if rows else (line,), rows))
    return tuple(found)


class _Blocks:
    """Which block and which table a place in the text belongs to."""

    def __init__(self, document: Document) -> None:
        self._blocks = sorted(document.blocks, key=lambda block: block.span)
        self._starts = [block.span.start for block in self._blocks]
        self.tables = {table.span: table for table in document.tables}

    def of(self, span: Span) -> Block | None:
        from bisect import bisect_right

        place = bisect_right(self._starts, span.start) - 1
        block = self._blocks[place] if place >= 0 else None
        return block if block and span.start < max(block.span.end, block.span.start + 1) else None


def _shown(number: int, line: Line, kind: BlockKind, document: Document) -> ShownLine:
    fall = line.slope * (line.box.x1 - line.box.x0)
    box = line.box
    corners = (
        (box.x0, box.top),
        (box.x1, box.top + fall),
        (box.x1, box.bottom + fall),
        (box.x0, box.bottom),
    )
    return ShownLine(
        number,
        kind,
        " ".join(f"{x:.1f},{y:.1f}" for x, y in corners),
        box,
        tuple(_pieces(line.span, document)),
        line.confidence if line.source is TextSource.OCR else None,
    )


def _pieces(span: Span, document: Document) -> Iterator[Piece]:
    """The words of a line, cut where a doubt or a correction begins and ends."""
    notes = [
        (doubt.span, "doubt", f"{doubt.reason}：另读作 {'、'.join(doubt.readings[1:])}")
        for doubt in document.doubts
        if doubt.span.overlaps(span)
    ]
    notes += [
        (correction.span, "correction", f"原识别为 {correction.raw}")
        for correction in document.corrections
        if correction.span.overlaps(span)
    ]
    place = span.start
    for noted, kind, note in sorted(notes):
        start, end = max(noted.start, place), min(noted.end, span.end)
        if start >= end:
            continue
        if start > place:
            yield Piece(document.text[place:start])
        yield Piece(document.text[start:end], kind, note)
        place = end
    if place < span.end:
        yield Piece(document.text[place : span.end])


def _marks(document: Document, page: int) -> Iterator[Mark]:
    """Blocks below, then cells, doubts and seals."""
    for block in document.blocks:
        yield from _around(document, block.span, page, "block", KINDS[block.kind])
    for table in document.tables:
        for cell in table.cells:
            label = f"第 {cell.row + 1} 行第 {cell.column + 1} 列"
            yield from _around(document, cell.span, page, "cell", label)
    for doubt in document.doubts:
        label = f"{doubt.reason}：{'／'.join(doubt.readings)}"
        for box in document.boxes(doubt.span):
            if box.page == page:
                yield Mark("doubt", box, label)
    for seal in document.seals:
        if seal.box.page == page:
            yield Mark("seal", seal.box, "印章")


def _around(document: Document, span: Span, page: int, layer: str, label: str) -> Iterator[Mark]:
    """One rectangle around all that ``span`` prints on the page."""
    boxes = [box for box in document.boxes(span) if box.page == page]
    if boxes:
        around = Box(
            page,
            min(box.x0 for box in boxes) - 2,
            min(box.top for box in boxes) - 1,
            max(box.x1 for box in boxes) + 2,
            max(box.bottom for box in boxes) + 1,
        )
        yield Mark(layer, around, label)


def _parts(document: Document, blocks: _Blocks, lines: Sequence[ShownLine]) -> Iterator[Part]:
    """The lines of a page by block, in the order of the text."""
    waiting: list[ShownLine] = []
    current: Block | None = None
    for line in [*lines, None]:
        block = blocks.of(document.lines[line.number].span) if line else None
        if waiting and (line is None or block is not current):
            yield _part(document, current, blocks, waiting)
            waiting = []
        current = block
        if line is not None:
            waiting.append(line)


def _part(document: Document, block: Block | None, blocks: _Blocks, lines: list[ShownLine]) -> Part:
    if block is None:
        return Part(BlockKind.PARAGRAPH, 0, tuple(lines))
    table = blocks.tables.get(block.span)
    rows = tuple(_rows(document, table, lines)) if table else ()
    return Part(block.kind, block.level, tuple(lines), rows)


def _rows(
    document: Document, table: Table, lines: list[ShownLine]
) -> Iterator[tuple[ShownCell, ...]]:
    """The rows of a table that have something on this page."""
    spans = [(document.lines[line.number].span, line) for line in lines]
    found: defaultdict[int, list[ShownCell]] = defaultdict(list)
    printed: set[int] = set()
    for cell in table.cells:
        here = tuple(line for span, line in spans if span in cell.span and cell.span)
        if here:
            printed.add(cell.row)
        head = cell.row < table.header_rows
        found[cell.row].append(ShownCell(here, head, cell.row_span, cell.column_span))
    for row in sorted(printed):
        yield tuple(found[row])


def _plain_rows(
    document: Document, table: Table, nowhere: Box
) -> tuple[tuple[ShownCell, ...], ...]:
    found: defaultdict[int, list[ShownCell]] = defaultdict(list)
    for cell in table.cells:
        words = document.text[cell.span.start : cell.span.end]
        line = ShownLine(-1, BlockKind.TABLE, "", nowhere, (Piece(words),), None)
        head = cell.row < table.header_rows
        found[cell.row].append(ShownCell((line,), head, cell.row_span, cell.column_span))
    return tuple(tuple(found[row]) for row in sorted(found))

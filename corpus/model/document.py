"""A document: one immutable text, and layers that point into it.

Parsing composes the text once, in reading order: what belongs together (a paragraph over two
pages, a table cell cut by a page end) stands together, lines keep their breaks, the cells of a
table row are parted by tabs, and page furniture (— 3 —, running heads) stands at the end, so
that no quotation runs through a page number. Boxes keep where everything was printed.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from dataclasses import dataclass, field

from corpus.model.geometry import Box, Span
from corpus.model.official import CitedDocument, OfficialHeader


class TextSource(enum.StrEnum):
    """Where characters came from (文本来源)."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"


class BlockKind(enum.StrEnum):
    """What a block of the text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    HEADER_FIELD = "header_field"  # 版头: mark, number, title, recipients
    RECORD = "record"  # 版记 and signature: 抄送, 印发, date
    FURNITURE = "furniture"  # page numbers, running heads, site navigation


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``width`` and ``height`` in PDF points, 0 where the source has no pages."""

    number: int
    width: float = 0.0
    height: float = 0.0
    source: TextSource = TextSource.TEXT_LAYER
    failure: str | None = None
    # Degrees by which a scan lying on its side is to be turned clockwise; boxes, width and height
    # are those of the page when it has been turned.
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. ``edges`` are the x positions between its characters: len(span) + 1.

    ``slope`` is how far a crooked scan's line falls per point to the right; ``box`` is where it
    would stand if it were level from its left end on.
    """

    span: Span
    box: Box
    edges: tuple[float, ...]
    source: TextSource = TextSource.TEXT_LAYER
    confidence: float = 1.0
    slope: float = 0.0

    def box_of(self, span: Span) -> Box:
        """Rectangle of the characters of ``span`` that stand in this line."""
        start = max(span.start, self.span.start) - self.span.start
        end = min(span.end, self.span.end) - self.span.start
        x0, x1 = self.edges[start], self.edges[end]
        falls = sorted((self.slope * (x0 - self.box.x0), self.slope * (x1 - self.box.x0)))
        return Box(self.box.page, x0, self.box.top + falls[0], x1, self.box.bottom + falls[1])


@dataclass(frozen=True, slots=True)
class Doubt:
    """Characters that were read in more than one way (存疑): 2021年, then 2027年. ``readings``
    begins with what the text says; ``reason`` is a short Chinese sentence for people."""

    span: Span
    readings: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What stood in place of ``span`` before a rule put it right: [2021] for 〔2021〕."""

    span: Span
    raw: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal or stamp (印章) in red ink, found by its colour; its own words are no text."""

    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, table or piece of furniture. ``level`` 1–4 for headings, else 0."""

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; rows and columns count from 0. ``merged`` if it spans several or was filled
    from a merged neighbour."""

    row: int
    column: int
    span: Span
    row_span: int = 1
    column_span: int = 1
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table, joined over page breaks. ``header_rows`` counts its head rows from the top."""

    span: Span
    cells: tuple[Cell, ...]
    header_rows: int = 0
    title: Span | None = None

    def row(self, number: int) -> dict[int, Cell]:
        """The cells in row ``number``, by column; merged cells stand in all of theirs."""
        return {
            column: cell
            for cell in self.cells
            if cell.row <= number < cell.row + cell.row_span
            for column in range(cell.column, cell.column + cell.column_span)
        }

    @property
    def rows(self) -> int:
        """How many rows there are, head rows included."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and everything under it. ``parent`` is the index of the enclosing section."""

    title: str
    level: int
    heading: Span
    span: Span
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the file came from (来源信息). ``source`` is a file name or URL."""

    source: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation, where it stands in the text and where on the page (原文依据)."""

    document_id: str
    span: Span
    quote: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document. Every span of every layer is a range of ``text``."""

    id: str
    text: str
    provenance: Provenance
    pages: tuple[Page, ...]
    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    official: OfficialHeader = field(default_factory=OfficialHeader)
    cited_documents: tuple[CitedDocument, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    corrections: tuple[Correction, ...] = ()
    seals: tuple[Seal, ...] = ()

    def cite(self, span: Span) -> Evidence:
        """The only way to make evidence, so that quote, span and boxes always agree."""
        if span.end > len(self.text):
            raise ValueError(f"{span} lies outside a text of {len(self.text)} characters")
        return Evidence(self.id, span, self.text[span.start : span.end], self.boxes(span))

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """One rectangle for each printed line that holds characters of ``span``."""
        first = bisect_right(self.lines, span.start, key=lambda line: line.span.end)
        found: list[Box] = []
        for line in self.lines[first:]:
            if line.span.start >= span.end:
                break
            if line.span.overlaps(span):
                found.append(line.box_of(span))
        return tuple(found)

    def doubts_in(self, span: Span) -> tuple[Doubt, ...]:
        """What is not sure of the characters of ``span``."""
        return tuple(doubt for doubt in self.doubts if doubt.span.overlaps(span))

    def section_path(self, span: Span) -> tuple[str, ...]:
        """Titles of the sections that hold ``span``, outermost first."""
        return tuple(section.title for section in self.enclosing(span))

    def enclosing(self, span: Span) -> tuple[Section, ...]:
        """The sections that hold ``span``, outermost first."""
        return tuple(s for s in self.sections if s.span.start <= span.start < s.span.end)

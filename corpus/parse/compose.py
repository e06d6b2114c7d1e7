"""The one immutable text of a document out of its paragraphs, tables and furniture.

Lines keep their breaks, the cells of a row are parted by tabs, furniture stands at the end; every
layer made here points into that text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.model.document import Block, BlockKind, Cell, Correction, Doubt, Line, Table
from corpus.model.geometry import Box, Span
from corpus.parse.flow import FlowCell, FlowLine, FlowTable
from corpus.parse.layout import Arranged, Paragraph
from corpus.parse.radicals import real
from corpus.parse.tables import rows_of


@dataclass(frozen=True, slots=True)
class Composed:
    """The text with its first layers. ``paragraphs[i]`` is what ``blocks[i]`` was made of; None
    for tables and furniture."""

    text: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    paragraphs: tuple[Paragraph | None, ...]
    doubts: tuple[Doubt, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(slots=True)
class _Writer:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[Line] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def write(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def line(self, line: FlowLine) -> None:
        """The line without the blanks at its ends, and where it is printed."""
        text = real(line.text)
        start = len(text) - len(text.lstrip())
        words = text.strip()
        span = Span(self.length, self.length + len(words))
        self.write(words)
        if line.box is not None and line.edges is not None and words:
            self.lines.append(_printed(line, span, line.box, line.edges[start:]))
        for doubt in line.doubts:
            place = _within(span, doubt.start - start, doubt.end - start)
            self.doubts.append(Doubt(place, doubt.readings, doubt.reason))
        for correction in line.corrections:
            place = _within(span, correction.start - start, correction.end - start)
            self.corrections.append(Correction(place, correction.raw))

    def stack(self, lines: Sequence[FlowLine]) -> Span:
        """Several lines, a break between each two."""
        start = self.length
        for index, line in enumerate(lines):
            if index:
                self.write("\n")
            self.line(line)
        return Span(start, self.length)


def _printed(line: FlowLine, span: Span, box: Box, edges: tuple[float, ...]) -> Line:
    """Where the characters of ``span`` are printed, on a crooked page, too."""
    edges = edges[: len(span) + 1]
    tilt = line.tilt
    if tilt is None:
        return Line(span, box, edges, line.source, line.confidence)
    return Line(
        span,
        Box(box.page, box.x0 + tilt.dx, box.top + tilt.dy, box.x1 + tilt.dx, box.bottom + tilt.dy),
        tuple(x + tilt.dx for x in edges),
        line.source,
        line.confidence,
        tilt.slope,
    )


def _within(span: Span, start: int, end: int) -> Span:
    """Characters of a line as a range of the text, blanks that were cut off left out."""
    begin = min(max(span.start + start, span.start), span.end)
    return Span(begin, max(begin, min(span.start + end, span.end)))


def compose(arranged: Arranged) -> Composed:
    """Text, lines, blocks and tables of what the layout found."""
    writer = _Writer()
    blocks: list[Block] = []
    tables: list[Table] = []
    paragraphs: list[Paragraph | None] = []
    for item in arranged.items:
        if blocks:
            writer.write("\n")
        if isinstance(item, Paragraph):
            blocks.append(Block(BlockKind.PARAGRAPH, writer.stack(item.lines)))
            paragraphs.append(item)
        else:
            tables.append(_table(writer, item))
            blocks.append(Block(BlockKind.TABLE, tables[-1].span))
            paragraphs.append(None)
    for line in arranged.furniture:
        if blocks:
            writer.write("\n")
        blocks.append(Block(BlockKind.FURNITURE, writer.stack([line])))
        paragraphs.append(None)
    return Composed(
        "".join(writer.parts),
        tuple(writer.lines),
        tuple(blocks),
        tuple(tables),
        tuple(paragraphs),
        tuple(writer.doubts),
        tuple(writer.corrections),
    )


def _table(writer: _Writer, table: FlowTable) -> Table:
    start = writer.length
    cells: list[Cell] = []
    by_row: defaultdict[int, list[FlowCell]] = defaultdict(list)
    for cell in table.cells:
        by_row[cell.row].append(cell)
    for row in range(rows_of(table.cells)):
        if row:
            writer.write("\n")
        cells += _row(writer, by_row[row])
    return Table(Span(start, writer.length), tuple(cells), header_rows=table.header_rows)


def _row(writer: _Writer, cells: Sequence[FlowCell]) -> Iterator[Cell]:
    """Cells that begin in this row; those merged into it from above leave an empty place."""
    column = 0
    for cell in sorted(cells, key=lambda cell: cell.column):
        writer.write("\t" * (cell.column - column))
        column = cell.column
        span = writer.stack(cell.lines)
        yield Cell(cell.row, cell.column, span, cell.row_span, cell.column_span, cell.merged)

"""What a reader of one format hands on: lines and tables in reading order, not yet a Document.

Each format has one reader that yields these; ``layout`` tells furniture from text and joins
paragraphs; ``compose`` makes the one immutable text out of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.model.document import Page, Seal, TextSource
from corpus.model.geometry import Box


@dataclass(frozen=True, slots=True)
class LineDoubt:
    """Characters ``text[start:end]`` of a line that were read in more than one way."""

    start: int
    end: int
    readings: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LineCorrection:
    """Characters ``text[start:end]`` of a line that a rule put right, and how they were read."""

    start: int
    end: int
    raw: str


@dataclass(frozen=True, slots=True)
class Tilt:
    """Where a line of a crooked scan is printed: its left end moved by (dx, dy), then falling by
    ``slope``. The line's own box is that of the page made straight, by which layout goes."""

    dx: float
    dy: float
    slope: float


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One printed line, or one whole paragraph of a format that knows its paragraphs.

    ``box`` and ``edges`` (len(text) + 1 x positions) are None in formats without pages.
    ``paragraph`` is a paragraph number where the format says it (HTML, Markdown): lines of the
    same number belong together and no others; None where the layout must find out (PDF, text).
    ``heading`` is a heading level where the format says it (Markdown #, HTML h1), else 0.
    ``furniture`` is set by a reader that knows (HTML navigation); ``gap`` where a blank line stands
    before it in a plain text.
    """

    text: str
    page: int = 1
    box: Box | None = None
    edges: tuple[float, ...] | None = None
    size: float | None = None
    paragraph: int | None = None
    heading: int = 0
    furniture: bool = False
    gap: bool = False
    centred: bool = False
    source: TextSource = TextSource.TEXT_LAYER
    confidence: float = 1.0
    doubts: tuple[LineDoubt, ...] = ()
    corrections: tuple[LineCorrection, ...] = ()
    tilt: Tilt | None = None


@dataclass(frozen=True, slots=True)
class FlowCell:
    """One cell with its lines, top to bottom; spans count rows and columns."""

    lines: tuple[FlowLine, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    merged: bool = False

    @property
    def text(self) -> str:
        """The cell's characters without its line breaks."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table of one page, or, after joining, of several. ``header_rows`` counts from the top."""

    cells: tuple[FlowCell, ...]
    page: int = 1
    box: Box | None = None
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """Everything a reader found, in reading order."""

    items: tuple[FlowLine | FlowTable, ...]
    pages: tuple[Page, ...]
    media_type: str
    # What a web page's own index table says (索引号, 发文机关, 成文日期 …), field name to value.
    metadata: dict[str, str] = field(default_factory=dict)
    seals: tuple[Seal, ...] = ()

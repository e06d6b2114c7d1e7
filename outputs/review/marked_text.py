"""The text of a document without pages, with the evidence of its rows marked in it.

Marks may overlap: where two rows quote one sentence, the stretch bears both, and choosing it
chooses the one whose quotation is shorter.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from corpus.model.document import BlockKind, Document
from corpus.model.geometry import Span
from corpus.review import ReviewedRow


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters from ``start`` on that bear the same marks; the row quoting least comes first."""

    text: str
    start: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text; ``level`` over 0 for headings."""

    level: int
    stretches: tuple[Stretch, ...]


def marked(document: Document, rows: tuple[ReviewedRow, ...]) -> tuple[Paragraph, ...]:
    """Every block but page furniture, cut where marks begin and end."""
    spans = sorted(
        ((r.commitment.evidence.span, r.commitment.id) for r in rows),
        key=lambda pair: (len(pair[0]), pair[0].start),
    )
    return tuple(
        Paragraph(block.level, _stretches(document.text, block.span.start, block.span.end, spans))
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    )


def _stretches(
    text: str, start: int, end: int, spans: list[tuple[Span, str]]
) -> tuple[Stretch, ...]:
    near = [(span, row) for span, row in spans if span.start < end and start < span.end]
    edges = {start, end}
    for span, _ in near:
        edges |= {max(start, span.start), min(end, span.end)}
    cuts = sorted(edges)
    return tuple(
        Stretch(
            text[left:right],
            left,
            tuple(row for span, row in near if span.start <= left and right <= span.end),
        )
        for left, right in pairwise(cuts)
    )

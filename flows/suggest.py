"""What the rules read in words that a reviewer chose on the page, so that the form of a missed row
begins with it: of 建成养老机构30家 the indicator 养老机构 and the value 30家."""

from __future__ import annotations

from corpus.model.commitment import Commitment
from corpus.model.document import Block, BlockKind, Document
from corpus.model.geometry import Span
from corpus.model.review import Values
from corpus.review import present, values_of


def suggest(document: Document, span: Span) -> Values:
    """The columns of the fullest row that the rules find in those words alone; empty where they
    find none. A person looks at it before anything is kept."""
    from extractors.run import extract

    found = extract(_alone(document, span)).commitments
    return values_of(max(found, key=_filled)) if found else Values()


def _filled(commitment: Commitment) -> int:
    return len(present(commitment))


def _alone(document: Document, span: Span) -> Document:
    """A document of those words; the header says whose 财政厅 it is and when 今年 was."""
    text = document.text[span.start : span.end]
    return Document(
        id=document.id,
        text=text,
        provenance=document.provenance,
        pages=(),
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        official=document.official,
    )

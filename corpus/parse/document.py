"""From what a reader found to the Document: paragraphs, one text, header, sections, citations."""

from __future__ import annotations

from corpus.model.document import BlockKind, Document, Page, Provenance
from corpus.model.ids import fingerprint, short_id
from corpus.parse.citations import cited_documents
from corpus.parse.compose import Composed, compose
from corpus.parse.encoding import empty
from corpus.parse.flow import Flow
from corpus.parse.headings import with_headings
from corpus.parse.layout import arrange
from corpus.parse.official_header import read_header
from corpus.parse.pieces import pieces


def document_of(flow: Flow, content: bytes, *, source: str) -> Document:
    """The document that ``flow`` is of; its id is made from the bytes of the file."""
    composed = compose(arrange(flow))
    if not _prose(composed).strip():
        raise empty(source)
    found = list(pieces(composed))
    official = read_header(found, flow.metadata)
    blocks, sections = with_headings(composed.blocks, found, official.kinds)
    sha256 = fingerprint(content)
    return Document(
        id=short_id("d", sha256),
        text=composed.text,
        provenance=Provenance(source, sha256, flow.media_type),
        pages=flow.pages or (Page(1),),
        lines=composed.lines,
        blocks=blocks,
        tables=composed.tables,
        sections=sections,
        official=official.header,
        cited_documents=cited_documents(_prose(composed), own_title=official.header.title),
        doubts=composed.doubts,
        corrections=composed.corrections,
        seals=flow.seals,
    )


def _prose(composed: Composed) -> str:
    """The text without the furniture at its end."""
    end = max((b.span.end for b in composed.blocks if b.kind is not BlockKind.FURNITURE), default=0)
    return composed.text[:end]

"""The paragraphs of a composed document as its header and its headings are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model.document import BlockKind
from corpus.model.geometry import Span
from corpus.parse.compose import Composed
from corpus.parse.marks import fold


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: ``text`` folded, ``raw`` as it stands in the document."""

    index: int
    text: str
    raw: str
    span: Span
    kind: BlockKind
    centred: bool = False
    heading: int = 0
    size: float | None = None

    @property
    def is_prose(self) -> bool:
        """True for a paragraph or a heading: no table, no furniture."""
        return self.kind is BlockKind.PARAGRAPH


def pieces(composed: Composed) -> Iterator[Piece]:
    """The blocks in order."""
    for index, (block, paragraph) in enumerate(
        zip(composed.blocks, composed.paragraphs, strict=True)
    ):
        raw = composed.text[block.span.start : block.span.end]
        first = paragraph.lines[0] if paragraph else None
        yield Piece(
            index,
            fold(raw) if paragraph else "",
            raw,
            block.span,
            block.kind,
            centred=bool(first and first.centred),
            heading=first.heading if first else 0,
            size=first.size if first else None,
        )

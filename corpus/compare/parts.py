"""Body and annexes of one document, and the clauses that both are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.compare.fold import fold, letters
from corpus.model.commitment import Commitment
from corpus.model.document import BlockKind, Document
from corpus.model.geometry import Span
from corpus.model.view import tidy

_ANNEX = re.compile(r"附件?\d{0,2}[:：]?(?!则|近|属|加)")
# What a bracket explains (含技工学校, 下同) is no part of the clause; 专业(群) is.
_EXPLAINED = re.compile(r"\([^()]{4,}\)")
_CLAUSE = re.compile(r"(?:\([^()]*\)|[^。;,:!?\t])+")
_FEWEST = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two commas. ``home`` is the paragraph or table row they stand in."""

    span: Span
    words: str
    home: int


def annex_start(document: Document) -> int:
    """Where the first annex begins; the end of the text where there is none."""
    for section in document.sections:
        if section.parent is None and _ANNEX.match(fold(section.title)):
            return section.span.start
    return len(document.text)


def in_annex(commitment: Commitment) -> bool:
    """True where its outermost heading is that of an annex."""
    return bool(commitment.section) and bool(_ANNEX.match(fold(commitment.section[0])))


def clauses(document: Document) -> tuple[list[Clause], list[Clause]]:
    """Of the body's paragraphs, and of the rows of the annexes' tables."""
    start = annex_start(document)
    body = [
        clause
        for number, block in enumerate(document.blocks)
        if block.span.end <= start and block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        for clause in _cut(document, block.span, number)
    ]
    rows = [
        clause
        for place, table in enumerate(document.tables)
        if table.span.start >= start
        for cell in table.cells
        if cell.row >= table.header_rows
        for clause in _cut(document, cell.span, 10_000 * (place + 1) + cell.row)
    ]
    return body, rows


def _cut(document: Document, span: Span, home: int) -> Iterator[Clause]:
    if not len(span):
        return
    view = tidy(document.text, span)
    for match in _CLAUSE.finditer(view.text):
        words = letters(_EXPLAINED.sub("", match[0]))
        if len(words) >= _FEWEST:
            yield Clause(view.locate(*match.span()), words, home)

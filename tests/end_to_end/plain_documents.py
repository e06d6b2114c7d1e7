"""Documents out of plain lines, without a parser: a line a paragraph, tabs between the cells of a
row, the first row of a table its head; 一、 and （一） are headings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from corpus.model.document import (
    Block,
    BlockKind,
    Cell,
    Document,
    Page,
    Provenance,
    Section,
    Table,
)
from corpus.model.geometry import Span
from corpus.model.official import OfficialHeader

_LEVELS = (
    re.compile(r"[一二三四五六七八九十]+、|附件\d*"),
    re.compile(r"[（(][一二三四五六七八九十]+[)）]"),
)


def document_of(text: str, name: str, *, issuer: str = "河南省人民政府") -> Document:
    """The text as it stands; nothing is moved or cleaned."""
    blocks: list[Block] = []
    tables: list[Table] = []
    headings: list[tuple[int, Span, str]] = []
    rows: list[Span] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        span = Span(at, at + len(line))
        at += len(line) + 1
        if "\t" in line:
            rows.append(span)
            continue
        if rows:
            tables.append(_table(text, rows))
            blocks.append(Block(BlockKind.TABLE, tables[-1].span))
            rows = []
        level = _level(line)
        if level and len(line) < 40:
            blocks.append(Block(BlockKind.HEADING, span, level))
        elif line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, span))
        if level:
            title = line.split("。")[0]
            headings.append((level, Span(span.start, span.start + len(title)), title))
    return Document(
        id=name, text=text, provenance=Provenance(f"{name}.txt", name, "text/plain"),
        pages=(Page(1),), blocks=tuple(blocks), tables=tuple(tables),
        sections=_sections(headings, len(text)),
        official=OfficialHeader(issuers=(issuer,), date_of_issue=date(2021, 1, 7)),
    )  # fmt: skip


def _level(line: str) -> int:
    return next((n for n, pattern in enumerate(_LEVELS, 1) if pattern.match(line)), 0)


def _table(text: str, rows: list[Span]) -> Table:
    cells = []
    for number, row in enumerate(rows):
        at = row.start
        for column, words in enumerate(text[row.start : row.end].split("\t")):
            cells.append(Cell(number, column, Span(at, at + len(words))))
            at += len(words) + 1
    return Table(Span(rows[0].start, rows[-1].end), tuple(cells), header_rows=1)


def _sections(headings: list[tuple[int, Span, str]], end: int) -> tuple[Section, ...]:
    found: list[Section] = []
    for place, (level, heading, title) in enumerate(headings):
        close = next((s.start for lv, s, _ in headings[place + 1 :] if lv <= level), end)
        parent = next((i for i in reversed(range(place)) if found[i].level < level), None)
        section = Section(title, level, heading, Span(heading.start, close))
        found.append(replace(section, parent=parent))
    return tuple(found)

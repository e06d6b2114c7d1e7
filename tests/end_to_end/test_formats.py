"""The same document promises the same, whatever format it comes in: the sample documents as PDF, as
the web page that they were printed from, as OFD with every sign where the PDF prints it, as a Word
file and as plain text."""

from __future__ import annotations

import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.model.document import BlockKind, Document, Table
from corpus.parse import parse
from extractors.run import extract
from tests.corpus.parse.ofd_files import of_pdf

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
NAMES = ("plan-2021", "plan-2023", "tasks-2022", "web-2022")
PRINTED = NAMES[:3]


@cache
def original(name: str) -> Document:
    """The sample as it is."""
    ending = "pdf" if name in PRINTED else "html"
    path = SAMPLES / "documents" / f"{name}.{ending}"
    return parse(path.read_bytes(), source=path.name)


def promised(document: Document) -> Counter[tuple[object, ...]]:
    """What the document promises, without where it stands."""
    return Counter(
        (
            _flat(c.indicator),
            _flat(c.action),
            _flat(c.target.raw) if c.target else None,
            _flat(c.deadline.raw) if c.deadline else None,
            c.deadline.period if c.deadline else None,
            tuple(sorted((_flat(u.raw), u.role) for u in c.responsible_units)),
        )
        for c in extract(document).commitments
    )


def _flat(words: str | None) -> str:
    return "".join((words or "").split())


def word(document: Document) -> bytes:
    """The same paragraphs and tables as a Word file."""
    import docx

    made = docx.Document()
    tables = {table.span: table for table in document.tables}
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.span in tables:
            _into(made, tables[block.span], document)
        else:
            made.add_paragraph(_flat(document.text[block.span.start : block.span.end]))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _into(made: object, table: Table, document: Document) -> None:
    drawn = made.add_table(table.rows, table.columns)  # type: ignore[attr-defined]
    for cell in table.cells:
        last = drawn.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        words = _flat(document.text[cell.span.start : cell.span.end])
        drawn.cell(cell.row, cell.column).merge(last).text = words


def typed(document: Document) -> bytes:
    """The same paragraphs as a plain text, one a line."""
    blocks = (b for b in document.blocks if b.kind is not BlockKind.FURNITURE)
    lines = (_flat(document.text[b.span.start : b.span.end]) for b in blocks)
    return "\n".join(lines).encode()


@pytest.mark.parametrize("name", NAMES)
def test_word_file_promises_the_same(name: str) -> None:
    read = parse(word(original(name)), source=f"{name}.docx")
    assert promised(read) == promised(original(name))


@pytest.mark.parametrize("name", PRINTED)
def test_web_page_promises_the_same(name: str) -> None:
    content = (SAMPLES / "sources" / f"{name}.html").read_bytes()
    assert promised(parse(content, source=f"{name}.html")) == promised(original(name))


@pytest.mark.parametrize("name", PRINTED)
def test_ofd_promises_the_same(name: str) -> None:
    content = of_pdf((SAMPLES / "documents" / f"{name}.pdf").read_bytes())
    assert promised(parse(content, source=f"{name}.ofd")) == promised(original(name))


@pytest.mark.parametrize("name", [name for name in NAMES if not original(name).tables])
def test_plain_text_promises_the_same(name: str) -> None:
    read = parse(typed(original(name)), source=f"{name}.txt")
    assert promised(read) == promised(original(name))


@pytest.mark.parametrize("name", NAMES)
def test_header_is_the_same(name: str) -> None:
    known = original(name).official
    found = parse(word(original(name)), source=f"{name}.docx").official
    assert (found.title, found.document_number, found.date_of_issue) == (
        known.title,
        known.document_number,
        known.date_of_issue,
    )

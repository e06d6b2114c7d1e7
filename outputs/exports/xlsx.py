"""XLSX as an office hands it on: the ledger on one sheet, 说明 on the next.

The sheet's first columns are printed; 数值 and 计量单位, for sorting and adding up, stand to their
right.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from outputs import records
from outputs.exports import notes, sheet
from outputs.exports.listing import Listing
from outputs.exports.notes import Note
from outputs.records import Links


def ledgers(ledgers: Sequence[Ledger], *, links: Links | None = None) -> bytes:
    """Sheets 台账 and 说明; rows with doubts are shaded."""
    book = _book()
    columns = records.ledger_columns(links)
    printed = len(records.LEDGER_COLUMNS)
    rows = list(records.ledger_rows(ledgers))
    made = sheet.write(book, "台账", columns, rows, printed=printed)
    for number, row in enumerate(rows, start=2):
        if row.commitment.doubts:
            sheet.shade(made, number, printed)
    return _saved(book, notes.of_ledgers(ledgers))


def comparisons(comparisons: Sequence[Comparison], *, links: Links | None = None) -> bytes:
    """Sheets 变化 and 说明; a change with two fields that differ has two rows."""
    book = _book()
    columns = records.change_columns(links)
    printed = len(records.CHANGE_COLUMNS)
    sheet.write(book, "变化", columns, records.change_rows(comparisons), printed=printed)
    return _saved(book, notes.of_comparisons(comparisons))


def documents(documents: Sequence[Document]) -> bytes:
    """Sheets 文件 and 说明."""
    book = _book()
    columns = records.DOCUMENT_COLUMNS
    sheet.write(book, "文件", columns, documents, printed=len(columns))
    return _saved(book, notes.of_documents(documents))


def one_sheet(listing: Listing) -> bytes:
    """A listing of any kind; rows with doubts are shaded."""
    book = _book()
    printed = len(listing.columns)
    # 文件沿革：…: what stands behind is the document's and may hold what no sheet's name may.
    name = listing.title.partition("：")[0]
    made = sheet.write(book, name, listing.columns, listing.rows, printed=printed)
    for number, row in enumerate(listing.rows, start=2):
        if listing.doubtful(row):
            sheet.shade(made, number, printed)
    return _saved(
        book, [*(Note("", line) for line in (listing.title, *listing.lead)), *listing.notes]
    )


def _book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "taizhang 台账"
    return book


def _saved(book: Workbook, notes: Iterable[Note]) -> bytes:
    sheet.write_pairs(book, "说明", ((note.name, note.value) for note in notes))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

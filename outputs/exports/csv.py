"""CSV that opens right in Excel: UTF-8 with byte order mark, CRLF, no cell that calculates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from outputs import records, wording
from outputs.exports.cells import clean, looks_like_formula
from outputs.records import Cell, Column, Links, Row


def ledgers(ledgers: Sequence[Ledger], *, links: Links | None = None) -> bytes:
    """One line for each commitment of all documents."""
    return written(records.ledger_columns(links), records.ledger_rows(ledgers))


def comparisons(comparisons: Sequence[Comparison], *, links: Links | None = None) -> bytes:
    """One line for each field that differs."""
    return written(records.change_columns(links), records.change_rows(comparisons))


def documents(documents: Sequence[Document]) -> bytes:
    """One line for each document."""
    return written(records.DOCUMENT_COLUMNS, documents)


def written(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> bytes:
    """A heading line and a line for each row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.header for column in columns])
    for row in rows:
        writer.writerow([_text(column.read(row)) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        kept = clean(cell)
        return f"'{kept}" if looks_like_formula(kept) else kept
    if isinstance(cell, date):
        return cell.isoformat()
    return wording.figure(cell) if isinstance(cell, Decimal) else str(cell)

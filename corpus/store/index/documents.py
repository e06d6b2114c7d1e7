"""Documents by what others call them, what they name themselves, and what their text is made of.

豫政〔2021〕2号 is found by 2021/2 and 豫政, its title by the letters that two titles share, the
plan of the period before by the name of the series, a scan without a title page by its sketch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from corpus.compare.catalogue import read_number
from corpus.compare.family import folded_number
from corpus.compare.fold import letters
from corpus.compare.naming import namings
from corpus.compare.sketch import sketch
from corpus.compare.titles import own_title, plan_name
from corpus.model.document import Document
from corpus.store.index import names
from corpus.store.index.names import Kind
from corpus.store.schema_index import IndexedCitationRow, IndexedDocumentRow, SketchRow
from corpus.works import text_of

# Of how the rows of the index are made; a change of it has them made anew.
VERSION = 1
# A title of four letters (通知) is no name of a series.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Called:
    """What a document is called by itself or by another: number and title, as they are filed."""

    code: str | None
    serial: str | None
    title: str


def put(session: Session, document: Document, body_id: int) -> None:
    """A new reading, in place of the one before; its commitments are filed by themselves."""
    row = session.get(IndexedDocumentRow, document.id) or IndexedDocumentRow(
        document_id=document.id, commitments=0, extraction_id=None
    )
    own, cited = called(document), citations(document)
    ids = names.put(session, Kind.TITLE, [each.title for each in (own, *cited) if each.title])
    row.body_id, row.version = body_id, VERSION
    row.code, row.serial, row.title_id = own.code, own.serial, ids.get(own.title)
    row.series = series_of(document.official.title)
    session.add(row)
    for table in (IndexedCitationRow, SketchRow):
        session.execute(delete(table).where(table.document_id == document.id))
    rows = [
        {
            "document_id": document.id,
            "code": each.code,
            "serial": each.serial,
            "title_id": ids.get(each.title),
        }
        for each in cited
    ]
    if rows:
        session.execute(insert(IndexedCitationRow), rows)
    hashes = [{"hash": each, "document_id": document.id} for each in sketch(text_of(document))]
    if hashes:
        session.execute(insert(SketchRow), hashes)


def called(document: Document) -> Called:
    """By its own header."""
    return name_of(document.official.title, document.official.document_number)


def name_of(title: str | None, number: str | None) -> Called:
    """A title and a number as they are filed."""
    code, serial = _number(number)
    return Called(code, serial, _storable(letters(own_title(title or ""))))


def series_of(title: str | None) -> str | None:
    """What the plans of all periods are found by; None where the title names none."""
    name = plan_name(title or "").name
    return names.key_of(_storable(name)) if len(name) >= _SHORTEST else None


def citations(document: Document) -> list[Called]:
    """Every document that this one names."""
    return list(dict.fromkeys(_cited(document)))


def _cited(document: Document) -> Iterator[Called]:
    for cited in document.cited_documents:
        yield name_of(cited.title, cited.document_number)
    for naming in namings(document):
        yield name_of(naming.title, naming.document_number)


def _number(text: str | None) -> tuple[str | None, str | None]:
    number = read_number(text)
    if number is not None:
        return _storable(number.issuer_code), f"{number.year}/{number.serial}"
    folded = folded_number(text)
    if folded is None:
        return None, None
    code, _, rest = folded.partition("(")
    return _storable(code), rest.replace(")", "/")


def _storable(name: str) -> str:
    from corpus.store.writing import storable

    return storable(name) or ""

"""Documents that may be to another what lineage asks for, found without opening any.

What is found here is looked at closely by ``find_priors`` and ``kinship``; what is not found is
taken for unrelated. So this is generous: any title that near, any number one digit off.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from corpus.compare.family import FamilyOptions
from corpus.compare.fold import letters
from corpus.compare.sketch import FEWEST, sketch
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.store.index.commitments import Library, LookUpOptions
from corpus.store.index.documents import Called, called, citations, name_of, series_of
from corpus.store.index.names import Kind, Names, parts
from corpus.store.schema import DocumentRow
from corpus.store.schema_index import IndexedCitationRow, IndexedDocumentRow
from corpus.works import text_of

_Table = type[IndexedDocumentRow] | type[IndexedCitationRow]


@dataclass(frozen=True, slots=True)
class RelativeOptions:
    """Titles from ``title`` on may be one; of documents that promise the same ``alike`` at most are
    looked at, and of those that have one hash of their texts, ``hashed``. ``slack`` is how much
    fewer commitments may be found here than ``find_priors`` will find."""

    title: float = 0.7
    alike: int = 64
    hashed: int = 200
    members: int = 256
    slack: float = 0.75


class Relatives:
    """Ids of the documents that may be related to one; never its own."""

    def __init__(self, session: Session, options: RelativeOptions | None = None) -> None:
        self._session = session
        self._options = options or RelativeOptions()
        self._titles = Names(session, Kind.TITLE)

    def related(self, ledger: Ledger) -> set[str]:
        """All that ``find_priors`` could find in either direction."""
        document = ledger.document
        found = self.named(document) | self.naming(document) | self.copies(document)
        found |= set(self._in_place(document, self.series(document)))
        return (found | self.alike(ledger)) - {document.id}

    def around(self, document: Document) -> set[str]:
        """All that ``kinship`` could link it to."""
        found = self.named(document) | self.naming(document) | self.series(document)
        found |= set(self.meant(IndexedDocumentRow, called(document)))
        return (found | self.like_text(document)) - {document.id}

    def called(self, title: str | None, number: str | None) -> set[str]:
        """Documents that bear a name or one near it."""
        return set(self.meant(IndexedDocumentRow, name_of(title, number)))

    def named(self, document: Document) -> set[str]:
        """What it cites, repeals, issues …"""
        return {
            found
            for each in citations(document)
            for found in self.meant(IndexedDocumentRow, each)
            if found != document.id
        }

    def naming(self, document: Document) -> set[str]:
        """What cites, repeals, issues it."""
        return set(self.meant(IndexedCitationRow, called(document))) - {document.id}

    def copies(self, document: Document) -> set[str]:
        """Of the same number, title or text."""
        name = called(document)
        numbered = set(self._numbered(IndexedDocumentRow, name)) - {document.id}
        titled = self._in_place(document, self._titled(IndexedDocumentRow, name))
        return numbered | set(titled) | self.like_text(document)

    def meant(self, table: _Table, name: Called) -> Iterator[str]:
        """Documents that bear this name, or name it, a misread letter or digit allowed for."""
        yield from self._numbered(table, name)
        yield from self._titled(table, name)

    def _numbered(self, table: _Table, name: Called) -> Iterator[str]:
        """A number read out of a sentence may have words before its code."""
        if name.serial is None or name.code is None:
            return
        query = select(table.document_id, table.code).where(table.serial == name.serial)
        for document_id, code in self._session.execute(query):
            if code and (code.endswith(name.code) or name.code.endswith(code)):
                yield document_id
        near = select(table.document_id).where(
            table.serial.in_(_one_digit_off(name.serial)), table.code == name.code
        )
        yield from self._session.scalars(near)

    def _titled(self, table: _Table, name: Called) -> Iterator[str]:
        if not name.title:
            return
        titles = self._titles.near(name.title, at_least=self._options.title)
        query = select(table.document_id).where(table.title_id.in_([near.id for near in titles]))
        yield from self._session.scalars(query.distinct())

    def series(self, document: Document) -> set[str]:
        """Plans of the same name, of whatever period."""
        series = series_of(document.official.title)
        if series is None:
            return set()
        rows = IndexedDocumentRow
        return set(self._session.scalars(select(rows.document_id).where(rows.series == series)))

    def like_text(self, document: Document) -> set[str]:
        """Those whose text is nearly the same."""
        hashes = list(sketch(text_of(document)))
        if not hashes:
            return set()
        dialect = self._session.get_bind().dialect.name
        asked = {
            "hashes": json.dumps(hashes) if dialect == "sqlite" else hashes,
            "most": self._options.hashed,
            "fewest": FEWEST,
            "home": document.id,
        }
        return set(self._session.scalars(text(_SKETCHES[dialect]), asked))

    def alike(self, ledger: Ledger, options: FamilyOptions | None = None) -> set[str]:
        """Those that promise much of the same."""
        wanted = options or FamilyOptions()
        if len(ledger.commitments) < wanted.commitments:
            return set()
        library = Library(
            self._session, LookUpOptions(most=self._options.members, unlikely=self._options.members)
        )
        hits: Counter[str] = Counter()
        for commitment in ledger.commitments:
            hits.update({member.document_id for member in library.members(commitment)})
        shares = self._shares(hits, len(ledger.commitments), wanted)
        fewest = wanted.share * self._options.slack
        likely = [document_id for document_id, share in shares.items() if share >= fewest]
        likely.sort(key=lambda each: (-shares[each], each))
        return set(likely[: self._options.alike])

    def _shares(self, hits: Counter[str], own: int, wanted: FamilyOptions) -> dict[str, float]:
        """By document how much of the shorter ledger was hit; too short ones are left out."""
        fewest = wanted.commitments * wanted.share * self._options.slack
        rows = IndexedDocumentRow
        ids = [each for each, count in hits.items() if count >= fewest]
        found: dict[str, float] = {}
        for part in parts(ids):
            query = select(rows.document_id, rows.commitments).where(
                rows.document_id.in_(part), rows.commitments >= wanted.commitments
            )
            for document_id, size in self._session.execute(query):
                found[document_id] = hits[document_id] / min(own, size)
        return found

    def _in_place(self, document: Document, ids: Iterable[str]) -> Iterator[str]:
        """Of those with the same title the ones whose issuers aren't known to be of other places:
        every province has its 政府工作报告."""
        home = _places("、".join(document.official.issuers))
        query = select(DocumentRow.id, DocumentRow.issuers)
        for part in parts(list(ids)):
            for document_id, issuers in self._session.execute(
                query.where(DocumentRow.id.in_(part))
            ):
                places = _places(issuers)
                if document_id != document.id and (not home or not places or home & places):
                    yield document_id


_SKETCHES = {
    "sqlite": (
        "SELECT s.document_id FROM (SELECT value AS hash FROM json_each(:hashes)) AS asked "
        "CROSS JOIN index_sketches AS s WHERE s.hash = asked.hash AND s.document_id IN "
        "(SELECT document_id FROM index_sketches WHERE hash = asked.hash LIMIT :most) "
        "AND s.document_id <> :home GROUP BY s.document_id HAVING count(*) >= :fewest"
    ),
    "postgresql": (
        "SELECT s.document_id FROM unnest(CAST(:hashes AS BIGINT[])) AS asked(hash) "
        "CROSS JOIN LATERAL (SELECT document_id FROM index_sketches "
        "WHERE hash = asked.hash LIMIT :most) AS s "
        "WHERE s.document_id <> :home GROUP BY s.document_id HAVING count(*) >= :fewest"
    ),
}


def _one_digit_off(serial: str) -> list[str]:
    """2021/2 as 2022/2, 2011/2 … 2021/9."""
    return [
        serial[:at] + digit + serial[at + 1 :]
        for at, own in enumerate(serial)
        if own.isdigit()
        for digit in "0123456789"
        if digit != own
    ]


def _places(issuers: str) -> frozenset[str]:
    return frozenset(letters(issuer)[:2] for issuer in issuers.split("、") if issuer)

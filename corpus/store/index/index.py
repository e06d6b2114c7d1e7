"""What comparing, lineage and history ask of the index of a library."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from corpus.compare.counterparts import Counterpart, Counterparts, Source, counterparts_of
from corpus.compare.kinship import VERSIONS, kinship
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.model.lineage import Lineage
from corpus.store import reading
from corpus.store.index import filling, indicators, placing
from corpus.store.index.commitments import Library, LookUpOptions
from corpus.store.index.names import parts
from corpus.store.index.relatives import Relatives
from corpus.store.records import DocumentEntry
from corpus.store.schema import DocumentRow
from corpus.works import works


class Index:
    """Filled when first asked, where a library is older than its index."""

    def __init__(self, sessions: sessionmaker[Session], writers: sessionmaker[Session]) -> None:
        self._sessions = sessions
        self._writers = writers
        self._filled = False

    def fill(self) -> int:
        """File what isn't yet; how many documents that were."""
        self._filled = True
        return filling.fill(self._sessions, self._writers.begin)

    def counterparts(
        self, ledger: Ledger, *, without: Collection[str] = (), most: int | None = None
    ) -> Counterparts:
        """Of every commitment those that say the same in other documents, ``without`` some."""
        options = LookUpOptions() if most is None else LookUpOptions(most=most)
        with self._open() as session:
            library = Library(session, options)
            found = counterparts_of(ledger.commitments, library)
            rows = tuple(
                (commitment, _kept(others, without))
                for commitment, others in zip(ledger.commitments, found, strict=True)
            )
            told = {each.other.evidence.document_id for _, others in rows for each in others}
            return Counterparts(ledger.document, rows, _sources(session, told))

    def related(self, ledger: Ledger) -> set[str]:
        """Documents that may be prior to this one, or it to them."""
        with self._open() as session:
            return Relatives(session).related(ledger)

    def neighbours(self, ledger: Ledger) -> list[DocumentEntry]:
        """As ``related``, with all that are so today; its own entry is among them."""
        with self._open() as session:
            return placing.neighbours(session, ledger)

    def copies(self, document: Document) -> set[str]:
        """Other documents that are copies of this one's work."""
        with self._open() as session:
            known = {document.id: document}
            _read(session, Relatives(session).copies(document), known)
        kept = next(work for work in works(known.values()) if document.id in work.documents)
        return set(kept.documents) - {document.id}

    def meant(self, title: str | None, number: str | None) -> set[str]:
        """Documents that a name may mean."""
        with self._open() as session:
            return Relatives(session).called(title, number)

    def of_indicator(self, indicator: str) -> list[str]:
        """Ids of the documents that may have that indicator."""
        with self._open() as session:
            return indicators.documents(session, indicator)

    def lineage(self, document_id: str) -> tuple[Lineage, str]:
        """All that the work of a document and its versions are to others, and the id of that work.

        Versions are followed until there are no more; of the rest only what they touch is read.
        """
        with self._open() as session:
            known: dict[str, Document] = {}
            followed: set[str] = set()
            waiting = {document_id}
            while True:
                for each in sorted(waiting):
                    _read(session, {each}, known)
                    _read(session, Relatives(session).around(known[each]), known)
                followed |= waiting
                kept = works(known.values())
                found = kinship(known.values(), kept)
                about = next(work.id for work in kept if document_id in work.documents)
                waiting = _versions(found, about) - followed
                if not waiting:
                    return found, about

    def _open(self) -> Session:
        if not self._filled:
            self.fill()
        return self._sessions()


def _kept(found: Iterable[Counterpart], without: Collection[str]) -> tuple[Counterpart, ...]:
    return tuple(each for each in found if each.other.evidence.document_id not in without)


def _read(session: Session, ids: Iterable[str], known: dict[str, Document]) -> None:
    for each in sorted(set(ids) - known.keys()):
        known[each] = reading.document(session, each, lines=False)


def _versions(lineage: Lineage, about: str) -> set[str]:
    """Documents of the work and of all its earlier and later versions."""
    found = {about}
    links = [link for link in lineage.links if link.kind in VERSIONS and link.target is not None]
    grew = True
    while grew:
        ends = {
            end
            for link in links
            if found & {link.source, link.target}
            for end in (link.source, link.target)
            if end is not None
        }
        grew = not ends <= found
        found |= ends
    return {each for work in lineage.works if work.id in found for each in work.documents}


def _sources(session: Session, ids: Collection[str]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for part in parts(sorted(ids)):
        for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(part))):
            issuers = tuple(each for each in row.issuers.split("、") if each)
            found[row.id] = Source(
                row.id, row.source, row.title, row.document_number, issuers, row.date_of_issue
            )
    return found

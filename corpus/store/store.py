"""The library as the flow and the command line use it: save one document's stage, ask for ledgers.

Whatever is saved for one document and one stage is saved in one transaction with its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from corpus.lineage import Related
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.model.errors import DocumentNotFound
from corpus.store import codec, reading, writing
from corpus.store.claims import Claims
from corpus.store.corrected import Corrected
from corpus.store.crawl import CrawlLedger, filled, origin
from corpus.store.crawl_works import placed
from corpus.store.engine import connect, one_writer
from corpus.store.index.index import Index
from corpus.store.paging import Paging
from corpus.store.records import (
    Compared,
    DocumentEntry,
    Outcome,
    Result,
    RunRecord,
    Stage,
    StageRecord,
    StoredFile,
)
from corpus.store.schema import DocumentRow, ExtractionRow, FileRow, OutcomeRow, RunRow, StageRow


def open_store(url: str) -> Store:
    """The library at a database URL, made if there is none: sqlite:///library/taizhang.db."""
    return Store(connect(url))


class Store:
    """Documents, ledgers, comparisons, and what was done to which file when."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine)
        self._writers = sessionmaker(one_writer(engine))
        self.claims = Claims(self._writers)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @property
    def crawl(self) -> CrawlLedger:
        """What was asked of which site, and what came of it."""
        return CrawlLedger(self._sessions)

    @property
    def index(self) -> Index:
        """What comparing, lineage and history look their candidates up in."""
        return Index(self._sessions, self._writers)

    @property
    def corrected(self) -> Corrected:
        """Ledgers as they stand after the review."""
        return Corrected(self._sessions, self._writers)

    @property
    def paging(self) -> Paging:
        """Lists of the reviewers' desk, read on from where the last page ended."""
        return Paging(self._sessions)

    # Files and stages

    def save_file(self, file: StoredFile, run_id: int | None = None) -> bool:
        """Note a file as taken in; False where its bytes are known already."""
        with self._write() as session:
            if session.get(FileRow, file.sha256) is not None:
                return False
            session.add(
                FileRow(
                    sha256=file.sha256,
                    source=file.source,
                    size=file.size,
                    first_seen=writing.now(),
                    run_id=run_id,
                )
            )
            return True

    def file(self, sha256: str) -> StoredFile | None:
        """The file of those bytes, if it was taken in."""
        with self._read() as session:
            row = session.get(FileRow, sha256)
            return StoredFile(row.sha256, row.source, row.size) if row else None

    def stage(self, sha256: str, stage: Stage, version: str) -> StageRecord | None:
        """What that stage made of that file under that version, if it needs no further try."""
        with self._read() as session:
            row = session.scalars(
                select(StageRow)
                .where(
                    StageRow.sha256 == sha256,
                    StageRow.stage == stage.value,
                    StageRow.version == version,
                    StageRow.settled,
                )
                .order_by(StageRow.id.desc())
            ).first()
            return _stage_record(row) if row else None

    def stage_of_all(self, stage: Stage) -> dict[tuple[str, str], StageRecord]:
        """As ``stage``, of all files and versions at once, by SHA-256 and version."""
        query = select(StageRow).where(StageRow.stage == stage.value, StageRow.settled)
        with self._read() as session:
            rows = session.scalars(query.order_by(StageRow.id))
            return {(row.sha256, row.version): _stage_record(row) for row in rows}

    def stages(self, sha256: str) -> list[StageRecord]:
        """Everything that was ever done to a file, oldest first."""
        with self._read() as session:
            rows = session.scalars(
                select(StageRow).where(StageRow.sha256 == sha256).order_by(StageRow.id)
            )
            return [_stage_record(row) for row in rows]

    def save_stage(self, record: StageRecord) -> None:
        """A stage that left nothing but its record, such as a failure."""
        with self._stage(record):
            pass

    # Documents and ledgers

    def save_document(self, document: Document, record: StageRecord) -> None:
        """A parsed document; where a crawl brought it, its page says what the file doesn't."""
        with self._stage(record) as session:
            source = origin(session, document.provenance.sha256)
            if source is not None:
                document = replace(document, official=filled(document.official, source))
            writing.put_document(session, document, record.version)

    def save_ledger(self, ledger: Ledger, record: StageRecord) -> None:
        """The extracted commitments of a parsed document."""
        with self._stage(record) as session:
            writing.put_ledger(session, ledger, record.version)

    def document(self, document_id: str, *, lines: bool = True) -> Document:
        """The newest reading of a document; without ``lines`` much faster."""
        with self._read() as session:
            return reading.document(session, document_id, lines=lines)

    def document_of(self, sha256: str) -> str | None:
        """Id of the document that those bytes are, if they could be read."""
        with self._read() as session:
            return session.scalars(
                select(DocumentRow.id).where(DocumentRow.sha256 == sha256)
            ).first()

    def sha256_of(self, document_id: str) -> str:
        """The bytes that a document was read from."""
        with self._read() as session:
            return session.get_one(DocumentRow, document_id).sha256

    def find_document(self, wanted: str) -> str:
        """Id of the document that a person means by an id, number, title or file name."""
        with self._read() as session:
            return reading.find(session, wanted)

    def entries(self) -> list[DocumentEntry]:
        """Every document, the earliest issued first."""
        with self._read() as session:
            return reading.entries(session)

    def ledger(self, document_id: str, *, lines: bool = False) -> Ledger:
        """All commitments of a document."""
        with self._read() as session:
            found = reading.ledger(session, document_id, lines=lines)
        if found is None:
            raise DocumentNotFound(document_id)
        return found

    def ledgers(
        self,
        *,
        unit: str | Sequence[str] = (),
        due_before: date | None = None,
        document: str | None = None,
    ) -> Iterator[Ledger]:
        """Ledgers of all documents, or of one, with the commitments that meet every condition.

        ``unit`` is a full name or the end of one, or several of them; ``due_before`` leaves out
        what falls on that day or has no date.
        """
        units = (unit,) if isinstance(unit, str) else tuple(unit)
        wanted = [entry.id for entry in self.entries()] if document is None else [document]
        for document_id in wanted:
            with self._read() as session:
                found = reading.ledger(
                    session, document_id, lines=False, unit=units, due_before=due_before
                )
            if found is not None:
                yield found

    # Relations and comparisons

    def unplaced(self, version: str) -> list[str]:
        """Documents whose relations that version of comparing has not looked for yet."""
        with self._read() as session:
            return list(
                session.scalars(
                    select(ExtractionRow.document_id)
                    .where(ExtractionRow.superseded.is_(None))
                    .where(ExtractionRow.placed.is_distinct_from(version))
                    .order_by(ExtractionRow.document_id)
                )
            )

    def save_relations(
        self, document_id: str, *, checked: Iterable[str], found: Sequence[Related], version: str
    ) -> None:
        """What ``version`` found between a document and the others it ``checked``."""
        with self._write() as session:
            others = tuple(checked)
            kept = placed(session, document_id, others, found)
            writing.put_relations(session, document_id, others, kept, version)

    def relations(self, document_id: str | None = None) -> list[Related]:
        """Relations of one document to its priors, or all of them."""
        with self._read() as session:
            return reading.relations(session, document_id)

    def save_comparisons(
        self, document_id: str, compared: Sequence[Compared], record: StageRecord
    ) -> None:
        """All comparisons of one document."""
        with self._stage(record) as session:
            writing.put_comparisons(session, document_id, compared, record.version)

    def comparisons(self, document_id: str | None = None) -> list[Compared]:
        """Comparisons of one document, or of all, the earliest issued first."""
        wanted = [e.id for e in self.entries()] if document_id is None else [document_id]
        with self._read() as session:
            return [each for one in wanted for each in reading.comparisons(session, one)]

    # Runs

    def begin_run(self) -> int:
        """A new run; its number."""
        with self._write() as session:
            row = RunRow(started=writing.now())
            session.add(row)
            session.flush()
            return row.id

    def finish_run(self, run_id: int, outcomes: Sequence[Outcome]) -> None:
        """The outcome of every file, and the counts."""
        results = [outcome.result for outcome in outcomes]
        with self._write() as session:
            row = session.get_one(RunRow, run_id)
            row.finished = writing.now()
            row.taken_in = len(outcomes)
            row.done = results.count(Result.DONE)
            row.partial = results.count(Result.PARTIAL)
            row.failed = results.count(Result.FAILED)
            writing.put_outcomes(session, run_id, outcomes)

    def runs(self) -> list[RunRecord]:
        """Every run with its outcomes, oldest first."""
        with self._read() as session:
            outcomes: dict[int, list[Outcome]] = {}
            for row in session.scalars(
                select(OutcomeRow).order_by(OutcomeRow.run_id, OutcomeRow.position)
            ):
                outcomes.setdefault(row.run_id, []).append(codec.loads(row.json, Outcome))
            return [
                RunRecord(
                    run.id,
                    _utc(run.started),
                    _utc(run.finished) if run.finished else None,
                    tuple(outcomes.get(run.id, ())),
                )
                for run in session.scalars(select(RunRow).order_by(RunRow.id))
            ]

    def sizes(self) -> dict[str, int]:
        """How many files, documents, commitments and looks of crawls the library holds."""
        with self._read() as session:
            return reading.sizes(session)

    def _read(self) -> Session:
        return self._sessions()

    def _write(self) -> AbstractContextManager[Session]:
        """A session that commits on leaving, or nothing of it is kept."""
        return self._writers.begin()

    @contextmanager
    def _stage(self, record: StageRecord) -> Iterator[Session]:
        """What a stage made, its record, and the end of the claim on it: all of it or nothing."""
        with self._write() as session:
            yield session
            writing.put_stage(session, record)
            self.claims.settle(session, record.sha256, record.stage)
        self.claims.settled(record.sha256, record.stage)


def _stage_record(row: StageRow) -> StageRecord:
    return StageRecord(
        row.sha256,
        Stage(row.stage),
        row.version,
        Result(row.result),
        _utc(row.started),
        _utc(row.finished),
        settled=row.settled,
        reason=row.reason,
        page=row.page,
    )


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone; they went in as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""Filling an empty library at once: the rows that saving documents one by one would leave, in large
batches. A test holds one against the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, Table, text

from corpus.compare.similarity import subject
from corpus.compare.sketch import sketch
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document
from corpus.store import codec, schema, schema_index
from corpus.store.engine import connect
from corpus.store.index import documents, grams
from corpus.store.index.commitments import measure_of, unit_of
from corpus.store.index.names import Kind, key_of
from corpus.works import text_of

_BATCH = 200  # documents
_VERSION = "synthetic"
_ORDER = (
    schema.FileRow, schema.DocumentRow, schema.BodyRow, schema.ExtractionRow,
    schema.CommitmentRow, schema.UnitRow, schema_index.NameRow,
    schema_index.IndexedCommitmentRow, schema_index.IndexedDocumentRow,
    schema_index.IndexedCitationRow, schema_index.SketchRow,
)  # fmt: skip
_COUNTED = (
    schema.BodyRow, schema.ExtractionRow, schema.CommitmentRow, schema.UnitRow,
    schema_index.NameRow, schema_index.IndexedCitationRow,
)  # fmt: skip

Row = dict[str, Any]


class Rows:
    """Rows of some documents, table by table, with ids that go on from batch to batch."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect
        self._ids: dict[type[schema.Base], Iterator[int]] = {t: count(1) for t in _COUNTED}
        self._names: dict[tuple[Kind, str], int] = {}
        self._now = datetime.now(UTC)
        self.tables: dict[type[schema.Base], list[Row]] = {}
        self.grams: list[Row] = []
        self.clear()

    def clear(self) -> None:
        """Ready for the next batch."""
        self.tables = {table: [] for table in _ORDER}
        self.grams = []

    def add(self, ledger: Ledger) -> None:
        """Everything of one document."""
        document = ledger.document
        body, extraction = self._document(document), next(self._ids[schema.ExtractionRow])
        self.tables[schema.ExtractionRow].append(
            {"id": extraction, "document_id": document.id, "body_id": body, "placed": _VERSION,
             "version": _VERSION, "created": self._now, "superseded": None}
        )  # fmt: skip
        for position, commitment in enumerate(ledger.commitments):
            self._commitment(commitment, position, extraction)
        self._index(document, body, extraction, len(ledger.commitments))

    def _document(self, document: Document) -> int:
        provenance, official = document.provenance, document.official
        body = next(self._ids[schema.BodyRow])
        self.tables[schema.FileRow].append(
            {"sha256": provenance.sha256, "source": provenance.source, "size": len(document.text),
             "first_seen": self._now, "run_id": None}
        )  # fmt: skip
        self.tables[schema.DocumentRow].append(
            {"id": document.id, "sha256": provenance.sha256, "source": provenance.source,
             "media_type": provenance.media_type, "title": official.title,
             "document_number": official.document_number, "issuers": "、".join(official.issuers),
             "date_of_issue": official.date_of_issue, "pages": max(1, len(document.pages))}
        )  # fmt: skip
        self.tables[schema.BodyRow].append(
            {"id": body, "document_id": document.id, "version": _VERSION,
             "body": codec.pack(document), "lines": codec.pack((), tuple[int, ...]),
             "created": self._now, "superseded": None}
        )  # fmt: skip
        return body

    def _commitment(self, commitment: Commitment, position: int, extraction: int) -> None:
        row_id, deadline = next(self._ids[schema.CommitmentRow]), commitment.deadline
        self.tables[schema.CommitmentRow].append(
            {"row_id": row_id, "extraction_id": extraction, "position": position,
             "id": commitment.id, "indicator": commitment.indicator, "action": commitment.action,
             "deadline_kind": deadline.kind.value if deadline else None,
             "deadline_end": deadline.end if deadline else None,
             "confidence": commitment.confidence, "json": codec.dumps(commitment)}
        )  # fmt: skip
        self.tables[schema.UnitRow] += [
            {"row_id": next(self._ids[schema.UnitRow]), "commitment_row_id": row_id,
             "position": place, "name": unit.name, "raw": unit.raw, "role": unit.role.value}
            for place, unit in enumerate(commitment.responsible_units)
        ]  # fmt: skip
        self.tables[schema_index.IndexedCommitmentRow].append(
            {"row_id": row_id, "document_id": commitment.evidence.document_id,
             "name_id": self._name(Kind.SUBJECT, subject(commitment)),
             "measure": measure_of(commitment), "unit": unit_of(commitment)}
        )  # fmt: skip

    def _index(self, document: Document, body: int, extraction: int, size: int) -> None:
        own = documents.called(document)
        self.tables[schema_index.IndexedDocumentRow].append(
            {"document_id": document.id, "body_id": body, "extraction_id": extraction,
             "version": documents.VERSION, **self._called(own),
             "series": documents.series_of(document.official.title), "commitments": size}
        )  # fmt: skip
        self.tables[schema_index.IndexedCitationRow] += [
            {"id": next(self._ids[schema_index.IndexedCitationRow]), "document_id": document.id}
            | self._called(cited)
            for cited in documents.citations(document)
        ]
        self.tables[schema_index.SketchRow] += [
            {"hash": each, "document_id": document.id} for each in sketch(text_of(document))
        ]

    def _called(self, name: documents.Called) -> Row:
        title = self._name(Kind.TITLE, name.title) if name.title else None
        return {"code": name.code, "serial": name.serial, "title_id": title}

    def _name(self, kind: Kind, name: str) -> int:
        known = self._names.get((kind, name))
        if known is None:
            known = self._names[kind, name] = next(self._ids[schema_index.NameRow])
            self.tables[schema_index.NameRow].append(
                {"id": known, "kind": kind.value, "key": key_of(name), "name": name}
            )
            filed = grams.filed(self._dialect, kind, name)
            self.grams.append({"id": known, "grams": filed})
        return known


def load(url: str, ledgers: Iterable[Ledger]) -> int:
    """Put the documents into a library that has none; how many there were."""
    engine = connect(url)
    rows, number = Rows(engine.dialect.name), 0
    with engine.begin() as connection:
        _before(connection)
        for number, ledger in enumerate(ledgers, start=1):
            rows.add(ledger)
            if number % _BATCH == 0:
                _write(connection, rows)
        _write(connection, rows)
        _after(connection)
    _tidy(engine)
    engine.dispose()
    return number


def _before(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP INDEX ix_index_grams"))


def _after(connection: Connection) -> None:
    """The index of tokens at once, and numbers that go on from here."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(
        text("CREATE INDEX ix_index_grams ON index_grams USING gin (grams) WITH (fastupdate = off)")
    )
    for table in _COUNTED:
        (key,) = table.__table__.primary_key.columns
        name = table.__tablename__
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{name}', '{key.name}'), "
                f"GREATEST((SELECT max({key.name}) FROM {name}), 1))"
            )
        )


def _tidy(engine: Engine) -> None:
    """What the database does by itself in a quiet hour."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("VACUUM ANALYZE"))
        else:
            connection.execute(text("INSERT INTO index_grams(index_grams) VALUES ('optimize')"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _write(connection: Connection, rows: Rows) -> None:
    for model, made in rows.tables.items():
        table = model.__table__
        if made and isinstance(table, Table):
            _insert(connection, table.name, made, [column.name for column in table.columns])
    if rows.grams:
        id_ = "rowid" if connection.dialect.name == "sqlite" else "name_id"
        made = [{id_: each["id"], "grams": each["grams"]} for each in rows.grams]
        _insert(connection, "index_grams", made, [id_, "grams"])
    rows.clear()


def _insert(
    connection: Connection, table: str, rows: list[Mapping[str, Any]], columns: list[str]
) -> None:
    """As the driver does it fastest: COPY, or one prepared statement."""
    names = ", ".join(columns)
    cursor = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[column] for column in columns])
        return
    marks = ", ".join("?" * len(columns))
    cursor.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        ([_plain(row[column]) for column in columns] for row in rows),
    )


def _plain(value: Any) -> Any:
    """Days and moments as SQLAlchemy writes them."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if hasattr(value, "isoformat") else value

"""The whole library as rows of JSON, from and into any database: what ``taizhang backup`` packs on
SQLite can be unpacked on PostgreSQL, 台账 for 台账 the same.

Left out is what is computed anew from the rest (``review_*``), who is signed in at the moment, and
who works on what at the moment.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Integer, LargeBinary, Table, func, insert, select, text
from sqlalchemy.sql.sqltypes import Date, DateTime

from corpus.model.errors import PolicyError
from corpus.store.schema import HEAD, Base

_MOMENTARY = ("sessions", "claims")
_COMPUTED = "review_"
_BATCH = 1000

Row = dict[str, Any]


class TransferError(PolicyError):
    """A library that can't be carried over."""


def tables() -> list[Table]:
    """What is carried, in an order in which rows can be put in."""
    from corpus.store import engine  # noqa: F401 - all tables belong to the schema then

    return [
        table
        for table in Base.metadata.sorted_tables
        if not table.name.startswith(_COMPUTED) and table.name not in _MOMENTARY
    ]


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection to which the library stands still, whatever others write meanwhile."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            # Python begins a transaction before writing only.
            connection.exec_driver_sql("BEGIN")
            yield connection
            connection.rollback()
        return
    serial = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with serial.connect() as connection:
        yield connection


def rows(connection: Connection, table: Table) -> Iterator[Row]:
    """All rows of a table as plain JSON."""
    encode = {column.name: _encoder(column.type) for column in table.columns}
    query = select(table).order_by(*table.primary_key.columns)
    streamed = connection.execution_options(yield_per=_BATCH).execute(query)
    for row in streamed.mappings():
        yield {name: encode[name](row[name]) for name in encode}


def put(connection: Connection, table: Table, given: Iterable[Row]) -> int:
    """Put rows in; how many. A column that an older library lacks takes what the table says."""
    decode = {column.name: _decoder(column.type) for column in table.columns}
    number = 0
    waiting = iter(given)
    while batch := list(islice(waiting, _BATCH)):
        strange = batch[0].keys() - decode.keys()
        if strange:
            raise TransferError(
                f"数据表 {table.name} 没有列 {'、'.join(sorted(strange))}",
                f"the table {table.name} has no column {', '.join(sorted(strange))}",
            )
        connection.execute(
            insert(table),
            [{name: decode[name](value) for name, value in row.items()} for row in batch],
        )
        number += len(batch)
    return number


def count(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def is_empty(engine: Engine) -> bool:
    """True where nothing would be lost."""
    with engine.connect() as connection:
        return not any(count(connection, table) for table in tables())


def clear(connection: Connection) -> None:
    """Take all rows out, also of what is computed from them."""
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())


def settle_numbers(connection: Connection) -> None:
    """PostgreSQL gives out numbers from a counter of its own: on from the greatest there is."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key.columns:
            if isinstance(column.type, Integer) and not column.foreign_keys:
                _settle(connection, table, column.name)


def _settle(connection: Connection, table: Table, column: str) -> None:
    named = {"table": table.name, "column": column}
    counter = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), named)
    if counter is None:
        return
    greatest = connection.scalar(select(func.max(table.columns[column])))
    connection.execute(
        text("SELECT setval(:counter, :value, :used)"),
        {"counter": counter, "value": greatest or 1, "used": greatest is not None},
    )


def revision() -> str:
    """Of the tables that are carried."""
    return HEAD


def line(row: Mapping[str, Any]) -> bytes:
    """One row as a line of a file."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _encoder(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, DateTime):
        return lambda value: None if value is None else _utc(value).isoformat()
    if isinstance(kind, Date):
        return lambda value: None if value is None else value.isoformat()
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64encode(value).decode("ascii")
    return lambda value: value


def _decoder(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, DateTime):
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return lambda value: None if value is None else date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64decode(value)
    return lambda value: value


def _utc(moment: datetime) -> datetime:
    """One spelling of a moment, whichever database it was read from."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)

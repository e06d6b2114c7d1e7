"""Searching in the middle of Chinese text: 老服 finds 养老服务, whatever stands around it.

Texts are filed by pairs of characters, in the way of each database (``corpus.store.index.grams``
says why). In FTS5 养老服务 is the words 养老, 老服, 服务 and 务, and a word that is searched is a
phrase of such words; what was filed is taken out by what it was, for no text is kept there. In
PostgreSQL it is an array under GIN, and what the array lets through is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Text, literal, literal_column, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

_LETTER = 4  # hexadecimal digits of one unit of UTF-16
_PAIR = 2 * _LETTER


@dataclass(frozen=True, slots=True)
class Filed:
    """A table of tokens, and the table and columns of the texts that they were made from."""

    table: str
    source: str
    key: str
    columns: tuple[str, ...]


ROWS = Filed("index_grams_rows", "review_bodies", "row_id", ("text", "units"))
CHANGES = Filed("index_grams_changes", "review_changes", "row_id", ("text", "units", "indicators"))
TEXTS = Filed("index_grams_texts", "review_texts", "id", ("text",))
EVERY = (ROWS, CHANGES, TEXTS)


def tokens(said: str) -> str:
    """The words of FTS5: digits and letters that no tokenizer cuts or folds."""
    units = said.encode("utf-16-be", "surrogatepass").hex()
    return " ".join(units[at : at + _PAIR] for at in range(0, len(units), _LETTER))


def grams(said: str) -> list[str]:
    """Letters and pairs of letters of a text, once each."""
    return list(dict.fromkeys((*said, *map("".join, pairwise(said)))))


def file(session: Session, filed: Filed, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """File new texts, by the id of their row, in the order of the columns."""
    _run(session, filed, rows, _ADD[session.get_bind().dialect.name])


def take_out(session: Session, filed: Filed, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Take out what was filed, by the very same texts."""
    _run(session, filed, rows, _TAKE_OUT[session.get_bind().dialect.name])


_ADD = {
    "sqlite": "INSERT INTO {table} (rowid, {columns}) VALUES (:id, {values})",
    "postgresql": "INSERT INTO {table} (id, {columns}) VALUES (:id, {values})",
}
_TAKE_OUT = {
    "sqlite": "INSERT INTO {table} ({table}, rowid, {columns}) VALUES ('delete', :id, {values})",
    "postgresql": "DELETE FROM {table} WHERE id = :id",
}


def _run(
    session: Session, filed: Filed, rows: Iterable[tuple[int, Sequence[str]]], statement: str
) -> None:
    made = tokens if session.get_bind().dialect.name == "sqlite" else grams
    given: list[dict[str, Any]] = [
        {"id": key, **{c: made(each) for c, each in zip(filed.columns, texts, strict=True)}}
        for key, texts in rows
    ]
    if given:
        columns, values = ", ".join(filed.columns), ", ".join(f":{c}" for c in filed.columns)
        session.execute(
            text(statement.format(table=filed.table, columns=columns, values=values)), given
        )


Key = ColumnElement[Any] | InstrumentedAttribute[Any]


class _Holds(FunctionElement[Any]):
    """Key of a row, name of the table of tokens, and what to look for in it. No truth value by its
    type: SQLite would be asked whether it equals 1, for which every row has to be looked at."""

    type = NullType()
    inherit_cache = True


def holds(key: Key, filed: Filed, wanted: Mapping[str, str]) -> ColumnElement[bool]:
    """True for rows of which each column of ``wanted`` holds all its words (parted by blanks)."""
    asked = [(column, word) for column, words in wanted.items() for word in words.split()]
    match = " AND ".join(f"{column} : {_phrase(word)}" for column, word in asked)
    parts: list[Key] = [key, literal_column(filed.table), literal(match)]
    for column, word in asked:
        pairs = grams(word)
        parts += [
            literal_column(f"filed.{column}"),
            literal(pairs[len(word) :] or pairs, ARRAY(Text)),
            literal_column(f"kept.{column}", Text).contains(word, autoescape=True),
        ]
    return _Holds(*parts)


def _phrase(word: str) -> str:
    """Pairs one behind the other; a single letter is the beginning of a pair."""
    units = tokens(word).split()
    return f'"{units[0]}" *' if len(units) == 1 else f'"{" ".join(units[:-1])}"'


@compiles(_Holds, "sqlite")
def _in_sqlite(element: _Holds, compiler: SQLCompiler, **more: Any) -> str:
    key, table, match, *_ = (compiler.process(each, **more) for each in list(element.clauses)[:3])
    return f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH {match})"


@compiles(_Holds, "postgresql")
def _in_postgresql(element: _Holds, compiler: SQLCompiler, **more: Any) -> str:
    key, table, _, *asked = element.clauses
    filed = next(each for each in EVERY if each.table == str(table))
    said = [compiler.process(each, **more) for each in asked]
    conditions = [
        f"{column} @> {pairs} AND {like}"
        for column, pairs, like in zip(said[::3], said[1::3], said[2::3], strict=True)
    ]
    return (
        f"{compiler.process(key, **more)} IN (SELECT filed.id FROM {filed.table} AS filed "
        f"JOIN {filed.source} AS kept ON kept.{filed.key} = filed.id "
        f"WHERE {' AND '.join(conditions)})"
    )

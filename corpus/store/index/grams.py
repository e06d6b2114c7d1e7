"""Tokens of names, in the way of each database: FTS5 in SQLite, an array under GIN in PostgreSQL.

pg_trgm would do for PostgreSQL what this does, were it not that it sees no Chinese letters in a
database of the C locale, cuts by its own rule and can't be asked for one token at a time: rare
tokens first, and of a frequent one only so many, is what keeps a look-up from growing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from corpus.compare.tokens import indexed

_ADD = {
    "sqlite": text("INSERT INTO index_grams (rowid, grams) VALUES (:id, :grams)"),
    "postgresql": text("INSERT INTO index_grams (name_id, grams) VALUES (:id, :grams)"),
}
_BY_INDEX = text("SET LOCAL enable_seqscan = off")
# Every token asked for with the ids under it, as one text: rows would take a hundred times the
# calls.
FIND = {
    "sqlite": text(
        "SELECT asked.value, (SELECT group_concat(rowid) FROM "
        "(SELECT rowid FROM index_grams WHERE index_grams MATCH asked.value LIMIT :most)) "
        "FROM json_each(:tokens) AS asked"
    ),
    "postgresql": text(
        "SELECT asked.token, ARRAY(SELECT name_id FROM index_grams "
        "WHERE grams @> ARRAY[asked.token] LIMIT :most) "
        "FROM unnest(CAST(:tokens AS TEXT[])) AS asked(token)"
    ),
}


def add(session: Session, kind: str, names: Mapping[int, str]) -> None:
    """File new names, by id, under their tokens."""
    if not names:
        return
    dialect = session.get_bind().dialect.name
    rows = [{"id": each, "grams": filed(dialect, kind, name)} for each, name in names.items()]
    session.execute(_ADD[dialect], rows)


def filed(dialect: str, kind: str, name: str) -> str | list[str]:
    """The tokens of a name as the database takes them."""
    tokens = [kind + token for token in indexed(name)]
    return " ".join(map(_word, tokens)) if dialect == "sqlite" else tokens


def postings(
    session: Session, kind: str, tokens: Sequence[str], *, most: int
) -> dict[str, list[int]]:
    """Ids of names under each token, at most so many of each."""
    if not tokens:
        return {}
    if session.get_bind().dialect.name == "sqlite":
        words = {_word(kind + token): token for token in tokens}
        asked = {"tokens": json.dumps(list(words)), "most": most}
        rows = session.execute(FIND["sqlite"], asked)
        return {words[word]: list(map(int, ids.split(","))) for word, ids in rows if ids}
    # The planner takes a token it knows nothing of for a frequent one and would read all names.
    session.execute(_BY_INDEX)
    asked = {"tokens": [kind + token for token in tokens], "most": most}
    return {token[1:]: ids for token, ids in session.execute(FIND["postgresql"], asked)}


def _word(token: str) -> str:
    """In digits and letters that no tokenizer cuts or folds: 高水 is 9ad86c34."""
    return "".join(f"{ord(letter):04x}" for letter in token)

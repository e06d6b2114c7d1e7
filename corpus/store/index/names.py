"""Names of commitments and documents, each kept once, and those near a given one.

Of 中央预算内投资 it finds 中央投资 and 中央预算内基本建设投资, not the many that also hold 投资.
"""

from __future__ import annotations

import enum
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from math import log
from typing import TypeVar

from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from corpus.compare.tokens import asked, fewest, likeness
from corpus.store.index import grams
from corpus.store.schema_index import NameRow

T = TypeVar("T")

# Names hold neither blanks nor breaks. As one text: rows by the hundred take longer to make.
_WANTED = "SELECT id, name FROM index_names WHERE key = :key AND kind = :kind UNION "
BY_ID = {
    "sqlite": text(
        f"SELECT group_concat(id || ' ' || name, char(10)) FROM ({_WANTED}"
        "SELECT n.id, n.name FROM json_each(:ids) AS asked "
        "CROSS JOIN index_names AS n WHERE n.id = asked.value)"
    ),
    "postgresql": text(
        f"SELECT string_agg(id || ' ' || name, chr(10)) FROM ({_WANTED}"
        "SELECT id, name FROM index_names WHERE id = ANY(CAST(:ids AS INTEGER[]))) AS found"
    ),
}

_AT_ONCE = 500


class Kind(enum.StrEnum):
    """What a name is a name of."""

    SUBJECT = "i"  # of a commitment: its indicator, or its task
    TITLE = "t"  # of a document, by itself or by others


@dataclass(frozen=True, slots=True)
class Near:
    """A name and how much it is like the one that was asked for."""

    id: int
    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class NameOptions:
    """At most ``postings`` names are looked at under one token, ``read`` of all are looked at
    closely, ``most`` kept. In a library of a million commitments hardly a token has more."""

    postings: int = 2_000
    read: int = 256
    most: int = 256


class Names:
    """Names of one kind; tokens that were looked up once are remembered."""

    def __init__(self, session: Session, kind: Kind, options: NameOptions | None = None) -> None:
        self._session = session
        self._kind = kind
        self._options = options or NameOptions()
        self._postings: dict[str, list[int]] = {}

    def near(self, name: str, *, at_least: float = 0.0) -> list[Near]:
        """Those like it, the most alike first; the very name first of all."""
        worth = self._worth(name)
        ids = sorted(worth, key=worth.__getitem__, reverse=True)[: self._options.read]
        look = likeness(name)
        found = [
            Near(id_, other, alike)
            for id_, other in _rows(self._session, self._kind, name, ids)
            if (alike := 1.0 if other == name else look(other)) > at_least
        ]
        found.sort(key=lambda near: (near.name != name, -near.likeness, near.id))
        return found[: self._options.most]

    def _worth(self, name: str) -> dict[int, float]:
        """By id what the tokens shared weigh: a rare one more than a frequent one."""
        tokens = asked(name)
        unknown = [token for token in tokens if token not in self._postings]
        found = grams.postings(self._session, self._kind, unknown, most=self._options.postings)
        self._postings |= {token: [] for token in unknown} | found
        lists = [self._postings[token] for token in tokens]
        least = fewest(name)
        shared = Counter(chain.from_iterable(lists))
        worth = {each: 0.0 for each, count in shared.items() if count >= least}
        for ids in lists:
            weight = 1 + log((1 + self._options.postings) / (1 + len(ids)))
            for each in ids:
                if each in worth:
                    worth[each] += weight
        return worth


def key_of(name: str) -> str:
    """What a name is found by when it is known whole."""
    return blake2b(name.encode("utf-8"), digest_size=16).hexdigest()


def put(session: Session, kind: Kind, names: Iterable[str]) -> dict[str, int]:
    """Ids of names; those that are new are filed under their tokens."""
    keys = {key_of(name): name for name in names}
    known = _known(session, kind, keys)
    # In one order, so that two writers wait for each other and never both.
    fresh = [
        {"kind": kind.value, "key": key, "name": keys[key]} for key in sorted(keys.keys() - known)
    ]
    if fresh:
        added = session.execute(_insert(session).returning(NameRow.id, NameRow.key), fresh).all()
        grams.add(session, kind, {row.id: keys[row.key] for row in added})
        known |= {row.key: row.id for row in added}
        known |= _known(session, kind, keys.keys() - known)
    return {keys[key]: found for key, found in known.items()}


def _insert(session: Session) -> sqlite.Insert | postgresql.Insert:
    """What another writer has just added is no error."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(NameRow).on_conflict_do_nothing()
    return postgresql.insert(NameRow).on_conflict_do_nothing()


def _known(session: Session, kind: Kind, keys: Iterable[str]) -> dict[str, int]:
    query = select(NameRow.key, NameRow.id).where(NameRow.kind == kind.value)
    found: dict[str, int] = {}
    for part in parts(sorted(keys)):
        rows = session.execute(query.where(NameRow.key.in_(part)))
        found |= {row.key: row.id for row in rows}
    return found


def _rows(session: Session, kind: Kind, name: str, ids: Sequence[int]) -> list[tuple[int, str]]:
    """The name itself, however frequent its tokens, and those of the ids."""
    dialect = session.get_bind().dialect.name
    listed = json.dumps(ids) if dialect == "sqlite" else list(ids)
    asked = {"ids": listed, "key": key_of(name), "kind": kind.value}
    found: str | None = session.scalar(BY_ID[dialect], asked)
    pairs = (line.split(" ", 1) for line in found.split("\n")) if found else ()
    return [(int(id_), other) for id_, other in pairs]


def parts(everything: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at once as any database takes in one question."""
    return (everything[at : at + _AT_ONCE] for at in range(0, len(everything), _AT_ONCE))

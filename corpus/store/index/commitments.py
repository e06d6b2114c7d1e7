"""The commitments of the library by what they are about, measured in what, by which unit.

Of a common name (森林覆盖率 stands in every county's plan) those with the same measure word and
unit come first, and so many at most: the cost of a look-up doesn't grow with the library.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from sqlalchemy import TextClause, delete, insert, select, text
from sqlalchemy.orm import Session

from corpus.compare.measures import measure_kind
from corpus.compare.units import office
from corpus.model.commitment import Commitment, Ledger
from corpus.store import codec
from corpus.store.index import names
from corpus.store.index.names import Kind, Names, Near
from corpus.store.schema import CommitmentRow
from corpus.store.schema_index import IndexedCommitmentRow

_KEY = 32
# Alignment accepts names less alike only where nearly the whole sentence agrees: two in a thousand
# of the pairs between yearly reports, for ten times the candidates.
_ALIKE = 0.45
_NAMES_AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class Member:
    """A commitment of the library that bears a name which was looked up."""

    row_id: int
    document_id: str
    name_id: int
    measure: str


@dataclass(frozen=True, slots=True)
class LookUpOptions:
    """At most ``most`` commitments are candidates of one, and of those that promise less than
    ``likely`` no more than ``unlikely``: alignment accepts few of them.

    What a candidate promises is what name and measure word alone will add to its likeness, as
    alignment weighs them; ``likely`` is what 0.54 leaves for them where the sentences share what
    any two do.
    """

    most: int = 64
    likely: float = 0.35
    unlikely: int = 8
    name: float = 0.5
    measure: float = 0.05
    one_sided: float = 0.12


def put(session: Session, ledger: Ledger, extraction_id: int) -> None:
    """The commitments of a new extraction, in place of those of the one it supersedes."""
    from corpus.compare.similarity import subject

    drop(session, ledger.document.id)
    placed = session.execute(
        select(CommitmentRow.position, CommitmentRow.row_id).where(
            CommitmentRow.extraction_id == extraction_id
        )
    )
    rows = {row.position: row.row_id for row in placed}
    subjects = [_storable(subject(commitment)) for commitment in ledger.commitments]
    ids = names.put(session, Kind.SUBJECT, subjects)
    filed = [
        {
            "row_id": rows[place],
            "document_id": ledger.document.id,
            "name_id": ids[subjects[place]],
            "measure": measure_of(commitment),
            "unit": unit_of(commitment),
        }
        for place, commitment in enumerate(ledger.commitments)
    ]
    if filed:
        session.execute(insert(IndexedCommitmentRow), filed)


def drop(session: Session, document_id: str) -> None:
    """No commitment of this document is found any more."""
    rows = IndexedCommitmentRow
    session.execute(delete(rows).where(rows.document_id == document_id))


def measure_of(commitment: Commitment) -> str:
    """What it is counted in; empty where it has no number."""
    target = commitment.target
    return _storable(measure_kind(target.quantity.unit))[:_KEY] if target else ""


def unit_of(commitment: Commitment) -> str:
    """The first unit that is to do it, without its place."""
    units = commitment.responsible_units
    return _storable(office(units[0]))[:_KEY] if units else ""


class Library:
    """The commitments of a library as ``counterparts`` looks them up, for one document: what was
    read once is kept."""

    def __init__(self, session: Session, options: LookUpOptions | None = None) -> None:
        self._session = session
        self._options = options or LookUpOptions()
        self._names = Names(session, Kind.SUBJECT)
        self._read: dict[int, Commitment] = {}

    def near(self, commitment: Commitment) -> list[Commitment]:
        """Candidates in other documents, the likeliest first."""
        found = [member.row_id for member in self.members(commitment)]
        unread = [row_id for row_id in found if row_id not in self._read]
        if unread:
            query = select(CommitmentRow.row_id, CommitmentRow.json)
            rows = self._session.execute(query.where(CommitmentRow.row_id.in_(unread)))
            self._read |= {row_id: codec.loads(json, Commitment) for row_id, json in rows.all()}
        return [self._read[row_id] for row_id in found]

    def members(self, commitment: Commitment) -> list[Member]:
        """As ``near``, unread. Names little like are asked for only as far as there is room."""
        options, near, measure = self._options, self.names(commitment), measure_of(commitment)
        likely: list[tuple[float, Member]] = []
        unlikely: list[tuple[float, Member]] = []
        for at in range(0, len(near), _NAMES_AT_ONCE):
            some = near[at : at + _NAMES_AT_ONCE]
            if self._enough(some[0], len(likely), len(unlikely)):
                break
            alike = {name.id: name.likeness for name in some}
            for member in self._members(commitment, list(alike)):
                promise = self._promise(alike[member.name_id], measure, member)
                (likely if promise >= options.likely else unlikely).append((promise, member))
        kept = _first(likely, options.most)
        return kept + _first(unlikely, min(options.unlikely, options.most - len(kept)))

    def _enough(self, best: Near, likely: int, unlikely: int) -> bool:
        """True where none of the names from this one on has a place left."""
        options = self._options
        none_likely = options.name * best.likeness + options.measure < options.likely
        return likely >= options.most or (none_likely and unlikely >= options.unlikely)

    def _promise(self, alike: float, measure: str, member: Member) -> float:
        options = self._options
        same = options.measure if member.measure == measure else 0.0
        one_sided = options.one_sided if bool(member.measure) != bool(measure) else 0.0
        return options.name * alike + same - one_sided

    def names(self, commitment: Commitment) -> list[Near]:
        """Names that the commitment's counterparts may bear."""
        from corpus.compare.similarity import subject

        return self._names.near(_storable(subject(commitment)), at_least=_ALIKE)

    def _members(self, commitment: Commitment, ids: Sequence[int]) -> list[Member]:
        """Some of each name; of one that has more, those with the same measure and unit first,
        then with the same measure, then any with a number, or without one."""
        found = self._some(commitment, ids, "")
        counted = Counter(member.name_id for member in found)
        full = [each for each, count in counted.items() if count >= self._options.most]
        first = (self._some(commitment, full, where) for where in _CLOSEST)
        return list(dict.fromkeys((*chain.from_iterable(first), *found)))

    def _some(self, commitment: Commitment, ids: Sequence[int], where: str) -> list[Member]:
        if not ids:
            return []
        dialect = self._session.get_bind().dialect.name
        asked = {
            "ids": json.dumps(ids) if dialect == "sqlite" else list(ids),
            "home": commitment.evidence.document_id,
            "measure": measure_of(commitment),
            "unit": unit_of(commitment),
            "most": self._options.most,
        }
        rows = self._session.execute(members_query(dialect, where), asked)
        return [Member(*row) for row in rows.all()]


def _first(ranked: list[tuple[float, Member]], most: int) -> list[Member]:
    """The most promising; equals in their order."""
    ranked.sort(key=lambda each: -each[0])
    return [member for _, member in ranked[:most]]


_SAME_UNIT = "AND measure = :measure AND unit = :unit"
_SAME_MEASURE = "AND measure = :measure"
# A number against none is seldom the same.
_NUMBERED = "AND (measure = '') = (CAST(:measure AS TEXT) = '')"
_CLOSEST = (_SAME_UNIT, _SAME_MEASURE, _NUMBERED)


@cache
def members_query(dialect: str, where: str) -> TextClause:
    """Some commitments of every name asked for, each name by itself in the index."""
    some = (
        f"SELECT row_id FROM index_commitments WHERE name_id = asked.id {where} "
        "AND document_id <> :home ORDER BY name_id, measure, unit, row_id LIMIT :most"
    )
    columns = "c.row_id, c.document_id, c.name_id, c.measure"
    if dialect == "sqlite":
        return text(
            f"SELECT {columns} FROM (SELECT value AS id FROM json_each(:ids)) AS asked "
            f"CROSS JOIN index_commitments AS c WHERE c.row_id IN ({some})"
        )
    return text(
        f"SELECT {columns} FROM unnest(CAST(:ids AS INTEGER[])) AS asked(id) "
        f"CROSS JOIN LATERAL ({some}) AS chosen "
        "JOIN index_commitments AS c ON c.row_id = chosen.row_id"
    )


def _storable(name: str) -> str:
    from corpus.store.writing import storable

    return storable(name) or ""

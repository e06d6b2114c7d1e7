"""Documents of one indicator, for its history: by near names, and by shorter ones that were read
in part where the sentence has the whole: 学校 in a sentence on 高水平中职学校."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.compare.fold import letters
from corpus.compare.history import ALIKE
from corpus.model.review import Verdict
from corpus.store.index.names import Kind, NameOptions, Names, key_of, parts
from corpus.store.schema import CommitmentRow
from corpus.store.schema_index import IndexedCommitmentRow, NameRow
from corpus.store.schema_review import DecisionRow

# A history leaves nothing out for being common.
_ALL = NameOptions(postings=200_000, read=20_000, most=20_000)
# Letters that stand for other words in a text: GDP is 地区生产总值 there.
_WRITTEN_OTHERWISE = frozenset("GDPICTA")


def documents(session: Session, indicator: str) -> list[str]:
    """Ids of those that have it, or may have it by what a person put in."""
    wanted = letters(indicator)
    near = Names(session, Kind.SUBJECT, _ALL).near(wanted, at_least=ALIKE - 0.01)
    found = set(_documents(session, [each.id for each in near], None))
    found |= set(_documents(session, _within(session, wanted), _in_order(wanted)))
    put_in = select(DecisionRow.document_id).where(
        DecisionRow.verdict.in_((Verdict.CORRECT.value, Verdict.ADD.value))
    )
    return sorted(found | set(session.scalars(put_in.distinct())))


def _documents(session: Session, ids: Collection[int], pattern: str | None) -> Iterator[str]:
    """Documents with commitments that bear these names, in a sentence like the pattern."""
    rows = IndexedCommitmentRow
    for part in parts(sorted(ids)):
        query = select(rows.document_id).where(rows.name_id.in_(part))
        if pattern is not None:
            texts = select(CommitmentRow.row_id).where(
                CommitmentRow.row_id == rows.row_id, CommitmentRow.json.like(pattern)
            )
            query = query.where(texts.exists())
        yield from session.scalars(query.distinct())


def _within(session: Session, wanted: str) -> list[int]:
    """Names that stand in the one wanted."""
    pieces = {
        wanted[start:end]
        for start in range(len(wanted))
        for end in range(start + 1, len(wanted) + 1)
        if end - start < len(wanted)
    }
    keys = [key_of(piece) for piece in sorted(pieces)]
    query = select(NameRow.id).where(NameRow.kind == Kind.SUBJECT.value)
    return [
        found
        for part in parts(keys)
        for found in session.scalars(query.where(NameRow.key.in_(part)))
    ]


def _in_order(wanted: str) -> str:
    """Any text that has its letters one after the other, whatever stands between them."""
    kept = [letter for letter in wanted if letter not in _WRITTEN_OTHERWISE and letter.isalpha()]
    return "%" + "".join(f"{letter}%" for letter in kept)

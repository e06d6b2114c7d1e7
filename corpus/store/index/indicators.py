"""Commitments of one indicator, for its history: by near names, and by shorter ones that were read
in part where the sentence has the whole: 学校 in a sentence on 高水平中职学校."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.compare.fold import letters
from corpus.compare.history import ALIKE
from corpus.model.commitment import Commitment
from corpus.store import codec
from corpus.store.index.names import Kind, NameOptions, Names, key_of, parts
from corpus.store.schema import CommitmentRow
from corpus.store.schema_index import IndexedCommitmentRow, NameRow

# A history leaves nothing out for being common.
_ALL = NameOptions(postings=200_000, read=20_000, most=20_000)
# Letters that stand for other words in a text: GDP is 地区生产总值 there.
_WRITTEN_OTHERWISE = frozenset("GDPICTA")


def commitments(session: Session, indicator: str) -> list[tuple[str, Commitment]]:
    """With their documents' ids, document by document, in the order of the text."""
    wanted = letters(indicator)
    near = Names(session, Kind.SUBJECT, _ALL).near(wanted, at_least=ALIKE - 0.01)
    found = dict(_rows(session, [each.id for each in near], None))
    found |= dict(_rows(session, _within(session, wanted), _in_order(wanted)))
    query = select(IndexedCommitmentRow.document_id, CommitmentRow.json).join(
        CommitmentRow, CommitmentRow.row_id == IndexedCommitmentRow.row_id
    )
    read: list[tuple[str, Commitment]] = []
    ids = [row_id for row_id, _ in sorted(found.items(), key=lambda item: (item[1], item[0]))]
    for part in parts(ids):
        rows = session.execute(
            query.where(CommitmentRow.row_id.in_(part)).order_by(
                IndexedCommitmentRow.document_id, CommitmentRow.row_id
            )
        )
        read += [(document_id, codec.loads(json, Commitment)) for document_id, json in rows]
    return read


def _rows(session: Session, ids: Collection[int], pattern: str | None) -> Iterator[tuple[int, str]]:
    """Rows that bear these names, with their documents."""
    rows = IndexedCommitmentRow
    for part in parts(sorted(ids)):
        query = select(rows.row_id, rows.document_id).where(rows.name_id.in_(part))
        if pattern is not None:
            texts = select(CommitmentRow.row_id).where(
                CommitmentRow.row_id == rows.row_id, CommitmentRow.json.like(pattern)
            )
            query = query.where(texts.exists())
        yield from ((row_id, document_id) for row_id, document_id in session.execute(query))


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

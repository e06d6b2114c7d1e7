"""Every commitment of a library that alignment takes for the same as one, the slow way: by
comparing with all. What the index finds is held against it.

Two shortcuts, which leave nothing out. Alignment asks for an indicator alike from 0.3 on, and no
two names whose pairs of letters agree by 0.2 or less ever come to that; and between 0.3 and 0.5
for a sentence alike from 0.75 on, which is looked at before the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse
from sqlalchemy import Engine, text

from corpus.compare.align import AlignOptions, passes
from corpus.compare.fold import words
from corpus.compare.similarity import names_alike, similarities, subject
from corpus.model.commitment import Commitment
from corpus.store import codec

_BARELY = 0.2


class Everything:
    """The commitments of all newest extractions, by their names."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.rows: list[int] = []
        self.homes: list[str] = []
        self._tasks: list[str] = []
        self._members: dict[str, list[int]] = defaultdict(list)
        for place, (row_id, commitment) in enumerate(self._read()):
            self.rows.append(row_id)
            self.homes.append(commitment.evidence.document_id)
            self._tasks.append(commitment.task)
            self._members[subject(commitment)].append(place)
        self._names = list(self._members)
        self._pairs: dict[str, int] = {}
        self._sizes = np.array([len(_pairs(name)) for name in self._names])
        self._matrix = self._counted(self._names, grow=True)

    def _read(self) -> Iterator[tuple[int, Commitment]]:
        query = text(
            "SELECT c.row_id, c.json FROM commitments c JOIN extractions e "
            "ON e.id = c.extraction_id WHERE e.superseded IS NULL ORDER BY c.row_id"
        )
        with self._engine.connect().execution_options(yield_per=10_000) as connection:
            for row_id, json in connection.execute(query):
                yield row_id, codec.loads(json, Commitment)

    def _counted(self, names: Sequence[str], *, grow: bool) -> sparse.csr_matrix:
        starts, columns = [0], []
        for name in names:
            for pair in _pairs(name):
                known = self._pairs.setdefault(pair, len(self._pairs)) if grow else (
                    self._pairs.get(pair)
                )  # fmt: skip
                if known is not None:
                    columns.append(known)
            starts.append(len(columns))
        ones = np.ones(len(columns), dtype=np.float32)
        shape = (len(names), max(1, len(self._pairs)))
        return sparse.csr_matrix((ones, columns, starts), shape=shape)

    def commitments(self, places: Sequence[int]) -> list[Commitment]:
        """Read anew, for all of them don't fit into memory."""
        ids = [self.rows[place] for place in places]
        query = "SELECT row_id, json FROM commitments WHERE row_id IN "
        found: dict[int, Commitment] = {}
        with self._engine.connect() as connection:
            for at in range(0, len(ids), 500):
                listed = ",".join(map(str, ids[at : at + 500]))
                for row_id, json in connection.execute(text(f"{query}({listed})")):
                    found[row_id] = codec.loads(json, Commitment)
        return [found[each] for each in ids]

    def accepted(self, commitment: Commitment) -> set[int]:
        """Row ids of all in other documents that are the same as this one."""
        options, name = AlignOptions(), subject(commitment)
        near = self._near(name)
        exact = names_alike([name], [self._names[each] for each in near])[0] if near else ()
        places: list[int] = []
        for each, alike in zip(near, exact, strict=True):
            members = self._members[self._names[each]]
            if alike >= options.indicator:
                places += members
            elif alike >= options.weak_indicator:
                places += [m for m in members if self._same_sentence(commitment, m, options)]
        home = commitment.evidence.document_id
        places = [place for place in places if self.homes[place] != home]
        if not places:
            return set()
        fits = passes(similarities([commitment], self.commitments(places)), options)[0]
        return {self.rows[place] for place, fit in zip(places, fits, strict=True) if fit}

    def _near(self, name: str) -> list[int]:
        """Names that could be alike from 0.3 on."""
        own = self._counted([name], grow=False)
        shared = np.asarray((self._matrix[:, : own.shape[1]] @ own.T).todense()).ravel()
        size = len(_pairs(name))
        dice = 2 * shared / (size + self._sizes)
        within = (shared == np.minimum(size, self._sizes)) & (shared >= 2)
        return [int(each) for each in np.flatnonzero((dice > _BARELY) | within)]

    def _same_sentence(self, commitment: Commitment, place: int, options: AlignOptions) -> bool:
        left, right = _counts(words(commitment.task)), _counts(words(self._tasks[place]))
        shared = len(left & right)
        return 2 * shared >= options.sentence * (len(left) + len(right))


def _pairs(name: str) -> set[tuple[str, int]]:
    return _counts(name)


def _counts(name: str) -> set[tuple[str, int]]:
    """Pairs of letters; one that comes twice is another one the second time, as in alignment."""
    seen: dict[str, int] = defaultdict(int)
    found: set[tuple[str, int]] = set()
    for at in range(max(len(name) - 1, min(len(name), 1))):
        pair = name[at : at + 2]
        found.add((pair, seen[pair]))
        seen[pair] += 1
    return found

"""What became of a ledger when another version of the extractor read the same text anew: rows found
now, rows found no longer, rows read otherwise (目标值 300所左右 → 约300所).

Not a change of a document: both ledgers stand on the same words, so that rows are the same where
their words are, or where they lie on the same place.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.model.commitment import Commitment, Ledger

# Of a row; its confidence is counted apart, since any new weights move all of them a little.
FIELDS = (
    "task",
    "indicator",
    "action",
    "target",
    "deadline",
    "responsible_units",
    "section",
    "doubts",
)


class RereadKind(enum.StrEnum):
    """新抽出, 不再抽出, 读法不同."""

    FOUND = "found"
    LOST = "lost"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not what it was; ``fields`` are those read otherwise."""

    kind: RereadKind
    before: Commitment | None
    after: Commitment | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rereading:
    """One document read anew. ``same_text`` is false where the file had to be parsed anew, too, and
    its text came out otherwise: then not all of it is the extractor's doing."""

    document_id: str
    source: str
    title: str
    version_before: str
    version_after: str
    same_text: bool
    same: int
    confidence_only: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class NotReread:
    """A document that could not be read anew: its ledger is what it was."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reextraction:
    """One run over all documents whose ledger an earlier version made; ``dry`` where nothing was
    kept but this report."""

    started: datetime
    finished: datetime
    version: str
    dry: bool
    documents: int
    rereadings: tuple[Rereading, ...]
    failed: tuple[NotReread, ...] = ()


def differences(before: Ledger, after: Ledger) -> tuple[tuple[Difference, ...], int, int]:
    """All differences in the order of the text, how many rows are the same, and how many of these
    in all but their confidence."""
    pairs = _pairs(before.commitments, after.commitments)
    found = [_otherwise(old, new) for old, new in pairs]
    same = [pair for pair, difference in zip(pairs, found, strict=True) if difference is None]
    olds, news = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    changed = [
        *(each for each in found if each is not None),
        *(Difference(RereadKind.LOST, c, None) for c in before.commitments if id(c) not in olds),
        *(Difference(RereadKind.FOUND, None, c) for c in after.commitments if id(c) not in news),
    ]
    confidence = sum(old.confidence != new.confidence for old, new in same)
    return tuple(sorted(changed, key=_place)), len(same), confidence


def _otherwise(old: Commitment, new: Commitment) -> Difference | None:
    fields = tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))
    return Difference(RereadKind.OTHERWISE, old, new, fields) if fields else None


def _pairs(
    before: Sequence[Commitment], after: Sequence[Commitment]
) -> list[tuple[Commitment, Commitment]]:
    """The same words first, then what lies on the same place, most of it first."""
    by_id = {commitment.id: commitment for commitment in after}
    pairs = [(old, by_id[old.id]) for old in before if old.id in by_id]
    known = {old.id for old, _ in pairs}
    olds = [c for c in before if c.id not in known]
    news = [c for c in after if c.id not in known]
    taken: set[int] = set()
    for _, i, j in sorted(_overlaps(olds, news), key=lambda each: (-each[0], each[1], each[2])):
        if taken.isdisjoint((id(olds[i]), id(news[j]))):
            taken |= {id(olds[i]), id(news[j])}
            pairs.append((olds[i], news[j]))
    return pairs


def _overlaps(
    olds: Sequence[Commitment], news: Sequence[Commitment]
) -> Iterator[tuple[int, int, int]]:
    """Characters in common, by place; both are in the order of the text."""
    for i, old in enumerate(olds):
        for j, new in enumerate(news):
            first, second = old.evidence.span, new.evidence.span
            common = min(first.end, second.end) - max(first.start, second.start)
            if common > 0:
                yield common, i, j


def _place(difference: Difference) -> tuple[int, str]:
    side = difference.after or difference.before
    return (side.evidence.span.start, difference.kind.value) if side else (0, "")

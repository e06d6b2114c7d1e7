"""Up and down (上下级对照): what a lower document makes of each indicator of the superior ones.

省里要求占比不低于45%，市里写不低于40% is weaker. Whole numbers of a province and of a city aren't
to be compared: 70 schools of the province may be 25 of the city's own.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.compare.align import assign
from corpus.compare.changes import changes
from corpus.compare.fold import fold
from corpus.compare.parts import in_annex
from corpus.model.change import ChangedField, Effect, Flag
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document

_SHARES = ("%", "‰", "个百分点", "倍")
# 全国城镇新增就业 and 全省城镇新增就业 are one indicator at two levels.
_WHERE = re.compile(
    r"^(?:全国|全省|全市|全县|全区|全域|我国|我省|我市|本省|本市|[\u4e00-\u9fff]{2,3}(?:省|市|自治区))(?!级|属|直|辖)"
)


class Verdict(enum.StrEnum):
    """What the lower document makes of it."""

    STRICTER = "stricter"
    EQUAL = "equal"
    WEAKER = "weaker"
    MISSING = "missing"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True, slots=True)
class Level:
    """One indicator of a superior document beside what the lower one says; ``flags`` is what
    differs, ``reason`` says in Chinese why it can't be compared."""

    superior: Commitment
    document: Document
    lower: Commitment | None
    verdict: Verdict
    flags: tuple[Flag, ...] = ()
    reason: str | None = None
    similarity: float | None = None

    @property
    def doubtful(self) -> bool:
        """True where one side was not read with certainty."""
        return bool(self.superior.doubts or (self.lower and self.lower.doubts))


@dataclass(frozen=True, slots=True)
class Levels:
    """The whole table; the superior documents in the order given."""

    superiors: tuple[Document, ...]
    lower: Document
    rows: tuple[Level, ...]


def compare_levels(superiors: Sequence[Ledger], lower: Ledger) -> Levels:
    """Every commitment of the superior documents that has a number or a day."""
    rows = tuple(row for superior in superiors for row in _rows(superior, lower))
    return Levels(tuple(each.document for each in superiors), lower.document, rows)


def _rows(superior: Ledger, lower: Ledger) -> Iterator[Level]:
    asked = _once(superior)
    placed = assign([_placeless(c) for c in asked], [_placeless(c) for c in lower.commitments])
    found = {i: (j, similarity) for i, j, similarity in placed}
    for i, commitment in enumerate(asked):
        if i not in found:
            yield Level(commitment, superior.document, None, Verdict.MISSING)
            continue
        j, similarity = found[i]
        yield _level(commitment, lower.commitments[j], superior.document, similarity)


def _once(ledger: Ledger) -> list[Commitment]:
    """What has a number or a day; what the annex only repeats is asked for once."""
    asked = [c for c in ledger.commitments if c.target is not None or c.deadline is not None]
    body = [c for c in asked if not in_annex(c)]
    annex = [c for c in asked if in_annex(c)]
    repeated = {id(annex[j]) for _, j, _ in assign(body, annex)}
    return [c for c in asked if id(c) not in repeated]


def _placeless(commitment: Commitment) -> Commitment:
    """Without the words that only say at which level, so that they don't part the two."""
    name = _WHERE.sub("", fold(commitment.indicator)) if commitment.indicator else None
    return replace(commitment, indicator=name or commitment.indicator)


def _level(superior: Commitment, lower: Commitment, document: Document, similarity: float) -> Level:
    change = changes(_placeless(superior), _placeless(lower), similarity)
    flags = tuple(flag for flag in change.flags if flag.field is not ChangedField.UNITS)
    reason = _incomparable(superior, lower, flags)
    verdict = Verdict.INCOMPARABLE if reason else _verdict(flags)
    return Level(superior, document, lower, verdict, flags, reason, similarity)


def _incomparable(superior: Commitment, lower: Commitment, flags: Sequence[Flag]) -> str | None:
    fields = {flag.field for flag in flags}
    if ChangedField.UNIT in fields or any(flag.aspect == "basis" for flag in flags):
        return "计量单位或口径不同，不能直接比较"
    if ChangedField.VALUE not in fields or superior.target is None or lower.target is None:
        return None
    target = superior.target
    if target.quantity.unit in _SHARES or target.per or lower.target.per:
        return None
    return "两级各自的总量，不能直接比较"


def _verdict(flags: Sequence[Flag]) -> Verdict:
    """One thing asked less makes the whole weaker, whatever else is asked more."""
    effects = {flag.effect for flag in flags}
    if Effect.WEAKER in effects:
        return Verdict.WEAKER
    return Verdict.STRICTER if Effect.STRICTER in effects else Verdict.EQUAL

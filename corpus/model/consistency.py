"""Where a document contradicts itself (前后不一致): its body against its annex, a total against its
parts, a deadline that had passed when it was issued."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from corpus.model.change import Effect, Severity
from corpus.model.document import Evidence


class InconsistencyKind(enum.StrEnum):
    """What doesn't agree with what."""

    BODY_AND_ANNEX = "body_and_annex"  # the same task, another number, bound or time
    WORDING = "wording"  # the same task, other words
    EARLIER_AND_LATER = "earlier_and_later"  # one target, two values
    TOTAL_AND_PARTS = "total_and_parts"
    DEADLINE_PASSED = "deadline_passed"  # before the date of issue
    UNKNOWN_UNIT = "unknown_unit"  # not in the register
    TWO_LEADS = "two_leads"  # two lead units for one task


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """``first`` and ``second`` are what doesn't agree, with what differs of each in ``said``;
    ``about`` names the task; ``doubt`` says in Chinese why it may be none."""

    kind: InconsistencyKind
    severity: Severity
    about: str
    said: tuple[str, str]
    first: Evidence
    second: Evidence | None = None
    field: str | None = None
    effect: Effect = Effect.OTHER
    doubt: str | None = None

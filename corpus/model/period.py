"""Times by which, or during which, something is to be done: 到2025年, “十四五”期间, 每3年."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


class DeadlineKind(enum.StrEnum):
    """到2025年 by; “十四五”期间 during; 3年内 within; 每3年 every."""

    BY = "by"
    DURING = "during"
    WITHIN = "within"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Deadline:
    """完成时限. ``end`` is the last day on which it can be met; ``period`` an ISO 8601 duration
    for ``every`` and ``within``. ``within`` counts from the date of issue, never from today.

    ``inherited`` where the lead sentence of the enclosing section says it, not the paragraph.
    ``doubt`` says in Chinese what was not certain (no date of issue to count from …).
    """

    raw: str
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    period: str | None = None
    inherited: bool = False
    doubt: str | None = None

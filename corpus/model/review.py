"""What people decided about a row of the ledger (审核意见): 采纳 accept, 修改 correct, 驳回 reject.

Decisions are appended, never overwritten; what stands today is computed from them. 70所 corrected
to 80所 keeps both values, who did it, when and why.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from corpus.model.commitment import Commitment
from corpus.model.errors import PolicyError
from corpus.model.organisation import ResponsibleUnit
from corpus.model.period import Deadline
from corpus.model.quantity import Target


class ReviewedField(enum.StrEnum):
    """What a decision is about: the whole row, or one column of it."""

    ROW = "row"
    INDICATOR = "indicator"
    ACTION = "action"
    TARGET = "target"
    DEADLINE = "deadline"
    UNITS = "units"


class Verdict(enum.StrEnum):
    """采纳, 修改, 驳回, 补录, 撤销; for a change 确认 and 不予采信 are accept and reject."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    UNDO = "undo"


class RowState(enum.StrEnum):
    """Where the review of a row stands: 待核, 已采纳, 已修改, 已驳回, 补录."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Values:
    """The columns that can be reviewed; a decision about one of them fills that one only."""

    indicator: str | None = None
    action: str | None = None
    target: Target | None = None
    deadline: Deadline | None = None
    responsible_units: tuple[ResponsibleUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``id`` orders them and is 0 until it is kept; ``number`` counts those about one
    subject, a row or a change, from 1.

    ``seen`` is the row as the extraction had it when the decision was made, so that the decision
    can be replayed over another extraction; ``undoes`` is the id of the one taken back.
    """

    document_id: str
    subject_id: str
    number: int
    field: ReviewedField
    verdict: Verdict
    reviewer: str
    when: datetime
    before: Values = Values()
    after: Values = Values()
    reason: str = ""
    seen: Commitment | None = None
    undoes: int | None = None
    id: int = 0


class OvertakenError(PolicyError):
    """Somebody else decided about the same subject in the meantime; ``latest`` is what they did."""

    def __init__(self, latest: Decision) -> None:
        clock = latest.when.astimezone().strftime("%H:%M")
        super().__init__(
            f"“{latest.reviewer}”已于 {clock} 处理了这一条，您的修改尚未保存；"
            "请看过最新内容后再决定",
            f"'{latest.reviewer}' decided about this at {clock}; yours was not saved: look at "
            "what is there now, then decide",
        )
        self.latest = latest


class RefusedError(PolicyError):
    """A decision that can't be made: a value that can't be read, nothing left to undo."""

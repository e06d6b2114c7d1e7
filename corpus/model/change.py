"""What became of a commitment between a prior document and a new one."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from corpus.model.commitment import Commitment
from corpus.model.document import Document


class ChangeKind(enum.StrEnum):
    """变化类型. ``dropped`` means not found in the new document, never "cancelled"."""

    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"
    CARRIED_OVER = "carried_over"


class ChangedField(enum.StrEnum):
    """Which column of the ledger differs."""

    VALUE = "target.value"
    BOUND = "target.bound"
    UNIT = "target.unit"
    PER = "target.per"
    BASE = "target.base"
    DEADLINE = "deadline"
    UNITS = "responsible_units"
    INDICATOR = "indicator"
    ACTION = "action"


class Direction(enum.StrEnum):
    """Which way a field went."""

    RAISED = "raised"
    LOWERED = "lowered"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    BROUGHT_FORWARD = "brought_forward"
    POSTPONED = "postponed"
    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Flag:
    """One field that differs. ``before`` and ``after`` are short texts; None where there is none."""

    field: ChangedField
    direction: Direction
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Both sides keep their evidence. ``prior`` is None for added, ``new`` for dropped;
    ``flags`` is empty unless the kind is changed; ``prior_document`` is the id of the document
    that ``prior`` stands in."""

    kind: ChangeKind
    flags: tuple[Flag, ...]
    prior: Commitment | None
    new: Commitment | None
    similarity: float | None = None
    prior_document: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Why ``prior_id`` is a prior document of ``document_id`` (文件沿革): ``rule`` is one of
    given, same_number, supersedes, same_title, earlier_plan, cited, alike."""

    document_id: str
    prior_id: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that was compared: the prior documents, the new one, and what changed."""

    priors: tuple[Document, ...]
    new: Document
    changes: tuple[Change, ...]

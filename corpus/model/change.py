"""What became of a commitment between a prior document and a new one."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from corpus.model.commitment import Commitment
from corpus.model.document import Document
from corpus.model.period import Deadline


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


class Aspect(enum.StrEnum):
    """What differs, where the field alone doesn't say it."""

    SCOPE = "scope"  # 每个县 → 有条件的县
    BASIS = "basis"  # 提高5% → 提高到5%
    STRENGTH = "strength"  # 确保 → 力争


class Effect(enum.StrEnum):
    """Whether more or less is asked than before. A lower unemployment rate asks for more."""

    STRICTER = "stricter"
    WEAKER = "weaker"
    OTHER = "other"


class Severity(enum.IntEnum):
    """严重程度: 无, 轻微, 一般, 较大, 重大."""

    NONE = 0
    SLIGHT = 1
    MODERATE = 2
    SERIOUS = 3
    GRAVE = 4


class ChangeForm(enum.StrEnum):
    """``split``: one commitment became several that add up to it (30 → 10 + 10 + 10); ``merged``
    the other way round. Each part is a change of its own beside the same whole."""

    ONE_TO_ONE = "one_to_one"
    SPLIT = "split"
    MERGED = "merged"


class Place(enum.StrEnum):
    """Whether the new document says it elsewhere: never a change by itself."""

    SAME = "same"
    RENUMBERED = "renumbered"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Flag:
    """One field that differs; ``before`` and ``after`` are short texts, None where there is
    none."""

    field: ChangedField
    direction: Direction
    before: str | None
    after: str | None
    aspect: Aspect | None = None
    effect: Effect = Effect.OTHER


@dataclass(frozen=True, slots=True)
class OriginalDeadline:
    """The deadline that the first of several versions set (原定完成时限), and how many versions
    have moved it since."""

    deadline: Deadline
    document_id: str
    slips: int


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
    form: ChangeForm = ChangeForm.ONE_TO_ONE
    # Id of the commitment that was split, or of the one that several were merged into.
    whole: str | None = None
    place: Place = Place.SAME
    severity: Severity = Severity.NONE
    original: OriginalDeadline | None = None

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is not sure on either side: then the change itself isn't."""
        sides = (("原", self.prior), ("新", self.new))
        return tuple(
            f"{side}：{doubt}"
            for side, commitment in sides
            for doubt in (commitment.doubts if commitment else ())
        )

    @property
    def doubtful(self) -> bool:
        """True where one side was not read with certainty."""
        return bool(self.doubts)


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

"""What one extractor says about one place in the text, and why (抽取结果)."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from corpus.model.document import Evidence
from corpus.model.organisation import Role
from corpus.model.period import Deadline
from corpus.model.quantity import Bound, Quantity


class Label(enum.StrEnum):
    """Kinds of finding; the letters are the tags of the annotation guidelines."""

    QUANTITY = "quantity"  # v
    BOUND = "bound"  # q
    INDICATOR = "indicator"  # i
    ACTION = "action"  # a
    PER = "per"  # p
    BASE = "base"  # b
    DEADLINE = "deadline"  # d
    UNIT = "unit"  # u


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit as a rule found it, before its name is resolved in the issuer's jurisdiction."""

    raw: str
    role: Role


FindingValue = Quantity | Bound | Deadline | UnitMention | str


@dataclass(frozen=True, slots=True)
class Finding:
    """``score`` is the extractor's own belief, comparable only within that extractor.

    ``group`` ties together findings that one rule read as one statement (a quantity with its
    bound, indicator and action); findings of different groups are tied by ``assemble``.
    """

    label: Label
    value: FindingValue
    evidence: Evidence
    extractor: str
    rule: str
    score: float
    group: str = ""

"""One thing promised in one document: a row of the ledger (台账)."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model.document import Document, Evidence
from corpus.model.mark import Mark
from corpus.model.organisation import ResponsibleUnit
from corpus.model.period import Deadline
from corpus.model.quantity import Target


@dataclass(frozen=True, slots=True)
class Commitment:
    """任务 | 指标 | 目标值 | 完成时限 | 责任单位, with its place on the page.

    ``task`` is the clause, sentence or table cell that states it; ``section`` the heading path.
    ``rules`` names every rule that had a part in it; ``doubts`` says in Chinese what is not sure;
    ``marks`` says what of it is a person's.
    """

    id: str
    section: tuple[str, ...]
    task: str
    action: str | None
    indicator: str | None
    target: Target | None
    deadline: Deadline | None
    responsible_units: tuple[ResponsibleUnit, ...]
    evidence: Evidence
    confidence: float
    rules: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The commitments of one document, in the order of its text."""

    document: Document
    commitments: tuple[Commitment, ...]

"""What is put together between findings and commitments: a statement is what one rule read as one
thing promised (重点建设|70所左右|中等职业学校), with the time and the units that govern it."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.model.finding import Finding, Label
from corpus.model.geometry import Span
from extractors.nlp.clauses import Clauses
from extractors.nlp.passages import Passage


@dataclass(slots=True)
class Statement:
    """The findings that one rule read as one statement, and what governs them."""

    passage: Passage
    clauses: Clauses
    group: str
    findings: list[Finding]
    deadline: Finding | None = None
    deadline_inherited: bool = False
    units: list[Finding] = field(default_factory=list)
    units_inherited: bool = False

    def first(self, label: Label) -> Finding | None:
        """The first finding of that label."""
        return next((f for f in self.findings if f.label is label), None)

    @property
    def span(self) -> Span:
        """From its first to its last character, governing findings left out."""
        spans = [f.evidence.span for f in self.findings]
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    @property
    def has_quantity(self) -> bool:
        """True for a target, false for a duty."""
        return self.first(Label.QUANTITY) is not None

    @property
    def is_outcome(self) -> bool:
        """True for what is to be reached by a time: a target, or an outcome without a number."""
        return self.has_quantity or any(f.rule == "outcome" for f in self.findings)

"""Which findings became part of a commitment: of the times in a sentence (2021年印发的…，到2025年
建成20所) only 到2025年 did, and only that is what an extraction says."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model.commitment import Commitment
from corpus.model.finding import Finding, Label, UnitMention


def stated(findings: Sequence[Finding], commitments: Sequence[Commitment]) -> list[Finding]:
    """Those that stand within a commitment and whose value it holds, not inherited."""
    return [finding for finding in findings if any(_holds(c, finding) for c in commitments)]


def _holds(commitment: Commitment, finding: Finding) -> bool:
    if finding.evidence.span not in commitment.evidence.span:
        return False
    value = finding.value
    if finding.label is Label.DEADLINE:
        due = commitment.deadline
        return due is not None and not due.inherited and due == value
    if isinstance(value, UnitMention):
        units = commitment.responsible_units
        return any(u.raw == value.raw and not u.inherited for u in units)
    return True

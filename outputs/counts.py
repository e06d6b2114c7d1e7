"""How many of what, in sums that come out: 原文件列入对照 20 项 = 变更 5 + 不再提及 3 + 延续 12.

Of a prior document that is only cited, what has no counterpart is not compared, so the sum may be
less than its ledger holds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.model.change import ChangeForm, ChangeKind, Comparison
from corpus.model.commitment import Ledger
from outputs import labels
from outputs.labels import Label


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """What a ledger holds; a commitment may count under several but ``commitments``."""

    commitments: int
    targets: int
    deadlines: int
    units: int
    doubtful: int

    @classmethod
    def of(cls, ledger: Ledger) -> LedgerCounts:
        """Count one ledger."""
        rows = ledger.commitments
        return cls(
            commitments=len(rows),
            targets=sum(row.target is not None for row in rows),
            deadlines=sum(row.deadline is not None for row in rows),
            units=sum(bool(row.responsible_units) for row in rows),
            doubtful=sum(bool(row.doubts) for row in rows),
        )

    @property
    def zh(self) -> str:
        """In one line."""
        return (
            f"共 {self.commitments} 项任务，其中有目标值 {self.targets} 项、"
            f"有完成时限 {self.deadlines} 项、有责任单位 {self.units} 项；存疑 {self.doubtful} 项"
        )


@dataclass(frozen=True, slots=True)
class ComparisonCounts:
    """Changes by kind, which add up, and by label, which overlap. ``split`` is how often a prior
    commitment is counted once more because it became several, ``merged`` the same of new ones."""

    changed: int
    added: int
    dropped: int
    carried_over: int
    by_label: tuple[tuple[Label, int], ...]
    split: int = 0
    merged: int = 0

    @classmethod
    def of(cls, comparison: Comparison) -> ComparisonCounts:
        """Count one comparison."""
        kinds = Counter(change.kind for change in comparison.changes)
        found = Counter(label for c in comparison.changes for label in labels.labels(c))
        return cls(
            changed=kinds[ChangeKind.CHANGED],
            added=kinds[ChangeKind.ADDED],
            dropped=kinds[ChangeKind.DROPPED],
            carried_over=kinds[ChangeKind.CARRIED_OVER],
            by_label=tuple((label, found[label]) for label in Label if found[label]),
            split=_repeated(comparison, ChangeForm.SPLIT),
            merged=_repeated(comparison, ChangeForm.MERGED),
        )

    @property
    def prior(self) -> int:
        """Commitments of the prior documents that were compared."""
        return self.changed + self.dropped + self.carried_over - self.split

    @property
    def new(self) -> int:
        """Commitments of the new document that were compared."""
        return self.changed + self.added + self.carried_over - self.merged

    @property
    def total(self) -> int:
        """All changes, carried over ones included."""
        return self.changed + self.added + self.dropped + self.carried_over

    @property
    def sums(self) -> tuple[str, str]:
        """The prior side and the new side, each as a sum."""
        return (
            f"原文件列入对照 {self.prior} 项 = 变更 {self.changed} + 不再提及 {self.dropped} "
            f"+ 延续 {self.carried_over}{_less('拆分', self.split)}",
            f"新文件 {self.new} 项 = 变更 {self.changed} + 新增 {self.added} "
            f"+ 延续 {self.carried_over}{_less('合并', self.merged)}",
        )

    @property
    def zh(self) -> str:
        """In one line."""
        return "；".join(self.sums)


def _repeated(comparison: Comparison, form: ChangeForm) -> int:
    parts = [change.whole for change in comparison.changes if change.form is form]
    return len(parts) - len(set(parts))


def _less(word: str, times: int) -> str:
    return f" - {word}重复计 {times}" if times else ""

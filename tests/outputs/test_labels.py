"""Words for changes, and the order they are told in."""

from __future__ import annotations

import pytest

from corpus.model.change import Change, ChangedField, ChangeKind, Comparison, Direction, Flag
from outputs.counts import ComparisonCounts, LedgerCounts
from outputs.labels import by_weight, labels


@pytest.mark.parametrize("field", list(ChangedField))
@pytest.mark.parametrize("direction", list(Direction))
def test_every_flag_has_a_word(field: ChangedField, direction: Direction) -> None:
    change = Change(ChangeKind.CHANGED, (Flag(field, direction, "a", "b"),), None, None)
    (label,) = labels(change)
    assert label.zh


def test_what_asks_less_comes_first_and_carried_over_last(comparison: Comparison) -> None:
    first = [labels(change)[0].zh for change in by_weight(comparison.changes)]
    assert first == ["降低", "放宽", "不再提及", "提高", "新增", "延续", "延续"]


def test_a_change_has_all_its_words_weightiest_first(comparison: Comparison) -> None:
    assert [label.zh for label in labels(comparison.changes[1])] == ["降低", "推迟", "责任调整"]


def test_counts_come_out(comparison: Comparison, ledger) -> None:
    counts = ComparisonCounts.of(comparison)
    assert counts.prior == sum(change.prior is not None for change in comparison.changes)
    assert counts.new == sum(change.new is not None for change in comparison.changes)
    assert counts.total == len(comparison.changes)
    assert counts.sums[0] == "原文件列入对照 6 项 = 变更 3 + 不再提及 1 + 延续 2"
    assert LedgerCounts.of(ledger).zh == (
        "共 6 项任务，其中有目标值 5 项、有完成时限 5 项、有责任单位 3 项；存疑 1 项"
    )

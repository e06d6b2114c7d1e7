"""Decisions replayed over an extraction: none is lost, and where the ground moved it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from corpus.model.change import Change, ChangedField, ChangeKind, Direction, Flag, Severity
from corpus.model.commitment import Commitment
from corpus.model.document import Evidence
from corpus.model.geometry import Span
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound, Quantity, Target
from corpus.model.review import Decision, ReviewedField, RowState, Values, Verdict
from corpus.review import (
    ConflictKind,
    doubt,
    nearness,
    only,
    present,
    replay,
    size,
    standing,
    values_of,
)

Decide = Callable[..., Decision]
_FIELD = ReviewedField


def _target(amount: int) -> Target:
    return Target(f"{amount}所", Quantity(Decimal(amount), Decimal(amount), "所"), Bound.EXACTLY)


def _row(number: int = 1, amount: int = 70, **fields: object) -> Commitment:
    quote = f"到2025年建成第{number}类学校{amount}所（省教育厅牵头）"
    given: dict[str, object] = {
        "id": f"c-{number}",
        "section": (),
        "task": quote,
        "action": "建成",
        "indicator": f"第{number}类学校",
        "target": _target(amount),
        "deadline": Deadline("到2025年", DeadlineKind.BY, None, date(2025, 12, 31)),
        "responsible_units": (ResponsibleUnit("省教育厅", "云岭省教育厅", Role.LEAD),),
        "evidence": Evidence("d-1", Span(number * 100, number * 100 + len(quote)), quote),
        "confidence": 0.9,
    }
    return Commitment(**(given | fields))  # type: ignore[arg-type]


@pytest.fixture
def decide() -> Decide:
    """Decisions numbered in the order in which they are made."""
    made: list[Decision] = []

    def make(
        row: Commitment, verdict: Verdict, field: _FIELD = _FIELD.ROW, **more: object
    ) -> Decision:
        before = only(values_of(row), field)
        after = Values() if verdict is Verdict.REJECT else more.pop("after", before)
        decision = Decision(
            "d-1",
            row.id,
            len(made) + 1,
            field,
            verdict,
            "张敏",
            datetime(2025, 1, 1, tzinfo=UTC),
            before,
            after,  # type: ignore[arg-type]
            seen=row,
            id=len(made) + 1,
            **more,  # type: ignore[arg-type]
        )
        made.append(decision)
        return decision

    return make


def test_rows_nobody_decided_about_are_open() -> None:
    (row,) = replay([_row()], []).rows
    assert (row.state, row.commitment, row.conflicts) == (RowState.OPEN, _row(), ())


def test_row_is_accepted_when_every_column_is(decide: Decide) -> None:
    row = _row()
    fields = present(row)
    made = [decide(row, Verdict.ACCEPT, field) for field in fields]
    assert replay([row], made[:-1]).rows[0].state is RowState.OPEN
    assert replay([row], made).rows[0].state is RowState.ACCEPTED
    assert replay([row], [decide(row, Verdict.ACCEPT)]).rows[0].state is RowState.ACCEPTED


def test_correction_stands_in_the_ledger_and_keeps_what_was_extracted(decide: Decide) -> None:
    row = _row()
    made = decide(row, Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(80)))
    (found,) = replay([row], [made]).rows
    assert found.commitment.target == _target(80)
    assert found.machine == row
    assert found.fields[_FIELD.TARGET] is RowState.CORRECTED
    assert found.state is RowState.OPEN


def test_rejected_column_is_empty_and_rejected_row_leaves_the_ledger(decide: Decide) -> None:
    row = _row()
    found = replay([row], [decide(row, Verdict.REJECT, _FIELD.UNITS)])
    assert found.rows[0].commitment.responsible_units == ()
    gone = replay([row, _row(2)], [decide(row, Verdict.REJECT)])
    assert gone.rows[0].state is RowState.REJECTED
    assert [each.id for each in gone.commitments] == ["c-2"]


def test_what_is_undone_stands_no_more_but_stays_in_the_history(decide: Decide) -> None:
    row = _row()
    corrected = decide(row, Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(80)))
    undone = decide(row, Verdict.UNDO, _FIELD.TARGET, undoes=corrected.id)
    (found,) = replay([row], [corrected, undone]).rows
    assert found.commitment == row
    assert found.decisions == (corrected, undone)
    assert standing([corrected, undone]) == ()


def test_later_decision_takes_the_place_of_an_earlier_one(decide: Decide) -> None:
    row = _row()
    first = decide(row, Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(80)))
    second = decide(row, Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(90)))
    assert replay([row], [second, first]).rows[0].commitment.target == _target(90)


def test_added_row_stands_in_the_order_of_the_text(decide: Decide) -> None:
    added = _row(2, id="a-2")
    made = decide(added, Verdict.ADD)
    found = replay([_row(1), _row(3)], [made])
    assert [row.commitment.id for row in found.rows] == ["c-1", "a-2", "c-3"]
    assert found.rows[1].state is RowState.ADDED
    assert found.rows[1].machine is None
    corrected = decide(added, Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(5)))
    assert replay([], [made, corrected]).rows[0].commitment.target == _target(5)


# Over a new extraction


def test_correction_that_the_new_extraction_reads_itself_is_no_conflict(decide: Decide) -> None:
    made = decide(_row(), Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(80)))
    (found,) = replay([_row(target=_target(80))], [made]).rows
    assert (found.commitment.target, found.conflicts) == (_target(80), ())


def test_correction_stays_where_the_extraction_reads_a_third_value(decide: Decide) -> None:
    made = decide(_row(), Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(80)))
    (found,) = replay([_row(target=_target(75))], [made]).rows
    assert found.commitment.target == _target(80)
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.field) == (ConflictKind.MOVED, _FIELD.TARGET)
    assert conflict.found == Values(target=_target(75))


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT])
def test_value_that_nobody_saw_is_open_again(decide: Decide, verdict: Verdict) -> None:
    made = decide(_row(), verdict, _FIELD.TARGET)
    (found,) = replay([_row(target=_target(75))], [made]).rows
    assert found.commitment.target == _target(75)
    assert found.fields[_FIELD.TARGET] is RowState.OPEN
    assert len(found.conflicts) == 1


def test_accepted_row_whose_value_moved_is_open_with_that_column_only(decide: Decide) -> None:
    made = decide(_row(), Verdict.ACCEPT)
    (found,) = replay([_row(target=_target(75))], [made]).rows
    assert found.state is RowState.OPEN
    assert [conflict.field for conflict in found.conflicts] == [_FIELD.TARGET]


def test_new_decision_settles_the_conflict(decide: Decide) -> None:
    now = _row(target=_target(75))
    made = [decide(_row(), Verdict.ACCEPT), decide(now, Verdict.ACCEPT, _FIELD.TARGET)]
    (found,) = replay([now], made).rows
    assert (found.state, found.conflicts) == (RowState.ACCEPTED, ())


def test_decision_follows_its_words_to_a_row_of_another_id(decide: Decide) -> None:
    row = _row()
    made = decide(row, Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(80)))
    longer = replace(row.evidence, quote=f"其中，{row.evidence.quote}。")
    found = replay([_row(2), replace(row, id="c-new", evidence=longer)], [made])
    assert found.lost == ()
    assert [r.commitment.target for r in found.rows] == [_target(80), _target(70)]


def test_decision_whose_row_is_gone_is_listed(decide: Decide) -> None:
    made = decide(_row(), Verdict.REJECT)
    found = replay([_row(2)], [made])
    assert [(c.kind, c.decision) for c in found.lost] == [(ConflictKind.LOST, made)]


def test_two_rows_equally_alike_are_not_guessed_between(decide: Decide) -> None:
    row = _row()
    made = decide(row, Verdict.ACCEPT)
    found = replay([replace(row, id="c-a"), replace(row, id="c-b")], [made])
    assert len(found.lost) == 1


def test_none_of_200_corrections_is_lost_over_a_new_extraction(decide: Decide) -> None:
    rows = [_row(number) for number in range(1, 221)]
    made = [
        decide(row, Verdict.CORRECT, _FIELD.TARGET, after=Values(target=_target(1000 + i)))
        for i, row in enumerate(rows[:200])
    ]
    # 40 rows get another id, 20 another value, 10 are gone; the rest stay as they were.
    again = [replace(row, id=f"n-{row.id}") if i < 40 else row for i, row in enumerate(rows)]
    again = [replace(r, target=_target(3)) if 40 <= i < 60 else r for i, r in enumerate(again)]
    again = [row for i, row in enumerate(again) if not 60 <= i < 70]
    found = replay(again, made)
    amounts = [row.commitment.target.quantity.low for row in found.rows if row.commitment.target]
    kept = {int(amount) - 1000 for amount in amounts if amount >= 1000}
    assert kept == set(range(200)) - set(range(60, 70))
    assert sum(len(row.conflicts) for row in found.rows) == 20
    assert {c.decision.subject_id for c in found.lost} == {f"c-{n}" for n in range(61, 71)}


# What comes first in the queue


def test_doubt_grows_with_want_of_confidence_and_written_doubts() -> None:
    sure, unsure = _row(confidence=1.0), _row(confidence=0.6)
    doubted = _row(confidence=0.6, doubts=("单位未登记",))
    assert doubt(sure) < doubt(unsure) < doubt(doubted)


def test_size_is_that_of_the_change() -> None:
    lowered = Flag(ChangedField.VALUE, Direction.LOWERED, "70", "60")
    raised = Flag(ChangedField.VALUE, Direction.RAISED, "70", "80")
    kinds = [
        None,
        Change(ChangeKind.CARRIED_OVER, (), _row(), _row()),
        Change(ChangeKind.ADDED, (), None, _row()),
        Change(ChangeKind.CHANGED, (raised,), _row(), _row()),
        Change(ChangeKind.CHANGED, (lowered,), _row(), _row()),
        Change(ChangeKind.CHANGED, (lowered,), _row(), _row(), severity=Severity.SLIGHT),
    ]
    assert [size(change) for change in kinds] == [1, 1, 2, 3, 4, 1]


@pytest.mark.parametrize(
    ("due", "weight"),
    [
        (None, 1),
        (date(2025, 6, 20), 4),
        (date(2025, 5, 20), 4),
        (date(2025, 9, 1), 3),
        (date(2026, 5, 1), 2),
        (date(2030, 1, 1), 1),
    ],
)
def test_nearness_counts_days_on_either_side(due: date | None, weight: int) -> None:
    assert nearness(due, date(2025, 6, 1)) == weight

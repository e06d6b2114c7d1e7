"""A total that becomes parts, and parts that become a total; numbers that agree are not enough."""

import pytest

from corpus.compare import compare
from corpus.model.change import ChangeForm, ChangeKind
from tests.corpus.compare.ledgers import by, commitment, document, ledger, target


def row(indicator, n, *, unit="个", task=None, **more):
    task = task or f"建设{n}{unit}{indicator}"
    return commitment(task, indicator, goal=target(f"{n}{unit}", n, unit), **more)


WHOLE = row("养老服务示范基地", 30)
PARTS = [row(f"{level}养老服务示范基地", 10) for level in ("省级", "市级", "县级")]


def became(before, after):
    old = ledger(before, of=document("old"))
    new = ledger(after, of=document("new"))
    return compare([old], new).changes


def told(changes):
    return {
        (c.form.value, c.kind.value, c.prior and c.prior.task, c.new and c.new.task)
        for c in changes
    }


def test_a_total_that_becomes_three_parts_is_split_and_carried_over():
    assert told(became([WHOLE], PARTS)) == {
        ("split", "carried_over", WHOLE.task, part.task) for part in PARTS
    }


def test_three_parts_that_become_a_total_are_merged_and_none_is_dropped():
    found = became(PARTS, [WHOLE])
    assert told(found) == {("merged", "carried_over", part.task, WHOLE.task) for part in PARTS}
    assert all(change.whole == WHOLE.id for change in found)


def test_a_part_that_is_put_off_is_changed():
    late = [*PARTS[:2], row("县级养老服务示范基地", 10, deadline=by(2027))]
    whole = row("养老服务示范基地", 30, deadline=by(2025))
    found = became([whole], [row(p.indicator, 10, deadline=by(2025)) for p in PARTS[:2]] + late[2:])
    kinds = [(c.form, c.kind) for c in found]
    assert kinds.count((ChangeForm.SPLIT, ChangeKind.CARRIED_OVER)) == 2
    (changed,) = [c for c in found if c.kind is ChangeKind.CHANGED]
    assert [flag.field for flag in changed.flags] == ["deadline"]


@pytest.mark.parametrize(
    "after",
    [
        [*PARTS[:2], row("县级养老服务示范基地", 9)],  # they don't add up
        [row(name, 10) for name in ("社区食堂", "老年大学", "健身步道")],  # something else
        [row("养老服务示范基地占比", n, unit="%") for n in (10, 20)],  # shares don't add up
        [row("养老服务示范基地", 30), *PARTS],  # the total is still there
    ],
)
def test_what_is_no_split(after):
    assert all(change.form is ChangeForm.ONE_TO_ONE for change in became([WHOLE], after))

"""Over several versions the deadline that was first set stays in sight."""

from dataclasses import replace
from itertools import pairwise

from corpus.compare import compare
from corpus.compare.slips import with_originals
from tests.corpus.compare.ledgers import by, commitment, document, ledger

ROW = commitment("建成养老服务信息平台", "养老服务信息平台", action="建成")


def version(name, year, **more):
    deadline = by(year) if year else None
    return ledger([replace(ROW, id=name, deadline=deadline, **more)], of=document(name))


def last(*versions):
    steps = [compare([old], new) for old, new in pairwise(versions)]
    return with_originals(steps[-1], steps[:-1]).changes[0]


def test_a_deadline_moved_twice_shows_the_first():
    change = last(version("a", 2022), version("b", 2023), version("c", 2025))
    assert change.original is not None
    assert change.original.deadline.raw == "到2022年"
    assert (change.original.document_id, change.original.slips) == ("a", 2)
    assert [flag.direction for flag in change.flags] == ["postponed"]


def test_it_stays_in_sight_though_the_last_version_left_it_alone_or_dropped_it():
    kept = last(version("a", 2022), version("b", 2023), version("c", 2023))
    assert kept.original is not None
    assert kept.original.slips == 1
    gone = last(version("a", 2022), version("b", 2023), ledger([], of=document("c")))
    assert gone.original is not None


def test_the_deadline_right_before_needs_no_other_mention():
    assert last(version("a", 2022), version("b", 2023)).original is None
    assert last(version("a", 2022), version("b", 2022), version("c", 2024)).original is not None
    assert last(version("a", None), version("b", 2022), version("c", 2024)).original is None

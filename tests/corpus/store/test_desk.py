"""The desk over many rows: order of the queue, counters, search, and what is looked at again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Page, Provenance
from corpus.model.geometry import Span
from corpus.model.official import OfficialHeader
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.review import RowState
from corpus.review import nearness
from corpus.store import desk_counts, writing
from corpus.store.desk import Desk
from corpus.store.desk_records import DocumentFilter, Entry, Renewed, RowFilter
from corpus.store.engine import connect
from corpus.store.records import Result, Stage, StageRecord, StoredFile
from corpus.store.store import Store

TODAY = date(2026, 6, 1)
_UNITS = ("云岭省财政厅", "云岭省民政厅", "青川市教育局")
_TASKS = ("建成养老服务中心", "新增托育机构", "改造老旧小区", "完成A类认证12项")


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    engine = connect(database)
    yield Desk(engine)
    engine.dispose()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(connect(database)) as made:
        yield made


def _document(name: str) -> Document:
    sha256 = f"{name:0>64}"
    return Document(
        f"d-{name}",
        f"{name}号文件全文",
        Provenance(f"{name}.txt", sha256, "text/plain"),
        (Page(1),),
        official=OfficialHeader(title=f"第{name}号规划", date_of_issue=date(2025, 1, 1)),
    )


def _stage(document: Document, stage: Stage) -> StageRecord:
    now = writing.now()
    return StageRecord(document.provenance.sha256, stage, "1", Result.DONE, now, now)


def _kept(store: Store, name: str) -> Document:
    document = _document(name)
    store.save_file(StoredFile(document.provenance.sha256, f"{name}.txt", 1))
    store.save_document(document, _stage(document, Stage.PARSE))
    store.save_ledger(Ledger(document, ()), _stage(document, Stage.EXTRACT))
    return document


def _entry(document: Document, number: int, chance: random.Random) -> Entry:
    due = TODAY + timedelta(days=chance.randrange(-900, 900)) if chance.random() < 0.8 else None
    units = tuple(chance.sample(_UNITS, chance.randrange(3)))
    task = chance.choice(_TASKS)
    commitment = Commitment(
        f"c-{document.id}-{number}",
        (),
        task,
        None,
        None,
        None,
        Deadline("某日", DeadlineKind.BY, end=due) if due else None,
        tuple(ResponsibleUnit(name, name, Role.RESPONSIBLE) for name in units),
        document.cite(Span(0, 1)),
        0.5,
    )
    return Entry(
        document.id,
        commitment,
        number,
        chance.choice((RowState.OPEN, RowState.OPEN, *RowState)),
        chance.random() < 0.1,
        chance.choice((0.05, 0.1, 0.3, 0.55)),
        chance.choice((1, 2, 4)),
        "\n".join(units),
        f"{task.lower()}{''.join(units)}",
    )


def _put(desk: Desk, document_id: str, entries: list[Entry], text: str) -> None:
    desk.renew([Renewed(document_id, "1/1/0/0", tuple(entries), 0, (), text)])


def _filled(desk: Desk, store: Store, seed: int = 1) -> list[Entry]:
    """Three documents of forty rows."""
    chance, every = random.Random(seed), []
    for name in ("一", "二", "三"):
        document = _kept(store, name)
        entries = [_entry(document, number, chance) for number in range(40)]
        _put(desk, document.id, entries, f"{name}号规划全文")
        every += entries
    return every


def _urgency(entry: Entry) -> tuple[bool, float, str, int]:
    deadline = entry.commitment.deadline
    near = nearness(deadline.end if deadline else None, TODAY)
    return not entry.conflict, -entry.doubt * entry.size * near, entry.document_id, entry.position


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_queue_is_in_the_order_of_urgency(desk: Desk, store: Store, seed: int) -> None:
    every = _filled(desk, store, seed)
    waiting = sorted((e for e in every if e.state is RowState.OPEN), key=_urgency)
    expected = [each.commitment.id for each in waiting]
    assert len(expected) > 30
    assert [e.commitment.id for e in desk.queue(TODAY, limit=500)] == expected
    assert [e.commitment.id for e in desk.queue(TODAY, limit=7)] == expected[:7]
    walked, at = [], ""
    while (found := desk.queue_after(at, TODAY)) is not None:
        walked.append(at := found[1])
    assert walked == expected


def test_queue_goes_on_behind_a_row_that_was_decided_just_now(desk: Desk, store: Store) -> None:
    every = _filled(desk, store)
    queue = [e.commitment.id for e in desk.queue(TODAY, limit=500)]
    decided = next(e for e in every if e.commitment.id == queue[2])
    entries = [
        replace(e, state=RowState.ACCEPTED) if e is decided else e
        for e in every
        if e.document_id == decided.document_id
    ]
    desk.renew([Renewed(decided.document_id, "1/1/0/1", tuple(entries))])
    found = desk.queue_after(queue[2], TODAY)
    assert found is not None
    assert found[1] == queue[3]


def _counters(desk: Desk) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    with desk._sessions() as session:
        kept = _all_kept(session)
        return kept, dict(desk_counts.recounted(session))


def _all_kept(session: Session) -> dict[tuple[str, str], int]:
    kinds = (desk_counts.DUE, desk_counts.UNIT, desk_counts.CONFLICT, desk_counts.CHANGE)
    return {
        (kind, name): number
        for kind in kinds
        for name, number in desk_counts.kept(session, kind).items()
    }


def test_counters_are_what_counting_anew_gives(desk: Desk, store: Store) -> None:
    every = _filled(desk, store)
    kept, recounted = _counters(desk)
    assert kept == recounted
    assert sum(n for (kind, _), n in kept.items() if kind == desk_counts.DUE) == len(every)


def test_counters_follow_rows_that_come_go_and_change(desk: Desk, store: Store) -> None:
    every = _filled(desk, store)
    chance = random.Random(9)
    for document_id in sorted({e.document_id for e in every}):
        mine = [e for e in every if e.document_id == document_id]
        moved = [
            replace(e, state=chance.choice(tuple(RowState)), conflict=chance.random() < 0.3)
            for e in mine[5:]
        ]
        new = [_entry(_document(document_id[-1]), number, chance) for number in range(40, 50)]
        _put(desk, document_id, [*moved, *new], "另文")
        kept, recounted = _counters(desk)
        assert kept == recounted
        assert min(kept.values()) > 0


def test_counted_filters_are_what_the_rows_say(desk: Desk, store: Store) -> None:
    every = _filled(desk, store)
    days = (TODAY, TODAY + timedelta(days=31))
    for wanted in (
        RowFilter(),
        RowFilter(state="standing"),
        RowFilter(state="open", due_before=TODAY),
        RowFilter(state="accepted", due="undated"),
        RowFilter(state="standing", due="dated", due_from=TODAY),
    ):
        found = desk.entries(wanted, size=500, order="due")
        assert found.total == len(found.items)
        assert sum(desk.due_counts(wanted, days)) == found.total
    dated = desk.entries(RowFilter(), size=500, order="due").items
    ends = [e.commitment.deadline.end if e.commitment.deadline else None for e in dated]
    assert ends == sorted(ends, key=lambda end: (end is None, end or TODAY))
    assert desk.states() == {s: sum(e.state is s for e in every) for s in RowState}


def test_every_day_has_its_first_rows_and_how_many_there_are(desk: Desk, store: Store) -> None:
    _filled(desk, store)
    assert any(number > 1 for number, _ in desk.by_day(RowFilter(), most=1).values())
    for wanted in (RowFilter(), RowFilter(state="open", unit="财政", due_from=TODAY)):
        expected: dict[date, list[str]] = {}
        for entry in desk.entries(wanted, size=500, order="due").items:
            deadline = entry.commitment.deadline
            if deadline and deadline.end:
                expected.setdefault(deadline.end, []).append(entry.commitment.id)
        found = desk.by_day(wanted, most=1)
        assert list(found) == list(expected)
        for day, (number, entries) in found.items():
            assert number == len(expected[day])
            assert [entry.commitment.id for entry in entries] == expected[day][:1]


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("养老服务", ""),
        ("养", ""),
        ("老服 中心", ""),
        ("小区", "财政"),
        ("", "民政厅"),
        ("", "厅"),
        ("a类认证12", ""),
        ("2", ""),
        ("务", "局"),
        ("养务", ""),
        ("财政厅云岭", ""),
        ("%", ""),
        ('" OR *', ""),
    ],
)
def test_search_finds_every_row_that_holds_the_words(
    desk: Desk, store: Store, said: str, unit: str
) -> None:
    every = _filled(desk, store)
    expected = {
        e.commitment.id
        for e in every
        if all(word in e.text for word in said.lower().split()) and unit in e.units
    }
    found = desk.entries(RowFilter(said.lower(), unit), size=500)
    assert {e.commitment.id for e in found.items} == expected
    assert found.total == len(expected)
    assert sum(desk.due_counts(RowFilter(said.lower(), unit), (TODAY,))) == len(expected)


def test_search_follows_a_row_that_was_corrected(desk: Desk, store: Store) -> None:
    document = _kept(store, "一")
    entry = _entry(document, 1, random.Random(1))
    for text in ("建成养老服务中心", "建成养老院", "建成托育园"):
        _put(desk, document.id, [replace(entry, text=text)], text)
        assert desk.entries(RowFilter(text)).total == 1
        assert desk.papers(DocumentFilter(text)).total == 1
    for gone in ("养老服务", "养老院", "服务"):
        assert desk.entries(RowFilter(gone)).total == 0
        assert desk.papers(DocumentFilter(gone)).total == 0
    _put(desk, document.id, [], "")
    assert desk.entries(RowFilter("建成")).total == 0


def test_only_what_something_happened_to_is_looked_at_again(desk: Desk, store: Store) -> None:
    first = _kept(store, "一")
    stale, seen = desk.stale()
    assert set(stale) == {first.id}
    assert desk.stale(seen) == ({}, seen)
    second = _kept(store, "二")
    stale, later = desk.stale(seen)
    assert set(stale) == {second.id}
    assert desk.stale(later) == ({}, later)
    store.save_comparisons(first.id, (), _stage(first, Stage.COMPARE))
    assert set(desk.stale(later)[0]) == {first.id}
    assert set(desk.stale()[0]) == {first.id, second.id}

"""Decisions are appended, and of two reviewers only one gets the next number."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from corpus.model.document import Document, Provenance
from corpus.model.review import Decision, OvertakenError, ReviewedField, Values, Verdict
from corpus.store import Store
from corpus.store.decisions import Decisions
from corpus.store.engine import connect
from corpus.store.records import Result, Stage, StageRecord, StoredFile

Make = Callable[..., Decision]


@pytest.fixture
def decisions(database: str) -> Decisions:
    engine = connect(database)
    store = Store(engine)
    now = datetime.now(UTC)
    store.save_file(StoredFile("f" * 64, "a.txt", 1))
    document = Document("d-1", "到2025年", Provenance("a.txt", "f" * 64, "text/plain"), ())
    store.save_document(document, StageRecord("f" * 64, Stage.PARSE, "1", Result.DONE, now, now))
    return Decisions(engine)


def _decision(number: int, who: str = "张敏", subject: str = "c-1") -> Decision:
    return Decision(
        "d-1",
        subject,
        number,
        ReviewedField.INDICATOR,
        Verdict.CORRECT,
        who,
        datetime(2025, 6, 1, 9, 30, tzinfo=UTC),
        Values(indicator="床位"),
        Values(indicator="养老床位"),
        "照原文",
    )


def test_decisions_come_back_as_they_went_in_oldest_first(decisions: Decisions) -> None:
    kept = [decisions.append(_decision(1)), decisions.append(_decision(2, "李伟"))]
    assert decisions.of_document("d-1") == kept
    assert decisions.of_subject("d-1", "c-1") == kept
    assert decisions.of_subject("d-1", "c-2") == []
    assert [each.id for each in kept] == sorted(each.id for each in kept)
    assert [each.reviewer for each in decisions.latest(1)] == ["李伟"]
    assert decisions.count_by_reviewer() == [("张敏", 1), ("李伟", 1)]


def test_second_reviewer_is_told_who_was_first_and_nothing_is_overwritten(
    decisions: Decisions,
) -> None:
    first = decisions.append(_decision(1))
    with pytest.raises(OvertakenError) as told:
        decisions.append(_decision(1, "李伟"))
    assert told.value.latest == first
    assert "张敏" in told.value.zh
    assert decisions.of_document("d-1") == [first]


def test_number_from_the_future_is_refused(decisions: Decisions) -> None:
    decisions.append(_decision(1))
    with pytest.raises(OvertakenError):
        decisions.append(_decision(3))


def test_other_subjects_do_not_stand_in_the_way(decisions: Decisions) -> None:
    decisions.append(_decision(1))
    assert decisions.append(_decision(1, subject="c-2")).number == 1


def test_of_many_at_once_exactly_one_gets_the_number(decisions: Decisions) -> None:
    ready = threading.Barrier(8)
    results: list[str] = []

    def work(who: str) -> None:
        ready.wait()
        try:
            results.append(decisions.append(_decision(1, who)).reviewer)
        except OvertakenError as error:
            results.append(f"!{error.latest.reviewer}")

    threads = [threading.Thread(target=work, args=(f"r{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [each for each in results if not each.startswith("!")]
    assert sorted(results) == sorted([winner] + [f"!{winner}"] * 7)

"""Pages in processes of their own: in order, and a crash or a hang costs the page alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.parse.limits import Limits
from corpus.parse.workers import Job, Lost, processors, run

ONE = Limits(workers=1, page_seconds=1.0)
TWO = Limits(workers=2, page_seconds=30.0)
HERE = "tests.corpus.parse.worker_jobs"


def acted(*what: str, limits: Limits = ONE) -> list[object]:
    return list(run(Job(f"{HERE}:act", limits=limits), ((each,) for each in what)))


def kinds(answers: list[object]) -> list[object]:
    return [answer.kind if isinstance(answer, Lost) else answer for answer in answers]


def test_answers_come_in_order() -> None:
    answers = run(Job(f"{HERE}:double", limits=TWO), ((number,) for number in range(30)))
    assert list(answers) == list(range(0, 60, 2))


def test_no_task_starts_no_process() -> None:
    assert list(run(Job(f"{HERE}:double", limits=TWO), [])) == []


@pytest.mark.parametrize("what", ["crash", "hang", "leave"])
def test_crash_and_hang_cost_their_page(what: str) -> None:
    kind = {"crash": "crashed", "hang": "too_slow", "leave": "crashed"}[what]
    answers = acted("fine", what, "fine", "fine")
    assert kinds(answers) == ["fine", kind, "fine", "fine"]
    lost = next(answer for answer in answers if isinstance(answer, Lost))
    assert "本页" in lost.zh
    assert str(lost).isprintable()


def test_errors_are_told_and_the_process_lives_on() -> None:
    job = Job(f"{HERE}:size_and_process", b"x" * 10, ONE)
    before = list(run(job, [(0,)]))
    answers = acted("fail", "refuse", "eat")
    assert kinds(answers) == ["ValueError", "damaged", "memory"]
    assert list(run(job, [(0,)])) == before


def test_file_is_held_for_its_job_and_then_forgotten() -> None:
    content = b"x" * 1000
    first = list(run(Job(f"{HERE}:size_and_process", content, ONE), [(0,), (1,)]))
    assert {size for size, _ in first} == {1000}
    ((size, process),) = run(Job(f"{HERE}:size_and_process", b"", ONE), [(0,)])
    assert (size, process) == (0, first[0][1])


def test_tasks_are_asked_for_when_there_is_room() -> None:
    asked: list[int] = []

    def tasks() -> Iterator[tuple[int]]:
        for number in range(100):
            asked.append(number)
            yield (number,)

    answers = run(Job(f"{HERE}:double", limits=TWO), tasks())
    assert next(answers) == 0
    assert len(asked) <= 8
    answers.close()  # type: ignore[attr-defined]


def test_file_is_left_when_its_time_is_over() -> None:
    acted("fine")
    patient = Limits(workers=1, page_seconds=500.0)
    started = time.monotonic()
    answers = list(run(Job(f"{HERE}:act", limits=patient), [("fine",), ("hang",)], seconds=1.5))
    assert kinds(answers) == ["fine", "too_slow"]
    assert time.monotonic() - started < 20


def test_killed_process_takes_its_children_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "child"
    monkeypatch.setenv("TAIZHANG_TEST_CHILD", str(told))
    # A bound of memory of its own, so that the process is started with that variable.
    limits = Limits(workers=1, page_seconds=3.0, memory=2_900_000_000)
    answers = acted("fine", "start_and_hang", limits=limits)
    assert kinds(answers) == ["fine", "too_slow"]
    child = int(told.read_text())
    for _ in range(50):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_two_processes_or_as_many_as_asked_for() -> None:
    assert processors(Limits()) == min(2, len(os.sched_getaffinity(0)))
    assert processors(Limits(workers=3)) == 3

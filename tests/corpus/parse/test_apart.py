"""Whole files in a process of their own: the same document, the same refusals, and limits that hold
even where no exception reaches what hangs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse import parse, parse_apart
from corpus.parse.apart import BrokenReaderError
from corpus.parse.limits import Limits
from corpus.parse.pages_told import telling
from corpus.parse.workers import Job, run

SAMPLE = Path(__file__).parents[3] / "corpus/samples/documents/plan-2021.pdf"
HERE = "tests.corpus.parse.worker_jobs"


def test_document_is_the_same() -> None:
    content = SAMPLE.read_bytes()
    assert parse_apart(content, source="a.pdf") == parse(content, source="a.pdf")


def test_file_that_is_refused_says_why_once() -> None:
    content = b"%PDF-1.7 cut short"
    with pytest.raises(UnreadableFile) as apart:
        parse_apart(content, source="a.pdf")
    with pytest.raises(UnreadableFile) as here:
        parse(content, source="a.pdf")
    assert (str(apart.value), apart.value.reason) == (str(here.value), here.value.reason)


@pytest.mark.parametrize(("job", "reason"), [("hang_in_c", "too_slow"), ("crash", "crashed")])
def test_file_on_which_its_process_hangs_or_dies_is_refused(
    monkeypatch: pytest.MonkeyPatch, job: str, reason: str
) -> None:
    def other(name: str, *given: object, **named: object) -> Job:
        return Job(f"{HERE}:whole_{job}", *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("corpus.parse.apart.Job", other)
    monkeypatch.setattr("corpus.parse.apart._GRACE", 0.5)
    monkeypatch.setattr("corpus.parse.workers._LOADING", 2.0)
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        parse_apart(b"a", source="a.txt", limits=Limits(seconds=0.5))
    assert caught.value.reason == reason
    assert time.monotonic() - started < 20


def test_reader_that_fails_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(name: str, *given: object, **named: object) -> Job:
        return Job(f"{HERE}:whole_fail", *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("corpus.parse.apart.Job", other)
    with pytest.raises(BrokenReaderError, match="ZeroDivisionError"):
        parse_apart(b"a", source="a.txt")


def test_tasks_tell_how_far_they_are() -> None:
    heard: list[tuple[int, ...]] = []
    job = Job(f"{HERE}:tells", limits=Limits(workers=1), told=lambda *step: heard.append(step))
    assert list(run(job, [(3,)])) == ["done"]
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_pages_that_are_recognised_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.parse.ocr import engine
    from corpus.parse.pdf import read

    monkeypatch.setitem(engine.ENGINES, "blind", "tests.corpus.parse.ocr.engines:Blind")
    monkeypatch.setattr("corpus.parse.pdf._judged", _all_scanned)
    heard: list[tuple[int, int]] = []
    with (
        telling(lambda done, total: heard.append((done, total))),
        pytest.raises(UnreadableFile),
    ):
        read(SAMPLE.read_bytes(), source="a.pdf", ocr=engine.OcrOptions(engine="blind"))
    assert heard == [(done, heard[-1][1]) for done in range(1, heard[-1][1] + 1)]
    assert len(heard) > 1


def _all_scanned(pages: list[object]) -> object:
    from dataclasses import replace

    from corpus.parse.pdf_legible import SCAN

    for page in pages:
        yield page.sheet, replace(page.page, failure=SCAN)  # type: ignore[attr-defined]

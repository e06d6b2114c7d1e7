"""A page that takes too long is left, in whatever thread; one that doesn't is not disturbed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse import parse
from corpus.parse.formats import read
from corpus.parse.limits import Limits
from corpus.parse.watch import OutOfTime, Watch

SAMPLE = Path(__file__).parents[3] / "corpus/samples/documents/plan-2021.pdf"


def circle() -> None:
    while True:
        pass


def test_endless_work_is_left() -> None:
    with pytest.raises(OutOfTime), Watch(0.2):
        circle()


def test_readers_that_catch_everything_are_left_as_well() -> None:
    def stubborn() -> None:
        while True:
            try:
                circle()
            except Exception:
                continue

    with pytest.raises(OutOfTime), Watch(0.2):
        stubborn()


def test_quick_work_is_not_disturbed() -> None:
    for _ in range(50):
        with Watch(5.0):
            time.sleep(0.001)
    with Watch(0.05):
        pass
    time.sleep(0.2)


def test_nothing_is_left_behind() -> None:
    """The interpreter once went on looking for an exception: under a trace it never came back."""
    code = (
        "import cProfile\nfrom corpus.parse.watch import OutOfTime, Watch\n"
        "def circle():\n    while True:\n        pass\n"
        "with Watch(5):\n    pass\n"
        "try:\n    with Watch(0.05):\n        circle()\nexcept OutOfTime:\n    pass\n"
        "profile = cProfile.Profile()\nprofile.runcall(sorted, [2, 1])\n"
        "profile.runcall(lambda: [each for each in range(9)])\n"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=20, check=False).returncode == 0


def test_threads_other_than_the_first_are_watched() -> None:
    found: list[str] = []

    def work() -> None:
        try:
            with Watch(0.2):
                circle()
        except OutOfTime:
            found.append("left")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert found == ["left"]


def test_page_that_hangs_is_lost_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.parse import pdf_page

    real = pdf_page.glyphs

    def glyphs(page: object) -> object:
        return circle() if page.page_number == 2 else real(page)  # type: ignore[attr-defined]

    monkeypatch.setattr(pdf_page, "glyphs", glyphs)
    # What its text layer doesn't give is read from its picture: by an engine that sees nothing.
    from corpus.parse.ocr import engine
    from corpus.parse.pdf import read as read_pdf

    monkeypatch.setitem(engine.ENGINES, "blind", "tests.corpus.parse.ocr.engines:Blind")
    options = engine.OcrOptions(engine="blind")
    flow = read_pdf(
        SAMPLE.read_bytes(), source="x.pdf", ocr=options, limits=Limits(page_seconds=3.0)
    )
    failures = [page.failure for page in flow.pages]
    assert "超过 3 秒" in str(failures[1])
    assert [bool(failure) for failure in failures].count(True) == 1


def test_file_that_hangs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.parse.document.arrange", lambda flow: circle())
    with pytest.raises(UnreadableFile) as caught:
        parse("到2025年建成100所。".encode(), source="x.txt", limits=Limits(seconds=0.5))
    assert caught.value.reason == "too_slow"


def test_many_pages_are_read_in_processes_with_the_same_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = SAMPLE.read_bytes()
    alone = read(content, source="x.pdf", limits=Limits(workers=1))
    monkeypatch.setattr("corpus.parse.pdf_work._MANY", 2)
    assert read(content, source="x.pdf", limits=Limits(workers=2)) == alone

"""上传: sizes, kinds by content, duplicates, names that lead nowhere, runs and their ends."""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model.ids import fingerprint
from corpus.store.records import Outcome
from outputs.review.intake import display_name
from outputs.review.library import Library
from outputs.review.runs import Report, Run, RunBrokenError, Runs, RunState, Upload
from outputs.review.site import Site, SiteOptions

_SAMPLES = Path(__file__).parents[3] / "corpus" / "samples" / "documents"
_NOTICE = (
    "云岭省教育厅关于做好校舍改造工作的通知\n\n各市教育局：\n\n"
    "到2027年，全省完成校舍改造300所左右（省教育厅牵头，省财政厅配合）。\n\n"
    "云岭省教育厅\n2026年3月5日\n"
).encode()


def _send(browser: Callable, files: list[tuple[str, bytes]], **more: object) -> object:
    """Post files as the page would."""
    browser.see("/upload")  # type: ignore[attr-defined]
    return browser.post(  # type: ignore[attr-defined]
        "/upload",
        data={"csrf": browser.csrf},  # type: ignore[attr-defined]
        files=[("files", (name, content)) for name, content in files],
        follow_redirects=False,
        **more,
    )


def _over(site: Site, number: int = 1) -> Run:
    for _ in range(600):
        run = site.runs.get(number)
        if run is not None and run.over:
            return run
        time.sleep(0.05)
    raise TimeoutError(f"run {number} does not end")


def test_uploaded_file_ends_as_a_document_with_its_ledger(
    browser: Callable, site: Site, library: Library
) -> None:
    guest = browser()
    answer = _send(guest, [("校舍改造通知.txt", _NOTICE)])
    assert answer.headers["location"] == "/runs/1"
    run = _over(site)
    assert run.state is RunState.FINISHED
    text = html.unescape(guest.see("/runs/1"))
    assert "校舍改造通知.txt" in text
    assert "1 项任务" in text
    document = run.outcomes[0].document_id
    assert document is not None
    assert "300所左右" in guest.see(f"/documents/{document}")


def _choose(guest: Callable, page: str, **choices: str) -> str:
    """Press the button of the page of choices; by hash what is to be done."""
    files = re.findall(r'name="file" value="([^"]+)"', html.unescape(page))
    fields = {f"do-{sha256}": choice for sha256, choice in choices.items()}
    return guest.submit("/upload/start", file=files, **fields)  # type: ignore[attr-defined]


def test_known_bytes_are_taken_in_again_only_where_that_is_chosen(
    browser: Callable, site: Site
) -> None:
    content = (_SAMPLES / "web-2022.html").read_bytes()
    guest = browser()
    answer = _send(guest, [("另一个名字.html", content)])
    assert answer.status_code == 200
    assert "内容与库中文件完全相同" in answer.text
    assert site.runs.all() == []
    assert _choose(guest, answer.text) == "/upload"
    assert site.library.file(fingerprint(content)).exists()
    assert _choose(guest, answer.text, **{fingerprint(content): "take"}) == "/runs/1"
    assert _over(site).uploads[0].name == "另一个名字.html"


def test_number_of_a_document_of_the_library_is_found_before_anything_runs(
    browser: Callable, site: Site
) -> None:
    content = (_SAMPLES / "web-2022.html").read_bytes() + "<p>更正后重新发布。</p>".encode()
    guest = browser()
    answer = _send(guest, [("更正稿.html", content), ("校舍改造通知.txt", _NOTICE)])
    page = html.unescape(answer.text)
    assert "文号与库中文件相同" in page
    assert "作为新版本入库" in page
    assert site.runs.all() == []
    new, notice = fingerprint(content), fingerprint(_NOTICE)
    assert _choose(guest, page, **{new: "skip", notice: "take"}) == "/runs/1"
    assert [each.name for each in _over(site).uploads] == ["校舍改造通知.txt"]
    assert not site.library.file(new).exists()


def test_choice_about_a_file_that_was_never_looked_at_is_passed_over(
    browser: Callable, site: Site
) -> None:
    guest = browser()
    guest.see("/upload")
    for file in ("../../etc/passwd:x", f"{'a' * 64}:x", "nothing"):
        fields = {"file": file, f"do-{file.partition(':')[0]}": "take"}
        assert guest.submit("/upload/start", **fields) == "/upload"
    assert site.runs.all() == []


def test_file_marked_as_classified_is_refused_before_it_is_kept(
    browser: Callable, site: Site
) -> None:
    content = "机密★1年\n\n云岭省教育厅文件\n\n云教〔2026〕1号\n\n关于某事的通知\n".encode()
    answer = _send(browser(), [("某事.txt", content)])
    assert "密级" in answer.text
    assert not site.library.file(fingerprint(content)).exists()


def test_same_file_twice_in_one_upload_is_one(browser: Callable, site: Site) -> None:
    _send(browser(), [("a.txt", _NOTICE), ("b.txt", _NOTICE)])
    assert len(site.runs.all()[0].uploads) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.pdf", b"", "空"),
        ("表.pdf", b"PK\x05\x06" + b"\0" * 18, ""),
        ("程序.pdf", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 8, ""),
        ("压缩.txt", b"Rar!\x1a\x07\0" + b"\0" * 40, "RAR"),
        ("动图.png", b"GIF89a" + b"\0" * 40, "GIF"),
    ],
)
def test_what_is_no_document_by_its_content_is_refused_in_words(
    browser: Callable, site: Site, name: str, content: bytes, words: str
) -> None:
    answer = _send(browser(), [(name, content)])
    if answer.status_code == 303:  # a PDF by name is looked into by the run
        run = _over(site)
        assert run.state is not RunState.FINISHED or run.outcomes[0].reason
        return
    assert words in answer.text
    assert "没有可处理的新文件" in answer.text


def test_one_bad_file_does_not_keep_out_the_others(browser: Callable, site: Site) -> None:
    answer = _send(browser(), [("好.txt", _NOTICE), ("空.pdf", b"")])
    assert answer.status_code == 200
    assert "已开始处理 1 份新文件" in answer.text
    assert _over(site).state is RunState.FINISHED


def test_file_over_the_limit_is_refused_and_upload_over_the_limit_is_not_read(
    browser: Callable, site: Site
) -> None:
    site.options = replace(SiteOptions(), file=1_000_000, upload=3_000_000)
    guest = browser()
    answer = _send(guest, [("大.txt", "字".encode() * 400_000)])
    assert "文件超过 1 MB" in answer.text
    answer = _send(guest, [("更大.txt", b"x" * 4_000_000)])
    assert answer.status_code == 413
    assert site.runs.all() == []


def test_upload_without_a_file_says_so(browser: Callable) -> None:
    guest = browser()
    guest.see("/upload")
    assert "请先选择文件" in guest.submit("/upload", status=400)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("云政发〔2023〕9号.pdf", "云政发〔2023〕9号.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\下载\\通知.pdf", "通知.pdf"),
        ("..", "未命名"),
        ("", "未命名"),
        (".htaccess", "htaccess"),
        ("a\0b\r\nc.pdf", "a_b_c.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
        ("通知 （印发稿）.docx", "通知 （印发稿）.docx"),
    ],
)
def test_name_is_fit_to_be_shown_and_leads_nowhere(given: str, shown: str) -> None:
    made = display_name(given)
    assert "/" not in made
    assert made.replace("__", "_") == shown or made == shown


def test_long_name_is_cut_but_keeps_its_ending() -> None:
    made = display_name("关于印发" * 100 + ".pdf")
    assert made.endswith(".pdf")
    assert len(made.encode()) <= 200


def test_bytes_are_kept_by_their_hash_only(browser: Callable, site: Site, library: Library) -> None:
    site.runs = Runs(lambda *_: (), lambda: None)
    _send(browser(), [("../../../escape.txt", _NOTICE)])
    (kept,) = [p for p in library.home.parent.rglob("*") if p.is_file() and _bytes(p) == _NOTICE]
    assert kept == library.file(kept.name)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size < 10_000 else b""


# Runs


_FILE = Upload("a.txt", "f" * 64, Path("a.txt"))


def _runs(work: Callable[..., Sequence[Outcome]]) -> Runs:
    return Runs(work, lambda: None)


def _wait(runs: Runs, number: int = 1) -> Run:
    for _ in range(200):
        run = runs.get(number)
        if run is not None and run.over:
            return run
        time.sleep(0.02)
    raise TimeoutError


def test_progress_of_every_stage_is_seen(browser: Callable, site: Site) -> None:
    seen = threading.Event()
    go = threading.Event()

    def work(
        _uploads: Sequence[Upload], report: Report, _stop: threading.Event
    ) -> Sequence[Outcome]:
        report("ingest", 1, 1)
        report("parse", 0, 1)
        seen.set()
        go.wait(10)
        return ()

    site.runs = _runs(work)
    site.runs.submit("张敏", [_FILE])
    assert seen.wait(10)
    guest = browser()
    text = guest.see("/runs/1")
    assert 'hx-trigger="every 1s"' in text
    assert "1 / 1" in text
    assert "0 / 1" in text
    assert "停止" in text
    go.set()
    _wait(site.runs)
    assert "hx-trigger" not in guest.see("/runs/1")


def test_cancelled_run_stops_and_one_that_waits_never_starts() -> None:
    started = threading.Event()

    def work(
        _uploads: Sequence[Upload], _report: Report, stop: threading.Event
    ) -> Sequence[Outcome]:
        started.set()
        stop.wait(10)
        raise RunBrokenError("已按您的要求停止 | stopped as you asked")

    runs = _runs(work)
    runs.submit("张敏", [_FILE])
    runs.submit("张敏", [_FILE])
    assert started.wait(10)
    runs.cancel(2)
    runs.cancel(1)
    assert _wait(runs, 1).state is RunState.CANCELLED
    assert _wait(runs, 2).state is RunState.CANCELLED
    runs.close()


def test_broken_run_says_why_and_the_next_one_is_done() -> None:
    def work(
        uploads: Sequence[Upload], _report: Report, _stop: threading.Event
    ) -> Sequence[Outcome]:
        if uploads[0].name == "bad":
            raise ValueError("disk full")
        return ()

    runs = _runs(work)
    runs.submit("张敏", [replace(_FILE, name="bad")])
    runs.submit("张敏", [_FILE])
    assert (_wait(runs, 1).state, "disk full" in _wait(runs, 1).reason) == (RunState.BROKEN, True)
    assert _wait(runs, 2).state is RunState.FINISHED
    runs.close()


def test_pages_of_the_file_that_is_read_are_shown_where_they_are_told(
    browser: Callable, site: Site
) -> None:
    go, told = threading.Event(), threading.Event()

    def work(
        _uploads: Sequence[Upload], report: Report, _stop: threading.Event
    ) -> Sequence[Outcome]:
        report("parse", 0, 1)
        report("pages", 3, 40)
        told.set()
        go.wait(10)
        return ()

    site.runs = _runs(work)
    site.runs.submit("张敏", [_FILE])
    assert told.wait(10)
    text = browser().see("/runs/1")
    assert "当前文件的页" in text
    assert "3 / 40" in text
    go.set()
    _wait(site.runs)
    site.runs.close()


def test_run_that_is_not_there_is_not_there(browser: Callable) -> None:
    assert browser().get("/runs/9").status_code == 404


def test_retry_takes_the_same_files_again(browser: Callable, site: Site) -> None:
    guest = browser()
    _send(guest, [("a.txt", _NOTICE)])
    _over(site)
    assert guest.submit("/runs/1/retry") == "/runs/2"
    assert _over(site, 2).uploads == _over(site, 1).uploads

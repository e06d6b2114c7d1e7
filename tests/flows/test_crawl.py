"""A crawl from the site to the ledger: real pages through the real flow, and what is said of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.sources.alone import alone
from corpus.sources.fetch import Fetcher
from corpus.sources.site import Site
from corpus.store import Store, open_store
from flows.cli import main
from tests.corpus.sources.web import Answer, LocalSite, TestClock, article, listing

pytestmark = pytest.mark.usefixtures("prefect")

_NOTICE = "云岭省教育厅关于做好示范性实训基地建设工作的通知"
_BODY = "到2026年年底前，全省建成示范性实训基地{}个。由省教育厅负责组织实施并加强检查指导。"
_ANNEX = (
    "示范性实训基地建设任务分解方案\n\n一、主要任务\n\n"
    "年底前，各市州新建实训工位{}个，由省财政厅负责落实经费保障。\n"
)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def web(clock: TestClock) -> Iterator[LocalSite]:
    """A notice with an annex that has neither number nor date of its own."""
    with LocalSite(clock).running() as site:
        site.put("/tzgg/", listing(("./t1.html", _NOTICE, "2026-05-28")))
        site.put("/tzgg/t1.html", _page(12))
        site.put("/tzgg/P1.txt", _ANNEX.format(300), kind="text/plain; charset=utf-8")
        yield site


def _page(amount: int) -> str:
    extra = '<p>附件：<a href="./P1.txt">示范性实训基地建设任务分解方案.txt</a></p>'
    return article(_NOTICE, body=_BODY.format(amount), extra=extra)


@pytest.fixture
def home(tmp_path: Path, web: LocalSite) -> Path:
    folder = tmp_path / "library"
    (folder / "sites").mkdir(parents=True)
    (folder / "sites" / "yunling.toml").write_text(
        f'title = "云岭省教育厅"\nhosts = ["{web.host}"]\nstarts = ["{web.url("/tzgg/")}"]\n'
        'schedule = "30 1 * * *"\n[manners]\ncontact = "office@yunling.example"\n',
        "utf-8",
    )
    return folder


@pytest.fixture
def taizhang(
    home: Path,
    clock: TestClock,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command on that library; what meets the world is the tests' own."""

    def tools(site: Site) -> tuple[Fetcher, TestClock]:
        return Fetcher(site, clock, random=Random(3), opens_loopback=True), clock

    monkeypatch.setattr("flows.crawl.tools", tools)
    monkeypatch.setattr("corpus.sources.fetch.tools", tools)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["taizhang", *words, "--home", str(home)])
        capfdbinary.readouterr()
        status: Any = 0
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code
        said = capfdbinary.readouterr()
        return status or 0, said.out.decode("utf-8"), said.err.decode("utf-8")

    return run


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{home / 'taizhang.db'}") as opened:
        yield opened


def _titled(store: Store, title: str) -> list[Any]:
    documents = [store.document(entry.id, lines=False) for entry in store.entries()]
    return [document for document in documents if document.official.title == title]


def _ends(store: Store, document_id: str) -> set[str]:
    """The last days of all deadlines; 年底前 has one only where the date of issue is known."""
    commitments = store.ledger(document_id).commitments
    return {str(c.deadline.end) for c in commitments if c.deadline}


def test_crawl_from_site_to_change(
    taizhang: Any, store: Store, web: LocalSite, clock: TestClock, home: Path
) -> None:
    status, out, err = taizhang("crawl", "yunling")
    assert (status, "共 2 份 = 完成 2" in err) == (0, True)
    assert "新增 2" in err
    assert out.count("新增") == 2

    (page,) = _titled(store, _NOTICE)
    (annex,) = _titled(store, "示范性实训基地建设任务分解方案")
    assert annex.official.issuers == ("云岭省教育厅",)
    assert annex.official.date_of_issue == page.official.date_of_issue
    assert annex.official.document_number is None
    assert store.relations() == []
    assert "2026-12-31" in _ends(store, annex.id)

    again, _, err = taizhang("crawl", "yunling")
    assert (again, len(store.entries())) == (0, 2)

    web.put("/tzgg/t1.html", _page(20))
    clock.next_day()
    status, out, err = taizhang("crawl", "yunling")
    assert (status, "变更 1" in err) == (0, True)
    (compared,) = [each for each in store.comparisons() if not each.copies]
    assert compared.comparison.new.id != page.id
    assert [prior.id for prior in compared.comparison.priors] == [page.id]
    targets = {
        (change.prior.target.raw, change.new.target.raw)
        for change in compared.comparison.changes
        if change.prior and change.new and change.prior.target and change.new.target
    }
    assert ("12个", "20个") in targets

    status, out, _ = taizhang("crawl-log", "--last", "40")
    assert (status, "疑似变更" in out, "变更" in out) == (0, True, True)
    leftovers = [path.name for path in home.iterdir() if path.name.startswith(".crawled")]
    assert leftovers == []


def test_upload_that_a_page_is_found_for_later_is_filled_from_it(
    taizhang: Any, store: Store, home: Path, tmp_path: Path
) -> None:
    upload = tmp_path / "下载的方案.txt"
    upload.write_text(_ANNEX.format(300), "utf-8")
    assert taizhang("ingest", str(upload))[0] == 0
    (before,) = [store.document(e.id) for e in store.entries()]
    assert before.official.date_of_issue is None
    assert "2026-12-31" not in _ends(store, before.id)
    taizhang("crawl", "yunling")
    after = store.document(before.id)
    assert after.official.issuers == ("云岭省教育厅",)
    assert "2026-12-31" in _ends(store, before.id)


def test_files_that_a_crash_left_are_taken_in_by_the_next_run(
    taizhang: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise OSError("the machine goes down")

    with monkeypatch.context() as broken:
        broken.setattr("flows.crawl.take_in", breaks)
        with pytest.raises(OSError, match="goes down"):
            taizhang("crawl", "yunling")
    assert store.entries() == []
    status, _, err = taizhang("crawl", "yunling")
    assert (status, "共 2 份 = 完成 2" in err) == (0, True)


def test_dry_run_says_what_it_would_fetch(taizhang: Any, store: Store, web: LocalSite) -> None:
    status, out, _ = taizhang("crawl", "yunling", "--dry-run")
    assert (status, "待抓取" in out) == (0, True)
    assert web.asked("/tzgg/t1.html") == []
    assert (store.crawl.runs(), store.entries()) == ([], [])


def test_since_leaves_out_what_is_older(taizhang: Any, store: Store) -> None:
    status, _, err = taizhang("crawl", "yunling", "--since", "2026-06-01")
    assert (status, "略过 1" in err) == (0, True)
    assert store.entries() == []


def test_crawl_that_falls_short_says_so(taizhang: Any, web: LocalSite) -> None:
    web.pages["/tzgg/P1.txt"] = Answer(b"", 500)
    status, out, err = taizhang("crawl", "yunling")
    assert status == 1
    assert "服务器返回错误" in out
    assert "失败 1" in err


def test_two_crawls_of_a_host_do_not_overlap(taizhang: Any, home: Path, web: LocalSite) -> None:
    with alone(home, [web.host]):
        status, _, err = taizhang("crawl", "yunling")
    assert (status, "正在抓取" in err) == (2, True)
    assert web.log == []


def test_source_check_says_what_it_found(taizhang: Any, web: LocalSite) -> None:
    status, out, _ = taizhang("source", "check", "yunling")
    assert status == 0
    assert "条目 entries：1" in out
    for said in (_NOTICE, "云教职〔2026〕3号", "云岭省教育厅", "2026-05-20", "2026-05-28"):
        assert said in out
    assert web.url("/tzgg/P1.txt") in out
    assert web.asked("/tzgg/P1.txt") == []


def test_source_check_says_what_it_did_not_find(taizhang: Any, web: LocalSite) -> None:
    web.put("/tzgg/t1.html", "<html><body>正在建设中</body></html>")
    status, out, _ = taizhang("source", "check", "yunling")
    assert (status, "can't be read" in out) == (1, True)


@pytest.mark.parametrize("words", [("crawl", "henan-jyt"), ("crawl", "没有")])
def test_site_that_cannot_be_crawled_is_one_line(taizhang: Any, words: Any) -> None:
    status, out, err = taizhang(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_annex_that_is_marked_as_classified_is_not_kept(
    taizhang: Any, store: Store, web: LocalSite, home: Path
) -> None:
    marked = f"机密★1年\n{_ANNEX.format(300)}".encode()
    web.put("/tzgg/P1.txt", marked.decode(), kind="text/plain; charset=utf-8")
    status, out, _ = taizhang("crawl", "yunling")
    assert status == 1
    assert "标有密级" in out
    assert len(store.entries()) == 1
    kept = [path.read_bytes() for path in (home / "files").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert marked not in kept

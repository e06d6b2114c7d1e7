"""A clock, a site on this machine, a library, and one crawl of the one into the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.model.ids import fingerprint
from corpus.sources.crawl import CrawlReport, crawl
from corpus.sources.fetch import Fetcher
from corpus.sources.site import Site
from corpus.sources.site_file import site_of
from corpus.store import Store, open_store
from tests.corpus.sources.reports import NOTICE
from tests.corpus.sources.web import LocalSite, TestClock, article, listing


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def web(clock: TestClock) -> Iterator[LocalSite]:
    with LocalSite(clock).running() as site:
        yield site


@pytest.fixture
def one(web: LocalSite) -> LocalSite:
    """A list with one notice that has an attachment."""
    web.put("/tzgg/", listing(("./202605/t1.html", NOTICE, "2026-05-28")))
    extra = '<p>附件：<a href="./P1.pdf">1.实训基地名单.pdf</a></p>'
    web.put("/tzgg/202605/t1.html", article(NOTICE, extra=extra))
    web.put("/tzgg/202605/P1.pdf", b"%PDF-1.4 list of bases", kind="application/pdf")
    return web


@pytest.fixture
def site(web: LocalSite) -> Callable[..., Site]:
    """A site file's content over that server; tables are merged."""

    def make(**more: Any) -> Site:
        manners = {"contact": "office@yunling.example", **more.pop("manners", {})}
        starts = [web.url(path) for path in more.pop("starts", ["/tzgg/"])]
        return site_of(
            "yunling", {"hosts": [web.host], "starts": starts, "manners": manners, **more}
        )

    return make


@pytest.fixture
def fetcher(site: Callable[..., Site], clock: TestClock) -> Iterator[Callable[..., Fetcher]]:
    opened: list[Fetcher] = []

    def make(**more: Any) -> Fetcher:
        opened.append(Fetcher(site(**more), clock, random=Random(7), opens_loopback=True))
        return opened[-1].__enter__()

    yield make
    for each in opened:
        each.__exit__(None, None, None)


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making the tables once is enough."""
    path = tmp_path_factory.mktemp("empty") / "taizhang.db"
    with open_store(f"sqlite:///{path}"):
        pass
    return path


@pytest.fixture
def store(tmp_path: Path, empty_library: Path) -> Iterator[Store]:
    path = tmp_path / "taizhang.db"
    shutil.copy(empty_library, path)
    with open_store(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture
def kept() -> dict[str, bytes]:
    """The bytes that crawls have handed over, by hash."""
    return {}


@pytest.fixture
def crawled(
    site: Callable[..., Site], clock: TestClock, store: Store, kept: dict[str, bytes]
) -> Callable[..., CrawlReport]:
    """Crawls the local site once."""

    def run(*, since: date | None = None, dry_run: bool = False, **more: Any) -> CrawlReport:
        described = site(**more)
        with Fetcher(described, clock, random=Random(7), opens_loopback=True) as opened:
            return crawl(
                described,
                opened,
                store.crawl,
                clock=clock,
                keep=lambda content: kept.update({fingerprint(content): content}),
                since=since,
                dry_run=dry_run,
            )

    return run

"""Orchestration of crawling: one site's lists and articles into the crawl ledger, and what is new
or changed through the same flow as uploads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.concurrency.sync import concurrency
from prefect.states import Completed

from corpus.intake import place, write_whole
from corpus.model.ids import fingerprint
from corpus.parse.secrecy import check as check_secrecy
from corpus.sources.alone import alone
from corpus.sources.crawl import CrawlReport
from corpus.sources.crawl import crawl as crawl_once
from corpus.sources.fetch import tools
from corpus.sources.names import file_name
from corpus.sources.reasons import RESULT_ZH, said
from corpus.sources.site_file import startable
from corpus.store import open_store
from corpus.store.crawl_records import CrawlKind
from corpus.store.records import Outcome, Result
from flows.deployments import limit_name
from flows.notify_hooks import UNATTENDED
from flows.pipeline import run


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl found, and what became of each file in the pipeline."""

    report: CrawlReport
    outcomes: tuple[Outcome, ...] = ()

    @property
    def complete(self) -> bool:
        """True where nothing fell short, neither of the crawl nor of a file."""
        done = all(outcome.result is Result.DONE for outcome in self.outcomes)
        return done and self.report.reason is None and not self.report.troubles


@task(task_run_name="fetch {name}")
def fetch_site(
    name: str, home: str, store_url: str, since: date | str | None, dry_run: bool
) -> CrawlReport:
    """Crawl one site into the ledger; new bytes are kept by their hash."""
    site = startable(name, Path(home))
    # Prefect's own page hands over what was typed there.
    since = date.fromisoformat(since) if isinstance(since, str) else since

    def keep(content: bytes) -> None:
        check_secrecy(content, source=name)
        kept = place(Path(home), fingerprint(content))
        if not kept.exists():
            write_whole(kept, content)

    fetcher, clock = tools(site)
    limits = [limit_name(host) for host in site.hosts]
    # The files' lock is of this machine, the limit of all workers where a server knows of it.
    with (
        alone(Path(home), site.hosts),
        concurrency(limits, strict=False),
        fetcher,
        open_store(store_url) as store,
    ):
        return crawl_once(
            site, fetcher, store.crawl, clock=clock, keep=keep, since=since, dry_run=dry_run
        )


def take_in(name: str, home: str, store_url: str) -> list[Outcome]:
    """Everything that crawls of the site have brought and the pipeline has not done yet."""
    with open_store(store_url) as store:
        waiting = store.crawl.waiting(name)
    if not waiting:
        return []
    with TemporaryDirectory(dir=home, prefix=".crawled-") as folder:
        paths = []
        for number, source in enumerate(waiting):
            # Each in a folder of its own: annexes of different articles have one name.
            path = Path(folder) / str(number) / file_name(source)
            path.parent.mkdir()
            path.write_bytes(place(Path(home), source.sha256).read_bytes())
            paths.append(str(path))
        return run(paths, home, store_url)


@flow(name="taizhang-crawl", flow_run_name="crawl {name}", validate_parameters=False, **UNATTENDED)
def crawl_flow(
    name: str, home: str, store_url: str, since: date | str | None = None, dry_run: bool = False
) -> State[Crawled]:
    """One crawl of one site; complete only where nothing fell short."""
    report = fetch_site(name, home, store_url, since, dry_run)
    outcomes = [] if dry_run else take_in(name, home, store_url)
    crawled = Crawled(report, tuple(outcomes))
    create_table_artifact(
        key=f"crawl-{name}", table=_rows(report), description=f"{name}：{summary(report)}"
    )
    return Completed(name="Completed" if crawled.complete else "Incomplete", data=crawled)


def crawl(
    name: str, home: str, store_url: str, *, since: date | None = None, dry_run: bool = False
) -> Crawled:
    """The flow, and what it came to."""
    state = crawl_flow(name, home, store_url, since, dry_run, return_state=True)
    return cast(Crawled, state.result())


def summary(report: CrawlReport) -> str:
    """新 3、变更 1、撤下 0 …, in both languages."""
    count = report.count()
    zh = "、".join(f"{RESULT_ZH[result]} {count[result]}" for result in RESULT_ZH if count[result])
    en = ", ".join(f"{count[result]} {result}" for result in RESULT_ZH if count[result])
    ended = f"，提前结束：{said(report.reason, report.note)}" if report.reason else ""
    ended_en = f", ended early ({report.reason})" if report.reason else ""
    return (
        f"请求 {report.requests} 次：{zh or '无'}{ended}"
        f" | {report.requests} requests: {en or 'nothing'}{ended_en}"
    )


def _rows(report: CrawlReport) -> list[dict[str, str]]:
    return [
        {
            "结果": RESULT_ZH[event.result],
            "标题": event.title,
            "地址": event.url,
            "说明": said(event.reason, event.note),
        }
        for event in report.events
        if event.kind is not CrawlKind.LIST
    ]

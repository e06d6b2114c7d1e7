"""What a crawl came to, in short, and the titles of what it finds."""

from __future__ import annotations

from collections.abc import Callable

from corpus.sources.crawl import CrawlReport
from corpus.store.crawl_records import CrawlEvent, CrawlResult
from tests.corpus.sources.web import LocalSite

Crawled = Callable[..., CrawlReport]
NOTICE = "云岭省教育厅关于做好实训基地建设工作的通知"
PLAN = "云岭省教育厅关于印发职业教育发展计划的通知"


def results(report: CrawlReport, web: LocalSite) -> dict[str, CrawlResult]:
    """The last result of each address, without the host."""
    return {event.url.removeprefix(f"http://{web.host}"): event.result for event in report.events}


def of_path(report: CrawlReport, path: str) -> list[CrawlEvent]:
    return [event for event in report.events if event.url.endswith(path)]

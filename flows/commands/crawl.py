"""``crawl``, ``crawl-log`` and ``source check``: what sites hold, what was asked of them when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model.errors import SettingsError
from flows.commands.bars import bars, working
from flows.commands.output import deliver, note
from flows.settings import load, prepare_prefect

if TYPE_CHECKING:
    from corpus.sources.article import Article
    from corpus.sources.check import Checked
    from corpus.sources.crawl import CrawlReport
    from corpus.store.crawl_records import CrawlEvent
    from flows.crawl import Crawled
    from outputs.exports.grid import Grid

_ALL_DONE, _SOME_SHORT = 0, 1
_KINDS = {"list": "列表", "article": "文章", "attachment": "附件"}
_SHOWN = 5


def crawl_site(name: str, home: Path | None, *, since: date | None, dry_run: bool) -> int:
    """Crawl a site; 0 if everything is done, 1 if something fell short."""
    settings = load(home)
    from corpus.sources.fetch import user_agent
    from corpus.sources.site_file import startable

    # What the site's file lacks is said before anything is written, in one line.
    user_agent(startable(name, settings.home))
    prepare_prefect(settings)
    with working("启动 Prefect 本地服务 | starting Prefect's local API"):
        from flows.crawl import crawl, summary
    with bars():
        crawled = crawl(name, str(settings.home), settings.database, since=since, dry_run=dry_run)
    _tell(crawled, dry_run=dry_run)
    note(summary(crawled.report))
    return _ALL_DONE if crawled.complete else _SOME_SHORT


def show_crawl_log(home: Path | None, *, site: str | None, last: int) -> None:
    """The last events of the crawl ledger, oldest first."""
    from corpus.sources.reasons import RESULT_ZH, said
    from corpus.store import open_store
    from outputs.exports.grid import Grid

    settings = load(home)
    if not settings.has_library:
        raise SettingsError(
            f"{settings.home} 中还没有台账库，请先运行 taizhang crawl，或用 --home 指定位置",
            f"there is no library in {settings.home}; run `taizhang crawl` first, or name another "
            "place with --home",
        )
    with open_store(settings.database) as store:
        events = store.crawl.events(site=site, last=last)
    grid = Grid(
        ("时间", 16), ("结果", 8), ("类别", 4), ("状态", 4), ("标题或地址", 0), ("说明", 24)
    )
    for event in events:
        grid.add(
            f"{event.started.astimezone():%Y-%m-%d %H:%M}",
            RESULT_ZH[event.result],
            _KINDS[event.kind],
            str(event.status or ""),
            event.title or event.url,
            said(event.reason, event.note),
        )
    _print(grid)


def check_source(name: str, home: Path | None) -> int:
    """Fetch a list and an article of a site and say what was found there."""
    settings = load(home)
    from corpus.sources.check import check_site
    from corpus.sources.fetch import tools
    from corpus.sources.site_file import load_site

    site = load_site(name, settings.home)
    if not site.starts:
        note(
            f"站点 {name} 没有列表地址：请在 {settings.home / 'sites' / name}.toml 中设置 starts"
            " | no lists to start with: set starts in the site's file"
        )
        return _SOME_SHORT
    # A person is waiting, and it is a handful of requests: the hours don't matter.
    site = replace(site, manners=replace(site.manners, hours=None))
    with tools(site)[0] as fetcher, working(f"查看 {site.title}"):
        found = check_site(site, fetcher)
    deliver("".join(f"{line}\n" for each in found for line in _checked(each)).encode(), None)
    good = all(each.trouble is None and each.wanted + bool(each.article) for each in found)
    return _ALL_DONE if good else _SOME_SHORT


def _checked(checked: Checked) -> Iterator[str]:
    if checked.trouble is not None:
        yield f"未能读取 can't be read：{checked.trouble}"
    elif checked.listing is not None:
        yield f"列表 list {checked.url}"
        links = checked.listing.links
        yield f"  条目 entries：{len(links)}，其中要抓取 wanted {checked.wanted}"
        for link in links[:_SHOWN]:
            yield f"    {link.day or '（无日期 no date）'}  {link.title}  {link.url}"
        yield f"  下一页 next：{checked.listing.next or '无 none'}"
    elif checked.article is not None:
        yield f"文章 article {checked.url}"
        yield from _article(checked.article)


def _article(article: Article) -> Iterator[str]:
    official = article.official
    missing = "（未找到 not found）"
    yield f"  标题 title：{article.title or missing}"
    yield f"  发文字号 number：{official.document_number or missing}"
    yield f"  发文机关 issuer：{'、'.join(official.issuers) or missing}"
    yield f"  成文日期 issued：{official.date_of_issue or missing}"
    yield f"  发布日期 published：{article.published or missing}"
    yield f"  索引号 index number：{official.index_number or missing}"
    yield f"  正文 text：{article.characters} 字 characters"
    yield f"  附件 attachments：{len(article.attachments)}"
    for link in article.attachments:
        yield f"    {link.title}  {link.url}"


def _tell(crawled: Crawled, *, dry_run: bool) -> None:
    from outputs.exports.grid import Grid

    grid = Grid(("结果", 8), ("标题", 0), ("地址", 40), ("说明", 24))
    if dry_run:
        for link in crawled.report.planned:
            grid.add("待抓取", link.title, link.url, f"{link.day or ''}")
    else:
        for row in _news(crawled.report):
            grid.add(*row)
    _print(grid)
    if crawled.outcomes:
        from flows.outcome import reconciliation

        note(reconciliation(crawled.outcomes))


def _news(report: CrawlReport) -> Iterator[tuple[str, str, str, str]]:
    """What a person wants to know: not what stayed as it was."""
    from corpus.sources.reasons import RESULT_ZH, said
    from corpus.store.crawl_records import CrawlResult

    quiet = (CrawlResult.UNCHANGED, CrawlResult.NOT_MODIFIED, CrawlResult.SKIPPED)
    shown: list[CrawlEvent] = report.of(*(each for each in CrawlResult if each not in quiet))
    for event in (*shown, *(e for e in report.troubles if e not in shown)):
        yield RESULT_ZH[event.result], event.title, event.url, said(event.reason, event.note)


def _print(grid: Grid) -> None:
    width = max(100, shutil.get_terminal_size().columns)
    deliver(("\n".join(grid.lines(width)) + "\n").encode("utf-8", "replace"), None)

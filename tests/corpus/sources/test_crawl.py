"""A crawl against a site on this machine: what it asks for, what it finds, what it announces."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.store import Store
from corpus.store.crawl_records import CrawlResult
from tests.corpus.sources.reports import NOTICE, PLAN, Crawled, of_path, results
from tests.corpus.sources.web import Answer, LocalSite, TestClock, article, listing


def test_article_and_attachment_are_found_and_kept(
    one: LocalSite, crawled: Crawled, store: Store, kept: dict[str, bytes]
) -> None:
    report = crawled()
    assert results(report, one)["/tzgg/202605/t1.html"] is CrawlResult.NEW
    assert results(report, one)["/tzgg/202605/P1.pdf"] is CrawlResult.NEW
    page, file = store.crawl.waiting("yunling")
    assert (page.title, page.annex, page.official.document_number) == (
        NOTICE, False, "云教职〔2026〕3号")  # fmt: skip
    assert (file.title, file.annex, file.article) == ("1.实训基地名单.pdf", True, page.url)
    assert kept.keys() == {page.sha256, file.sha256}


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("gb18030", "text/html"),
        ("gb18030", "text/html; charset=GB2312"),
        ("gb18030", "text/html; charset=ISO-8859-1"),
        ("utf-8", "text/html; charset=gbk"),
    ],
)
def test_list_and_article_are_read_in_any_charset(
    one: LocalSite, crawled: Crawled, encoding: str, kind: str
) -> None:
    """䶮 is in GB18030 only; the pages go on declaring UTF-8, or what their server says."""
    title = "䶮水镇教育办公室关于做好实训基地建设工作的通知"
    page = listing(("./202605/t1.html", title, "2026-05-28"))
    one.put("/tzgg/", page.encode(encoding), kind=kind)
    one.put("/tzgg/202605/t1.html", article(title).encode(encoding), kind=kind)
    (event,) = crawled().of(CrawlResult.NEW)
    assert event.title == title


def test_attachments_of_every_format_are_kept(
    one: LocalSite, crawled: Crawled, kept: dict[str, bytes]
) -> None:
    suffixes = ("pdf", "doc", "docx", "wps", "ofd", "zip", "xls", "rar")
    links = "".join(f'<p><a href="/u/{s}.{s}">附件.{s}</a></p>' for s in suffixes)
    one.put("/tzgg/202605/t1.html", article(NOTICE, extra=links))
    for suffix in suffixes:
        one.put(f"/u/{suffix}.{suffix}", f"bytes of {suffix}", kind="application/octet-stream")
    crawled()
    assert {f"bytes of {suffix}".encode() for suffix in suffixes} <= set(kept.values())


def test_requests_come_one_at_a_time_no_faster_than_the_rate(
    one: LocalSite, crawled: Crawled
) -> None:
    crawled()
    times = [request.at for request in one.log]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) >= 3
    assert min(gaps) >= 1 / 0.7
    assert len({round(gap, 6) for gap in gaps}) == len(gaps)
    assert {request.beside for request in one.log} == {0}


def test_requests_name_the_program_and_a_contact(one: LocalSite, crawled: Crawled) -> None:
    crawled()
    agents = {request.headers["User-Agent"] for request in one.log}
    assert len(agents) == 1
    assert agents.pop().startswith("taizhang/")
    assert "office@yunling.example" in one.log[0].headers["User-Agent"]


def test_robots_is_read_first_and_obeyed(one: LocalSite, crawled: Crawled) -> None:
    one.put("/robots.txt", "User-agent: *\nDisallow: /inner/\n", kind="text/plain")
    one.put(
        "/tzgg/",
        listing(
            ("/tzgg/202605/t1.html", NOTICE, "2026-05-28"),
            ("/inner/t2.html", "内部工作动态一则通报情况", "2026-05-27"),
        ),
    )
    report = crawled()
    assert one.log[0].path == "/robots.txt"
    assert one.asked("/inner/t2.html") == []
    (event,) = of_path(report, "/inner/t2.html")
    assert (event.result, event.reason) == (CrawlResult.SKIPPED, "robots")


def test_crawl_delay_is_kept(one: LocalSite, crawled: Crawled) -> None:
    one.put("/robots.txt", "User-agent: *\nCrawl-delay: 10\n", kind="text/plain")
    crawled()
    times = [request.at for request in one.asked()]
    assert min(b - a for a, b in pairwise(times)) >= 10


def test_robots_that_cannot_be_had_forbids_everything(one: LocalSite, crawled: Crawled) -> None:
    one.pages["/robots.txt"] = Answer(b"", 503)
    report = crawled()
    assert report.reason == "robots_unread"
    assert one.asked() == []


def test_second_crawl_asks_by_condition_and_finds_nothing_new(
    one: LocalSite, crawled: Crawled, clock: TestClock, kept: dict[str, bytes]
) -> None:
    for path, page in list(one.pages.items()):
        assert isinstance(page, Answer)
        stamp = {"ETag": f'"{path}"'} if path != "/tzgg/202605/P1.pdf" else {
            "Last-Modified": "Thu, 28 May 2026 02:00:00 GMT"}  # fmt: skip
        page.headers.update(stamp)
    crawled()
    kept.clear()
    before = len(one.log)
    clock.next_day()
    report = crawled()
    assert set(results(report, one).values()) == {CrawlResult.NOT_MODIFIED}
    conditions = [
        request.headers.get("If-None-Match") or request.headers.get("If-Modified-Since")
        for request in one.log[before:]
        if request.path != "/robots.txt"
    ]
    assert len(conditions) == 3
    assert all(conditions)
    assert kept == {}


def test_known_article_is_not_asked_for_twice_a_day(one: LocalSite, crawled: Crawled) -> None:
    crawled()
    crawled()
    assert len(one.asked("/tzgg/202605/t1.html")) == 1


def test_old_article_is_asked_for_seldom(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    clock.sleep(40 * 24 * 3600)
    crawled()
    for _ in range(5):
        clock.next_day()
        crawled()
    assert len(one.asked("/tzgg/202605/t1.html")) == 2


def test_counter_in_the_page_is_no_change(
    one: LocalSite, crawled: Crawled, clock: TestClock, kept: dict[str, bytes]
) -> None:
    crawled()
    kept.clear()
    one.put(
        "/tzgg/202605/t1.html",
        article(NOTICE, chrome="访问量：10234",
                extra='<p>附件：<a href="./P1.pdf">1.实训基地名单.pdf</a></p>'),
    )  # fmt: skip
    clock.next_day()
    report = crawled()
    assert results(report, one)["/tzgg/202605/t1.html"] is CrawlResult.UNCHANGED
    assert kept == {}


def test_change_is_announced_when_a_second_fetch_agrees(
    one: LocalSite, crawled: Crawled, clock: TestClock, store: Store, kept: dict[str, bytes]
) -> None:
    crawled()
    changed = article(
        NOTICE, body="请各地认真组织实施，于2027年年底前建成示范性实训基地15个，报送总结。"
    )
    one.put("/tzgg/202605/t1.html", changed)
    clock.next_day()
    report = crawled()
    results = [event.result for event in of_path(report, "/t1.html")]
    assert results == [CrawlResult.SUSPECTED, CrawlResult.CHANGED]
    assert changed.encode() in kept.values()
    assert [each.url for each in store.crawl.waiting("yunling") if not each.annex] == [
        one.url("/tzgg/202605/t1.html")] * 2  # fmt: skip


def test_change_that_the_second_fetch_does_not_see_is_none(
    one: LocalSite, crawled: Crawled, clock: TestClock, kept: dict[str, bytes]
) -> None:
    extra = '<p>附件：<a href="./P1.pdf">1.实训基地名单.pdf</a></p>'
    crawled()
    kept.clear()
    flicker = article(
        NOTICE, body="系统正在维护之中，暂时显示的是另一段文字，请稍后再来查看本页面。"
    )
    one.pages["/tzgg/202605/t1.html"] = [
        Answer(flicker.encode()),
        Answer(article(NOTICE, extra=extra).encode()),
    ]
    clock.next_day()
    report = crawled()
    results = [event.result for event in of_path(report, "/t1.html")]
    assert results == [CrawlResult.SUSPECTED, CrawlResult.UNCHANGED]
    assert kept == {}


def test_attachment_replaced_at_its_address_is_a_change(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.put("/tzgg/202605/P1.pdf", b"%PDF-1.4 another list", kind="application/pdf")
    clock.next_day()
    results = [event.result for event in of_path(crawled(), "/P1.pdf")]
    assert results == [CrawlResult.SUSPECTED, CrawlResult.CHANGED]


def test_page_that_vanishes_is_withdrawn_after_three_days(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    del one.pages["/tzgg/202605/t1.html"]
    one.put("/tzgg/", listing())
    results = []
    for _ in range(6):
        clock.next_day()
        report = crawled()
        crawled()  # a second crawl on one day confirms nothing
        results += [event.result for event in of_path(report, "/t1.html")]
    assert results == [CrawlResult.MISSING, CrawlResult.MISSING, CrawlResult.WITHDRAWN]


def test_page_that_comes_back_in_time_was_never_withdrawn(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    page = one.pages.pop("/tzgg/202605/t1.html")
    seen = []
    for day in range(5):
        clock.next_day()
        if day == 2:
            one.pages["/tzgg/202605/t1.html"] = page
        if day == 3:
            del one.pages["/tzgg/202605/t1.html"]
        seen += [event.result for event in of_path(crawled(), "/t1.html")]
    missing, unchanged = CrawlResult.MISSING, CrawlResult.UNCHANGED
    assert seen == [missing, missing, unchanged, missing, missing]


def test_page_that_was_withdrawn_returns(
    one: LocalSite, crawled: Crawled, clock: TestClock, kept: dict[str, bytes]
) -> None:
    crawled()
    page = one.pages.pop("/tzgg/202605/t1.html")
    for _ in range(3):
        clock.next_day()
        crawled()
    one.pages["/tzgg/202605/t1.html"] = page
    kept.clear()
    clock.next_day()
    assert [event.result for event in of_path(crawled(), "/t1.html")] == [CrawlResult.RETURNED]
    assert kept == {}


def test_error_page_that_says_200_counts_as_missing(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.put("/tzgg/202605/t1.html", "<html><body><p>您访问的页面不存在</p></body></html>")
    clock.next_day()
    (event,) = of_path(crawled(), "/t1.html")
    assert (event.result, event.reason) == (CrawlResult.MISSING, "missing")


def test_server_in_trouble_is_no_missing_page(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.pages["/tzgg/202605/t1.html"] = Answer(b"", 500)
    for _ in range(3):
        clock.next_day()
        (event,) = of_path(crawled(), "/t1.html")
        assert (event.result, event.reason, event.status) == (CrawlResult.FAILED, "status", 500)


def test_page_that_moved_is_said_to_have_moved(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.pages["/new/t1.html"] = one.pages.pop("/tzgg/202605/t1.html")
    one.pages["/new/P1.pdf"] = one.pages["/tzgg/202605/P1.pdf"]
    one.put("/tzgg/", listing(("/new/t1.html", NOTICE, "2026-05-28")))
    for _ in range(3):
        clock.next_day()
        report = crawled()
    (old,) = of_path(report, "/tzgg/202605/t1.html")
    assert (old.result, old.reason) == (CrawlResult.WITHDRAWN, "moved")
    assert old.note == one.url("/new/t1.html")


def test_same_file_under_two_addresses_is_one(
    one: LocalSite, crawled: Crawled, store: Store
) -> None:
    one.put(
        "/tzgg/",
        listing(
            ("./202605/t1.html", NOTICE, "2026-05-28"), ("./202605/t2.html", PLAN, "2026-05-27")
        ),
    )
    extra = '<p><a href="/copy/base-list.pdf">附件：名单.pdf</a></p>'
    one.put("/tzgg/202605/t2.html", article(PLAN, number="云教职〔2026〕4号", extra=extra))
    one.pages["/copy/base-list.pdf"] = one.pages["/tzgg/202605/P1.pdf"]
    report = crawled()
    (event,) = of_path(report, "/copy/base-list.pdf")
    assert event.result is CrawlResult.SAME
    assert event.note == one.url("/tzgg/202605/P1.pdf")
    assert len(store.crawl.waiting("yunling")) == 3


def test_same_article_under_two_addresses_is_one(one: LocalSite, crawled: Crawled) -> None:
    one.put(
        "/tzgg/",
        listing(
            ("./202605/t1.html", NOTICE, "2026-05-28"), ("./zcwj/t9.html", NOTICE, "2026-05-28")
        ),
    )
    extra = '<p>附件：<a href="/tzgg/202605/P1.pdf">1.实训基地名单.pdf</a></p>'
    one.put("/tzgg/zcwj/t9.html", article(NOTICE, extra=extra, chrome="政策文件"))
    assert results(crawled(), one)["/tzgg/zcwj/t9.html"] is CrawlResult.SAME


def test_reuploaded_file_unchanged_is_no_news(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    one.pages["/tzgg/202605/P1.pdf"].headers["ETag"] = '"1"'  # type: ignore[union-attr]
    crawled()
    one.pages["/tzgg/202605/P1.pdf"].headers["ETag"] = '"2"'  # type: ignore[union-attr]
    clock.next_day()
    assert results(crawled(), one)["/tzgg/202605/P1.pdf"] is CrawlResult.UNCHANGED

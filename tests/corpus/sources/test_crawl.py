"""A crawl against a site on this machine: what it asks for, what it finds, what it announces."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from corpus.sources.crawl import CrawlReport
from corpus.store import Store
from corpus.store.crawl_records import CrawlEvent, CrawlKind, CrawlResult
from tests.corpus.sources.web import Answer, LocalSite, Request, TestClock, article, listing

Crawled = Callable[..., CrawlReport]
_NOTICE = "云岭省教育厅关于做好实训基地建设工作的通知"
_PLAN = "云岭省教育厅关于印发职业教育发展计划的通知"


def _results(report: CrawlReport, web: LocalSite) -> dict[str, CrawlResult]:
    """The last result of each address, without the host."""
    return {event.url.removeprefix(f"http://{web.host}"): event.result for event in report.events}


def _of(report: CrawlReport, path: str) -> list[CrawlEvent]:
    return [event for event in report.events if event.url.endswith(path)]


@pytest.fixture
def one(web: LocalSite) -> LocalSite:
    """A list with one notice that has an attachment."""
    web.put("/tzgg/", listing(("./202605/t1.html", _NOTICE, "2026-05-28")))
    extra = '<p>附件：<a href="./P1.pdf">1.实训基地名单.pdf</a></p>'
    web.put("/tzgg/202605/t1.html", article(_NOTICE, extra=extra))
    web.put("/tzgg/202605/P1.pdf", b"%PDF-1.4 list of bases", kind="application/pdf")
    return web


def test_article_and_attachment_are_found_and_kept(
    one: LocalSite, crawled: Crawled, store: Store, kept: dict[str, bytes]
) -> None:
    report = crawled()
    assert _results(report, one)["/tzgg/202605/t1.html"] is CrawlResult.NEW
    assert _results(report, one)["/tzgg/202605/P1.pdf"] is CrawlResult.NEW
    page, file = store.crawl.waiting("yunling")
    assert (page.title, page.annex, page.official.document_number) == (
        _NOTICE, False, "云教职〔2026〕3号")  # fmt: skip
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
    one.put("/tzgg/202605/t1.html", article(_NOTICE, extra=links))
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
            ("/tzgg/202605/t1.html", _NOTICE, "2026-05-28"),
            ("/inner/t2.html", "内部工作动态一则通报情况", "2026-05-27"),
        ),
    )
    report = crawled()
    assert one.log[0].path == "/robots.txt"
    assert one.asked("/inner/t2.html") == []
    (event,) = _of(report, "/inner/t2.html")
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
    assert set(_results(report, one).values()) == {CrawlResult.NOT_MODIFIED}
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
        article(_NOTICE, chrome="访问量：10234",
                extra='<p>附件：<a href="./P1.pdf">1.实训基地名单.pdf</a></p>'),
    )  # fmt: skip
    clock.next_day()
    report = crawled()
    assert _results(report, one)["/tzgg/202605/t1.html"] is CrawlResult.UNCHANGED
    assert kept == {}


def test_change_is_announced_when_a_second_fetch_agrees(
    one: LocalSite, crawled: Crawled, clock: TestClock, store: Store, kept: dict[str, bytes]
) -> None:
    crawled()
    changed = article(
        _NOTICE, body="请各地认真组织实施，于2027年年底前建成示范性实训基地15个，报送总结。"
    )
    one.put("/tzgg/202605/t1.html", changed)
    clock.next_day()
    report = crawled()
    results = [event.result for event in _of(report, "/t1.html")]
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
        _NOTICE, body="系统正在维护之中，暂时显示的是另一段文字，请稍后再来查看本页面。"
    )
    one.pages["/tzgg/202605/t1.html"] = [
        Answer(flicker.encode()),
        Answer(article(_NOTICE, extra=extra).encode()),
    ]
    clock.next_day()
    report = crawled()
    results = [event.result for event in _of(report, "/t1.html")]
    assert results == [CrawlResult.SUSPECTED, CrawlResult.UNCHANGED]
    assert kept == {}


def test_attachment_replaced_at_its_address_is_a_change(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.put("/tzgg/202605/P1.pdf", b"%PDF-1.4 another list", kind="application/pdf")
    clock.next_day()
    results = [event.result for event in _of(crawled(), "/P1.pdf")]
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
        results += [event.result for event in _of(report, "/t1.html")]
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
        seen += [event.result for event in _of(crawled(), "/t1.html")]
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
    assert [event.result for event in _of(crawled(), "/t1.html")] == [CrawlResult.RETURNED]
    assert kept == {}


def test_error_page_that_says_200_counts_as_missing(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.put("/tzgg/202605/t1.html", "<html><body><p>您访问的页面不存在</p></body></html>")
    clock.next_day()
    (event,) = _of(crawled(), "/t1.html")
    assert (event.result, event.reason) == (CrawlResult.MISSING, "missing")


def test_server_in_trouble_is_no_missing_page(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.pages["/tzgg/202605/t1.html"] = Answer(b"", 500)
    for _ in range(3):
        clock.next_day()
        (event,) = _of(crawled(), "/t1.html")
        assert (event.result, event.reason, event.status) == (CrawlResult.FAILED, "status", 500)


def test_page_that_moved_is_said_to_have_moved(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    crawled()
    one.pages["/new/t1.html"] = one.pages.pop("/tzgg/202605/t1.html")
    one.pages["/new/P1.pdf"] = one.pages["/tzgg/202605/P1.pdf"]
    one.put("/tzgg/", listing(("/new/t1.html", _NOTICE, "2026-05-28")))
    for _ in range(3):
        clock.next_day()
        report = crawled()
    (old,) = _of(report, "/tzgg/202605/t1.html")
    assert (old.result, old.reason) == (CrawlResult.WITHDRAWN, "moved")
    assert old.note == one.url("/new/t1.html")


def test_same_file_under_two_addresses_is_one(
    one: LocalSite, crawled: Crawled, store: Store
) -> None:
    one.put(
        "/tzgg/",
        listing(
            ("./202605/t1.html", _NOTICE, "2026-05-28"), ("./202605/t2.html", _PLAN, "2026-05-27")
        ),
    )
    extra = '<p><a href="/copy/base-list.pdf">附件：名单.pdf</a></p>'
    one.put("/tzgg/202605/t2.html", article(_PLAN, number="云教职〔2026〕4号", extra=extra))
    one.pages["/copy/base-list.pdf"] = one.pages["/tzgg/202605/P1.pdf"]
    report = crawled()
    (event,) = _of(report, "/copy/base-list.pdf")
    assert event.result is CrawlResult.SAME
    assert event.note == one.url("/tzgg/202605/P1.pdf")
    assert len(store.crawl.waiting("yunling")) == 3


def test_same_article_under_two_addresses_is_one(one: LocalSite, crawled: Crawled) -> None:
    one.put(
        "/tzgg/",
        listing(
            ("./202605/t1.html", _NOTICE, "2026-05-28"), ("./zcwj/t9.html", _NOTICE, "2026-05-28")
        ),
    )
    extra = '<p>附件：<a href="/tzgg/202605/P1.pdf">1.实训基地名单.pdf</a></p>'
    one.put("/tzgg/zcwj/t9.html", article(_NOTICE, extra=extra, chrome="政策文件"))
    assert _results(crawled(), one)["/tzgg/zcwj/t9.html"] is CrawlResult.SAME


def test_reuploaded_file_unchanged_is_no_news(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    one.pages["/tzgg/202605/P1.pdf"].headers["ETag"] = '"1"'  # type: ignore[union-attr]
    crawled()
    one.pages["/tzgg/202605/P1.pdf"].headers["ETag"] = '"2"'  # type: ignore[union-attr]
    clock.next_day()
    assert _results(crawled(), one)["/tzgg/202605/P1.pdf"] is CrawlResult.UNCHANGED


def test_list_by_index_pages_is_read_to_its_end(web: LocalSite, crawled: Crawled) -> None:
    for number, name in enumerate(("/tzgg/", "/tzgg/index_1.html", "/tzgg/index_2.html")):
        web.put(name, listing((f"./t{number}.html", f"{_NOTICE}{number}", "2026-05-28")))
        web.put(f"/tzgg/t{number}.html", article(f"{_NOTICE}{number}"))
    report = crawled()
    assert len(report.of(CrawlResult.NEW)) == 3
    (end,) = _of(report, "/index_3.html")
    assert (end.result, end.reason) == (CrawlResult.SKIPPED, "list_end")


def test_total_of_pages_said_by_script_saves_the_last_request(
    web: LocalSite, crawled: Crawled
) -> None:
    script = '<script>createPageHTML(2, 0, "index", "html");</script>'
    web.put("/tzgg/", listing(("./t0.html", _NOTICE, "2026-05-28"), more=script))
    web.put("/tzgg/index_1.html", listing(("./t1.html", _PLAN, "2026-05-27"), more=script))
    crawled()
    assert [r.path for r in web.asked() if "index" in r.path] == ["/tzgg/index_1.html"]


def test_next_crawl_stops_where_nothing_is_new(
    web: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    test_list_by_index_pages_is_read_to_its_end(web, crawled)
    before = len(web.log)
    clock.next_day()
    crawled()
    assert [r.path for r in web.log[before:] if "index_" in r.path] == []


def test_list_by_json_is_read(web: LocalSite, crawled: Crawled) -> None:
    def page(request: Request) -> Answer:
        number = int(request.path.rpartition("=")[2]) if "=" in request.path else 1
        rows = [] if number > 2 else [
            {"href": f"/a/{number}.html", "name": f"{_NOTICE}{number}", "day": f"2026-05-2{number}"}
        ]  # fmt: skip
        return Answer(json.dumps({"data": {"rows": rows}}).encode(), kind="application/json")

    for path in ("/api/list?p=1", "/api/list?p=2", "/api/list?p=3"):
        web.pages[path] = page
    web.put("/a/1.html", article(_NOTICE + "1"))
    web.put("/a/2.html", article(_NOTICE + "2"))
    lists = {"paging": "json", "parameter": "p", "first": 2, "entries": "data.rows",
             "address": "href", "title": "name", "dated": "day"}  # fmt: skip
    report = crawled(starts=["/api/list?p=1"], lists=lists)
    assert [e.title for e in report.of(CrawlResult.NEW)] == [_NOTICE + "1", _NOTICE + "2"]


def test_endless_calendar_is_left(web: LocalSite, crawled: Crawled) -> None:
    """Every page leads to the next month, and none has an entry that the first had not."""

    def month(request: Request) -> Answer:
        number = int(request.path.rpartition("=")[2]) if "=" in request.path else 0
        more = f'<a href="/tzgg/?m={number + 1}">下一页</a>'
        return Answer(listing(("/tzgg/t1.html", _NOTICE, "2026-05-28"), more=more).encode())

    web.pages["/tzgg/"] = month
    for number in range(1, 300):
        web.pages[f"/tzgg/?m={number}"] = month
    web.put("/tzgg/t1.html", article(_NOTICE))
    report = crawled(lists={"paging": "link"})
    assert len([r for r in web.asked() if r.path != "/tzgg/t1.html"]) == 2
    assert report.reason is None


def test_calendar_that_makes_up_entries_ends_at_the_bound_of_pages(
    web: LocalSite, crawled: Crawled
) -> None:
    def month(request: Request) -> Answer:
        number = int(request.path.rpartition("=")[2]) if "=" in request.path else 0
        entry = (f"/day/{number}.html", f"{number}月工作日程安排一览", "2026-05-28")
        return Answer(listing(entry, more=f'<a href="/tzgg/?m={number + 1}">下一页</a>').encode())

    web.pages["/tzgg/"] = month
    for number in range(1, 50):
        web.pages[f"/tzgg/?m={number}"] = month
    report = crawled(lists={"paging": "link", "pages": 4}, exclude=["/day/"])
    assert len(web.asked()) == 4
    (left,) = _of(report, "/tzgg/?m=4")
    assert (left.result, left.reason) == (CrawlResult.SKIPPED, "pages")


def test_attachment_that_is_excluded_is_left(one: LocalSite, crawled: Crawled) -> None:
    (event,) = _of(crawled(exclude=[r"\.pdf$"]), "/P1.pdf")
    assert (event.result, event.reason) == (CrawlResult.SKIPPED, "excluded")
    assert one.asked("/tzgg/202605/P1.pdf") == []


def test_run_ends_at_its_bound_of_requests(one: LocalSite, crawled: Crawled) -> None:
    report = crawled(manners={"requests": 3})
    assert report.reason == "budget"
    assert len(one.log) == 3


def test_what_a_broken_run_left_is_done_by_the_next(
    one: LocalSite, crawled: Crawled, store: Store
) -> None:
    crawled(manners={"requests": 3})
    report = crawled()
    assert _results(report, one)["/tzgg/202605/P1.pdf"] is CrawlResult.NEW


def test_only_wanted_addresses_are_asked_for(one: LocalSite, crawled: Crawled) -> None:
    one.put(
        "/tzgg/",
        listing(
            ("./202605/t1.html", _NOTICE, "2026-05-28"),
            ("/zhaopin/t5.html", "云岭省教育厅公开招聘工作人员公告", "2026-05-28"),
            ("http://other.example/t6.html", "别处网站上发布的一则通知", "2026-05-28"),
        ),
    )
    report = crawled(exclude=["/zhaopin/"])
    skipped = {e.url.rpartition("/")[2]: e.reason for e in report.of(CrawlResult.SKIPPED)}
    assert skipped == {"t5.html": "excluded", "t6.html": "host"}
    again = crawled(exclude=["/zhaopin/"])
    assert again.of(CrawlResult.SKIPPED) == []


def test_since_leaves_out_what_is_older(one: LocalSite, crawled: Crawled) -> None:
    report = crawled(since=date(2026, 6, 1))
    (event,) = _of(report, "/t1.html")
    assert (event.result, event.reason) == (CrawlResult.SKIPPED, "before_since")


def test_dry_run_reads_lists_and_leaves_no_trace(
    one: LocalSite, crawled: Crawled, store: Store, kept: dict[str, bytes]
) -> None:
    report = crawled(dry_run=True)
    assert [link.title for link in report.planned] == [_NOTICE]
    assert [request.path for request in one.asked()] == ["/tzgg/", "/tzgg/index_1.html"]
    assert (store.crawl.runs(), store.crawl.events(), kept) == ([], [], {})


def test_attachment_that_is_an_error_page_is_refused(one: LocalSite, crawled: Crawled) -> None:
    one.put("/tzgg/202605/P1.pdf", "<html><body>文件不存在</body></html>")
    (event,) = _of(crawled(), "/P1.pdf")
    assert (event.result, event.reason) == (CrawlResult.FAILED, "not_a_file")


def test_document_that_a_word_processor_saved_as_a_page_is_one(
    one: LocalSite, crawled: Crawled
) -> None:
    page = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>名单</body></html>'
    one.put("/tzgg/202605/P1.pdf", page)
    (event,) = _of(crawled(), "/P1.pdf")
    assert event.result is CrawlResult.NEW


def test_list_that_failed_is_read_whole_the_next_time(
    web: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    web.put("/tzgg/", listing(("./t0.html", _NOTICE, "2026-05-28")))
    web.put("/tzgg/t0.html", article(_NOTICE))
    web.pages["/tzgg/index_1.html"] = Answer(b"", 500)
    assert crawled().reason == "list_failed"
    web.put("/tzgg/index_1.html", listing(("./t1.html", _PLAN, "2026-05-27")))
    web.put("/tzgg/t1.html", article(_PLAN, number="云教职〔2026〕4号"))
    clock.next_day()
    report = crawled()
    assert [event.title for event in report.of(CrawlResult.NEW)] == [_PLAN]
    assert report.reason is None


def test_article_that_failed_is_tried_again_though_no_list_shows_it(
    one: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    page = one.pages["/tzgg/202605/t1.html"]
    one.pages["/tzgg/202605/t1.html"] = Answer(b"", 500)
    crawled()
    one.pages["/tzgg/202605/t1.html"] = page
    one.put("/tzgg/", listing())
    clock.next_day()
    assert _results(crawled(), one)["/tzgg/202605/t1.html"] is CrawlResult.NEW


def test_what_since_left_out_is_fetched_without_it(one: LocalSite, crawled: Crawled) -> None:
    crawled(since=date(2026, 6, 1))
    assert len(crawled().of(CrawlResult.NEW)) == 2


def test_attachment_on_another_host_is_noted_and_left(one: LocalSite, crawled: Crawled) -> None:
    extra = '<p>附件：<a href="http://files.example/a.pdf">名单.pdf</a></p>'
    one.put("/tzgg/202605/t1.html", article(_NOTICE, extra=extra))
    (event,) = _of(crawled(), "/a.pdf")
    assert (event.result, event.reason) == (CrawlResult.SKIPPED, "host")


def test_site_that_asks_for_a_long_pause_is_left_alone(one: LocalSite, crawled: Crawled) -> None:
    one.pages["/tzgg/202605/t1.html"] = Answer(b"", 429, headers={"Retry-After": "7200"})
    report = crawled()
    assert report.reason == "busy"
    assert one.log[-1].path == "/tzgg/202605/t1.html"
    assert len(one.asked("/tzgg/202605/t1.html")) == 1


def test_outside_of_the_hours_nothing_is_asked_for(
    one: LocalSite, crawled: Crawled, clock: TestClock, store: Store
) -> None:
    clock.sleep(9 * 3600)  # ten in the morning
    report = crawled(manners={"hours": "22:00-06:00"})
    assert report.reason == "hours"
    assert one.log == []
    (run,) = store.crawl.runs()
    assert run.reason == "hours"


def test_run_ends_when_the_hours_do(one: LocalSite, crawled: Crawled, clock: TestClock) -> None:
    clock.sleep(5 * 3600 - 4)  # four seconds to six
    report = crawled(manners={"hours": "22:00-06:00"})
    assert report.reason == "hours"
    assert 1 <= len(one.log) <= 3


def test_every_event_is_kept_as_it_was(one: LocalSite, crawled: Crawled, store: Store) -> None:
    report = crawled()
    assert store.crawl.events(run_id=report.run_id) == list(report.events)
    (run,) = store.crawl.runs("yunling")
    assert run.requests == len(one.log) == report.requests
    assert all(e.status == 200 for e in report.events if e.kind is not CrawlKind.LIST)

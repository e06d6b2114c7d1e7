"""Lists of all kinds read to their end and no further, and what bounds a crawl."""

from __future__ import annotations

import json
from datetime import date

from corpus.store import Store
from corpus.store.crawl_records import CrawlKind, CrawlResult
from tests.corpus.sources.reports import NOTICE, PLAN, Crawled, of_path, results
from tests.corpus.sources.web import Answer, LocalSite, Request, TestClock, article, listing


def test_list_by_index_pages_is_read_to_its_end(web: LocalSite, crawled: Crawled) -> None:
    for number, name in enumerate(("/tzgg/", "/tzgg/index_1.html", "/tzgg/index_2.html")):
        web.put(name, listing((f"./t{number}.html", f"{NOTICE}{number}", "2026-05-28")))
        web.put(f"/tzgg/t{number}.html", article(f"{NOTICE}{number}"))
    report = crawled()
    assert len(report.of(CrawlResult.NEW)) == 3
    (end,) = of_path(report, "/index_3.html")
    assert (end.result, end.reason) == (CrawlResult.SKIPPED, "list_end")


def test_total_of_pages_said_by_script_saves_the_last_request(
    web: LocalSite, crawled: Crawled
) -> None:
    script = '<script>createPageHTML(2, 0, "index", "html");</script>'
    web.put("/tzgg/", listing(("./t0.html", NOTICE, "2026-05-28"), more=script))
    web.put("/tzgg/index_1.html", listing(("./t1.html", PLAN, "2026-05-27"), more=script))
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
            {"href": f"/a/{number}.html", "name": f"{NOTICE}{number}", "day": f"2026-05-2{number}"}
        ]  # fmt: skip
        return Answer(json.dumps({"data": {"rows": rows}}).encode(), kind="application/json")

    for path in ("/api/list?p=1", "/api/list?p=2", "/api/list?p=3"):
        web.pages[path] = page
    web.put("/a/1.html", article(NOTICE + "1"))
    web.put("/a/2.html", article(NOTICE + "2"))
    lists = {"paging": "json", "parameter": "p", "first": 2, "entries": "data.rows",
             "address": "href", "title": "name", "dated": "day"}  # fmt: skip
    report = crawled(starts=["/api/list?p=1"], lists=lists)
    assert [e.title for e in report.of(CrawlResult.NEW)] == [NOTICE + "1", NOTICE + "2"]


def test_endless_calendar_is_left(web: LocalSite, crawled: Crawled) -> None:
    """Every page leads to the next month, and none has an entry that the first had not."""

    def month(request: Request) -> Answer:
        number = int(request.path.rpartition("=")[2]) if "=" in request.path else 0
        more = f'<a href="/tzgg/?m={number + 1}">下一页</a>'
        return Answer(listing(("/tzgg/t1.html", NOTICE, "2026-05-28"), more=more).encode())

    web.pages["/tzgg/"] = month
    for number in range(1, 300):
        web.pages[f"/tzgg/?m={number}"] = month
    web.put("/tzgg/t1.html", article(NOTICE))
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
    (left,) = of_path(report, "/tzgg/?m=4")
    assert (left.result, left.reason) == (CrawlResult.SKIPPED, "pages")


def test_attachment_that_is_excluded_is_left(one: LocalSite, crawled: Crawled) -> None:
    (event,) = of_path(crawled(exclude=[r"\.pdf$"]), "/P1.pdf")
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
    assert results(report, one)["/tzgg/202605/P1.pdf"] is CrawlResult.NEW


def test_only_wanted_addresses_are_asked_for(one: LocalSite, crawled: Crawled) -> None:
    one.put(
        "/tzgg/",
        listing(
            ("./202605/t1.html", NOTICE, "2026-05-28"),
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
    (event,) = of_path(report, "/t1.html")
    assert (event.result, event.reason) == (CrawlResult.SKIPPED, "before_since")


def test_dry_run_reads_lists_and_leaves_no_trace(
    one: LocalSite, crawled: Crawled, store: Store, kept: dict[str, bytes]
) -> None:
    report = crawled(dry_run=True)
    assert [link.title for link in report.planned] == [NOTICE]
    assert [request.path for request in one.asked()] == ["/tzgg/", "/tzgg/index_1.html"]
    assert (store.crawl.runs(), store.crawl.events(), kept) == ([], [], {})


def test_attachment_that_is_an_error_page_is_refused(one: LocalSite, crawled: Crawled) -> None:
    one.put("/tzgg/202605/P1.pdf", "<html><body>文件不存在</body></html>")
    (event,) = of_path(crawled(), "/P1.pdf")
    assert (event.result, event.reason) == (CrawlResult.FAILED, "not_a_file")


def test_document_that_a_word_processor_saved_as_a_page_is_one(
    one: LocalSite, crawled: Crawled
) -> None:
    page = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>名单</body></html>'
    one.put("/tzgg/202605/P1.pdf", page)
    (event,) = of_path(crawled(), "/P1.pdf")
    assert event.result is CrawlResult.NEW


def test_list_that_failed_is_read_whole_the_next_time(
    web: LocalSite, crawled: Crawled, clock: TestClock
) -> None:
    web.put("/tzgg/", listing(("./t0.html", NOTICE, "2026-05-28")))
    web.put("/tzgg/t0.html", article(NOTICE))
    web.pages["/tzgg/index_1.html"] = Answer(b"", 500)
    assert crawled().reason == "list_failed"
    web.put("/tzgg/index_1.html", listing(("./t1.html", PLAN, "2026-05-27")))
    web.put("/tzgg/t1.html", article(PLAN, number="云教职〔2026〕4号"))
    clock.next_day()
    report = crawled()
    assert [event.title for event in report.of(CrawlResult.NEW)] == [PLAN]
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
    assert results(crawled(), one)["/tzgg/202605/t1.html"] is CrawlResult.NEW


def test_what_since_left_out_is_fetched_without_it(one: LocalSite, crawled: Crawled) -> None:
    crawled(since=date(2026, 6, 1))
    assert len(crawled().of(CrawlResult.NEW)) == 2


def test_attachment_on_another_host_is_noted_and_left(one: LocalSite, crawled: Crawled) -> None:
    extra = '<p>附件：<a href="http://files.example/a.pdf">名单.pdf</a></p>'
    one.put("/tzgg/202605/t1.html", article(NOTICE, extra=extra))
    (event,) = of_path(crawled(), "/a.pdf")
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

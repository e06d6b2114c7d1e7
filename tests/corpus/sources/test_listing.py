"""Lists as government sites lay them out: which links are entries, and where the list goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from corpus.model.errors import UnreadableFile
from corpus.sources.fetch import Fetched
from corpus.sources.listing import Listing, day_in, numbered, read_list
from corpus.sources.reasons import NotFetched
from corpus.sources.site_file import site_of

_NOW = datetime(2026, 6, 8, tzinfo=UTC)
_BASE = "https://jyt.yunling.example/tzgg/"


def _read(page: str, *, page_number: int = 1, url: str = _BASE, **lists: Any) -> Listing:
    site = site_of("x", {"hosts": ["jyt.yunling.example"], "lists": lists})
    content = page.encode("utf-8")
    got = Fetched(url, url, 200, content, "text/html", "utf-8", None, None, _NOW, _NOW)
    return read_list(got, site, page_number)


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="t1.html">关于做好实训基地建设的通知</a><span>2026-05-28</span></li>',
        '<li>[2026-05-28]<a href="./t1.html" title="关于做好实训基地建设的通知">关于…</a></li>',
        '<tr><td><a href="t1.html">关于做好实训基地建设的通知</a></td><td>2026/05/28</td></tr>',
        '<dl><dt><a href="t1.html">关于做好实训基地建设的通知</a></dt><dd>2026年5月28日</dd></dl>',
        '<li><a href="t1.html">关于做好实训基地建设的通知 2026-05-28</a></li>',
        '<div><p><a href="t1.html">关于做好实训基地建设的通知</a></p><p>发布：2026.5.28</p></div>',
    ],
)  # fmt: skip
def test_link_beside_a_date_is_an_entry(row: str) -> None:
    around = "<table>{}</table>" if row.startswith("<tr") else "<div>{}</div>"
    (link,) = _read(around.format(row)).links
    assert link.url == _BASE + "t1.html"
    assert (link.title, link.day) == ("关于做好实训基地建设的通知", date(2026, 5, 28))


@pytest.mark.parametrize(
    "part",
    [
        '<div class="nav"><li><a href="a.html">政务公开栏目首页</a>2026-05-28</li></div>',
        '<div class="footer"><p><a href="a.html">关于我们的网站</a> 2026-05-28</p></div>',
        '<p><a href="a.html">没有日期的链接文字</a></p>',
        '<li><a href="#top">回到页面顶部的链接</a>2026-05-28</li>',
        '<li><a href="javascript:void(0)">用脚本打开的链接</a>2026-05-28</li>',
        '<li><a href="a.html">更多</a>2026-05-28</li>',
        '<p>2026-05-28 <a href="a.html">第一个栏目</a> <a href="b.html">第二个栏目</a></p>',
    ],
)  # fmt: skip
def test_other_links_are_none(part: str) -> None:
    assert _read(f"<div>{part}</div>").links == ()


def test_own_selectors_find_what_has_no_date() -> None:
    page = (
        '<div class="x"><h4><a href="1.html">甲项目申报指南</a></h4></div>'
        '<div class="x"><h4><a href="2.html">乙项目申报指南</a></h4><i d="2026-05-28"></i></div>'
        '<div><a href="3.html">友情链接网站</a></div>'
    )
    found = _read(page, items="//div[@class='x']", link=".//h4/a", date=".//i/@d")
    assert [link.title for link in found.links] == ["甲项目申报指南", "乙项目申报指南"]
    assert [link.day for link in found.links] == [None, date(2026, 5, 28)]


def test_selector_that_is_none_is_said() -> None:
    with pytest.raises(NotFetched) as caught:
        _read("<p>x</p>", items="//div[")
    assert caught.value.reason == "unreadable_list"


def test_same_entry_twice_is_one() -> None:
    row = '<li><a href="t1.html">关于做好实训基地建设的通知</a>2026-05-28</li>'
    assert len(_read(f"<ul>{row}{row}</ul>").links) == 1


def test_base_of_the_page_moves_its_links() -> None:
    page = (
        '<head><base href="/zwgk/"></head><li><a href="t1.html">一则通知的标题</a>2026-05-28</li>'
    )
    assert _read(page).links[0].url == "https://jyt.yunling.example/zwgk/t1.html"


@pytest.mark.parametrize(
    ("paging", "url", "page_number", "following"),
    [
        ({"paging": "index"}, _BASE, 1, _BASE + "index_1.html"),
        ({"paging": "index"}, _BASE + "index_1.html", 2, _BASE + "index_2.html"),
        ({"paging": "index", "first": 2}, _BASE + "index.shtml", 1, _BASE + "index_2.shtml"),
        ({"paging": "query"}, _BASE + "list.jsp?c=7", 1, _BASE + "list.jsp?c=7&page=1"),
        ({"paging": "query", "parameter": "p", "first": 2}, _BASE + "l?p=2", 2, _BASE + "l?p=3"),
        ({"paging": "link"}, _BASE, 1, _BASE + "p2.html"),
        ({"paging": "none"}, _BASE, 1, None),
    ],
)
def test_next_page(
    paging: dict[str, Any], url: str, page_number: int, following: str | None
) -> None:
    page = '<a href="p2.html">下一页</a><a href="p9.html">尾页</a>'
    assert _read(page, page_number=page_number, url=url, **paging).next == following


def test_last_page_said_by_script_is_the_last() -> None:
    page = "<script>createPageHTML(3,2,'index','html')</script>"
    assert _read(page, page_number=2).next is not None
    assert _read(page, page_number=3).next is None


def test_name_with_numbers_of_its_own() -> None:
    assert numbered("http://a.example/c123/node_45.htm", 2) == "http://a.example/c123/node_2.htm"
    assert numbered("http://a.example/list", 2) == "http://a.example/list_2"


def test_json_list_is_read_by_dotted_names() -> None:
    page = (
        '{"result":{"list":[{"u":"/t1.html","t":"关于…的通知","d":"2026-05-28 10:00"},{"t":"x"}]}}'
    )
    names = {"entries": "result.list", "address": "u", "title": "t", "dated": "d"}
    (link,) = _read(page, paging="json", **names).links
    assert (link.url, link.day) == ("https://jyt.yunling.example/t1.html", date(2026, 5, 28))


@pytest.mark.parametrize("page", ["<html>出错了</html>", '{"data": 3}', "[1"])
def test_what_is_no_json_list_is_unreadable(page: str) -> None:
    with pytest.raises(UnreadableFile):
        _read(page, paging="json")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-28", date(2026, 5, 28)),
        ("发布于２０２６年", None),
        ("2026-13-40 2026.6.1", date(2026, 6, 1)),
        ("电话 1232026-05-281", None),
    ],
)
def test_day_in_a_text(text: str, day: date | None) -> None:
    assert day_in(text) == day

"""Articles in the layouts of government sites, and 28 real pages against a table made by reading.

The table (article_pages.tsv) holds what the pages state of themselves and how many signs their body
has, counted between the marks of the page's own code.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from corpus.model.document import BlockKind
from corpus.model.errors import UnreadableFile
from corpus.parse import parse
from corpus.sources.article import Article, read_article
from corpus.sources.fetch import Fetched
from corpus.sources.site_file import site_of
from tests.corpus.sources.web import article

_NOW = datetime(2026, 6, 8, tzinfo=UTC)
_URL = "https://jyt.yunling.example/tzgg/202605/t1.html"
_PAGES = Path(__file__).parents[4] / "shared" / "documents" / "html"
_TITLE = "云岭省教育厅关于做好实训基地建设工作的通知"
_BODY = (
    "<p>各市、州教育局：</p><p>为进一步加强实训基地建设，现就有关事项通知如下，请认真贯彻执行。</p>"
    "<p>一、到2027年，全省建成示范性实训基地20个。</p><p>二、各地要按季度报送工作进展情况。</p>"
)


def _read(page: str | bytes, *, charset: str | None = "utf-8", **more: object) -> Article:
    content = page.encode("utf-8") if isinstance(page, str) else page
    got = Fetched(_URL, _URL, 200, content, "text/html", charset, None, None, _NOW, _NOW)
    return read_article(got, site_of("x", {"hosts": ["jyt.yunling.example"], **more}))


def test_layout_with_an_index_table() -> None:
    found = _read(article(_TITLE))
    official = found.official
    assert (found.title, official.document_number) == (_TITLE, "云教职〔2026〕3号")
    assert official.issuers == ("云岭省教育厅",)
    assert (official.date_of_issue, found.published) == (date(2026, 5, 20), date(2026, 5, 28))
    assert official.index_number == "YL0123/2026-00017"


def test_layout_with_a_line_of_date_and_source() -> None:
    """As the Henan education department has it: no index, the number below the title."""
    page = (
        f"<html><head><title>{_TITLE}</title></head><body><div class='top'>您好，"
        "今天是2026年6月9日，欢迎访问云岭省教育厅网站！</div>"
        "<div class='position'>首页 &gt; 政务公开 &gt; 正文</div>"
        f"<h1>{_TITLE}</h1><p>云教职〔2026〕3号</p><div>2026-05-28 10:48 【浏览字号：大 中 小】 "
        f"来源：教育厅办公室</div><div class='con'>{_BODY}<p>云岭省教育厅</p>"
        "<p>2026年5月20日</p></div>"
        "<div class='footer'>版权所有：云岭省教育厅</div></body></html>"
    )
    found = _read(page)
    assert (found.title, found.official.document_number) == (_TITLE, "云教职〔2026〕3号")
    assert found.official.issuers == ("云岭省教育厅",)
    assert (found.official.date_of_issue, found.published) == (
        date(2026, 5, 20), date(2026, 5, 28))  # fmt: skip


def test_layout_with_a_list_for_an_index_in_gb18030() -> None:
    index = "".join(
        f"<li><b>{key}：</b><span>{value}</span></li>"
        for key, value in {
            "索引号": "YL0456", "发布机构": "云岭省教育厅", "文号": "云教职〔2026〕3号",
            "生成日期": "2026-05-20", "公开日期": "2026-05-28", "信息名称": _TITLE,
        }.items()
    )  # fmt: skip
    page = (
        f"<html><head><meta charset='gb2312'><title>{_TITLE}</title></head><body>"
        f"<ul class='xxgk'>{index}</ul><div id='zoom'>{_BODY}</div></body></html>"
    )
    found = _read(page.encode("gb18030"), charset=None)
    assert (found.title, found.official.document_number) == (_TITLE, "云教职〔2026〕3号")
    assert found.official.issuers == ("云岭省教育厅",)
    assert (found.official.date_of_issue, found.published) == (
        date(2026, 5, 20), date(2026, 5, 28))  # fmt: skip


def test_page_that_only_hands_out_files_is_an_article_without_text() -> None:
    page = (
        f"<html><head><title>{_TITLE}</title></head><body><table><tr><td>发文字号：</td>"
        "<td>云教职〔2026〕3号</td><td>成文日期：</td><td>2026-05-20</td></tr></table>"
        "<a href='P1.pdf'>通知.pdf</a></body></html>"
    )
    found = _read(page)
    assert not found.has_text
    assert [link.url for link in found.attachments] == [_URL.replace("t1.html", "P1.pdf")]
    assert found.official.document_number == "云教职〔2026〕3号"
    assert found.official.date_of_issue == date(2026, 5, 20)


@pytest.mark.parametrize(
    "page", ["<html><body><p>您访问的页面不存在</p></body></html>", "<html></html>", "   "]
)
def test_page_with_nothing_in_it_is_no_article(page: str) -> None:
    with pytest.raises(UnreadableFile):
        _read(page)


def test_own_selectors_say_what_the_page_does_not_label() -> None:
    page = (
        f"<html><body><h2>站内标题</h2><i id='t'>{_TITLE}</i><i id='n'>云教职〔2026〕9号</i>"
        f"<i id='d'>2026-05-21</i><div id='zoom'>{_BODY}</div></body></html>"
    )
    selectors = {"title": "//i[@id='t']", "number": "//i[@id='n']", "issued": "//i[@id='d']"}
    found = _read(page, article=selectors)
    assert (found.title, found.official.document_number) == (_TITLE, "云教职〔2026〕9号")
    assert found.official.date_of_issue == date(2026, 5, 21)


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (article(_TITLE, chrome="访问量：1024"), True),
        (article(_TITLE).replace("2026年6月9日", "2026年6月10日"), True),
        (article(_TITLE).replace("<p>", "<p class='x'>"), True),
        (article(_TITLE).replace("12个", "15个"), False),
        (article(_TITLE).replace("5月20日", "5月21日"), False),
        (article(_TITLE, extra="<a href='/1.pdf'>附件</a>"), False),
        (article(_TITLE + "（修订）"), False),
    ],
)
def test_digest_changes_with_what_counts_and_nothing_else(changed: str, same: bool) -> None:
    assert (_read(changed).digest == _read(article(_TITLE)).digest) is same


class Expected(NamedTuple):
    """What was read in one real page."""

    page: str
    title: str
    number: str
    issuers: str
    issued: str
    published: str
    index_number: str
    attachments: str
    signs: str


def _table() -> list[Expected]:
    text = Path(__file__).with_name("article_pages.tsv").read_text("utf-8")
    rows = csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Expected(*row) for row in rows]


def _wrong(expected: Expected) -> list[str]:
    """The fields that came out different."""
    content = (_PAGES / expected.page).read_bytes()
    found, document = _read(content, charset=None), parse(content, source=expected.page)
    body = "".join(
        document.text[block.span.start : block.span.end]
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    )
    signs = len("".join(body.split()))
    official = found.official
    agrees = {
        "title": official.title == expected.title,
        "number": official.document_number == expected.number,
        "issuers": "、".join(official.issuers) == expected.issuers,
        "issued": str(official.date_of_issue) == expected.issued,
        "published": str(found.published) == expected.published,
        "index_number": official.index_number == expected.index_number,
        "attachments": len(found.attachments) == int(expected.attachments),
        # Cells that run over rows or columns are not text twice; a sign here or there is a blank.
        "signs": abs(signs - int(expected.signs)) <= int(expected.signs) / 100,
    }
    return [name for name, right in agrees.items() if not right]


@pytest.mark.skipif(not _PAGES.exists(), reason="../shared/documents/html is not there")
def test_real_pages_are_read_right() -> None:
    expected = _table()
    assert len(expected) == len(list(_PAGES.glob("*.html"))) == 28
    wrong = {each.page: fields for each in expected if (fields := _wrong(each))}
    assert len(wrong) <= 0.05 * len(expected), wrong

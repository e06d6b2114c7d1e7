"""Attachments by link and by script, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus.parse.html_tree import tree_of
from corpus.sources.attachments import attachments_of
from corpus.sources.names import file_name
from corpus.sources.site import Attachments
from corpus.store.crawl_records import Origin, plain_title

_BASE = "https://jyt.yunling.example/tzgg/202605/t1.html"


def _found(part: str, **options: object) -> list[tuple[str, str]]:
    root = tree_of(f"<html><body>{part}</body></html>", source="")
    assert root is not None
    links = attachments_of(root, _BASE, Attachments(**options))  # type: ignore[arg-type]
    return [(link.url.removeprefix("https://jyt.yunling.example"), link.title) for link in links]


@pytest.mark.parametrize(
    ("part", "url", "title"),
    [
        ('<a href="./P1.pdf">附件1：实施方案</a>', "/tzgg/202605/P1.pdf", "附件1：实施方案"),
        ('<a href="/u/1.DOCX" download="方案.docx">下载</a>', "/u/1.DOCX", "方案.docx"),
        ('<a href="/down.jsp?id=7">附件1.实施方案.wps</a>', "/down.jsp?id=7", "附件1.实施方案.wps"),
        ('<a href="/down.jsp?name=a.ofd">方案</a>', "/down.jsp?name=a.ofd", "方案"),
        ('<a href="/download?id=3">附件2：分工表</a>', "/download?id=3", "附件2：分工表"),
        ('<a href="/u/1.zip?v=2">材料</a>', "/u/1.zip?v=2", "材料"),
        ('<iframe src="/pdfjs/viewer.html?file=/u/2.pdf"></iframe>', "/u/2.pdf", ""),
        ('<embed src="/u/3.pdf">', "/u/3.pdf", ""),
        ('<a href="/u/8.jpg">附件：公示名单扫描件</a>', "/u/8.jpg", "附件：公示名单扫描件"),
        ("<a href=\"javascript:down('/u/4.xls')\">附件：表</a>", "/u/4.xls", "附件：表"),
        ("<a href='#' onclick=\"get('/u/5.pdf','计划.pdf')\">点此</a>", "/u/5.pdf", "点此"),
        ("<script>show('P6.pdf', '任务分解表');</script>", "/tzgg/202605/P6.pdf", "任务分解表"),
        ('<script>var file = {url: "/u/7.doc"};</script>', "/u/7.doc", ""),
    ],
)
def test_attachment_is_found(part: str, url: str, title: str) -> None:
    assert _found(part) == [(url, title)]


@pytest.mark.parametrize(
    "part",
    [
        '<a href="t2.html">附件说明见另一则通知</a>',
        '<div class="footer"><a href="/help.pdf">网站使用手册</a></div>',
        '<div class="nav"><a href="/guide.doc">办事指南</a></div>',
        '<a href="#">附件1</a>',
        "<script>var title = '实施方案.pdf';</script>",
        "<script>var share = '/images/share.png';</script>",
        '<a href="/u/big.jpg"><img src="/u/small.jpg"></a>',
        '<img src="/logo.png"><a href="/zt/">专题专栏</a>',
        "<p>附件：1.实施方案.docx（另发）</p>",
        '<a href="mailto:a@x.example">联系邮箱：a.doc</a>',
    ],
)
def test_other_things_are_none(part: str) -> None:
    assert _found(part) == []


def test_same_file_linked_twice_is_one_and_keeps_its_name() -> None:
    part = '<a href="/u/1.pdf"><img src="i.gif"></a> <a href="/u/1.pdf">附件1：实施方案</a>'
    assert _found(part) == [("/u/1.pdf", "附件1：实施方案")]


def test_own_pattern_reads_a_script_of_the_site() -> None:
    part = "<script>addFile(88, '任务分解表', 'e3f1');</script>"
    pattern = r"addFile\(\d+, '(?P<name>[^']+)', '(?P<url>[^']+)'\)"
    assert _found(part, script=pattern) == [("/tzgg/202605/e3f1", "任务分解表")]


def test_only_what_stands_within_counts() -> None:
    part = '<div id="a"><a href="/1.pdf">甲</a></div><div><a href="/2.pdf">乙</a></div>'
    assert _found(part, within="//div[@id='a']") == [("/1.pdf", "甲")]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("附件1：云岭省实施方案.docx", "云岭省实施方案"),
        ("附件2.分工表.pdf", "分工表"),
        ("附件：任务分解表", "任务分解表"),
        ("2026年工作要点.ofd", "2026年工作要点"),
        ("实施方案.pdf【点击下载】", "实施方案"),
    ],
)
def test_title_without_what_is_around_it(said: str, title: str) -> None:
    assert plain_title(said) == title


@pytest.mark.parametrize(
    ("url", "title", "name"),
    [
        ("page", "云岭省教育厅关于…的通知", "云岭省教育厅关于…的通知.html"),
        ("page", "../../etc/passwd", "etc passwd.html"),
        ("page", "", "article.html"),
        ("https://a.example/u/P1.pdf", "附件1：实施方案", "实施方案.pdf"),
        ("https://a.example/down?id=1", "分工表.DOCX", "分工表.docx"),
        ("https://a.example/u/%E6%96%B9%E6%A1%88.wps", "", "方案.wps"),
        ("https://a.example/down?id=1", "\u202egpj.exe", "gpj"),
    ],
)
def test_name_in_the_library(url: str, title: str, name: str) -> None:
    source = Origin("0" * 64, url, "page", title, annex=url != "page")
    assert file_name(source) == name


def test_long_title_is_a_name_that_a_disk_takes() -> None:
    source = Origin("0" * 64, "page", "page", "关于" * 200, annex=False)
    assert len(file_name(source).encode()) < 255

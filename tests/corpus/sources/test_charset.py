"""Charset traps: what header, page and bytes say, and which of them is right."""

from __future__ import annotations

import pytest

from corpus.sources.charset import charset_in, text_of

_TEXT = "云岭省教育厅关于䶮水镇中学改扩建的通知"
_META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", "text/html; charset=utf-8"),
        ("utf-8", "gb2312", "text/html"),
        ("utf-8", "", "text/html; charset=GBK"),
        ("utf-8-sig", "", ""),
        ("gb18030", "gb2312", "text/html"),
        ("gb18030", "gbk", "text/html; charset=ISO-8859-1"),
        ("gb18030", "", "text/html; charset=GB2312"),
        ("gb18030", "", ""),
        ("gb18030", "utf-8", ""),
        ("gb18030", "gb2312", "text/html; charset=utf-8"),
        ("gb18030", "", "text/html; charset=nonsense"),
        ("utf-16", "", "text/html"),
    ],
)
def test_text_is_read_whatever_is_said_of_it(encoding: str, declared: str, header: str) -> None:
    page = f"<html><head>{_META.format(declared) if declared else ''}</head><p>{_TEXT}</p></html>"
    assert _TEXT in text_of(page.encode(encoding), charset_in(header))


def test_header_counts_where_the_page_says_nothing() -> None:
    page = "<p>雲嶺省教育廳關於學校建設的通知</p>"
    assert text_of(page.encode("big5"), charset_in("text/html; charset=Big5")) == page


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("text/html; charset=GB2312", "gb18030"),
        ('text/html; charset="utf-8"', "utf-8"),
        ("text/html;charset=ISO-8859-1", None),
        ("text/html", None),
        ("text/html; charset=none-such", None),
    ],
)
def test_charset_of_a_header(header: str, found: str | None) -> None:
    assert charset_in(header) == found

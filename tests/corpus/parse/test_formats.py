"""Which reader gets a file: its bytes tell, its name where they can't."""

from __future__ import annotations

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse.formats import detect, read

LINE = "到2027年，新增技工12万人。"


@pytest.mark.parametrize(
    ("content", "source", "format"),
    [
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (b"%PDF-1.7\n", "plan.txt", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", "a", "pdf"),
        (b"<!DOCTYPE html><html><body>", "page", "html"),
        (b"<HTML lang='zh'>", "page.txt", "html"),
        (b"<p>one</p>", "page.html", "html"),
        (b"<p>one</p>", "page.SHTML", "html"),
        (b"# Plan\n", "plan.md", "markdown"),
        (b"<html> is how a page begins", "notes.md", "markdown"),
        (LINE.encode(), "plan.txt", "text"),
        (LINE.encode(), "https://example.org/plan", "text"),
        (LINE.encode("gb18030"), "plan", "text"),
    ],
)
def test_format_is_told(content: bytes, source: str, format: str) -> None:
    assert detect(content, source=source) == format


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04rest", "DOCX"),
        (b"\xd0\xcf\x11\xe0rest", "Word"),
        (b"\x89PNGrest", "图片"),
        (b"\xff\xd8\xffrest", "图片"),
        (b"{\\rtf1 x}", "RTF"),
    ],
)
def test_format_of_another_kind_is_named_and_refused(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(content, source="a.txt")
    assert raised.value.reason == "unsupported"
    assert name in raised.value.zh


def test_empty_file_is_refused_before_anything_else() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(b"", source="a.pdf")
    assert raised.value.reason == "empty"


@pytest.mark.parametrize(
    ("source", "media_type"),
    [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("a", "text/plain")],
)
def test_file_is_read_by_its_reader(source: str, media_type: str) -> None:
    flow = read(LINE.encode(), source=source)
    assert flow.media_type == media_type
    assert [item.text for item in flow.items] == [LINE]

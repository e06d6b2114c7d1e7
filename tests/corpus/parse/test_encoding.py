"""Bytes that are text in some encoding, and bytes that are none."""

from __future__ import annotations

import random

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse.encoding import decode

TEXT = "云岭省人民政府关于推进技能提升的意见\n到2027年，新增技工12万人，占比提高3.5个百分点。\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", TEXT),
        ("utf-8-sig", TEXT),
        ("gb18030", TEXT),
        ("gbk", TEXT),
        ("utf-16", TEXT),
        ("utf-16-le", TEXT),
        ("utf-8", "㎡\n"),
        ("utf-8", "План развития, ⅔ ½ ♦ 한국\n"),
        ("utf-8", "The plan, in English only: 20 schools by 2027.\n"),
        ("gb18030", "面积㎡与℃、“双高”计划——①②③，镕、喆、䶮等字\n" * 3),
    ],
)
def test_text_is_decoded_whole(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), source="a.txt") == text


def test_big_endian_text_with_its_mark_is_decoded() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), source="a.txt") == TEXT


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\0\0\0\0", "\u3000\u3000\n".encode()])
def test_file_without_a_sign_is_empty(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as raised:
        decode(content, source="空.txt")
    assert (raised.value.reason, raised.value.source) == ("empty", "空.txt")


@pytest.mark.parametrize(
    "content",
    [
        random.Random(7).randbytes(4000),
        bytes(range(256)) * 8,
        TEXT.encode("utf-8")[:60] + b"\xff\xfe\xfd" + TEXT.encode("utf-8")[60:],
        TEXT.encode("shift_jis", errors="ignore") + b"\x80\xff" * 20,
    ],
)
def test_bytes_in_no_encoding_are_refused_in_both_languages(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as raised:
        decode(content, source="坏.txt")
    assert raised.value.reason == "no_encoding"
    assert "UTF-8" in raised.value.zh
    assert "UTF-8" in raised.value.en
    assert "\n" not in str(raised.value)

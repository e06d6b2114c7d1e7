"""ZIPs: read where one document is in them, refused with the names where not, never unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse import parse
from corpus.parse.archive import members, read
from corpus.parse.archive_parts import Parts
from corpus.parse.limits import Limits
from tests.corpus.parse.docx_files import docx, packed, paragraph

LINE = "到2027年，新增技工12万人。"


def reason(content: bytes, **limits: int) -> str:
    """Why a ZIP is refused."""
    with pytest.raises(UnreadableFile) as raised:
        read(content, source="a.zip", limits=Limits(**limits))
    return raised.value.reason


def test_only_document_of_a_zip_is_read_beside_files_that_are_none() -> None:
    content = packed({"附件1.docx": docx(paragraph(LINE)), "cover.gif": b"GIF89a"})
    flow = read(content, source="附件.zip")
    assert [item.text for item in flow.items] == [LINE]
    assert parse(content, source="附件.zip").text == LINE


def test_several_documents_are_named_with_advice() -> None:
    content = packed({"附件1.txt": LINE.encode(), "附件2.txt": LINE.encode()})
    with pytest.raises(UnreadableFile) as raised:
        read(content, source="附件.zip")
    assert raised.value.reason == "several_documents"
    assert "附件1.txt、附件2.txt" in raised.value.zh
    assert "ingest" in raised.value.en


def test_zip_without_documents_names_what_is_in_it() -> None:
    with pytest.raises(UnreadableFile, match=r"film\.rar") as raised:
        read(packed({"film.rar": b"Rar!"}), source="a.zip")
    assert raised.value.reason == "no_document"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_are_read_in_the_encoding_they_were_written_in(encoding: str) -> None:
    mark = "AAAAAAAAAAAA"
    raw = packed({mark: LINE.encode()}, compressed=False)
    name = "附件一.txt".encode(encoding)
    padded = name + b"x" * (len(mark) - len(name))
    if len(padded) > len(mark):
        mark = "A" * len(name)
        raw, padded = packed({mark: LINE.encode()}, compressed=False), name
    (member,) = members(raw.replace(mark.encode(), padded), source="a.zip")
    assert member.label.startswith("附件一.txt")
    assert member.load() == LINE.encode()


def test_zips_inside_each_other_are_bounded() -> None:
    content = packed({"a.txt": LINE.encode()})
    for _ in range(2):
        content = packed({"inner.zip": content})
    (member,) = members(content, source="a.zip")
    assert member.label == "inner.zip/inner.zip/a.txt"
    assert reason(packed({"inner.zip": content})) == "too_big_nesting"


def test_what_all_inner_zips_hold_is_counted_together() -> None:
    inner = packed({f"{n}.txt": b"x" * 1000 for n in range(10)})
    content = packed({f"{n}.zip": inner for n in range(10)})
    assert reason(content, entries=50) == "too_big_unpacked"
    assert reason(content, unpacked=50_000) == "too_big_unpacked"


def test_bomb_is_told_by_the_directory_before_anything_is_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w") as part:
            for _ in range(60):
                part.write(bytes(1_000_000))
        archive.writestr("[Content_Types].xml", b"")
    content = made.getvalue()
    assert len(content) < 100_000
    with pytest.raises(UnreadableFile) as raised:
        parse(content, source="a.docx")
    assert raised.value.reason == "too_big_unpacked"


def test_part_that_holds_more_than_its_directory_says_is_not_unpacked_further() -> None:
    content = bytearray(packed({"a.txt": b"x" * 100_000}))
    size = (100_000).to_bytes(4, "little")
    assert content.count(size) == 2
    parts = Parts.of(bytes(content).replace(size, (10).to_bytes(4, "little")), source="a.zip")
    with pytest.raises(UnreadableFile) as raised:
        parts.read("a.txt")
    assert raised.value.reason == "damaged"


def test_too_many_entries_are_refused_without_being_listed() -> None:
    content = packed({f"{n}": b"" for n in range(30)})
    assert reason(content, entries=20) == "too_big_entries"


@pytest.mark.parametrize("keep", [5, 30, 60])
def test_zip_that_is_cut_short_is_damaged(keep: int) -> None:
    content = packed({"a.txt": LINE.encode()})
    assert reason(content[:keep]) == "damaged"


def test_encrypted_member_is_told() -> None:
    content = bytearray(packed({"a.txt": LINE.encode()}))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.index(start)
        content[place + (6 if start[2] == 3 else 8)] |= 1
    with pytest.raises(UnreadableFile) as raised:
        Parts.of(bytes(content), source="a.zip").read("a.txt")
    assert raised.value.reason == "encrypted"

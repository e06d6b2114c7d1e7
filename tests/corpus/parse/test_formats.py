"""Which reader gets a file: its bytes tell, its name where they can't."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse.formats import detect, read


def zipped(parts: dict[str, bytes]) -> bytes:
    """A ZIP of those parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


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
    ("parts", "format"),
    [
        (["[Content_Types].xml", "_rels/.rels", "word/document.xml"], "docx"),
        (["[Content_Types].xml", "word/document2.xml"], "docx"),
        (["OFD.xml", "Doc_0/Document.xml"], "ofd"),
        (["ofd.xml"], "ofd"),
        (["附件1.docx", "附件2.pdf"], "zip"),
        (["content.xml"], "zip"),
    ],
)
def test_kind_of_zip_is_told_by_its_parts(parts: list[str], format: str) -> None:
    assert detect(zipped(dict.fromkeys(parts, b"")), source="a.bin") == format


def test_opendocument_is_told_by_its_mimetype() -> None:
    text = b"application/vnd.oasis.opendocument.text"
    assert detect(zipped({"mimetype": text, "content.xml": b""}), source="a") == "odt"


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "ole"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\x00", "image"),
        (b"MM\x00*", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(36), "image"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "word-xml"),
        (b"BM is how this line begins, and it is text", "text"),
        # Government sites call web pages .doc.
        (b"<html xmlns:w='urn:schemas-microsoft-com:office:word'><body>", "html"),
    ],
)
def test_file_is_told_by_its_first_bytes(content: bytes, format: str) -> None:
    assert detect(content, source="notice.doc") == format


@pytest.mark.parametrize(
    ("content", "name", "advice"),
    [
        (b"Rar!\x1a\x07\x00", "RAR", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "7z", "解压"),
        (b"GIF89a", "GIF", "PNG"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "表格",
            "PDF",
        ),
    ],
)
def test_file_of_another_kind_is_named_and_refused(content: bytes, name: str, advice: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(content, source="a.txt")
    assert raised.value.reason == "unsupported"
    assert name in raised.value.zh
    assert advice in raised.value.zh


@pytest.mark.parametrize("folder", ["xl", "ppt"])
def test_sheets_and_slides_are_refused_with_advice(folder: str) -> None:
    content = zipped({"[Content_Types].xml": b"", f"{folder}/main.xml": b""})
    with pytest.raises(UnreadableFile, match="PDF"):
        read(content, source="a.docx")


def test_encrypted_office_file_is_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFile) as raised:
        read(ole, source="a.docx")
    assert raised.value.reason == "encrypted"


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

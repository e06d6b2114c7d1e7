"""Files made to harm: each is refused with a clear error, in little time and memory."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse import parse
from corpus.parse.formats import read
from corpus.parse.limits import Clock, Limits
from tests.corpus.parse.docx_files import docx, packed, paragraph
from tests.corpus.parse.ofd_files import Package, ofd, page, text

LINE = "到2027年，新增技工12万人。"


def pdf(pages: int, *, said: int | None = None, typed: str = "/Type /Page") -> bytes:
    """A PDF of that many empty pages."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages if said is None else said} >>",
        *[f"<< {typed} /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages,
    ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, inside in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{inside}\nendobj\n".encode()
    table = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        made += f"{place:010} 00000 n \n".encode()
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    return bytes(made + end.encode())


def test_file_that_is_too_big_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(LINE.encode(), source="a.txt", limits=Limits(file=10))
    assert raised.value.reason == "too_big_file"


@pytest.mark.parametrize(
    ("pages", "said", "typed"),
    [(100_000, None, "/Type /Page"), (9_000, 3, "/Type/Page"), (3, 100_000, "/Kind /Leaf")],
    ids=["many", "many that say three", "three that say many"],
)
def test_pdf_of_too_many_pages_is_refused_at_once(pages: int, said: int | None, typed: str) -> None:
    content = pdf(pages, said=said, typed=typed)
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as raised:
        parse(content, source="a.pdf")
    assert raised.value.reason == "too_big_pages"
    assert time.monotonic() - started < 10


def test_ofd_whose_xml_declares_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE OFD [<!ENTITY a "b">]><OFD>&a;</OFD>'
    with pytest.raises(UnreadableFile) as raised:
        parse(packed({"OFD.xml": bomb}), source="a.ofd")
    assert raised.value.reason == "entities"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_entities_are_seen_in_every_encoding(encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b"\xfe\xff"
    bomb = '<?xml version="1.0"?><!DOCTYPE OFD [<!ENTITY a "b">]><OFD>&a;</OFD>'
    with pytest.raises(UnreadableFile) as raised:
        parse(packed({"OFD.xml": mark + bomb.encode(encoding)}), source="a.ofd")
    assert raised.value.reason == "entities"


@pytest.mark.parametrize("wrapper", ["w:ins", "w:smartTag", "w:sdt", "w:hyperlink"])
@pytest.mark.parametrize("depth", [100, 300, 5_000])
def test_deep_xml_is_read_or_refused(wrapper: str, depth: int) -> None:
    inside = f"<{wrapper}>" * depth + paragraph(LINE) + f"</{wrapper}>" * depth
    for body in (paragraph(LINE) + inside, paragraph(LINE, runs=inside)):
        if depth < 200:
            assert LINE in parse(docx(body), source="a.docx").text
        else:
            with pytest.raises(UnreadableFile) as raised:
                parse(docx(body), source="a.docx")
            assert raised.value.reason == "damaged"


def test_deep_blocks_of_an_ofd_are_cut_off() -> None:
    for depth in (60, 5_000):
        nested = "<ofd:PageBlock>" * depth + "</ofd:PageBlock>" * depth
        with pytest.raises(UnreadableFile) as raised:
            parse(ofd(Package([page(nested)])), source="a.ofd")
        assert raised.value.reason in {"empty", "damaged"}


def test_drawing_that_uses_itself_ends() -> None:
    again = '<ofd:CompositeObject ID="5" Boundary="0 0 210 297" ResourceID="70"/>'
    units = (
        '<ofd:CompositeGraphicUnit ID="70" Width="210" Height="297">'
        f"<ofd:Content>{again * 8}</ofd:Content></ofd:CompositeGraphicUnit>"
    )
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as raised:
        read(
            ofd(Package([page(again)], units=units)),
            source="a.ofd",
            limits=Limits(objects=20_000),
        )
    assert raised.value.reason == "too_big_objects"
    assert time.monotonic() - started < 20


def test_clock_refuses_to_go_on() -> None:
    with pytest.raises(UnreadableFile, match="秒") as raised:
        Clock("a.ofd", Limits(seconds=-1)).check()
    assert raised.value.reason == "too_slow"


def test_numbers_that_are_none_do_no_harm() -> None:
    wild = (
        '<ofd:TextObject ID="1" Boundary="0 nan 1e999 5" Font="1" Size="inf" CTM="1 0 0">'
        '<ofd:TextCode X="1e300" Y="x" DeltaX="g 999999999999 1 g -5 2 g 3">words</ofd:TextCode>'
        "</ofd:TextObject>"
        '<ofd:PathObject Boundary="0 0 1 1"><ofd:AbbreviatedData>M 1 L B 1 2 3 C C 5 5'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    line = text(LINE, 28, 60)
    assert LINE in parse(ofd(Package([page(wild, line)])), source="a.ofd").text


BOMB = """
    import io, resource, sys, zipfile
    resource.setrlimit(resource.RLIMIT_AS, (1_100_000_000, 1_100_000_000))
    from corpus.model.errors import UnreadableFile
    from corpus.parse import parse

    def bomb(name, size):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("[Content_Types].xml", b"")
            with archive.open(name, "w", force_zip64=True) as part:
                for _ in range(size // 10_000_000):
                    part.write(bytes(10_000_000))
        return made.getvalue()

    for name, size in (("word/document.xml", 1_200_000_000), ("OFD.xml", 1_200_000_000)):
        try:
            parse(bomb(name, size), source=name)
        except UnreadableFile as error:
            print(error.reason)
    print(parse("到2027年，新增技工12万人。".encode(), source="after.txt").text)
"""


def test_process_lives_on_in_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(BOMB)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.split() == ["too_big_unpacked", "too_big_unpacked", LINE], done.stderr

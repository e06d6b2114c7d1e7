"""Pictures of pages: how they are opened, turned and bounded, and (where the engine is) read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image, ImageDraw

from corpus.model.errors import UnreadableFile
from corpus.parse import docx as docx_reader
from corpus.parse import ofd as reader
from corpus.parse.image import MEDIA_TYPES, opened, pictures, read
from corpus.parse.limits import Limits
from tests.corpus.parse.docx_files import docx, packed, paragraph
from tests.corpus.parse.ofd_files import Package, image, ofd, page

A4 = 827, 1169


def sheet(size: tuple[int, int] = A4, mode: str = "L") -> Image.Image:
    """White, with a dark corner at the top left."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=0)
    return image.convert(mode)


def saved(image: Image.Image, format: str = "PNG", **more: object) -> bytes:
    """The bytes of the picture's file."""
    made = io.BytesIO()
    image.save(made, format, **more)
    return made.getvalue()


def corners(image: Image.Image) -> tuple[bool, ...]:
    """Which corners are dark: top left, top right, bottom left, bottom right."""
    grey = image.convert("L")
    right, bottom = grey.width - 9, grey.height - 9
    places = ((8, 8), (right, 8), (8, bottom), (right, bottom))
    return tuple(int(grey.getpixel(place) or 0) < 128 for place in places)


@pytest.mark.parametrize("format", MEDIA_TYPES)
def test_every_format_is_opened(format: str) -> None:
    (picture,) = pictures(saved(sheet(mode="RGB"), format), source="a")
    assert (picture.image.mode, picture.image.size) == ("RGB", A4)
    assert corners(picture.image) == (True, False, False, False)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_turned_as_the_camera_says(orientation: int) -> None:
    """The camera held the sheet so that EXIF's turn makes it upright again."""
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    held = sheet(mode="RGB") if undo is None else sheet(mode="RGB").transpose(undo)
    exif = Image.Exif()
    exif[0x0112] = orientation
    (picture,) = pictures(saved(held, "JPEG", exif=exif), source="a.jpg")
    assert picture.image.size == A4
    assert corners(picture.image) == (True, False, False, False)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_becomes_colours_on_white(mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", A4, 60000)
        image.paste(200, (0, 0, 200, 200))
    else:
        image = sheet(mode=mode)
    (picture,) = pictures(saved(image, "PNG"), source="a.png")
    assert picture.image.mode == "RGB"
    assert corners(picture.image) == (True, False, False, False)


def test_what_is_see_through_is_paper() -> None:
    image = Image.new("RGBA", A4, (0, 0, 0, 0))
    (picture,) = pictures(saved(image), source="a.png")
    assert picture.image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("dpi", "points"),
    [
        ((100, 100), (595, 842)),
        ((300, 300), (198, 281)),  # nothing is that small: A4 is taken
        ((72, 72), (595, 842)),
        (None, (595, 842)),
    ],
)
def test_size_of_the_page_comes_from_the_resolution(
    dpi: tuple[int, int] | None, points: tuple[int, int]
) -> None:
    more = {"dpi": dpi} if dpi else {}
    (picture,) = pictures(saved(sheet(), "PNG", **more), source="a.png")
    height = picture.image.height / picture.per_point
    expected = 842 if points[1] < 288 else points[1]
    assert height == pytest.approx(expected, abs=1)


def test_fax_with_fewer_dots_down_is_made_square() -> None:
    fax = saved(sheet((1728, 1145), "1"), "TIFF", dpi=(204, 98))
    (picture,) = pictures(fax, source="fax.tif")
    width, height = picture.image.size
    assert height / width == pytest.approx((1145 / 98) / (1728 / 204), rel=0.01)


def test_pages_of_a_tiff_come_one_by_one() -> None:
    content = saved(sheet(), "TIFF", save_all=True, append_images=[sheet((400, 600)), sheet()])
    assert [p.image.size for p in pictures(content, source="a.tif")] == [A4, (400, 600), A4]


def test_tiff_of_too_many_pages_is_refused() -> None:
    small = [sheet((60, 80)) for _ in range(5)]
    content = saved(small[0], "TIFF", save_all=True, append_images=small[1:])
    with pytest.raises(UnreadableFile) as raised:
        read(content, source="a.tif", limits=Limits(pages=3))
    assert raised.value.reason == "too_big_pages"


def test_picture_that_is_too_coarse_is_refused_with_the_reason() -> None:
    with pytest.raises(UnreadableFile, match="分辨率") as raised:
        read(saved(sheet((100, 140))), source="icon.png")
    assert raised.value.reason == "no_text"


def head_of_png(width: int, height: int) -> bytes:
    """A PNG that says its size and has no pixels."""
    size = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = b""
    for name, inside in ((b"IHDR", size), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        check = struct.pack(">L", zlib.crc32(name + inside))
        chunks += struct.pack(">L", len(inside)) + name + inside + check
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize("size", [(50_000, 50_000), (14_000, 14_000)])
def test_picture_of_too_many_pixels_is_refused_by_its_head(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableFile) as raised:
        opened(head_of_png(*size), source="a.png")
    assert raised.value.reason == "too_big_pixels"


@pytest.mark.parametrize("format", MEDIA_TYPES)
def test_picture_that_is_cut_short_is_damaged(format: str) -> None:
    content = saved(sheet(mode="RGB"), format)
    with pytest.raises(UnreadableFile) as raised:
        list(pictures(content[: len(content) // 3], source="a"))
    assert raised.value.reason == "damaged"


def test_second_frame_of_an_animation_is_no_page() -> None:
    content = saved(sheet(), "PNG", save_all=True, append_images=[sheet()])
    assert len(list(pictures(content, source="a.png"))) == 1


def test_blank_picture_has_no_text() -> None:
    pytest.importorskip("rapidocr", reason="the OCR engine is not installed")
    with pytest.raises(UnreadableFile) as raised:
        read(saved(Image.new("RGB", A4, "white")), source="a.png")
    assert raised.value.reason == "no_text"


def scanned_docx(picture: bytes) -> bytes:
    """A Word file with nothing in it but a scan."""
    drawing = '<w:r><w:drawing><a:blip xmlns:a="urn:a" r:embed="rId-image"/></w:drawing></w:r>'
    files = docx(paragraph(runs=drawing), image="")
    with zipfile.ZipFile(io.BytesIO(files)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/image.xml"] = picture
    return packed(parts)


def test_scan_is_read_alone_and_as_the_page_of_an_ofd_or_a_word_file() -> None:
    pytest.importorskip("rapidocr", reason="the OCR engine is not installed")
    drawn = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(drawn)
    pen.text((200, 300), "Target 2027: 45% by June", fill="black", font_size=48)
    alone = read(saved(drawn, "PNG", dpi=(200, 200)), source="a.png")
    top, bottom = drawn.crop((0, 0, 1654, 330)), drawn.crop((0, 330, 1654, 2339))
    # Cut into strips in the middle of the line, as some scanners do.
    cut = 330 / 2339 * 297
    strips = page(
        image(200, f"0 0 210 {cut}", f"210 0 0 {cut} 0 0"),
        image(201, f"0 {cut} 210 {297 - cut}", f"210 0 0 {297 - cut} 0 0"),
    )
    parts = {"top.png": saved(top), "bottom.png": saved(bottom)}
    inside = reader.read(ofd(Package([strips], pictures=parts)), source="a.ofd")
    pasted = docx_reader.read(scanned_docx(saved(drawn, "PNG", dpi=(200, 200))), source="a.docx")
    for flow in (alone, inside, pasted):
        (line,) = flow.items
        assert "".join(line.text.split()) == "Target2027:45%byJune"  # type: ignore[union-attr]
        assert line.box is not None
        assert line.box.x0 == pytest.approx(72, abs=4)
        assert line.box.top == pytest.approx(115, abs=10)

"""Pictures of pages (PNG, JPEG, TIFF with several pages, BMP, WebP): read by optical recognition.

A picture is turned as its camera said (EXIF), laid on white, and taken for a page of the size that
its resolution gives it; a phone says 72 dpi of everything, and then it is taken for A4.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.model.document import Page, Seal, TextSource
from corpus.model.errors import UnreadableFile
from corpus.parse.flow import Flow
from corpus.parse.limits import DEFAULT, Clock, Limits, too_big
from corpus.parse.pdf_centred import with_centred
from corpus.parse.pdf_sheets import Sheet, flow_items

if TYPE_CHECKING:
    from PIL.Image import Image

    from corpus.parse.ocr.page import Scanned

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
}
# Inches that the longer side of a page can have, from a small card to A1.
_SMALLEST, _LARGEST, _A4 = 4.0, 34.0, 297 / 25.4
_POINTS = 72.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture, upright on white, with its pixels a point."""

    image: Image
    per_point: float


def read(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Flow:
    """The lines and tables of a picture; UnreadableFile where nothing can be read."""
    clock = Clock(source, limits)
    sheets: list[Sheet] = []
    pages: list[Page] = []
    seals: list[Seal] = []
    for number, picture in enumerate(pictures(content, source=source, limits=limits), 1):
        clock.check()
        limits.check_pages(number, source)
        scanned = recognised(picture, number)
        sheets.append(scanned.sheet)
        pages.append(page_of(scanned, number))
        seals += scanned.seals
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        raise _no_text(source)
    items = tuple(flow_items(with_centred(sheets)))
    with opened(content, source=source, limits=limits) as image:
        media_type = MEDIA_TYPES.get(image.format or "", "image/png")
    return Flow(items, tuple(pages), media_type, seals=tuple(seals))


def pictures(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Iterator[Picture]:
    """The pages of a picture, one at a time."""
    with opened(content, source=source, limits=limits) as image:
        number = 0
        while True:
            try:
                image.seek(number)
            except EOFError:
                return
            # What a broken directory of a TIFF raises from inside of Pillow.
            except (OSError, ValueError, SyntaxError, KeyError, TypeError) as error:
                raise _damaged(source) from error
            if number and image.format not in {"TIFF"}:
                # A second frame of a JPEG or PNG is a preview or an animation.
                return
            limits.check_pixels(*image.size, source)
            yield _upright(image, source)
            number += 1


def opened(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Image:
    """A picture of which only the head was read; UnreadableFile where it is none, or too large."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(content), formats=list(MEDIA_TYPES))
        except Image.DecompressionBombError as error:
            raise too_big(
                source,
                "pixels",
                zh="图片的像素数远超上限，请降低分辨率后再试",
                en="a picture of far too many pixels; scan it at a lower resolution",
            ) from error
        # Pillow raises nearly anything for a damaged head.
        except Exception as error:
            raise _damaged(source) from error
    limits.check_pixels(*image.size, source)
    return image


def _upright(image: Image, source: str) -> Picture:
    """Decoded, turned as the camera says, in colours on white, with its resolution."""
    from PIL import Image, ImageOps

    said = image.info.get("dpi")
    try:
        image.load()
        whole = ImageOps.exif_transpose(image) or image
        if whole.mode in {"I", "I;16", "I;16B", "I;16L", "F"}:
            whole = _eight_bits(whole)
        if whole.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in whole.info:
            above = whole.convert("RGBA")
            paper = Image.new("RGBA", above.size, "white")
            whole = Image.alpha_composite(paper, above)
        flat = whole.convert("RGB")
    except MemoryError:
        raise
    except Exception as error:
        raise _damaged(source) from error
    return Picture(flat, _resolution(flat.size, said) / _POINTS)


def _eight_bits(image: Image) -> Image:
    """Grey of 16 bits and more, spread over what eight can hold."""
    low, high = image.getextrema()
    span = max(1.0, float(high) - float(low))  # type: ignore[arg-type]
    scale = 255.0 / span
    return image.convert("F").point(lambda value: value * scale - float(low) * scale).convert("L")  # type: ignore[arg-type]


def _resolution(size: tuple[int, int], said: Any) -> float:
    """Dots per inch: what the file says where that gives a page, else as if it were A4."""
    longer = max(size)
    try:
        dpi = float(max(said)) if said else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    if dpi > 0 and _SMALLEST <= longer / dpi <= _LARGEST:
        return dpi
    return longer / _A4


def recognised(picture: Picture, number: int) -> Scanned:
    """What stands on a picture, at no higher resolution than recognition can use."""
    import numpy as np

    from corpus.parse.ocr.engine import OcrOptions, engine
    from corpus.parse.ocr.page import read_page

    options = OcrOptions()
    width, height = picture.image.size
    enough = options.dpi / _POINTS / picture.per_point
    factor = min(1.0, enough, (options.max_pixels / (width * height)) ** 0.5)
    image = picture.image
    if factor < 1:
        image = image.resize((max(1, round(width * factor)), max(1, round(height * factor))))
    pixels = np.ascontiguousarray(np.asarray(image, np.uint8)[:, :, ::-1])
    per_point = picture.per_point * factor
    return read_page(
        pixels, number=number, per_point=per_point, engine=engine(options), options=options
    )


def page_of(scanned: Scanned, number: int) -> Page:
    """The page of a document that was read from a picture."""
    return Page(number, scanned.width, scanned.height, source=TextSource.OCR, turned=scanned.turned)


def _damaged(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "damaged",
        zh="图片已损坏或不完整，无法打开，请重新扫描或重新下载",
        en="the picture is damaged or cut short; scan or download it again",
    )


def _no_text(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "no_text",
        zh="图片中没有识别出文字，请检查是否为文件页面，或提高分辨率重新扫描",
        en="no text was recognised in the picture; check that it is a page of a document, or scan"
        " it again at a higher resolution",
    )

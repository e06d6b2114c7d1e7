"""Pictures of pages (PNG, JPEG, TIFF with several pages, BMP, WebP): read by optical recognition.

A picture is turned as its camera said (EXIF), laid on white, and taken for a page of the size that
its resolution gives it; a phone says 72 dpi of everything, and then it is taken for A4.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from corpus.model.document import Page, Seal, TextSource
from corpus.model.errors import PolicyError, UnreadableFile
from corpus.parse.flow import Flow
from corpus.parse.image_work import read_pictures
from corpus.parse.limits import DEFAULT, Clock, Limits, too_big
from corpus.parse.pdf_centred import with_centred
from corpus.parse.pdf_sheets import Sheet, flow_items

if TYPE_CHECKING:
    from PIL.Image import Image

    from corpus.parse.ocr.engine import Image as Pixels
    from corpus.parse.ocr.engine import OcrOptions

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
}
_FORMATS = tuple(MEDIA_TYPES)
# Inches that the longer side of a page can have, from a small card to A2.
_SMALLEST, _LARGEST, _A4 = 4.0, 24.0, 297 / 25.4
# What cameras and screens say of everything; no scanner is as coarse.
_SCREEN = 96.0
_POINTS = 72.0
# Dots per inch at which a character of a page has some ten pixels; below none can be told.
_COARSEST = 40.0
_TOO_COARSE = "图片分辨率过低，无法识别 | the picture is too coarse to be recognised"
_NOTHING = "页面上的文字未能识别 | the text on the page could not be recognised"


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture, upright on white, with its pixels a point."""

    image: Image
    per_point: float


def read(content: bytes, *, source: str, limits: Limits = DEFAULT, first: bool = False) -> Flow:
    """The lines and tables of a picture; UnreadableFile where nothing can be read."""
    with opened(content, source=source, limits=limits) as image:
        # A JPEG with previews behind it calls itself MPO.
        media_type = MEDIA_TYPES.get(image.format or "", MEDIA_TYPES["JPEG"])
        total = 1 if first else _frames(image, source, limits)
    found = islice(pictures(content, source=source, limits=limits), total)
    return flow_of(found, Clock(source, limits), media_type=media_type, total=total)


def flow_of(found: Iterable[Picture], clock: Clock, *, media_type: str, total: int = 0) -> Flow:
    """Pictures as the pages of one document; UnreadableFile where nothing can be read."""
    sheets: list[Sheet] = []
    pages: list[Page] = []
    seals: list[Seal] = []
    for sheet, page, seen in read_pictures(_numbered(found, clock), clock, total=total):
        sheets.append(sheet)
        pages.append(page)
        seals += seen
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        reason = next((page.failure for page in pages if page.failure), None)
        raise _no_text(clock.source, reason)
    items = tuple(flow_items(with_centred(sheets)))
    return Flow(items, tuple(pages), media_type, seals=tuple(seals))


def _numbered(found: Iterable[Picture], clock: Clock) -> Iterator[tuple[Picture, int]]:
    for number, picture in enumerate(found, 1):
        clock.check()
        clock.limits.check_pages(number, clock.source)
        yield picture, number


def pictures(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Iterator[Picture]:
    """The pages of a picture, one at a time; refused before the first if they are too many."""
    with opened(content, source=source, limits=limits) as image:
        for number in range(_frames(image, source, limits)):
            _turn_to(image, number, source)
            limits.check_pixels(*image.size, source)
            yield _upright(image, source)


def _frames(image: Image, source: str, limits: Limits) -> int:
    """How many pages there are: in a JPEG or PNG a second frame is a preview or an animation."""
    if image.format != "TIFF":
        return 1
    number = 1
    while _turn_to(image, number, source):
        number += 1
        limits.check_pages(number, source)
    return number


def _turn_to(image: Image, number: int, source: str) -> bool:
    """Go to a page; False where there is none."""
    try:
        image.seek(number)
    except EOFError:
        return False
    # A broken directory of a TIFF raises nearly anything from inside of Pillow.
    except Exception as error:
        raise _damaged(source) from error
    return True


def opened(content: bytes, *, source: str, limits: Limits = DEFAULT) -> Image:
    """A picture of which only the head was read; UnreadableFile where it is none, or too large."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
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

    across, down = _said(image.info.get("dpi"))
    try:
        image.load()
        whole = _square(image, across, down)
        whole = ImageOps.exif_transpose(whole) or whole
        if whole.mode in {"I", "I;16", "I;16B", "I;16L", "F"}:
            whole = _eight_bits(whole)
        if whole.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in whole.info:
            above = whole.convert("RGBA")
            paper = Image.new("RGBA", above.size, "white")
            whole = Image.alpha_composite(paper, above)
        flat = whole.convert("RGB")
    except MemoryError:
        raise
    # Pillow's decoders raise nearly anything for damaged data.
    except Exception as error:
        raise _damaged(source) from error
    return Picture(flat, _resolution(flat.size, max(across, down)) / _POINTS)


def _said(dpi: Any) -> tuple[float, float]:
    """Dots per inch across and down as the file says; zeros where it says nothing of use."""
    try:
        across, down = (float(number) for number in dpi)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    return (across, down) if min(across, down) > 0 else (0.0, 0.0)


def _square(image: Image, across: float, down: float) -> Image:
    """A fax of 204 × 98 dots per inch with as many down as across."""
    finest = max(across, down)
    if finest <= _SCREEN or min(across, down) > 0.9 * finest or min(across, down) < 0.2 * finest:
        return image
    width, height = image.size
    size = round(width * finest / across), round(height * finest / down)
    grey = image.convert("L") if image.mode == "1" else image
    wide = grey.resize(size)
    wide.info = dict(image.info)
    return wide


def _eight_bits(image: Image) -> Image:
    """Grey of 16 bits and more, spread over what eight can hold."""
    low, high = image.getextrema()
    span = max(1.0, float(high) - float(low))  # type: ignore[arg-type]
    scale = 255.0 / span
    return image.convert("F").point(lambda value: value * scale - float(low) * scale).convert("L")  # type: ignore[arg-type]


def _resolution(size: tuple[int, int], said: float) -> float:
    """Dots per inch: what the file says where that gives a page, else as if it were A4."""
    longer = max(size)
    if said > _SCREEN and _SMALLEST <= longer / said <= _LARGEST:
        return said
    return longer / _A4


def recognised(
    picture: Picture, number: int, *, source: str, options: OcrOptions | None = None
) -> tuple[Sheet, Page, tuple[Seal, ...]]:
    """What stands on a picture; the page says why where nothing could be read."""
    from corpus.parse.ocr.engine import OcrMissing, OcrOptions, engine
    from corpus.parse.ocr.page import read_page

    options = options or OcrOptions()
    if picture.per_point * _POINTS < _COARSEST:
        return _unread(picture, number, _TOO_COARSE)
    pixels, per_point = _pixels(picture, options)
    try:
        found = read_page(
            pixels, number=number, per_point=per_point, engine=engine(options), options=options
        )
    except OcrMissing as error:
        raise UnreadableFile(source, "ocr_missing", zh=error.zh, en=error.en) from error
    except PolicyError as error:
        return _unread(picture, number, str(error))
    # Pictures of noise can raise anything from inside of the engine; other pages are read.
    except Exception:
        logging.getLogger(__name__).warning("page %d can't be recognised", number, exc_info=True)
        return _unread(picture, number, _NOTHING)
    read = bool(found.sheet.lines or found.sheet.tables)
    failure = None if read or found.blank else _NOTHING
    page = Page(number, found.width, found.height, TextSource.OCR, failure, found.turned)
    return found.sheet, page, found.seals


def _unread(picture: Picture, number: int, why: str) -> tuple[Sheet, Page, tuple[Seal, ...]]:
    width, height = (side / picture.per_point for side in picture.image.size)
    return Sheet(number, height), Page(number, width, height, TextSource.OCR, why), ()


def _pixels(picture: Picture, options: OcrOptions) -> tuple[Pixels, float]:
    """Rows of blue, green, red at no higher resolution than recognition can use, and that."""
    import numpy as np

    width, height = picture.image.size
    enough = options.dpi / _POINTS / picture.per_point
    factor = min(1.0, enough, (options.max_pixels / (width * height)) ** 0.5)
    image = picture.image
    if factor < 1:
        image = image.resize((max(1, round(width * factor)), max(1, round(height * factor))))
    pixels = np.ascontiguousarray(np.asarray(image, np.uint8)[:, :, ::-1])
    return pixels, picture.per_point * factor


def _damaged(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "damaged",
        zh="图片已损坏或不完整，无法打开，请重新扫描或重新下载",
        en="the picture is damaged or cut short; scan or download it again",
    )


def _no_text(source: str, failure: str | None) -> UnreadableFile:
    zh, _, en = (failure or _NOTHING).partition(" | ")
    return UnreadableFile(
        source,
        "no_text",
        zh=f"图片中没有读出文字（{zh}），请检查是否为文件页面，或提高分辨率重新扫描",
        en=f"no text in the picture ({en}); check that it is a page of a document, or scan it"
        " again at a higher resolution",
    )

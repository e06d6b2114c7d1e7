"""Scans of digital files, made as offices make them: printed, stamped, laid on the glass, faxed.

    PYTHONPATH=. python benchmarks/variants.py …/003-digital.pdf grey_stamp_200 OUT.pdf

Every picture depends on the name of the file, the variant and the page alone, so that figures of
two runs compare.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from corpus.parse.ocr.rulings import find_rules, without_rules

Image = Any
_WORDS = "某某职业技术学院", "收文专用章"
_RED = np.array([96, 84, 214], np.float32)


@dataclass(frozen=True)
class Variant:
    """What is done to a page. ``noise`` is a standard deviation in 255 tones, ``quality`` that of
    JPEG; ``heavy`` is how much of the seal's ink is on the paper; ``rules`` which are left."""

    dpi: int = 200
    skew: float = 0.0
    quarters: int = 0
    paper: int = 240
    noise: float = 3.0
    dirt: int = 0
    quality: int = 75
    stamps: int = 0
    heavy: float = 0.85
    grey: bool = False
    bilevel: bool = False
    rules: str = "all"


VARIANTS = {
    "clean_150": Variant(150),
    "clean_300": Variant(300),
    "skew_150": Variant(150, skew=1.5),
    "skew_200": Variant(skew=2.0),
    "skew_300": Variant(300, skew=1.0),
    "bad_150": Variant(150, skew=0.6, noise=11, dirt=60, quality=35),
    "bad_200": Variant(200, skew=0.6, noise=14, dirt=80, quality=30),
    "bad_300": Variant(300, skew=0.6, noise=16, dirt=120, quality=25),
    "fax_200": Variant(skew=0.4, noise=6, bilevel=True),
    "rot_200": Variant(skew=0.5, quarters=1),
    "stamp_200": Variant(skew=0.8, stamps=2),
    "stamp_300": Variant(300, skew=0.8, stamps=2),
    "grey_stamp_150": Variant(150, skew=0.8, stamps=2, grey=True),
    "grey_stamp_200": Variant(skew=0.8, stamps=2, grey=True),
    "grey_stamp_300": Variant(300, skew=0.8, stamps=2, grey=True),
    "half_ruled_200": Variant(skew=0.5, rules="level"),
    "unruled_200": Variant(skew=0.5, rules="none"),
    "grey_heavy_200": Variant(skew=0.8, stamps=2, heavy=1.0, grey=True),
}


def made(content: bytes, name: str, variant: str) -> bytes:
    """A PDF of pictures of the pages of a digital one."""
    how = VARIANTS[variant]
    pages = [
        picture(image, how, np.random.default_rng(zlib.crc32(f"{name} {variant} {n}".encode())))
        for n, image in enumerate(drawn(content, how.dpi), 1)
    ]
    return packed(pages, how)


def colourless(content: bytes, dpi: int = 200) -> bytes:
    """A scan as a scanner set to grey would have made it."""
    how = Variant(dpi, grey=True, quality=75)
    pages = [cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) for image in drawn(content, dpi)]
    return packed(pages, how)


def drawn(content: bytes, dpi: int) -> Iterator[Image]:
    """The pages of a PDF as rows of blue, green, red."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            yield page.render(scale=dpi / 72).to_numpy()[:, :, :3].copy()
    finally:
        document.close()


def picture(image: Image, how: Variant, rng: Any) -> Image:
    """One page as the scanner hands it on."""
    if how.rules != "all":
        image = rubbed_out(image, how)
    for _ in range(how.stamps):
        image = stamped(image, how, rng)
    image = askew(image, how.skew * float(rng.choice([-1, 1])))
    turns = how.quarters + int(rng.integers(0, 3)) if how.quarters else 0
    image = np.rot90(image, -turns).astype(np.float32) * (how.paper / 255)
    image += rng.normal(0, how.noise, (*image.shape[:2], 1))
    image = np.ascontiguousarray(image.clip(0, 255).astype(np.uint8))
    for _ in range(how.dirt):
        spot = int(rng.integers(0, image.shape[1])), int(rng.integers(0, image.shape[0]))
        cv2.circle(image, spot, int(rng.integers(1, 3)), (70, 70, 70), -1)
    if how.grey or how.bilevel:
        image = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return np.where(image < 150, 0, 255).astype(np.uint8) if how.bilevel else image


def rubbed_out(image: Image, how: Variant) -> Image:
    """The page without the upright rules of its tables, or without any."""
    per_point = how.dpi / 72
    rules = find_rules(image, per_point=per_point)
    gone = [rule for rule in rules if how.rules == "none" or not rule.level]
    return without_rules(image, gone, per_point=per_point)


def askew(image: Image, degrees: float) -> Image:
    """The page turned by a little."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )


def stamped(image: Image, how: Variant, rng: Any) -> Image:
    """A seal somewhere in the type area, its ink mixed with what is printed."""
    millimetre = how.dpi / 25.4
    radius = millimetre * float(rng.uniform(18, 22))
    ink = seal(round(radius), millimetre, rng) * how.heavy
    height, width = image.shape[:2]
    side = ink.shape[0]
    x = int(rng.uniform(0.12 * width, 0.88 * width - side))
    y = int(rng.uniform(0.12 * height, 0.85 * height - side))
    under = image[y : y + side, x : x + side].astype(np.float32)
    through = 1 - ink[:, :, None] * (1 - _RED / 255)
    image[y : y + side, x : x + side] = (under * through).clip(0, 255).astype(np.uint8)
    return image


def seal(radius: int, millimetre: float, rng: Any) -> Image:
    """How much ink (0–1) a seal leaves: a ring, a star, words around and below it, worn."""
    side = 2 * radius + 8
    middle = side // 2
    ink = np.zeros((side, side), np.uint8)
    cv2.circle(ink, (middle, middle), radius - 4, 255, max(2, round(millimetre)))
    points = [
        (r * np.cos(a), r * np.sin(a))
        for k in range(10)
        for a, r in [(np.pi * (k / 5 - 0.5), (0.26 if k % 2 == 0 else 0.1) * radius)]
    ]
    cv2.fillPoly(ink, [(np.array(points) + middle).astype(np.int32)], 255)
    around, below = _WORDS
    for index, sign in enumerate(around):
        turn = -105 + 210 * index / (len(around) - 1)
        _write(ink, sign, 0.2 * radius, turn, 0.73 * radius)
    for index, sign in enumerate(below):
        _write(ink, sign, 0.15 * radius, 0.0, -0.5 * radius, 0.17 * radius * (index - 2))
    ink = askew(np.repeat(255 - ink[:, :, None], 3, axis=2), float(rng.uniform(-25, 25)))
    worn = cv2.GaussianBlur(rng.normal(0, 1, (side, side)).astype(np.float32), (0, 0), 1.2)
    printed = (255 - ink[:, :, 0]).astype(np.float32) / 255
    return printed * np.where(worn > 0.65, 0.2, 1.0) * (1 + 0.1 * worn).clip(0.8, 1.1)


def _write(ink: Image, sign: str, size: float, turn: float, out: float, aside: float = 0.0) -> None:
    """A character at a distance from the middle, turned about it."""
    from PIL import Image as Pictures
    from PIL import ImageDraw, ImageFont

    whole = Pictures.new("L", (ink.shape[1], ink.shape[0]))
    middle = ink.shape[0] / 2
    font = ImageFont.truetype(_font(), max(6, round(size)))
    ImageDraw.Draw(whole).text((middle + aside, middle - out), sign, 255, font, anchor="mm")
    np.maximum(ink, np.asarray(whole.rotate(-turn)), out=ink)


def _font() -> str:
    """A font of this machine with Chinese in it."""
    asked = ["fc-match", "-f", "%{file}", "serif:lang=zh-cn:bold"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


def packed(pages: list[Image], how: Variant) -> bytes:
    """The pictures as the pages of a PDF, as scanners pack them."""
    from PIL import Image as Pictures

    whole = [
        Pictures.fromarray(p if p.ndim == 2 else np.ascontiguousarray(p[:, :, ::-1])) for p in pages
    ]
    if how.bilevel:
        whole = [page.convert("1") for page in whole]
    file = io.BytesIO()
    whole[0].save(
        file,
        "PDF",
        save_all=True,
        append_images=whole[1:],
        resolution=how.dpi,
        quality=how.quality,
    )
    return file.getvalue()


def main() -> None:
    """Make one variant of one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("digital", type=Path)
    parser.add_argument("variant", choices=[*VARIANTS, "colourless"])
    parser.add_argument("to", type=Path)
    options = parser.parse_args()
    content = options.digital.read_bytes()
    if options.variant == "colourless":
        options.to.write_bytes(colourless(content))
    else:
        options.to.write_bytes(made(content, options.digital.stem, options.variant))
    sys.stdout.write(f"{options.to}\n")


if __name__ == "__main__":
    main()

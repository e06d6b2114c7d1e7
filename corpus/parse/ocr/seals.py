"""Pages with their seals taken off: what 2022年1月20日 under a seal says is read from a picture in
which the seal is as light as paper, and the words of the seal itself are no text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.parse.ocr.grey import grey_seals
from corpus.parse.ocr.guard import Covered
from corpus.parse.ocr.ink import ALL_RED, Mask, SealInk, dark, red_ink, without_red
from corpus.parse.ocr.upright import Upright, find_lines

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import OcrEngine, OcrOptions, Quad

# Words of a seal, of which black ones beside them may be in the same rectangle.
_SEAL_RED = 0.75


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The page without its seals, their rectangles in pixels, and, where only tones told the seals
    from what they cover, the page with them on."""

    page: Upright
    seals: tuple[tuple[int, int, int, int], ...] = ()
    covered: Covered | None = None


def uncovered(
    page: Upright, engine: OcrEngine, options: OcrOptions, *, per_point: float
) -> Uncovered:
    """The page with its seals taken off, if it has any."""
    red = red_ink(page.image, per_point=per_point, lines=page.quads)
    if red is not None:
        if not red.seals:
            return Uncovered(page)
        return Uncovered(_without_red_seals(page, red, engine, options, per_point), red.seals)
    grey = grey_seals(page.image, per_point=per_point)
    if grey is None:
        return Uncovered(page)
    ink = dark(page.image, per_point=per_point)
    lines = find_lines(grey.image, engine, options)
    quads = tuple(quad for quad in lines if not _is_seal_text(quad, grey.ink, ink))
    clean = replace(page, image=grey.image, quads=quads, readings={})
    return Uncovered(clean, grey.ink.seals, Covered(page.image, grey.ink.mask))


def _without_red_seals(
    page: Upright, red: SealInk, engine: OcrEngine, options: OcrOptions, per_point: float
) -> Upright:
    """Lines as the red channel shows them, and the red ones (the letterhead) that are no seals."""
    ink = dark(page.image, per_point=per_point)
    channel = without_red(page.image, red)
    black = [q for q in find_lines(channel, engine, options) if not _is_seal_text(q, red, ink)]
    kept: list[Quad] = []
    for quad in page.quads:
        if red.share(quad, ink) > ALL_RED and not red.sealed(quad) and not _is_in(quad, black):
            kept.append(quad)
    # Red lines are read from a picture in which all but the red channel is kept dark.
    image = channel.copy()
    for quad in kept:
        x0, y0 = np.floor(quad.min(axis=0)).astype(int).clip(0)
        x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
        image[y0:y1, x0:x1] = page.image[y0:y1, x0:x1]
    return replace(page, image=image, quads=(*kept, *black), readings={})


def _is_seal_text(quad: Quad, red: SealInk, ink: Mask) -> bool:
    """Words of the seal itself, of which a trace is left in the red channel."""
    return red.share(quad, ink) > _SEAL_RED and red.sealed(quad)


def _is_in(quad: Quad, others: list[Quad]) -> bool:
    x, y = quad.mean(axis=0)
    for other in others:
        (x0, y0), (x1, y1) = other.min(axis=0), other.max(axis=0)
        if x0 <= x <= x1 and y0 <= y <= y1:
            return True
    return False

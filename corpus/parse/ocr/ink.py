"""Red ink on a page: the letterhead (红头), and the seals (红章) that stand over dates and names.

In the red channel alone red ink is as light as paper, so that what a seal covers can be read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.parse.ocr.engine import Image, Quad

Mask = npt.NDArray[np.uint8]

# How much redder than the paper (of 255); JPEG colours noise by 20 or so.
_REDDER, _TINTED = 40, 18
_LEAST = 0.0002
# Share of red in the ink of a line of the letterhead; black words under a seal lie far below.
ALL_RED = 0.85
# Ink under a seal is darker than this share of the paper; the seal alone is lighter.
_COVERED = 0.72
# Millimetres. Seals are 18 to 60 mm across, two that overlap longer.
_SMALL, _LONGEST = 12.0, 130.0
_SLIM = 2.4
_RULE, _REACH = 60.0, 2.5
# Points: a letterhead's type is larger than that of a seal's words.
_LETTERHEAD = 20.0
MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class SealInk:
    """``mask`` is 255 where ink is red, ``tinted`` where there is a trace of it, too; ``seals`` are
    rectangles x0, y0, x1, y1 in pixels."""

    mask: Mask
    tinted: Mask
    seals: tuple[tuple[int, int, int, int], ...] = ()

    def share(self, quad: Quad, dark: Mask) -> float:
        """How much of the ink in a line's rectangle is red."""
        x0, y0 = np.floor(quad.min(axis=0)).astype(int).clip(0)
        x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
        ink = self.mask[y0:y1, x0:x1] | dark[y0:y1, x0:x1]
        red, all_ink = np.count_nonzero(self.tinted[y0:y1, x0:x1] & ink), np.count_nonzero(ink)
        return float(red / all_ink) if all_ink else 0.0

    def sealed(self, quad: Quad) -> bool:
        """True where a line's middle lies in a seal."""
        x, y = quad.mean(axis=0)
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self.seals)

    def touches_seal(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """True where a rectangle lies partly in a seal."""
        return any(max(x0, a) < min(x1, c) and max(y0, b) < min(y1, d) for a, b, c, d in self.seals)


def red_ink(image: Image, *, per_point: float, lines: Iterable[Quad]) -> SealInk | None:
    """The red ink of a page; None where there is next to none."""
    blue, green, strength = (image[:, :, channel].astype(np.int16) for channel in range(3))
    redder = strength - np.maximum(blue, green)
    redder -= np.int16(np.median(redder[::8, ::8]))
    mask: Mask = np.where(redder > _REDDER, 255, 0).astype(np.uint8)
    tinted: Mask = np.where(redder > _TINTED, 255, 0).astype(np.uint8)
    if np.count_nonzero(mask) < _LEAST * mask.size:
        return None
    red = SealInk(mask, tinted)
    ink = dark(image, per_point=per_point)
    large = [
        quad for quad in lines if _is_large(quad, per_point) and red.share(quad, ink) > ALL_RED
    ]
    return replace(red, seals=tuple(_seals(mask, per_point * MM, large)))


def _is_large(line: Quad, per_point: float) -> bool:
    """True for a line in the type of a letterhead."""
    width, height = np.ptp(line[:, 0]), np.ptp(line[:, 1])
    return bool(height > _LETTERHEAD * per_point and width > 3.5 * height)


def _seals(
    mask: Mask, millimetre: float, letterhead: Sequence[Quad]
) -> list[tuple[int, int, int, int]]:
    """Blots of the size and shape of seals, the letterhead and its rule left out."""
    rule = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, round(_RULE * millimetre)), np.uint8))
    free = cv2.subtract(mask, cv2.dilate(rule, np.ones((5, 1), np.uint8)))
    for quad in letterhead:
        x0, y0 = np.floor(quad.min(axis=0)).astype(int).clip(0)
        x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
        free[y0:y1, x0:x1] = 0
    # What is printed over a seal cuts it in pieces.
    reach = np.ones((round(_REACH * millimetre) | 1,) * 2, np.uint8)
    _, _, blots, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(free, cv2.MORPH_CLOSE, reach)
    )
    found: list[tuple[int, int, int, int]] = []
    for x, y, width, height, _ in blots[1:]:
        small, longest = min(width, height) / millimetre, max(width, height) / millimetre
        if small >= _SMALL and longest <= min(_LONGEST, _SLIM * small):
            found.append((int(x), int(y), int(x + width), int(y + height)))
    return [box for box in found if not any(_inside(box, other) for other in found)]


def _inside(box: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return (
        box != other
        and box[0] >= other[0]
        and box[1] >= other[1]
        and box[2] <= other[2]
        and box[3] <= other[3]
    )


def without_red(image: Image, red: SealInk) -> Image:
    """The page as its red channel shows it; what trace of red ink is left there becomes paper."""
    channel = image[:, :, 2].copy()
    paper = float(np.median(channel[::8, ::8]))
    near = cv2.dilate(red.tinted, np.ones((3, 3), np.uint8)) > 0
    channel[near & (channel > _COVERED * paper)] = round(paper)
    return np.ascontiguousarray(np.repeat(channel[:, :, None], 3, axis=2))


def dark(image: Image, *, per_point: float) -> Mask:
    """255 where there is ink of any colour: darker than the paper around, specks left out."""
    lightest_ink = np.asarray(image.min(axis=2), np.uint8)
    smooth = cv2.medianBlur(lightest_ink, 3)
    block = int(24 * per_point) | 1
    mask = cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 30
    )
    return np.asarray(mask, np.uint8)

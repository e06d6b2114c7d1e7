"""Red ink on a page: the letterhead (红头), and the seals (红章) that stand over dates and names.

In the red channel alone red ink is as light as paper, so that what a seal covers can be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.parse.ocr.engine import Image, Quad

Mask = npt.NDArray[np.uint8]

# How much redder than the paper (of 255); JPEG colours noise by 20 or so.
_REDDER = 40
_LEAST = 0.0002
# Seals are 20 to 58 mm across (国务院 60 mm at the most), two overlapping ones longer; smaller
# ones are taken for seals where they are not part of a line.
_SMALL, _SEAL, _LONGEST = 12.0, 24.0, 130.0
_SLIM = 2.4
MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class RedInk:
    """``mask`` is 255 where ink is red; ``seals`` are rectangles x0, y0, x1, y1 in pixels."""

    mask: Mask
    seals: tuple[tuple[int, int, int, int], ...] = ()

    def share(self, quad: Quad, dark: Mask) -> float:
        """How much of the ink in a line's rectangle is red."""
        x0, y0 = np.floor(quad.min(axis=0)).astype(int).clip(0)
        x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
        red = np.count_nonzero(self.mask[y0:y1, x0:x1])
        all_ink = np.count_nonzero(self.mask[y0:y1, x0:x1] | dark[y0:y1, x0:x1])
        return float(red / all_ink) if all_ink else 0.0

    def sealed(self, quad: Quad) -> bool:
        """True where a line's middle lies in a seal."""
        x, y = quad.mean(axis=0)
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self.seals)

    def touches_seal(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """True where a rectangle lies partly in a seal."""
        return any(max(x0, a) < min(x1, c) and max(y0, b) < min(y1, d) for a, b, c, d in self.seals)


def red_ink(image: Image, *, per_point: float, lines: Iterable[Quad]) -> RedInk | None:
    """The red ink of a page; None where there is next to none."""
    blue, green, red = (image[:, :, channel].astype(np.int16) for channel in range(3))
    redder = red - np.maximum(blue, green)
    redder -= np.int16(np.median(redder[::8, ::8]))
    mask: Mask = np.where(redder > _REDDER, 255, 0).astype(np.uint8)
    if np.count_nonzero(mask) < _LEAST * mask.size:
        return None
    return RedInk(mask, tuple(_seals(mask, per_point * MM, list(lines))))


def _seals(mask: Mask, millimetre: float, lines: list[Quad]) -> list[tuple[int, int, int, int]]:
    """Blots of the size and shape of seals."""
    # What is printed over a seal cuts it.
    reach = np.ones((round(1.2 * millimetre) | 1,) * 2, np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, reach)
    _, _, blots, _ = cv2.connectedComponentsWithStats(joined)
    found: list[tuple[int, int, int, int]] = []
    for x, y, width, height, _ in blots[1:]:
        small, large = min(width, height) / millimetre, max(width, height) / millimetre
        if small < _SMALL or large > _LONGEST or large > _SLIM * small:
            continue
        box = (int(x), int(y), int(x + width), int(y + height))
        if small >= _SEAL or not any(_holds(line, box) for line in lines):
            found.append(box)
    return [box for box in found if not any(_inside(box, other) for other in found)]


def _holds(line: Quad, box: tuple[int, int, int, int]) -> bool:
    """True where a line of some length goes on beside the blot: it is a character of it."""
    x0, y0 = line.min(axis=0)
    x1, y1 = line.max(axis=0)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return bool(x0 <= x <= x1 and y0 <= y <= y1 and x1 - x0 > 2 * (box[2] - box[0]))


def _inside(box: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return (
        box != other
        and box[0] >= other[0]
        and box[1] >= other[1]
        and box[2] <= other[2]
        and box[3] <= other[3]
    )


def without_red(image: Image) -> Image:
    """The page as its red channel shows it."""
    return np.ascontiguousarray(np.repeat(image[:, :, 2:3], 3, axis=2))


def dark(image: Image, *, per_point: float) -> Mask:
    """255 where there is ink of any colour: darker than the paper around, specks left out."""
    lightest_ink = np.asarray(image.min(axis=2), np.uint8)
    smooth = cv2.medianBlur(lightest_ink, 3)
    block = int(24 * per_point) | 1
    mask = cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 30
    )
    return np.asarray(mask, np.uint8)

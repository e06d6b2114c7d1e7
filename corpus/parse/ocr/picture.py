"""Pictures made straight, and what is cut out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.parse.ocr.engine import Image, Quad


def smaller(image: Image, side: int) -> tuple[Image, float]:
    """The picture with its longer side at most ``side`` pixels, and by how much it shrank."""
    factor = side / max(image.shape[:2])
    if factor >= 1:
        return image, 1.0
    size = (round(image.shape[1] * factor), round(image.shape[0] * factor))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8), factor


def turned(image: Image, quarters: int) -> Image:
    """The picture turned clockwise by quarters of a turn."""
    return np.ascontiguousarray(np.rot90(image, -quarters))


def turned_quad(quad: Quad, quarters: int, *, width: int, height: int) -> Quad:
    """Where a quad of a picture of that size lies when the picture is turned clockwise."""
    x, y = quad[:, 0], quad[:, 1]
    for _ in range(quarters % 4):
        x, y = height - y, x
        width, height = height, width
    corners = np.stack([x, y], axis=1).astype(np.float32)
    # The corner that is now at the top left comes first.
    return np.roll(corners, quarters % 4, axis=0)


def angle(quads: Sequence[Quad]) -> float:
    """By how many degrees the lines fall to the right: the middle of the long ones."""
    told = [(q[1] + q[2] - q[0] - q[3], np.linalg.norm(q[3] - q[0])) for q in quads]
    long = [across for across, height in told if np.linalg.norm(across) > 10 * height]
    if not long:
        return 0.0
    return float(np.degrees(np.median([np.arctan2(a[1], a[0]) for a in long])))


def rotation(
    degrees: float, *, width: int, height: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The map from points of a crooked page to those of the page made straight."""
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(matrix, np.float64)


def straightened(image: Image, degrees: float) -> Image:
    """The picture turned about its middle so that its lines run level."""
    height, width = image.shape[:2]
    matrix = rotation(degrees, width=width, height=height)
    level = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(level, np.uint8)


def moved(quad: Quad, degrees: float, *, width: int, height: int) -> Quad:
    """Where a quad of the crooked page stands on the straight one."""
    matrix = rotation(degrees, width=width, height=height)
    return (quad @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def cut(image: Image, quad: Quad) -> Image:
    """A line's picture; one that stands aslant is set level."""
    width = round(float(max(_far(quad[1], quad[0]), _far(quad[2], quad[3]))))
    height = round(float(max(_far(quad[3], quad[0]), _far(quad[2], quad[1]))))
    width, height = max(width, 2), max(height, 2)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.ascontiguousarray(quad, np.float32), target)
    piece = cv2.warpPerspective(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(piece, np.uint8)


def grown(quad: Quad, share: float) -> Quad:
    """A quad with more room on all sides, by a share of its height."""
    along, down = quad[1] - quad[0], quad[3] - quad[0]
    room = share * np.linalg.norm(down)
    across = along * (room / max(1.0, float(np.linalg.norm(along))))
    below = down * np.float32(share)
    corners = np.array([-across - below, across - below, across + below, below - across])
    return np.asarray(quad + corners, np.float32)


def _far(point: Quad, other: Quad) -> float:
    return float(np.linalg.norm(point - other))

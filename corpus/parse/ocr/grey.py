"""Seals on pages scanned without colours: a grey ring around 郑州市人民政府 over black words.

No channel tells seal and words apart there, but their tones do: a seal's ink is flat and lighter
than type. Its ring is found by geometry, its tone in the ring is measured, and what has that tone
is divided away; words that are printed over it stay, as they are darker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from corpus.parse.ocr.ink import MM, SealInk

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image
    from corpus.parse.ocr.ink import Mask

    Reals = np.ndarray[Any, np.dtype[np.float64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

# Differences of the channels (of 255) that noise and JPEG make on a page without colours.
_COLOURLESS = 12
# Shares of the paper's tone: ink is darker than the one, type has a core darker than the other.
_INK, _CORE = 0.85, 0.45
# Of a bilevel page next to nothing has a tone between the two.
_LEAST_FLAT = 0.0004
# Pixels a millimetre in which rings are looked for, and the radii (mm) that seals have.
_COARSE = 2.0
_SMALLEST, _LARGEST = 8.5, 31.0
_CANDIDATES = 40
# Strokes of a ring are no thinner (mm); what flat ink edges of type have is.
_THINNEST = 0.35
# Square millimetres of the smallest piece that type cuts a ring in.
_LEAST_PIECE = 0.4
# Share of a circle that must lie on flat ink. Type makes 0.3 at the most.
_RING = 0.6
# Millimetres beside the ring that still belong to the seal.
_MARGIN = 1.5
# Strokes of type that cross a seal's are narrower (mm).
_STROKE = 0.9


@dataclass(frozen=True, slots=True)
class _Ring:
    """The middle of a seal's ring and its radius, in pixels."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class GreySeals:
    """``ink`` is that of the seals; ``image`` the page without them."""

    ink: SealInk
    image: Image


def grey_seals(image: Image, *, per_point: float) -> GreySeals | None:
    """The seals of a page without colours; None where there are none."""
    if not _is_colourless(image):
        return None
    millimetre = per_point * MM
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    paper = float(np.median(grey[::8, ::8]))
    flat = _flat(grey, paper, _CORE * paper)
    if np.count_nonzero(flat) < _LEAST_FLAT * flat.size:
        return None
    rings = _rings(flat, millimetre)
    if not rings:
        return None
    disc = _discs(rings, grey.shape, millimetre)
    tone = _tone(grey, flat, rings)
    type_tone = _type_tone(grey, disc, paper)
    flat = _flat(grey, paper, (tone + type_tone) / 2)
    inside = np.asarray(cv2.bitwise_and(flat, disc), np.uint8)
    clean = _divided(grey, inside, disc, paper=paper, tone=tone, millimetre=millimetre)
    ink = SealInk(inside, inside, tuple(_box(ring, millimetre, grey) for ring in rings))
    return GreySeals(ink, np.ascontiguousarray(np.repeat(clean[:, :, None], 3, axis=2)))


def _type_tone(grey: Mask, disc: Mask, paper: float) -> float:
    """The usual tone in the middle of the strokes of type that no seal covers."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0.7)
    core = cv2.erode(smooth, np.ones((5, 5), np.uint8))
    free = core[(smooth < _INK * paper) & (disc == 0)]
    return float(np.median(free)) if free.size else _CORE * paper


def _is_colourless(image: Image) -> bool:
    part = image[::4, ::4].astype(np.int16)
    spread = part.max(axis=2) - part.min(axis=2)
    return bool(np.count_nonzero(spread > _COLOURLESS) < 0.001 * spread.size)


def _flat(grey: Mask, paper: float, core: float) -> Mask:
    """255 where ink is neither as dark as the core of a stroke of type nor at one."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0.7)
    dark = np.where(smooth < core, 255, 0).astype(np.uint8)
    near = cv2.dilate(dark, np.ones((5, 5), np.uint8))
    return np.where((smooth < _INK * paper) & (near == 0), 255, 0).astype(np.uint8)


def _rings(flat: Mask, millimetre: float) -> list[_Ring]:
    """Circles of the size of seals that lie on flat ink nearly all the way."""
    factor = _COARSE / millimetre
    strokes = _strokes(flat, millimetre)
    if np.count_nonzero(strokes) < _LEAST_FLAT * flat.size:
        return []
    small = cv2.resize(strokes, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    found = cv2.HoughCircles(
        small,
        cv2.HOUGH_GRADIENT,
        dp=1.5,
        minDist=2 * _COARSE,
        param1=100,
        param2=24,
        minRadius=round(_SMALLEST * _COARSE),
        maxRadius=round(_LARGEST * _COARSE),
    )
    if found is None:
        return []
    wide = np.asarray(cv2.dilate(flat, np.ones((3, 3), np.uint8)), np.uint8)
    rough = [_Ring(*(float(v) / factor for v in each[:3])) for each in found[0][:_CANDIDATES]]
    rough.sort(key=lambda ring: -_covered(wide, ring, millimetre))
    kept: list[_Ring] = []
    for ring in rough:
        if _covered(wide, ring, millimetre) < _RING:
            continue
        share, fitted = _fitted(wide, ring, millimetre)
        if share >= _RING:
            kept.append(fitted)
            # What one ring explains is not told again for another.
            middle = round(fitted.x), round(fitted.y)
            cv2.circle(wide, middle, round(fitted.radius), 0, round(3 * millimetre))
    return kept


def _strokes(flat: Mask, millimetre: float) -> Mask:
    """What may be pieces of a seal: neither thin nor short, as the edges of type and noise are."""
    size = max(3, round(_THINNEST * millimetre))
    thick = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    _, blots, told, _ = cv2.connectedComponentsWithStats(thick)
    kept = told[:, cv2.CC_STAT_AREA] >= _LEAST_PIECE * millimetre**2
    kept[0] = False
    return np.where(kept[blots], 255, 0).astype(np.uint8)


def _covered(flat: Mask, ring: _Ring, slack: float) -> float:
    """How much of a circle lies on ink; at each angle it may lie a little in or out, so that this
    is never less than what the circle that fits best has."""
    angles = np.linspace(0.0, 2 * np.pi, 120, endpoint=False)
    radii = ring.radius + np.array([-slack, 0.0, slack])[:, None]
    return float(_on(flat, ring, angles, radii).any(axis=0).mean())


def _on(flat: Mask, ring: _Ring, angles: Reals, radii: Reals | float) -> Flags:
    """Which of the points at these angles and radii lie on ink."""
    xs = np.round(ring.x + radii * np.cos(angles)).astype(int)
    ys = np.round(ring.y + radii * np.sin(angles)).astype(int)
    height, width = flat.shape
    inside = (xs >= 0) & (ys >= 0) & (xs < width) & (ys < height)
    told = inside & (flat[ys.clip(0, height - 1), xs.clip(0, width - 1)] > 0)
    return np.asarray(told, np.bool_)


def _fitted(flat: Mask, ring: _Ring, millimetre: float) -> tuple[float, _Ring]:
    """The ring moved by up to a millimetre to where most of it lies on ink, and that share."""
    angles = np.linspace(0.0, 2 * np.pi, 120, endpoint=False)
    share, best = 0.0, ring
    for step in (millimetre / 2, millimetre / 4):
        moves = step * np.arange(-2, 3)
        middle = best
        for dx in moves:
            for dy in moves:
                for dr in moves:
                    moved = _Ring(middle.x + dx, middle.y + dy, middle.radius + dr)
                    told = float(_on(flat, moved, angles, moved.radius).mean())
                    if told > share:
                        share, best = told, moved
    return share, best


def _discs(rings: list[_Ring], shape: tuple[int, ...], millimetre: float) -> Mask:
    disc: Mask = np.zeros(shape[:2], np.uint8)
    for ring in rings:
        middle = round(ring.x), round(ring.y)
        cv2.circle(disc, middle, round(ring.radius + _MARGIN * millimetre), 255, -1)
    return disc


def _box(ring: _Ring, millimetre: float, grey: Mask) -> tuple[int, int, int, int]:
    """The rectangle of a seal, inside the page."""
    reach = ring.radius + _MARGIN * millimetre
    height, width = grey.shape
    x0, y0 = max(0, round(ring.x - reach)), max(0, round(ring.y - reach))
    return x0, y0, min(width, round(ring.x + reach)), min(height, round(ring.y + reach))


def _tone(grey: Mask, flat: Mask, rings: list[_Ring]) -> float:
    """The usual tone of the rings."""
    line: Mask = np.zeros(grey.shape, np.uint8)
    for ring in rings:
        cv2.circle(line, (round(ring.x), round(ring.y)), round(ring.radius), 255, 3)
    return float(np.median(grey[(line > 0) & (flat > 0)]))


def _divided(
    grey: Mask, inside: Mask, disc: Mask, *, paper: float, tone: float, millimetre: float
) -> Mask:
    """The page with the tone of the seal divided away where the seal is."""
    size = round(_STROKE * millimetre) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    whole = cv2.dilate(cv2.morphologyEx(inside, cv2.MORPH_CLOSE, kernel), np.ones((3, 3), np.uint8))
    around = (2 * size, 2 * size)
    weight = cv2.blur((inside > 0).astype(np.float32), around)
    level = cv2.blur(np.where(inside > 0, grey, 0).astype(np.float32), around)
    ground = np.where(weight > 0.05, level / np.maximum(weight, 0.05), tone)
    lifted = np.minimum(grey * (paper / np.maximum(ground, 1.0)), np.maximum(grey, paper))
    clean = np.where((whole > 0) & (disc > 0), lifted, grey)
    return np.asarray(clean.clip(0, 255), np.uint8)

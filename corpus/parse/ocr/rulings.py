"""Rules of tables on a scan: found by their length, and taken away so that none reads as 1 or —."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from corpus.parse.ocr.engine import Image
    from corpus.parse.ocr.ink import Mask

# Points. A level stroke of a 22 pt title is shorter than the one, an upright one than the other
# where it crosses no level rule anyway.
_LEVEL, _UPRIGHT = 30.0, 14.0
_THICKEST = 4.5
# From this length on a level (True) or an upright one may end where no other rule is.
_FREE = {True: 90.0, False: 36.0}
_NEAR = 3.0
# Level rules without upright ones are as long as a table is wide.
_ALONE = 150.0
_NARROWEST = 100.0
_AVERAGED = 1.5


@dataclass(frozen=True, slots=True)
class Rule:
    """One straight rule in pixels of the straight page."""

    x0: int
    y0: int
    x1: int
    y1: int
    level: bool

    def edge(self, per_point: float) -> dict[str, Any]:
        """The rule in points, in the form in which pdfplumber knows rules."""
        x0, x1 = self.x0 / per_point, self.x1 / per_point
        top, bottom = self.y0 / per_point, self.y1 / per_point
        if self.level:
            top = bottom = (top + bottom) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        return {
            "object_type": "line",
            "orientation": "h" if self.level else "v",
            "x0": x0,
            "x1": x1,
            "top": top,
            "bottom": bottom,
            "width": x1 - x0,
            "height": bottom - top,
        }


@dataclass(frozen=True, slots=True)
class RuledPage:
    """The rules of a page in the form in which tables are found in those of a digital one."""

    page_number: int
    bbox: tuple[float, float, float, float]
    edges: list[dict[str, Any]]

    def find_tables(self, settings: dict[str, Any]) -> list[Any]:
        """Boxes between rules that belong together."""
        from pdfplumber.table import TableFinder

        found: list[Any] = TableFinder(cast(Any, self), settings).tables
        return found


def find_rules(image: Image, *, per_point: float) -> list[Rule]:
    """The rules of the tables on a straight page, and the level ones of tables that have no others;
    a letterhead's rule meets none and has none of its length."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    runs = _runs(grey, per_point, level=True)
    level, upright = runs, _runs(grey, per_point, level=False)
    # What an end of a rule stood at may have been a stroke that is gone now.
    for _ in range(3):
        level = _anchored(level, upright, per_point)
        upright = _anchored(upright, level, per_point)
    enough = len(level) > 1 and len(upright) > 1
    ruled = _of_tables(level + upright, per_point) if enough else []
    return ruled + _half_ruled([rule for rule in runs if rule not in ruled], per_point)


def _half_ruled(rules: list[Rule], per_point: float) -> list[Rule]:
    """Long level rules of which several begin and end at the same places."""
    near = _NEAR * per_point
    long = [rule for rule in rules if _length(rule) >= _ALONE * per_point]
    return [
        rule
        for rule in long
        if sum(abs(rule.x0 - r.x0) <= near and abs(rule.x1 - r.x1) <= near for r in long) > 1
    ]


def _of_tables(rules: list[Rule], per_point: float) -> list[Rule]:
    """Rules that make a table; strokes of large characters make boxes, too, but small ones."""
    page = RuledPage(0, (0.0, 0.0, 0.0, 0.0), [rule.edge(per_point) for rule in rules])
    frames = [
        table.bbox
        for table in page.find_tables({})
        if table.bbox[2] - table.bbox[0] > _NARROWEST and len({c[0] for c in table.cells}) > 1
    ]
    return [rule for rule in rules if any(_lies_in(rule, frame, per_point) for frame in frames)]


def _lies_in(rule: Rule, frame: tuple[float, ...], per_point: float) -> bool:
    """True where the rule is one of the frame's; a row's box may be open beyond it."""
    x0, y0, x1, y1 = (value / per_point for value in (rule.x0, rule.y0, rule.x1, rule.y1))
    across = x0 >= frame[0] - 2 * _NEAR and x1 <= frame[2] + 2 * _NEAR
    return across and y1 >= frame[1] - 2 * _NEAR and y0 <= frame[3] + 2 * _NEAR


def _ink(grey: Mask, per_point: float, *, level: bool) -> Mask:
    """Ink that goes on in one direction: noise, averaged along it, comes out as paper."""
    along = max(1, round(_AVERAGED * per_point))
    smooth = cv2.blur(grey, (along, 1) if level else (1, along))
    block = int(12 * per_point) | 1
    mask = cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 20
    )
    return np.asarray(mask, np.uint8)


def _runs(grey: Mask, per_point: float, *, level: bool) -> list[Rule]:
    """Straight runs of ink, small breaks bridged, in one direction."""
    length = int((_LEVEL if level else _UPRIGHT) * per_point)
    bridge = int(1.5 * per_point) | 1
    across = (1, 3) if level else (3, 1)
    along = (length, 1) if level else (1, length)
    closing = (bridge, 1) if level else (1, bridge)
    ink = _ink(grey, per_point, level=level)
    thick = cv2.dilate(ink, np.ones(across[::-1], np.uint8))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones(closing[::-1], np.uint8))
    runs = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(along[::-1], np.uint8))
    _, _, blots, _ = cv2.connectedComponentsWithStats(runs)
    found: list[Rule] = []
    for x, y, width, height, _ in blots[1:]:
        if (height if level else width) <= _THICKEST * per_point:
            found.append(Rule(int(x), int(y), int(x + width), int(y + height), level))
    return found


def _anchored(rules: list[Rule], others: list[Rule], per_point: float) -> list[Rule]:
    """The rules that run from one of the others to another; long ones may end in the open, as
    those of a row that the page end cuts do."""
    near = _NEAR * per_point
    kept: list[Rule] = []
    for rule in rules:
        ends = sum(_stands_at(rule, others, near, start=start) for start in (True, False))
        is_long = _length(rule) >= _FREE[rule.level] * per_point
        if ends == 2 or (is_long and (ends or _crossed(rule, others, near))):
            kept.append(rule)
    return kept


def _length(rule: Rule) -> int:
    return rule.x1 - rule.x0 if rule.level else rule.y1 - rule.y0


def _stands_at(rule: Rule, others: list[Rule], near: float, *, start: bool) -> bool:
    """True where one end of a rule stands at one of the others."""
    x, y = (rule.x0, rule.y0) if start else (rule.x1, rule.y1)
    return any(
        other.x0 - near <= x <= other.x1 + near and other.y0 - near <= y <= other.y1 + near
        for other in others
    )


def _crossed(rule: Rule, others: list[Rule], near: float) -> bool:
    return any(
        rule.x0 - near <= other.x1
        and other.x0 - near <= rule.x1
        and rule.y0 - near <= other.y1
        and other.y0 - near <= rule.y1
        for other in others
    )


def without_rules(image: Image, rules: list[Rule], *, per_point: float) -> Image:
    """The page with its rules painted over by the paper beside them."""
    if not rules:
        return image
    clean = image.copy()
    margin = max(1, round(0.7 * per_point))
    height, width = image.shape[:2]
    # Level ones first: at a crossing both sides of an upright one are clean then.
    for rule in sorted(rules, key=lambda rule: not rule.level):
        if rule.level:
            y0, y1 = max(0, rule.y0 - margin), min(height - 1, rule.y1 + margin)
            paper = np.maximum(image[y0, rule.x0 : rule.x1], image[y1, rule.x0 : rule.x1])
            clean[y0 : y1 + 1, rule.x0 : rule.x1] = paper[None]
        else:
            x0, x1 = max(0, rule.x0 - margin), min(width - 1, rule.x1 + margin)
            paper = np.maximum(clean[rule.y0 : rule.y1, x0], clean[rule.y0 : rule.y1, x1])
            clean[rule.y0 : rule.y1, x0 : x1 + 1] = paper[:, None]
    return clean

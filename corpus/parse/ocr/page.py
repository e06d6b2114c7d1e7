"""One scanned page from its picture to lines, tables and seals.

Turned the right way up, made straight, seals and rules taken away, read, and its numbers read
again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.model.document import Seal
from corpus.model.errors import PolicyError
from corpus.model.geometry import Box
from corpus.parse.ocr.engine import best
from corpus.parse.ocr.foot import with_foot
from corpus.parse.ocr.fragments import Fragment, Setter, Tilted, fragment, with_common_sizes
from corpus.parse.ocr.gaps import unruled_tables
from corpus.parse.ocr.guard import checked
from corpus.parse.ocr.ink import dark
from corpus.parse.ocr.picture import cut, grown
from corpus.parse.ocr.rulings import Rule, RuledPage, find_rules, without_rules
from corpus.parse.ocr.seals import uncovered
from corpus.parse.ocr.signs import put_right
from corpus.parse.ocr.upright import Upright, upright
from corpus.parse.pdf_lines import lines
from corpus.parse.pdf_sheets import Sheet
from corpus.parse.pdf_tables import find_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.parse.ocr.engine import Image, OcrEngine, OcrOptions, Quad, Reading

_LEAST_SCORE = 0.5
_BATCH = 12
# A line is read again with this much more room (of its height) if a character scores less.
_WEAK, _ROOM = 0.7, 0.12


class PageTimeout(PolicyError):
    """A page took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"本页识别超过 {seconds:g} 秒，已停止", f"reading the page took more than {seconds:g} s"
        )


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page as read. ``turned`` is by how many degrees clockwise it was turned to be read; all
    places are those of the page when turned. ``blank`` where nothing at all is printed on it."""

    sheet: Sheet
    width: float
    height: float
    turned: int = 0
    seals: tuple[Seal, ...] = ()
    blank: bool = False


def read_page(
    image: Image, *, number: int, per_point: float, engine: OcrEngine, options: OcrOptions
) -> Scanned:
    """What stands on a page whose picture has ``per_point`` pixels a point."""
    until = time.monotonic() + options.seconds_per_page
    page = upright(image, engine, options)
    height, width = page.image.shape[:2]
    size = width / per_point, height / per_point
    if not page.quads:
        return Scanned(Sheet(number, size[1]), *size, blank=not _is_inked(image, per_point))
    free = uncovered(page, engine, options, per_point=per_point)
    page = free.page
    rules = find_rules(page.image, per_point=per_point)
    page = replace(page, image=without_rules(page.image, rules, per_point=per_point))
    pieces = _pieces(page, rules, engine, per_point, until, options)
    _keep_time(until, options)
    pieces = with_foot(pieces, page.image, engine, per_point=per_point)
    pieces = checked(
        with_common_sizes(pieces), page.image, engine, per_point=per_point, under=free.covered
    )
    sheet = _sheet(pieces, rules, number, size, page.degrees, per_point)
    seals = tuple(_seal(box, number, per_point) for box in free.seals)
    return Scanned(sheet, *size, turned=90 * page.quarters, seals=seals)


def _keep_time(until: float, options: OcrOptions) -> None:
    if time.monotonic() > until:
        raise PageTimeout(options.seconds_per_page)


def _is_inked(image: Image, per_point: float) -> bool:
    """True where more is on the page than specks."""
    mask = dark(image, per_point=per_point)
    return bool(np.count_nonzero(mask) > 0.001 * mask.size)


def _pieces(
    page: Upright,
    rules: list[Rule],
    engine: OcrEngine,
    per_point: float,
    until: float,
    options: OcrOptions,
) -> list[Fragment]:
    """All lines of the page read, in pieces that lie in one table cell each."""
    parts = [
        (part, page.readings.get(index) if len(split) == 1 else None)
        for index, quad in enumerate(page.quads)
        for split in [_split(quad, rules)]
        for part in split
    ]
    unread = [part for part, reading in parts if reading is None]
    found: list[Reading] = []
    for start in range(0, len(unread), _BATCH):
        _keep_time(until, options)
        found += _read(page.image, unread[start : start + _BATCH], engine)
    waiting = iter(found)
    pieces: list[Fragment] = []
    for part, known in parts:
        reading = known or next(waiting)
        piece = _piece(part, reading, per_point)
        if piece is not None:
            pieces.append(piece)
    return pieces


def _read(image: Image, quads: Sequence[Quad], engine: OcrEngine) -> list[Reading]:
    """What lines say; those with a character hardly told are read again, cut out larger, and with
    the noise smoothed away."""
    crops = [cut(image, quad) for quad in quads]
    readings = engine.read(crops)
    weak = [i for i, each in enumerate(readings) if min(each.scores, default=0.0) < _WEAK]
    larger = engine.read([cut(image, grown(quads[index], _ROOM)) for index in weak])
    smooth = engine.read([np.asarray(cv2.medianBlur(crops[i], 3), np.uint8) for i in weak])
    for index, *others in zip(weak, larger, smooth, strict=True):
        readings[index] = best([readings[index], *others])
    return readings


def _piece(quad: Quad, reading: Reading, per_point: float) -> Fragment | None:
    if reading.score < _LEAST_SCORE:
        return None
    points = quad / per_point
    height = (
        float(np.linalg.norm(points[3] - points[0]) + np.linalg.norm(points[2] - points[1])) / 2
    )
    found = fragment(
        reading,
        x0=float(points[[0, 3], 0].mean()),
        x1=float(points[[1, 2], 0].mean()),
        middle=float(points[:, 1].mean()),
        height=height,
    )
    if found is None:
        return None
    text, corrections = put_right(found.text)
    return replace(found, text=text, corrections=found.corrections + corrections)


def _split(quad: Quad, rules: list[Rule]) -> list[Quad]:
    """A line that was found across an upright rule, cut at it."""
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    middle, height = (y0 + y1) / 2, y1 - y0
    cuts = sorted(
        (rule.x0 + rule.x1) / 2
        for rule in rules
        if not rule.level
        and rule.y0 <= middle <= rule.y1
        and x0 + 0.25 * height < rule.x0
        and rule.x1 < x1 - 0.25 * height
    )
    if not cuts:
        return [quad]
    ends = [x0, *cuts, x1]
    return [
        np.array([[a, y0], [b, y0], [b, y1], [a, y1]], np.float32)
        for a, b in pairwise(ends)
        if b - a > 0.3 * height
    ]


def _sheet(
    pieces: list[Fragment],
    rules: list[Rule],
    number: int,
    size: tuple[float, float],
    degrees: float,
    per_point: float,
) -> Sheet:
    """Lines and tables of the page."""
    setter = Setter(Tilted(degrees, *size))
    setting = partial(lines, write=setter.write)
    ruled = RuledPage(number, (0.0, 0.0, *size), [rule.edge(per_point) for rule in rules])
    tables, rest = find_tables(ruled, list(pieces), lines=setting)
    bare = unruled_tables(ruled.edges, rest, number, lines=setting)
    tables = sorted([*tables, *bare.tables], key=lambda table: table.box.top)
    told = tuple(setting(bare.rest, number))
    return Sheet(number, size[1], told, tuple(tables), bare.beginning)


def _seal(box: tuple[int, int, int, int], number: int, per_point: float) -> Seal:
    x0, y0, x1, y1 = (value / per_point for value in box)
    return Seal(Box(number, x0, y0, x1, y1))

"""What an OFD page prints: characters with their places, ruling lines, pictures.

A text object says where each character starts (DeltaX="g 3 5.6 2.8": three steps of 5.6 mm, one of
2.8), not how wide it is; an ideograph is as wide as its size, a Latin letter ends at the next sign.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.parse.docx_symbols import symbols
from corpus.parse.limits import Clock, too_big
from corpus.parse.ofd_package import PagePart, Rectangle, Resources, numbers, rectangle
from corpus.parse.office_xml import attribute, child, children
from corpus.parse.pdf_glyphs import UNKNOWN, Glyph
from corpus.parse.radicals import real

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

POINT = 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
_LEVEL: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# Share of its size that a character rises above its baseline.
_RISE = 0.86
# A filled box that is this thin (mm) is a ruling line.
_THIN = 1.0
# Half a square wide; “ ” — … · are whole ones in Chinese type.
_NARROW = re.compile(r"[\x00-\xb6\xb8-\u02ff]")
_DEEPEST = 16
_MOST_REPEATED = 100_000
_SHAPE = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright, in points."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its part and its rectangle in points."""

    part: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Printed:
    """Everything on a page, in points from its top left corner."""

    clock: Clock
    objects: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def count(self) -> None:
        """One more; drawings made of drawings can make any number of them."""
        self.objects += 1
        most = self.clock.limits.objects
        if max(self.objects, len(self.glyphs), len(self.rules)) > most:
            raise too_big(
                self.clock.source,
                "objects",
                zh=f"一页内的对象超过上限 {most} 个，请另存为 PDF 后再试",
                en=f"more objects on one page than the limit of {most}; save it as PDF",
            )
        if self.objects % 1000 == 0:
            self.clock.check()


def printed(page: PagePart, clock: Clock) -> Printed:
    """What the templates and the content of a page print."""
    found = Printed(clock)
    x, y, _, _ = page.box
    for content in page.contents:
        for layer in children(child(content, "Content"), "Layer"):
            _objects(layer, (1.0, 0.0, 0.0, 1.0, -x, -y), page.resources, found, 0)
    return found


def _objects(
    holder: Element, matrix: Matrix, resources: Resources, found: Printed, depth: int
) -> None:
    """The objects of a layer or block; what is nested deeper than any page needs is left out."""
    if depth > _DEEPEST:
        return
    for item in holder:
        found.count()
        if attribute(item, "Visible") == "false":
            continue
        if item.tag in {"PageBlock", "Layer"}:
            _objects(item, matrix, resources, found, depth + 1)
            continue
        placed = _placed(item, matrix)
        if item.tag == "TextObject":
            found.glyphs += _glyphs(item, placed, resources)
        elif item.tag == "PathObject":
            found.rules += _rules(item, placed)
        elif item.tag == "ImageObject":
            found.pictures += _picture(item, matrix, resources)
        elif item.tag == "CompositeObject":
            unit = resources.units.get(attribute(item, "ResourceID") or "")
            for content in children(unit, "Content"):
                _objects(content, placed, resources, found, depth + 1)


def _placed(item: Element, matrix: Matrix) -> Matrix:
    """From the object's own coordinates to the page's."""
    said = numbers(attribute(item, "CTM"))
    own: Matrix = (
        (said[0], said[1], said[2], said[3], said[4], said[5]) if len(said) == 6 else _LEVEL
    )
    box = numbers(attribute(item, "Boundary"))
    x, y = (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0)
    return _times(_times(own, (1.0, 0.0, 0.0, 1.0, x, y)), matrix)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A place in points."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * POINT, (b * x + d * y + f) * POINT


@dataclass(frozen=True, slots=True)
class _Type:
    """How a text object is set: size and widths in its own coordinates."""

    size: float
    stretch: float
    font: str
    turned: bool
    matrix: Matrix


def _glyphs(item: Element, matrix: Matrix, resources: Resources) -> Iterator[Glyph]:
    size = next(iter(numbers(attribute(item, "Size"))), 0.0) or 3.7
    stretch = next(iter(numbers(attribute(item, "HScale"))), 1.0) or 1.0
    a, b, _, d, _, _ = matrix
    quarter = any(attribute(item, n) not in {None, "0"} for n in ("ReadDirection", "CharDirection"))
    turned = quarter or a <= 0 or d <= 0 or abs(b) > 0.05 * abs(a)
    font = resources.fonts.get(attribute(item, "Font") or "", "")
    kind = _Type(abs(size), abs(stretch), font, turned, matrix)
    x = y = 0.0
    for code in children(item, "TextCode"):
        # A place that is not given is that of the code before.
        x = next(iter(numbers(attribute(code, "X"))), x)
        y = next(iter(numbers(attribute(code, "Y"))), y)
        yield from _run(code, x, y, kind)


def _run(code: Element, x: float, y: float, kind: _Type) -> Iterator[Glyph]:
    text = (code.text or "").strip("\t\r\n")
    across = _steps(attribute(code, "DeltaX"), len(text) - 1)
    down = _steps(attribute(code, "DeltaY"), len(text) - 1)
    upright = bool(down) and not any(across)
    for place, sign in enumerate(text):
        width = kind.size * kind.stretch * (0.5 if _NARROW.match(sign) else 1.0)
        step = across[place] if place < len(across) else 0.0 if place < len(down) else width
        # A step of up to a whole square is the sign's own width; a longer one leaves a gap.
        wide = step if 0 < step <= kind.size * kind.stretch else width
        glyph = _glyph(sign, x, y, wide, kind, turned=kind.turned or upright)
        if glyph is not None:
            yield glyph
        x += step
        y += down[place] if place < len(down) else 0.0


def _glyph(
    sign: str, x: float, y: float, width: float, kind: _Type, *, turned: bool
) -> Glyph | None:
    """A glyph by the corners of its box, whatever way it is turned."""
    text, lost = _text(sign, kind.font)
    if not text:
        return None
    corners = [
        _at(kind.matrix, x + dx, y + dy)
        for dx in (0.0, width)
        for dy in (-_RISE * kind.size, (1 - _RISE) * kind.size)
    ]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    size = kind.size * math.hypot(kind.matrix[2], kind.matrix[3]) * POINT
    return Glyph(
        text,
        min(xs),
        max(xs),
        min(ys),
        max(ys),
        _at(kind.matrix, x, y)[1],
        round(size, 2),
        kind.font,
        turned,
        lost,
    )


def _text(sign: str, font: str) -> tuple[str, bool]:
    """What a character says, and whether the file fails to tell."""
    if sign.isspace():
        return ("\u3000" if sign == "\u3000" else " "), False
    text = real(symbols(sign, font))
    category = unicodedata.category(text[0]) if text else "Cf"
    if category == "Cf":
        return "", False
    if category in {"Cc", "Co", "Cn"} or text == UNKNOWN:
        return UNKNOWN, True
    return text, False


def _steps(text: str | None, most: int) -> list[float]:
    """The steps from character to character; g 3 5.6 stands for 5.6 5.6 5.6."""
    words = (text or "").replace(",", " ").split()
    steps: list[float] = []
    place = 0
    while place < len(words) and len(steps) < max(0, most):
        if words[place] in {"g", "G"} and place + 2 < len(words):
            count, value = numbers(words[place + 1]), numbers(words[place + 2])
            times = int(count[0]) if count else 0
            steps += (value or [0.0]) * max(0, min(times, most, _MOST_REPEATED))
            place += 3
        else:
            steps += numbers(words[place])
            place += 1
    return steps[: max(0, most)]


def _rules(item: Element, matrix: Matrix) -> Iterator[Rule]:
    """The level and upright lines of a path; areas filled for their colour rule nothing."""
    shape = child(item, "AbbreviatedData")
    corners = [list(line) for line in _lines((shape.text if shape is not None else "") or "")]
    filled = attribute(item, "Fill") == "true" and attribute(item, "Stroke") == "false"
    for line in corners:
        xs, ys = [x for x, _ in line], [y for _, y in line]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        if not filled:
            for start, end in pairwise(line):
                yield from _rule(_at(matrix, *start), _at(matrix, *end))
        elif min(width, height) <= _THIN:
            middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            level = width >= height
            start = (min(xs), middle_y) if level else (middle_x, min(ys))
            end = (max(xs), middle_y) if level else (middle_x, max(ys))
            yield from _rule(_at(matrix, *start), _at(matrix, *end))


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    across, down = abs(end[0] - start[0]), abs(end[1] - start[1])
    if max(across, down) > 2 and min(across, down) <= 0.5:
        xs, ys = sorted((start[0], end[0])), sorted((start[1], end[1]))
        if across > down:
            yield Rule(xs[0], sum(ys) / 2, xs[1], sum(ys) / 2)
        else:
            yield Rule(sum(xs) / 2, ys[0], sum(xs) / 2, ys[1])


# How many numbers follow each operator; the last two are where it ends.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def _lines(shape: str) -> Iterator[Sequence[tuple[float, float]]]:
    """Runs of straight lines of a path; a curve ends one and begins the next."""
    line: list[tuple[float, float]] = []
    words = _SHAPE.findall(shape)
    place = 0
    while place < len(words):
        operator = words[place].upper()
        count = _OPERANDS.get(operator, 0)
        operands = numbers(" ".join(words[place + 1 : place + 1 + count]))
        place += 1 + (count if operator in _OPERANDS else 0)
        if operator == "C" and line:
            line.append(line[0])
        elif operator == "L" and len(operands) == 2:
            line.append((operands[0], operands[1]))
        elif operator in _OPERANDS and len(operands) == count and count:
            if len(line) > 1:
                yield line
            line = [(operands[-2], operands[-1])]
    if len(line) > 1:
        yield line


def _picture(item: Element, matrix: Matrix, resources: Resources) -> Iterator[Picture]:
    """A picture fills the square from 0 to 1 of its own coordinates, or else its boundary."""
    part = resources.pictures.get(attribute(item, "ResourceID") or "")
    box = rectangle(attribute(item, "Boundary") or "")
    if part is None:
        return
    placed = _placed(item, matrix)
    if len(numbers(attribute(item, "CTM"))) == 6:
        corners = [_at(placed, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    elif box is not None:
        corners = [_at(placed, 0.0, 0.0), _at(placed, box[2], box[3])]
    else:
        return
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    yield Picture(part, min(xs), min(ys), max(xs), max(ys))


def in_points(box: Rectangle, origin: Rectangle) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in points from the page's corner."""
    x, y, width, height = box
    left, top = (x - origin[0]) * POINT, (y - origin[1]) * POINT
    return left, top, left + width * POINT, top + height * POINT

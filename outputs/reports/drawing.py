"""Pictures in a report: inline SVG, no script, nothing from elsewhere, colours by class.

Every text is escaped by ``Markup.format``; every picture has its words in a title and a table
beside it says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on a chart: where along the axis, how high, from where to where it may be."""

    label: str
    x: float
    y: float
    text: str
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Marks of one measure, in the order of their x."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A box with up to three lines of text; ``column`` and ``row`` place it."""

    id: str
    lines: tuple[str, ...]
    column: int
    row: int
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from one box to another with a word on it."""

    source: str
    target: str
    word: str
    dashed: bool = False


_WIDTH, _HEIGHT, _LEFT, _BELOW = 900, 260, 70, 64
_BOX_WIDTH, _BOX_HEIGHT, _GAP_X, _GAP_Y = 210, 74, 96, 26


def chart(title: str, series: Sequence[Series]) -> Markup:
    """One small chart for each measure, below each other: 所 and % share no axis."""
    drawn = [each for each in series if each.marks]
    return Markup("").join(_chart(title, each) for each in drawn)


def _chart(title: str, series: Series) -> Markup:
    marks = series.marks
    top = _round(max(mark.y for mark in marks) * 1.15)
    first, last = marks[0].x, marks[-1].x
    points = [
        (
            _LEFT + 20 + (mark.x - first) / ((last - first) or 1) * (_WIDTH - _LEFT - 80),
            16 + (1 - mark.y / top) * (_HEIGHT - _BELOW - 16),
            mark,
        )
        for mark in marks
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    return Markup(
        '<figure class="chart"><figcaption>{}（{}）</figcaption>'
        '<svg role="img" viewBox="0 0 {} {}"><title>{}（{}）</title>'
        '<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/><line class="axis" x1="{}" y1="10"'
        ' x2="{}" y2="{}"/>{}<polyline class="trend" points="{}"/>{}</svg></figure>'
    ).format(
        title, series.name, _WIDTH, _HEIGHT, title, series.name,
        _LEFT, _HEIGHT - _BELOW, _WIDTH - 10, _HEIGHT - _BELOW, _LEFT, _LEFT, _HEIGHT - _BELOW,
        _scale(top), path,
        Markup("").join(_dot(x, y, mark, i) for i, (x, y, mark) in enumerate(points)),
    )  # fmt: skip


def _round(top: float) -> float:
    """The next number that four even steps divide well: 70 gives 80, 1361 gives 1600."""
    if top <= 0:
        return 1.0
    power: float = 10 ** floor(log10(top))
    return next(n * power for n in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if n * power >= top)


def _scale(top: float) -> Markup:
    rows = []
    for step in range(5):
        y = 16 + (1 - step / 4) * (_HEIGHT - _BELOW - 16)
        rows.append(
            Markup('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>').format(
                _LEFT - 8, f"{y + 4:.1f}", f"{top * step / 4:.4g}"
            )
        )
    return Markup("").join(rows)


def _dot(x: float, y: float, mark: Mark, place: int) -> Markup:
    """A point; an arrow up for a floor (不低于), down for a cap."""
    arrows = [
        Markup('<path class="open" d="M{0} {1} l-4 {2} l8 0 z"/>').format(
            f"{x:.1f}", f"{y + offset:.1f}", size
        )
        for wanted, offset, size in ((mark.high_open, -14, 7), (mark.low_open, 14, -7))
        if wanted
    ]
    below = _HEIGHT - _BELOW + 18 + (place % 3) * 15
    return Markup(
        '<g><title>{}：{}</title><circle class="dot" cx="{}" cy="{}" r="4.5"/>{}'
        '<text class="value" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text></g>'
    ).format(
        mark.label, mark.text, f"{x:.1f}", f"{y:.1f}", Markup("").join(arrows),
        f"{x:.1f}", f"{y - 18:.1f}", mark.text, f"{x:.1f}", below, mark.label,
    )  # fmt: skip


def graph(title: str, nodes: Sequence[Node], edges: Iterable[Edge]) -> Markup:
    """Boxes in columns, earlier ones to the left, with arrows between them."""
    if not nodes:
        return Markup("")
    width = 20 + (max(n.column for n in nodes) + 1) * (_BOX_WIDTH + _GAP_X)
    height = 20 + (max(n.row for n in nodes) + 1) * (_BOX_HEIGHT + _GAP_Y)
    at = {node.id: _corner(node) for node in nodes}
    arrows = [
        _arrow(at[e.source], at[e.target], e) for e in edges if {e.source, e.target} <= at.keys()
    ]
    return Markup(
        '<figure class="graph"><svg role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
        '<title>{2}</title><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0 L8 4 L0 8 z"/>'
        "</marker></defs>{3}{4}</svg></figure>"
    ).format(width, height, title, Markup("").join(arrows), Markup("").join(_box(n) for n in nodes))


def _corner(node: Node) -> tuple[float, float]:
    return 10 + node.column * (_BOX_WIDTH + _GAP_X), 10 + node.row * (_BOX_HEIGHT + _GAP_Y)


def _box(node: Node) -> Markup:
    x, y = _corner(node)
    lines = Markup("").join(
        Markup('<text class="{}" x="{}" y="{}">{}</text>').format(
            "tick" if number else "value", x + 10, y + 22 + number * 19, line
        )
        for number, line in enumerate(node.lines)
    )
    return Markup('<g><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>{}</g>').format(
        "box marked" if node.marked else "box", x, y, _BOX_WIDTH, _BOX_HEIGHT, lines
    )


def _arrow(source: tuple[float, float], target: tuple[float, float], edge: Edge) -> Markup:
    """From the nearer sides; boxes of one column are joined top to bottom."""
    (x0, y0), (x1, y1) = source, target
    if x0 == x1:
        down = y1 > y0
        start = x0 + _BOX_WIDTH / 2, y0 + (_BOX_HEIGHT if down else 0)
        end = x1 + _BOX_WIDTH / 2, y1 + (0 if down else _BOX_HEIGHT)
    else:
        right = x1 > x0
        start = x0 + (_BOX_WIDTH if right else 0), y0 + _BOX_HEIGHT / 2
        end = x1 + (0 if right else _BOX_WIDTH), y1 + _BOX_HEIGHT / 2
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return Markup(
        '<path class="{}" d="M{} {} L{} {}" marker-end="url(#tip)"/>'
        '<text class="word" x="{}" y="{}" text-anchor="middle">{}</text>'
    ).format(
        "edge dashed" if edge.dashed else "edge",
        *(f"{n:.1f}" for n in (*start, *end)),
        f"{middle[0]:.1f}", f"{middle[1] - 5:.1f}", edge.word,
    )  # fmt: skip

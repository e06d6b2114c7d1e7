"""Lines out of glyphs, in the order in which a page is read.

Glyphs of one baseline make a row; rows that stand beside each other (教育部 over
河南省人民政府, and 文件 to the right of both) are read column by column. 教　育　部, spaced out
over the line, reads 教育部, while the blank of 教育部　河南省人民政府 stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from corpus.model.geometry import Box
from corpus.parse.flow import FlowLine
from corpus.parse.pdf_glyphs import Glyph, without_doubles

# Ideographs, kana and the punctuation that is as wide as they are.
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
# Glyphs farther apart than this (in em) are not taken for neighbours in one word or name.
_APART = 0.8
_COLUMN_GAP = 1.2

Row = list[Glyph]


def lines(
    glyphs: Iterable[Glyph],
    page: int,
    *,
    write: Callable[[Row, int], FlowLine | None] | None = None,
) -> list[FlowLine]:
    """The printed lines in reading order; text that does not run level comes last, as furniture.

    ``write`` makes a line of a row of glyphs, where these are more than a text layer has.
    """
    write = write or _line
    level: list[Glyph] = []
    turned: list[Glyph] = []
    for glyph in glyphs:
        (turned if glyph.turned else level).append(glyph)
    found = [line for row in _in_order(glyph_rows(level)) if (line := write(row, page))]
    return found + list(_turned_lines(turned, page))


def glyph_rows(glyphs: list[Glyph]) -> list[Row]:
    """Glyphs by baseline, from the top; raised and lowered small ones go into their line."""
    rows: list[Row] = []
    largest = start = 0.0
    for glyph in sorted((g for g in glyphs if not g.blank), key=lambda g: g.baseline):
        if not rows or glyph.baseline - start > 0.2 * max(largest, glyph.size):
            rows.append([])
            largest, start = 0.0, glyph.baseline
        rows[-1].append(glyph)
        largest = max(largest, glyph.size)
    _spread_blanks(rows, [g for g in glyphs if g.blank])
    return [row for row in map(without_doubles, _with_scripts(rows)) if row]


def _spread_blanks(rows: list[Row], blanks: list[Glyph]) -> None:
    """Put each blank into the row whose baseline it shares; blanks alone make no row."""
    start = 0
    for blank in sorted(blanks, key=lambda g: g.baseline):
        while start < len(rows) and rows[start][0].baseline < blank.baseline - 0.5 * blank.size:
            start += 1
        near = [row for row in rows[start : start + 3] if _level_with(row, blank)]
        if near:
            near[0].append(blank)


def _level_with(row: Row, glyph: Glyph) -> bool:
    return abs(row[0].baseline - glyph.baseline) <= 0.25 * max(glyph.size, row[0].size)


def _with_scripts(rows: list[Row]) -> list[Row]:
    """Move superscripts and subscripts (m², CO₂) into the row that they belong to."""
    kept: list[Row] = []
    for index, row in enumerate(rows):
        hosts = [*kept[-1:], *rows[index + 1 : index + 2]]
        size = max(glyph.size for glyph in row)
        for host in hosts:
            if size < 0.8 * max(g.size for g in host) and all(_touches(g, host) for g in row):
                host.extend(row)
                break
        else:
            kept.append(row)
    return kept


def _touches(small: Glyph, row: Row) -> bool:
    """True where a glyph stands right at a bigger one and over or under its line."""
    return any(
        small.x0 - 0.6 * large.size < large.x1
        and large.x0 < small.x1 + 0.3 * large.size
        and min(small.bottom, large.bottom) - max(small.top, large.top) > 0.4 * small.size
        for large in row
    )


def _in_order(rows: list[Row]) -> list[Row]:
    """Rows as they are read: newspaper columns one after the other, all else from the top."""
    parts = [part for row in rows for part in _parts(row)]
    bands = _bands(parts)
    ordered: list[Row] = []
    position = 0
    while position < len(bands):
        split = _columns(bands[position:])
        if split is None:
            ordered += _within(bands[position])
            position += 1
            continue
        left, right, used = split
        ordered += _in_order(left) + _in_order(right)
        position += used
    return ordered


def _parts(row: Row) -> Iterator[Row]:
    """A row cut where it leaves a wide gap."""
    part: Row = []
    end = 0.0
    for glyph in row:
        if part and not glyph.blank and glyph.x0 - end > _COLUMN_GAP * glyph.size:
            yield part
            part = []
        part.append(glyph)
        if not glyph.blank:
            end = max(end, glyph.x1) if len(part) > 1 else glyph.x1
    if part:
        yield part


def _bands(parts: list[Row]) -> list[list[Row]]:
    """Parts that stand beside each other, from the top of the page down."""
    bands: list[list[Row]] = []
    floor = 0.0
    for part in sorted(parts, key=_top):
        height = _bottom(part) - _top(part)
        if bands and floor - _top(part) > 0.3 * min(height, _lowest_height(bands[-1])):
            bands[-1].append(part)
            floor = max(floor, _bottom(part))
        else:
            bands.append([part])
            floor = _bottom(part)
    return bands


def _within(band: list[Row]) -> list[Row]:
    """Parts of one band: one line if they are level, else column by column."""
    if all(_level_with(part, band[0][0]) for part in band):
        return [sorted((g for part in band for g in part), key=lambda g: g.x0)]
    columns: list[list[Row]] = []
    end = 0.0
    for part in sorted(band, key=_left):
        if columns and _left(part) < end:
            columns[-1].append(part)
        else:
            columns.append([part])
        end = max(end, _right(part))
    if len(columns) == 1:
        return [row for level in _levels(band) for row in level]
    return [row for column in columns for inner in _bands(column) for row in _within(inner)]


def _levels(band: list[Row]) -> Iterator[list[Row]]:
    """Parts by baseline where no vertical cut helps; those of one baseline join to one line."""
    waiting = sorted(band, key=lambda part: part[0].baseline)
    while waiting:
        level = [part for part in waiting if _level_with(part, waiting[0][0])]
        waiting = [part for part in waiting if part not in level]
        yield [sorted((g for part in level for g in part), key=lambda g: g.x0)]


def _columns(bands: list[list[Row]]) -> tuple[list[Row], list[Row], int] | None:
    """Two columns of running text from the first band on: left, right, number of bands used."""
    for (_, start), (stop, _) in pairwise(sorted((_left(p), _right(p)) for p in bands[0])):
        used, both = 0, 0
        x0, x1 = start, stop
        for band in bands:
            left, right = _beside(band, (x0 + x1) / 2)
            if len(left) + len(right) < len(band):
                break
            used += 1
            both += bool(left and right)
            x0, x1 = max([x0, *map(_right, left)]), min([x1, *map(_left, right)])
        parts = [part for band in bands[:used] for part in band]
        left, right = _beside(parts, (x0 + x1) / 2)
        if both >= 4 and _is_prose(left) and _is_prose(right):
            return left, right, used
    return None


def _beside(parts: Sequence[Row], x: float) -> tuple[list[Row], list[Row]]:
    """The parts that end before ``x`` and those that begin after it."""
    return [p for p in parts if _right(p) <= x], [p for p in parts if _left(p) >= x]


def _is_prose(column: list[Row]) -> bool:
    """True where most lines fill the column; a list of names and numbers does not."""
    width = max(map(_right, column)) - min(map(_left, column))
    full = sum(_right(part) - _left(part) > 0.75 * width for part in column)
    return full >= 0.6 * len(column) and width > 10 * column[0][0].size


def _top(row: Row) -> float:
    return min(glyph.top for glyph in row)


def _bottom(row: Row) -> float:
    return max(glyph.bottom for glyph in row)


def _left(row: Row) -> float:
    return min(glyph.x0 for glyph in row)


def _right(row: Row) -> float:
    return max(glyph.x1 for glyph in row)


def _lowest_height(band: list[Row]) -> float:
    return min(_bottom(part) - _top(part) for part in band)


def _line(row: Row, page: int) -> FlowLine | None:
    """The line that a row of glyphs prints; None where it prints blanks only."""
    printed = [glyph for glyph in row if not glyph.blank]
    if not printed:
        return None
    text: list[str] = []
    edges: list[float] = []
    gaps = spaces(row, printed)
    for glyph, space in zip(printed, [*gaps, ""], strict=True):
        step = (glyph.x1 - glyph.x0) / len(glyph.text)
        edges += [glyph.x0 + step * index for index in range(len(glyph.text))]
        text.append(glyph.text)
        if space:
            text.append(space)
            edges.append(glyph.x1)
    edges.append(printed[-1].x1)
    edges = _rising(edges)
    size = Counter(round(glyph.size, 1) for glyph in printed).most_common(1)[0][0]
    box = Box(page, edges[0], _top(printed), edges[-1], _bottom(printed))
    return FlowLine("".join(text), page, box, tuple(edges), size)


def _rising(edges: list[float]) -> list[float]:
    """Edges that never step back, though glyphs may overlap."""
    for index in range(1, len(edges)):
        edges[index] = max(edges[index], edges[index - 1])
    return edges


def spaces(row: Row, printed: Row) -> list[str]:
    """What stands between each two printed glyphs: nothing, a space or an ideographic space."""
    blanks = {glyph.x0 for glyph in row if glyph.blank} if len(printed) < len(row) else ()
    spaces: list[str] = []
    gaps: list[float] = []
    for before, after in pairwise(printed):
        em = max(before.size, after.size)
        gap = (after.x0 - before.x1) / em
        told = bool(blanks) and any(before.x0 < x <= after.x0 for x in blanks)
        wide, next_wide = _WIDE.match(before.text[-1]), _WIDE.match(after.text[0])
        gaps.append(gap)
        if wide or next_wide:
            narrow = " " if told and gap > 0.1 and not (wide and next_wide) else ""
            spaces.append("\u3000" if gap >= _APART else narrow)
        else:
            spaces.append(" " if gap > 0.25 or (told and gap > 0.1) else "")
    return _closed_up(printed, spaces, gaps) if any(spaces) else spaces


def _closed_up(printed: Row, spaces: list[str], gaps: list[float]) -> list[str]:
    """Take out the blanks of letter-spacing: between characters that stand alone (河 南 省)."""
    alone = [
        (index == 0 or bool(spaces[index - 1])) and bool(_IDEOGRAPH.match(glyph.text))
        for index, glyph in enumerate(printed)
    ]
    ends = [*spaces, "end"]
    single = [
        first and (bool(ends[index]) or not _IDEOGRAPH.match(printed[index + 1].text))
        for index, first in enumerate(alone)
    ]
    spaced = [bool(s) and single[i] and single[i + 1] for i, s in enumerate(spaces)]
    closed = list(spaces)
    index = 0
    while index < len(spaced):
        stop = index
        while stop < len(spaced) and spaced[stop]:
            stop += 1
        usual = min(gaps[index:stop], default=0.0)
        for inside in range(index, stop):
            if gaps[inside] <= 1.8 * usual + 0.2:
                closed[inside] = ""
        index = stop + 1
    return closed


def _turned_lines(glyphs: list[Glyph], page: int) -> Iterator[FlowLine]:
    """Text that does not run level (watermarks, stamps): what the file prints in one go."""
    for font in dict.fromkeys((glyph.font, round(glyph.size)) for glyph in glyphs):
        run = [g for g in glyphs if (g.font, round(g.size)) == font and not g.blank]
        if not run:
            continue
        text = "".join(glyph.text for glyph in run)
        box = Box(page, _left(run), _top(run), _right(run), _bottom(run))
        step = (box.x1 - box.x0) / len(text)
        edges = tuple(box.x0 + step * index for index in range(len(text) + 1))
        yield FlowLine(text, page, box, edges, run[0].size, furniture=True)

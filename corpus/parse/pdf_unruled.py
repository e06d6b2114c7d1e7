"""Tables without upright rules: 工作任务　责任单位　完成时限 over rows that stand in line, with
three level rules (三线表), a rule under each row, or none at all.

A table is told by its head: names of columns side by side, or a row between two rules of one
length. Its columns are what no line of the rows below runs across, so that neither prose nor two
columns of prose can be taken for one; where a line does run across, the table is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.model.geometry import Box
from corpus.parse.pdf_glyphs import Glyph
from corpus.parse.pdf_lines import Row, glyph_rows
from corpus.parse.pdf_tables import NEAR, PageTable, RuledCell, Setting, boundaries
from corpus.parse.unruled_rows import Band, grouped, grouped_body

# What columns of task and indicator tables are called; 序 and 责任 begin a name cut in two lines.
_NAME = re.compile(
    r"序号?|编号|类别|类型|领域|分类|(?:一级|二级)?指标(?:名称|类别|属性)?|属性|目标(?:值|任务)?|年度目标"
    r"|(?:主要|重点|工作|目标|具体|建设|改革)?(?:任务|事项|内容|举措|措施|项目|要求|工作)(?:名称|内容|清单|要求)?"
    r"|(?:责任|牵头|配合|主办|协办|实施|承办|负责|参与|主管|主要责任)(?:单位|部门|处室|地区|主体|领导|人)?"
    r"|(?:完成|办结|实施|启动|起止|工作)?(?:时限|时间|期限|节点|进度)(?:要求|安排|节点)?"
    r"|(?:计量)?单位|成果形式|备注|(?:19|20)\d\d年(?:目标值?|实际|现状|底)?|基期值?|现状值?|年均增速"
)
_LONGEST_NAME = 12
_SENTENCE = re.compile(r"[。；！？]")
# In em: what parts two cells of one row, and the least that parts two columns.
_APART, _CORRIDOR = 0.55, 0.4
_SAME_SIZE = 0.15
# Rows of one table follow each other within so many heights of a line.
_FAR = 4.5
# Lines that may stand above the rest of a table: a running head, 续表.
_MOST_ABOVE = 2
_NOTE = re.compile(r"(?:注|备注|说明|资料来源|数据来源)\d?[：:]")


@dataclass(frozen=True, slots=True)
class _Head:
    """A row that names columns: where it is, its cells, and the rules of its table."""

    at: int
    cells: tuple[Row, ...]
    rules: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of a table, and where its columns begin and end."""

    rows: tuple[Row, ...]
    columns: tuple[tuple[float, float], ...]
    rules: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Unruled:
    """The unruled tables of a page, the glyphs outside them, and what would be a table's rows at
    the top of the page if the page before ended with its head and its first rows."""

    tables: tuple[PageTable, ...]
    rest: list[Glyph]
    beginning: PageTable | None = None


def find_unruled(
    edges: Sequence[dict[str, Any]], glyphs: list[Glyph], page: int, *, lines: Setting
) -> Unruled:
    """The unruled tables among glyphs that stand in no ruled one."""
    rows = glyph_rows([glyph for glyph in glyphs if not glyph.turned])
    level = [edge for edge in edges if edge["orientation"] == "h"]
    found: list[PageTable] = []
    taken: set[int] = set()
    at, first = 0, len(rows)
    while at < len(rows):
        head = _head(rows, at, level)
        table = _table(rows, head) if head else None
        bands = grouped(table.rows, table.columns, table.rules) if table else []
        if table is None or not _is_table(bands[1:], table):
            at += 1
            continue
        used = [glyph for band in bands for row in band.rows for glyph in row]
        found.append(_made(table, bands, used, page, lines))
        taken |= {id(glyph) for glyph in used}
        first = min(first, at)
        at += sum(len(band.rows) for band in bands)
    rest = [glyph for glyph in glyphs if id(glyph) not in taken] if taken else glyphs
    return Unruled(tuple(found), rest, _beginning(rows[:first], level, page, lines))


def _beginning(
    rows: Sequence[Row], level: Sequence[dict[str, Any]], page: int, lines: Setting
) -> PageTable | None:
    """The rows at the top that stand in columns, a line or two of a running head above them."""
    for start in range(min(_MOST_ABOVE + 1, len(rows))):
        table = _headless(rows[start:], level)
        bands = grouped_body(table.rows, table.columns, table.rules) if table else []
        if table is not None and _is_table(bands, table):
            used = [glyph for band in bands for row in band.rows for glyph in row]
            return _made(table, bands, used, page, lines)
    return None


def _headless(rows: Sequence[Row], level: Sequence[dict[str, Any]]) -> _Found | None:
    """Rows from the first on as far as they run across no gap between columns."""
    columns: list[tuple[float, float]] = []
    taken: list[Row] = []
    size = max(glyph.size for glyph in rows[0])
    for row in rows:
        grown = _grown(columns, row)
        if grown is None or (taken and _parted(taken, row, size)):
            break
        columns = grown
        taken.append(row)
    apart = all(after[0] - before[1] >= _CORRIDOR * size for before, after in pairwise(columns))
    if len(columns) < 2 or not apart:
        return None
    left, right = columns[0][0] + size, columns[-1][1] - size
    wide = (edge["top"] for edge in level if edge["x0"] <= left and edge["x1"] >= right)
    return _Found(tuple(taken), tuple(columns), boundaries(wide))


def _head(rows: Sequence[Row], at: int, level: Sequence[dict[str, Any]]) -> _Head | None:
    """The row as a head: names of columns, or short words framed by rules of one length."""
    cells = tuple(_cells(rows[at], 1.0))
    if len(cells) < 2 or at + 1 == len(rows):
        return None
    words = [_words(cell) for cell in cells]
    if any(len(each) > _LONGEST_NAME or _SENTENCE.search(each) for each in words):
        return None
    rules = _rules(rows[at], level)
    named = sum(bool(_NAME.fullmatch(each)) for each in words)
    enough = named >= 2 and 2 * named >= len(words)
    return _Head(at, cells, rules) if enough or _is_framed(rows[at], rules) else None


def _rules(row: Row, level: Sequence[dict[str, Any]]) -> tuple[float, ...]:
    """The level rules of one length that run over and under the row, from the top."""
    left, right = min(g.x0 for g in row), max(g.x1 for g in row)
    em = row[0].size
    wide = [e for e in level if e["x0"] <= left + em and e["x1"] >= right - em]
    over = [e for e in wide if _top(row) - 2 * em < e["top"] <= _top(row) + NEAR]
    near = over or [e for e in wide if 0 < e["top"] - _bottom(row) < 2 * em]
    if not near:
        return ()
    first = max(near, key=lambda e: float(e["top"]))
    alike = (e for e in wide if _same_length(e, first) and e["top"] >= first["top"] - NEAR)
    return boundaries(e["top"] for e in alike)


def _same_length(edge: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(abs(edge["x0"] - other["x0"]) < 6 and abs(edge["x1"] - other["x1"]) < 6)


def _is_framed(row: Row, rules: Sequence[float]) -> bool:
    """True between the first two of three rules or more, as the head of a 三线表."""
    if len(rules) < 3:
        return False
    above = [y for y in rules if y <= _top(row) + NEAR]
    below = [y for y in rules if _bottom(row) - NEAR <= y < _bottom(row) + 1.5 * row[0].size]
    return len(above) == 1 and len(below) == 1


def _table(rows: Sequence[Row], head: _Head) -> _Found | None:
    """The head with the rows below it that run across none of its columns."""
    columns = [(_left(cell), _right(cell)) for cell in head.cells]
    taken = [rows[head.at]]
    for row in rows[head.at + 1 :]:
        grown = None if _ends(taken, row, head) else _grown(columns, row)
        if grown is None:
            break
        columns = grown
        taken.append(row)
    named = _named(columns, head)
    if named is None or len(taken) < 2:
        return None
    return _Found(tuple(taken), tuple(named), head.rules)


def _ends(taken: Sequence[Row], row: Row, head: _Head) -> bool:
    """True where the row is below the last rule, far away, of another size, or a remark."""
    usual = head.cells[0][0].size
    if _parted(taken, row, usual):
        return True
    last = head.rules[-1] if len(head.rules) > 1 else None
    within = last is not None and last > _bottom(taken[0]) + 2 * usual
    return bool(within and last is not None and _top(row) > last - NEAR)


def _parted(taken: Sequence[Row], row: Row, usual: float) -> bool:
    """True where the row is far away, of another size, or a remark."""
    size = max(glyph.size for glyph in row)
    if abs(size - usual) > _SAME_SIZE * usual or _NOTE.match(_words(row)):
        return True
    return _top(row) - _bottom(taken[-1]) > _FAR * usual


def _grown(columns: list[tuple[float, float]], row: Row) -> list[tuple[float, float]] | None:
    """The columns with what the row prints in them; None where it runs across two."""
    grown = list(columns)
    for cell in _cells(row, _APART):
        x0, x1 = _left(cell), _right(cell)
        touched = [i for i, (a, b) in enumerate(grown) if x0 < b and a < x1]
        if len(touched) > 1:
            return None
        if touched:
            a, b = grown[touched[0]]
            grown[touched[0]] = (min(a, x0), max(b, x1))
        else:
            grown.append((x0, x1))
            grown.sort()
    return grown if all(after[0] >= before[1] for before, after in pairwise(grown)) else None


def _named(columns: list[tuple[float, float]], head: _Head) -> list[tuple[float, float]] | None:
    """One column for each cell of the head: what stands beside a centred name belongs to it."""
    names = [(_left(cell), _right(cell)) for cell in head.cells]
    found: list[tuple[float, float]] = list(names)
    for x0, x1 in columns:
        near = min(range(len(names)), key=lambda i: max(names[i][0] - x1, x0 - names[i][1], 0.0))
        a, b = found[near]
        found[near] = (min(a, x0), max(b, x1))
    em = head.cells[0][0].size
    apart = all(after[0] - before[1] >= _CORRIDOR * em for before, after in pairwise(found))
    return found if apart else None


def _is_table(bands: Sequence[Band], table: _Found) -> bool:
    """True where at least one of the rows has something in two columns or more."""
    return any(len(band.filled(table.columns)) > 1 for band in bands)


def _made(
    table: _Found, bands: Sequence[Band], used: list[Glyph], page: int, lines: Setting
) -> PageTable:
    """The table with rules where there are none: between the columns, between the rows."""
    left, right = table.columns[0][0] - 2, table.columns[-1][1] + 2
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(table.columns)]
    upright = [left, *inner, right]
    level = [bands[0].top - 2, *((a.bottom + b.top) / 2 for a, b in pairwise(bands))]
    level.append(bands[-1].bottom + 2)
    cells: list[RuledCell] = []
    for band, (top, bottom) in zip(bands, pairwise(level), strict=True):
        glyphs = [glyph for row in band.rows for glyph in row]
        for x0, x1 in pairwise(upright):
            inside = [g for g in glyphs if x0 <= (g.x0 + g.x1) / 2 < x1]
            cells.append(RuledCell(x0, top, x1, bottom, tuple(lines(inside, page))))
    box = Box(page, left, level[0], right, level[-1])
    return PageTable(box, tuple(cells), loose=tuple(lines(used, page)), unruled=True)


def _cells(row: Row, gap: float) -> Iterator[Row]:
    """A row cut where it leaves a gap of so many em; 序 号 and 责 任 spaced out stay one name."""
    part: Row = []
    printed = sorted((g for g in row if not g.blank), key=lambda g: g.x0)
    for glyph in printed:
        if part and glyph.x0 - part[-1].x1 > gap * glyph.size and not _spaced(part, glyph):
            yield part
            part = []
        part.append(glyph)
    if part:
        yield part


def _spaced(part: Row, glyph: Glyph) -> bool:
    """True for the second half of 序　号."""
    return len(part) == 1 and part[0].text == "序" and glyph.text == "号"


def _words(row: Row) -> str:
    return "".join(glyph.text for glyph in row if not glyph.blank)


def _left(row: Row) -> float:
    return min(glyph.x0 for glyph in row if not glyph.blank)


def _right(row: Row) -> float:
    return max(glyph.x1 for glyph in row if not glyph.blank)


def _top(row: Row) -> float:
    return min(glyph.top for glyph in row)


def _bottom(row: Row) -> float:
    return max(glyph.bottom for glyph in row)

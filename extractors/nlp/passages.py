"""The passages that rules read: one paragraph, or one cell of a table row.

A paragraph broken over lines and pages is one passage; the row that a cell stands in is kept, so
that its 责任单位 and 完成时限 columns can speak for its 工作任务.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model.document import BlockKind, Document, Table
from corpus.model.geometry import Span
from corpus.model.view import View, tidy


class Column(enum.StrEnum):
    """What a column of a task table holds."""

    TASK = "task"
    UNITS = "units"
    LEAD = "lead"
    COOPERATING = "cooperating"
    DEADLINE = "deadline"
    INDICATOR = "indicator"
    TARGET = "target"
    MEASURE = "measure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells with what their columns hold; ``heads`` are the spans of the
    head cells over them, None where there is none."""

    table: Table
    number: int
    cells: tuple[tuple[Column, Span], ...]
    heads: tuple[Span | None, ...] = ()

    def spans(self, column: Column) -> list[Span]:
        """Spans of the cells of that kind, left to right."""
        return [span for kind, span in self.cells if kind is column]

    @property
    def is_task_row(self) -> bool:
        """True where the table says who or when beside what."""
        kinds = {kind for kind, _ in self.cells}
        return bool(kinds & {Column.UNITS, Column.LEAD, Column.COOPERATING, Column.DEADLINE})


@dataclass(frozen=True, slots=True)
class Passage:
    """``view`` is what rules search; ``span`` where it stands; ``row`` its table row, if any."""

    view: View
    span: Span
    row: Row | None = None
    column: Column | None = None


_COLUMN_WORDS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.LEAD, ("牵头", "主办", "主责", "第一责任")),
    (Column.COOPERATING, ("配合", "协办", "参与", "参加", "协助")),
    (
        Column.DEADLINE,
        ("时限", "完成时间", "时间节点", "时间要求", "完成日期", "时间安排", "期限", "进度要求"),
    ),
    (
        Column.UNITS,
        (
            "责任单位", "责任部门", "负责单位", "负责部门", "承办", "落实单位", "分工", "责任主体",
            "责任处室", "实施单位", "单位",
        ),
    ),
    (
        Column.TARGET,
        (
            "目标值", "指标值", "目标数", "年度目标", "规划目标", "规划值", "任务数", "计划数",
        ),
    ),
    (Column.TASK, ("任务", "内容", "举措", "措施", "事项", "要求", "项目", "工作")),
    (Column.INDICATOR, ("指标",)),
)  # fmt: skip
_YEAR = re.compile(
    r"(?:到|至)?((?:19|20)\d\d)年?(?P<aim>(?:规划|预期|发展)?目标值?)?(?:\([^()]*\))?"
)


def column_of(header: str) -> Column:
    """What a column headed so holds: 责任单位(按职责分工负责) is units, 序号 is other."""
    words = tidy(header).text.replace(" ", "")
    for column, needles in _COLUMN_WORDS:
        if any(needle in words for needle in needles):
            return column
    return Column.OTHER


def passages(document: Document) -> Iterator[Passage]:
    """Every paragraph, heading and table cell of the text, in order; no furniture."""
    tables = {table.span.start: table for table in document.tables}
    for block in document.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            yield Passage(tidy(document.text, block.span), block.span)
        elif block.kind is BlockKind.TABLE and block.span.start in tables:
            yield from _cells(document, tables[block.span.start])


def _cells(document: Document, table: Table) -> Iterator[Passage]:
    heads = _heads(table)
    columns = _columns(document, heads)
    for number in range(table.header_rows, table.rows):
        here = sorted(table.row(number).items())
        placed = [(columns.get(index, Column.OTHER), cell) for index, cell in here]
        row = Row(
            table,
            number,
            tuple((kind, cell.span) for kind, cell in placed),
            tuple(heads[index][-1] if heads.get(index) else None for index, _ in here),
        )
        for kind, cell in placed:
            # A cell merged over rows is read once, in its first row; its row still points to it.
            if cell.row == number and len(cell.span):
                yield Passage(tidy(document.text, cell.span), cell.span, row, kind)


def _heads(table: Table) -> dict[int, list[Span]]:
    """The head cells over each column, from the top; one merged over several stands in each."""
    found: dict[int, list[Span]] = {}
    for number in range(table.header_rows):
        for index, cell in table.row(number).items():
            if len(cell.span) and cell.span not in found.setdefault(index, []):
                found[index].append(cell.span)
    return found


def _columns(document: Document, heads: dict[int, list[Span]]) -> dict[int, Column]:
    words = {
        index: [tidy(document.text, span).text.replace(" ", "") for span in spans]
        for index, spans in heads.items()
    }
    found: dict[int, Column] = {}
    for index, headers in words.items():
        kinds = [column_of(header) for header in headers]
        named = [kind for kind in kinds if kind is not Column.OTHER]
        found[index] = named[-1] if named else Column.OTHER
    aims = set(_aimed(words))
    if aims or Column.TARGET in found.values():
        found.update(dict.fromkeys(aims, Column.TARGET))
        # 单位 beside a value is what it is counted in, not who is responsible.
        found.update({i: Column.MEASURE for i, h in words.items() if h[-1] in ("单位", "计量单位")})
    return found


def _aimed(words: dict[int, list[str]]) -> Iterator[int]:
    """Columns headed by a year to be reached: 2025年 beside 2020年, 2035年目标."""
    years = {i: m for i, h in words.items() if (m := _YEAR.fullmatch(h[-1])) is not None}
    last = max((int(match[1]) for match in years.values()), default=0)
    for index, match in years.items():
        earlier = any(int(other[1]) < int(match[1]) for other in years.values())
        if match["aim"] or (earlier and int(match[1]) == last):
            yield index

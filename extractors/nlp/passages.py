"""The passages that rules read: one paragraph, or one cell of a table row.

A paragraph broken over lines and pages is one passage; the row that a cell stands in is kept, so
that its 责任单位 and 完成时限 columns can speak for its 工作任务.
"""

from __future__ import annotations

import enum
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
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the views of its cells with what their columns hold."""

    table: Table
    number: int
    cells: tuple[tuple[Column, Span], ...]

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
    (Column.DEADLINE, ("时限", "完成时间", "时间节点", "时间要求", "完成日期", "时间安排", "期限")),
    (
        Column.UNITS,
        (
            "责任单位",
            "责任部门",
            "负责单位",
            "负责部门",
            "承办",
            "落实单位",
            "分工",
            "责任主体",
            "责任处室",
            "实施单位",
            "单位",
        ),
    ),
    (Column.TARGET, ("目标值", "指标值", "目标数", "目标", "20")),
    (Column.TASK, ("任务", "内容", "举措", "措施", "事项", "要求", "项目", "工作")),
    (Column.INDICATOR, ("指标",)),
)


def column_of(header: str) -> Column:
    """What a column headed so holds: 责任单位(按职责分工负责) is units, 序号 is other."""
    words = tidy(header).text.replace(" ", "")
    for column, needles in _COLUMN_WORDS:
        if column is Column.TARGET:
            continue
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
    columns = _columns(document, table)
    for number in range(table.header_rows, table.rows):
        placed = [
            (columns.get(index, Column.OTHER), cell)
            for index, cell in sorted(table.row(number).items())
        ]
        row = Row(table, number, tuple((kind, cell.span) for kind, cell in placed))
        for kind, cell in placed:
            # A cell merged over rows is read once, in its first row; its row still points to it.
            if cell.row == number and len(cell.span):
                yield Passage(tidy(document.text, cell.span), cell.span, row, kind)


def _columns(document: Document, table: Table) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for number in range(table.header_rows):
        for index, cell in table.row(number).items():
            kind = column_of(document.text[cell.span.start : cell.span.end])
            if kind is not Column.OTHER or index not in found:
                found[index] = kind
    return found

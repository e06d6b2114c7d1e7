"""A table head that recognition reads a little differently on the next page is still the head."""

from __future__ import annotations

import pytest

from corpus.model.document import TextSource
from corpus.model.geometry import Box
from corpus.parse.flow import FlowLine
from corpus.parse.pdf_tables import PageTable, RuledCell
from corpus.parse.tables import join

COLUMNS = (80.0, 120.0, 350.0, 500.0)


def part(page: int, rows: list[list[str]], source: TextSource) -> PageTable:
    cells = tuple(
        RuledCell(
            x0, 100.0 + 30 * row, x1, 130.0 + 30 * row, (FlowLine(text, page, source=source),)
        )
        for row, texts in enumerate(rows)
        for x0, x1, text in zip(COLUMNS[:-1], COLUMNS[1:], texts, strict=True)
    )
    return PageTable(Box(page, 80, 100, 500, 100 + 30 * len(rows)), cells)


HEAD = ["序号", "重点工作任务名称", "责任单位（牵头）"]


@pytest.mark.parametrize(
    ("head", "source", "rows"),
    [
        (["序号", "重点工作任务名称", "责任单位（牵头〉"], TextSource.OCR, 3),
        (["序号", "重点工作任条名称", "责任单位（牵头）"], TextSource.OCR, 3),
        (HEAD, TextSource.TEXT_LAYER, 3),
        (["序号", "重点工作任条名称", "责任单位（牵头）"], TextSource.TEXT_LAYER, 4),
        (["序号", "项目名称及其投资", "建设地点（县）"], TextSource.OCR, 4),
    ],
)
def test_repeated_head_of_a_scan_may_differ_by_a_sign(head, source, rows) -> None:
    first = part(1, [HEAD, ["1", "编制规划。", "教育局"]], source)
    second = part(2, [head, ["2", "建立台账。", "财政局"]], source)
    table = join([first, second]).table
    assert max(cell.row for cell in table.cells) + 1 == rows


def test_rows_of_a_scan_that_differ_in_a_number_are_two() -> None:
    first = part(1, [["第1批项目名称", "学校名称", "所在地"]], TextSource.OCR)
    second = part(2, [["第2批项目名称", "学校名称", "所在地"]], TextSource.OCR)
    assert max(cell.row for cell in join([first, second]).table.cells) == 1

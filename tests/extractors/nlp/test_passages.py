"""What rules read: paragraphs, headings and cells, with what a cell's column holds."""

from dataclasses import replace

import pytest

from corpus.model.document import Block, BlockKind, Cell, Document, Provenance, Table
from corpus.model.geometry import Span
from extractors.nlp.passages import Column, Passage, column_of, passages
from tests.end_to_end.plain_documents import document_of


def _passages(text: str) -> list[Passage]:
    return list(passages(document_of(text, "plan")))


def _merged_over_two_rows() -> Document:
    """Two tasks that share the cell of their unit."""
    text = "任务\t责任单位\n新建5所\t市教育局\n改建3所\t"

    def span(words: str) -> Span:
        at = text.index(words)
        return Span(at, at + len(words))

    cells = (
        Cell(0, 0, span("任务")),
        Cell(0, 1, span("责任单位")),
        Cell(1, 0, span("新建5所")),
        Cell(1, 1, span("市教育局"), row_span=2, merged=True),
        Cell(2, 0, span("改建3所")),
    )
    whole = Span(0, len(text))
    return Document(
        "table", text, Provenance("t.txt", "", "text/plain"), (),
        blocks=(Block(BlockKind.TABLE, whole),), tables=(Table(whole, cells, header_rows=1),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("工作任务", Column.TASK),
        ("重点任务内容", Column.TASK),
        ("主要举措", Column.TASK),
        ("责任单位", Column.UNITS),
        ("责任单位（按职责分工负责）", Column.UNITS),
        ("任务分工", Column.UNITS),
        ("牵头单位", Column.LEAD),
        ("牵头责任单位", Column.LEAD),
        ("主办单位", Column.LEAD),
        ("配合单位", Column.COOPERATING),
        ("参加单位", Column.COOPERATING),
        ("完成时限", Column.DEADLINE),
        ("时间节点", Column.DEADLINE),
        ("指标名称", Column.INDICATOR),
        ("目标值", Column.TARGET),
        ("序号", Column.OTHER),
        ("备注", Column.OTHER),
        ("", Column.OTHER),
    ],
)
def test_column_is_told_by_its_header(header: str, column: Column) -> None:
    assert column_of(header) is column


@pytest.mark.parametrize("header", ["责 任 单 位", "责任\n单位", "　责任单位　", "责任\r\n单位"])
def test_column_is_told_though_its_header_is_broken(header: str) -> None:
    assert column_of(header) is Column.UNITS


def test_passages_are_paragraphs_and_headings_in_order() -> None:
    found = _passages("一、总体要求\n新建5所。\n\n改建3所。")
    assert [p.view.text for p in found] == ["一、总体要求", "新建5所。", "改建3所。"]
    assert all(p.row is None and p.column is None for p in found)


def test_passages_leave_furniture_and_records_out() -> None:
    document = document_of("新建5所。\n— 3 —\n2022年5月12日", "plan")
    kinds = (BlockKind.PARAGRAPH, BlockKind.FURNITURE, BlockKind.RECORD)
    blocks = tuple(replace(b, kind=k) for b, k in zip(document.blocks, kinds, strict=True))
    found = list(passages(replace(document, blocks=blocks)))
    assert [p.view.text for p in found] == ["新建5所。"]


def test_a_paragraph_broken_over_lines_is_one_passage_that_points_back() -> None:
    text = "新建养老服\n务中心５所。"
    document = Document(
        "lines", text, Provenance("t.txt", "", "text/plain"), (),
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
    )  # fmt: skip
    (passage,) = passages(document)
    assert passage.view.text == "新建养老服务中心5所。"
    at = passage.view.text.index("服务")
    assert document.cite(passage.view.locate(at, at + 2)).quote == "服\n务"


def test_a_cell_knows_its_row_and_its_column() -> None:
    found = _passages("序号\t工作任务\t责任单位\n1\t新建5所\t市教育局\n2\t改建3所\t市民政局")
    assert [(p.view.text, p.column) for p in found] == [
        ("1", Column.OTHER), ("新建5所", Column.TASK), ("市教育局", Column.UNITS),
        ("2", Column.OTHER), ("改建3所", Column.TASK), ("市民政局", Column.UNITS),
    ]  # fmt: skip
    first, last = found[1].row, found[4].row
    assert first is not None
    assert last is not None
    assert (first.number, last.number) == (1, 2)
    assert first.spans(Column.UNITS) == [found[2].span]
    assert first.spans(Column.LEAD) == []


@pytest.mark.parametrize(
    ("header", "is_task_row"),
    [
        ("工作任务\t责任单位", True),
        ("工作任务\t完成时限", True),
        ("工作任务\t牵头单位", True),
        ("工作任务\t备注", False),
        ("区域\t人口", False),
    ],
)
def test_a_task_row_says_who_or_when(header: str, is_task_row: bool) -> None:
    row = _passages(f"{header}\n新建5所\t略")[0].row
    assert row is not None
    assert row.is_task_row is is_task_row


def test_an_empty_cell_is_no_passage() -> None:
    found = _passages("工作任务\t责任单位\n新建5所\t")
    assert [p.view.text for p in found] == ["新建5所"]


def test_a_cell_merged_over_rows_is_read_once_and_stands_in_both() -> None:
    found = list(passages(_merged_over_two_rows()))
    assert [p.view.text for p in found] == ["新建5所", "市教育局", "改建3所"]
    rows = [p.row for p in found if p.column is Column.TASK]
    assert [row.spans(Column.UNITS) for row in rows if row] == [[found[1].span]] * 2

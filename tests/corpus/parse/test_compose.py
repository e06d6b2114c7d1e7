"""The one text: lines keep their breaks, tabs part cells, furniture stands at the end."""

from __future__ import annotations

from corpus.model.document import BlockKind
from corpus.model.geometry import Box, Span
from corpus.parse.compose import Composed, compose
from corpus.parse.flow import FlowCell, FlowLine, FlowTable
from corpus.parse.layout import Arranged, Paragraph


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(tuple(FlowLine(text) for text in texts))


def cell(text: str, row: int, column: int, **spans: int) -> FlowCell:
    lines = tuple(FlowLine(part) for part in text.split("/") if part)
    return FlowCell(lines, row, column, spans.get("rows", 1), spans.get("columns", 1))


def of(composed: Composed, span: Span) -> str:
    return composed.text[span.start : span.end]


def test_text_is_paragraphs_tables_and_furniture_in_that_order() -> None:
    table = FlowTable(
        (cell("序号", 0, 0), cell("任务", 0, 1), cell("1", 1, 0), cell("编/制", 1, 1))
    )
    made = compose(
        Arranged((paragraph("　　甲", "乙。"), table, paragraph("丙。")), (FlowLine("— 1 —"),))
    )
    assert made.text == "甲\n乙。\n序号\t任务\n1\t编\n制\n丙。\n— 1 —"
    assert [(block.kind, of(made, block.span)) for block in made.blocks] == [
        (BlockKind.PARAGRAPH, "甲\n乙。"),
        (BlockKind.TABLE, "序号\t任务\n1\t编\n制"),
        (BlockKind.PARAGRAPH, "丙。"),
        (BlockKind.FURNITURE, "— 1 —"),
    ]
    assert [item is None for item in made.paragraphs] == [False, True, False, True]


def test_cells_point_at_their_words_and_merged_ones_leave_their_places_empty() -> None:
    cells = (
        cell("基础", 0, 0, rows=2),
        cell("甲", 0, 1),
        cell("省教育厅", 0, 2),
        cell("乙", 1, 1),
        cell("", 1, 2),
        cell("合计", 2, 0, columns=2),
        cell("3项", 2, 2),
    )
    made = compose(Arranged((FlowTable(cells, header_rows=0),), ()))
    assert made.text == "基础\t甲\t省教育厅\n\t乙\t\n合计\t\t3项"
    (table,) = made.tables
    assert [of(made, c.span) for c in table.cells] == [
        "基础",
        "甲",
        "省教育厅",
        "乙",
        "",
        "合计",
        "3项",
    ]
    assert of(made, table.row(1)[0].span) == "基础"


def test_edges_follow_the_words_when_blanks_are_taken_off() -> None:
    edges = tuple(float(10 * n) for n in range(7))
    line = FlowLine("　　甲乙　 "[:6], 1, Box(1, 0.0, 5.0, 60.0, 15.0), edges, 10.0)
    made = compose(Arranged((Paragraph((line,)),), ()))
    (placed,) = made.lines
    assert (made.text, placed.span, placed.edges) == ("甲乙", Span(0, 2), (20.0, 30.0, 40.0))
    assert placed.box_of(Span(1, 2)) == Box(1, 30.0, 5.0, 40.0, 15.0)


def test_radicals_become_ideographs_one_for_one() -> None:
    assert compose(Arranged((paragraph("⼈⺠政府"),), ())).text == "人民政府"


def test_nothing_composes_to_nothing() -> None:
    made = compose(Arranged((), ()))
    assert (made.text, made.blocks, made.tables, made.lines) == ("", (), (), ())

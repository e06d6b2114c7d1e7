"""Units of the columns of a task table, with the role that the column gives."""

import pytest

from corpus.model.document import Block, BlockKind, Cell, Document, Provenance, Table
from corpus.model.finding import Finding, Label, UnitMention
from corpus.model.geometry import Span
from extractors.rules.task_table import TaskTables

Rows = list[list[str]]


def _tabled(rows: Rows) -> Document:
    """A document that is one table; cells may hold line breaks, the first row is its head."""
    text, cells = "", []
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            cells.append(Cell(number, column, Span(len(text), len(text) + len(words))))
            text += words + ("\n" if column == len(row) - 1 else "\t")
    whole = Span(0, len(text))
    return Document(
        "table", text, Provenance("t.txt", "", "text/plain"), (),
        blocks=(Block(BlockKind.TABLE, whole),),
        tables=(Table(whole, tuple(cells), header_rows=1),),
    )  # fmt: skip


def _found(rows: Rows) -> list[Finding]:
    return list(TaskTables().find(_tabled(rows)))


def _units(rows: Rows) -> list[tuple[str, str]]:
    values = [finding.value for finding in _found(rows)]
    return [(v.raw, v.role.value) for v in values if isinstance(v, UnitMention)]


@pytest.mark.parametrize(
    ("head", "cells", "units"),
    [
        (
            ["任务", "责任单位"],
            ["新建5所", "省教育厅、财政厅"],
            [("省教育厅", "responsible"), ("财政厅", "responsible")],
        ),
        (
            ["任务", "牵头单位", "责任单位"],
            ["新建5所", "市教育局", "市财政局、各县区政府"],
            [("市教育局", "lead"), ("市财政局", "responsible"), ("各县区政府", "responsible")],
        ),
        (
            ["任务", "牵头单位", "配合单位"],
            ["新建5所", "市教育局", "市财政局"],
            [("市教育局", "lead"), ("市财政局", "cooperating")],
        ),
        (
            ["任务", "责任分工"],
            ["新建5所", "市教育局牵头，市财政局配合"],
            [("市教育局", "lead"), ("市财政局", "cooperating")],
        ),
        (
            ["序号", "任务", "责任部门", "完成时限"],
            ["1", "新建5所", "各省辖市政府", "2023年底前"],
            [("各省辖市政府", "responsible")],
        ),
    ],
)
def test_task_table_names_units(
    head: list[str], cells: list[str], units: list[tuple[str, str]]
) -> None:
    assert _units([head, cells]) == units


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (["任务", "备注"], ["市教育局新建5所", "市教育局已报"]),
        (["任务", "完成时限"], ["由市教育局新建5所", "2023年底前"]),
        (["任务", "责任单位"], ["市教育局新建5所", ""]),
        (["任务", "责任单位"], ["新建5所", "—"]),
    ],
)
def test_task_table_ignores(head: list[str], cells: list[str]) -> None:
    assert _units([head, cells]) == []


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("责任单位", "市教育局\n市财政局"),
        ("责任单位", "市教\n育局、市财\n政局"),
        ("责 任\n单 位", "市 教育局 、 市财政局"),
        ("责任单位(按职责分工负责)", "市教育局,市财政局。"),
        ("责任单位", "市教育局、市财政局按职责分工负责"),
    ],
)
def test_task_table_names_units_though(head: str, cell: str) -> None:
    assert [raw for raw, _ in _units([["任务", head], ["新建5所", cell]])] == [
        "市教育局",
        "市财政局",
    ]


def test_task_table_reads_every_row_and_no_head() -> None:
    rows = [["任务", "责任单位"], ["新建5所", "市教育局"], ["改建3所", "市民政局"]]
    assert [raw for raw, _ in _units(rows)] == ["市教育局", "市民政局"]


def test_task_table_cites_the_cell_and_names_its_rule() -> None:
    first, second = _found(
        [["任务", "牵头单位", "责任单位"], ["新建5所", "市教\n育局", "市财政局"]]
    )
    assert (first.evidence.quote, second.evidence.quote) == ("市教\n育局", "市财政局")
    assert [f.rule for f in (first, second)] == ["lead_column", "units_column"]
    assert {(f.label, f.extractor) for f in (first, second)} == {(Label.UNIT, "task_table")}

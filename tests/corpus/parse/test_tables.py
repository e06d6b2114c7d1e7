"""Parts of tables on several pages: columns, repeated heads, rows cut by the page end."""

from __future__ import annotations

import pytest

from corpus.model.geometry import Box
from corpus.parse.flow import FlowLine, FlowTable
from corpus.parse.pdf_tables import PageTable, RuledCell, same_columns
from corpus.parse.tables import goes_on, join

COLUMNS = (80.0, 120.0, 370.0, 520.0)
HEAD = ("序号", "工作任务", "责任单位")


def line(text: str, x: float, y: float, page: int) -> FlowLine:
    width = 12.0 * len(text)
    edges = tuple(x + 12.0 * n for n in range(len(text) + 1))
    return FlowLine(text, page, Box(page, x, y, x + width, y + 12), edges, 12.0)


def cell(text: str, x0: float, x1: float, top: float, bottom: float, page: int) -> RuledCell:
    lines = [line(t, x0 + 3, top + 18 * n, page) for n, t in enumerate(text.split("/")) if t]
    return RuledCell(x0, top, x1, bottom, tuple(lines))


def part(
    *rows: tuple[str | None, ...],
    page: int = 1,
    columns: tuple[float, ...] = COLUMNS,
    open_top: bool = False,
    open_bottom: bool = False,
) -> PageTable:
    """Rows of texts; "/" breaks a line, None is taken up by the cell above it."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None:
                continue
            below = r + 1
            while below < len(rows) and rows[below][c] is None:
                below += 1
            cells.append(
                cell(text, columns[c], columns[c + 1], 100 + 40 * r, 100 + 40 * below, page)
            )
    box = Box(page, columns[0], 100, columns[-1], 100 + 40 * len(rows))
    return PageTable(box, tuple(cells), open_top, open_bottom)


def texts(table: FlowTable) -> list[list[str]]:
    rows = max(c.row + c.row_span for c in table.cells)
    return [[c.text for c in table.cells if c.row == row] for row in range(rows)]


FULL = "推进产业学院建设支持企业参与办学过程中" + "/" + "形成一批可复制经验做法开展督导评估考核"


def test_rows_of_the_next_page_without_head_follow_on() -> None:
    first = part(HEAD, ("1", "编制规划。", "省教育厅"))
    second = part(("2", "建立台账。", "省财政厅"), page=2)
    joined = join([first, second])
    assert texts(joined.table) == [
        list(HEAD),
        ["1", "编制规划。", "省教育厅"],
        ["2", "建立台账。", "省财政厅"],
    ]
    assert (joined.table.header_rows, joined.table.page, joined.repeated) == (1, 1, ())


def test_repeated_head_is_taken_out_and_kept_as_furniture() -> None:
    first = part(HEAD, ("1", "编制规划。", "省教育厅"))
    second = part(HEAD, ("2", "建立台账。", "省财政厅"), page=2)
    joined = join([first, second])
    assert [row[0] for row in texts(joined.table)] == ["序号", "1", "2"]
    assert [(x.text, x.page, x.furniture) for x in joined.repeated] == [
        (text, 2, True) for text in HEAD
    ]


@pytest.mark.parametrize("head", [(), (HEAD,)])
def test_row_cut_by_the_page_end_is_one_row(head: tuple[tuple[str, ...], ...]) -> None:
    first = part(HEAD, ("1", FULL, "省教育厅"))
    second = part(*head, ("", "工作。", ""), ("2", "建立台账。", "省财政厅"), page=2)
    joined = join([first, second])
    assert texts(joined.table)[1:] == [
        ["1", FULL.replace("/", "") + "工作。", "省教育厅"],
        ["2", "建立台账。", "省财政厅"],
    ]
    cut = next(c for c in joined.table.cells if c.text.endswith("工作。"))
    assert [x.page for x in cut.lines] == [1, 1, 2]


def test_row_cut_in_two_cells_at_once() -> None:
    first = part(HEAD, ("1", FULL, "省教育厅、发展改革委、/人力资源社会保障厅、财"))
    second = part(("", "工作。", "政厅"), page=2)
    assert texts(join([first, second]).table)[1][2] == (
        "省教育厅、发展改革委、人力资源社会保障厅、财政厅"
    )


def test_row_in_an_open_box_goes_on_after_a_full_stop() -> None:
    first = part(HEAD, ("1", "编制规划。", "省教育厅"), open_bottom=True)
    second = part(("", "每年评估。", ""), ("2", "建立台账。", "省财政厅"), page=2, open_top=True)
    assert texts(join([first, second]).table)[1] == ["1", "编制规划。每年评估。", "省教育厅"]


def test_real_rows_are_never_joined() -> None:
    first = part(HEAD, ("1", FULL, "省教育厅"))
    second = part(("2", FULL, "省财政厅"), page=2)
    assert len(texts(join([first, second]).table)) == 3


def test_rows_without_serial_numbers_stay_apart() -> None:
    first = part(("城市", "任务", "单位"), ("甲市", "建设五个基地", "教育局"))
    second = part(("乙市", "建设六个基地", "教育局"), page=2)
    assert [row[0] for row in texts(join([first, second]).table)] == ["城市", "甲市", "乙市"]


def test_next_row_of_a_group_is_a_row_and_the_group_grows() -> None:
    first = part(HEAD, ("一、夯实基础", "编制规划。", "省教育厅"), (None, "建立台账。", "省财政厅"))
    second = part(
        ("", "开展督导。", "省审计厅"), ("二、加强保障", "落实经费。", "省财政厅"), page=2
    )
    table = join([first, second]).table
    assert [row[-1] for row in texts(table)] == [
        "责任单位",
        "省教育厅",
        "省财政厅",
        "省审计厅",
        "省财政厅",
    ]
    group = next(c for c in table.cells if c.text == "一、夯实基础")
    assert (group.row, group.row_span, group.merged) == (1, 3, True)


def test_text_of_a_grouped_row_goes_on_where_the_other_columns_are_empty() -> None:
    first = part(("类别", "方面", "内容"), ("管控", "审核", "提供注册审核能力。"))
    second = part(("", "", "开展规范性审查。"), (None, "存证", "记录操作。"), page=2)
    table = join([first, second]).table
    assert texts(table)[1] == ["管控", "审核", "提供注册审核能力。开展规范性审查。"]
    assert next(c for c in table.cells if c.text == "管控").row_span == 2


def test_merged_cells_have_spans_and_a_head_of_two_rows() -> None:
    cells = (
        cell("序号", 80, 120, 100, 140, 1),
        cell("责任单位", 120, 520, 100, 120, 1),
        cell("牵头单位", 120, 370, 120, 140, 1),
        cell("配合单位", 370, 520, 120, 140, 1),
        cell("1", 80, 120, 140, 160, 1),
        cell("省教育厅", 120, 370, 140, 160, 1),
        cell("省财政厅", 370, 520, 140, 160, 1),
    )
    table = join([PageTable(Box(1, 80, 100, 520, 160), cells)]).table
    spans = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in table.cells}
    assert table.header_rows == 2
    assert spans["序号"] == (0, 0, 2, 1)
    assert spans["责任单位"] == (0, 1, 1, 2)
    assert spans["配合单位"] == (1, 2, 1, 1)


def test_first_row_with_data_is_no_head() -> None:
    table = join([part(("1", "编制规划。", "省教育厅"), ("2", "建立台账。", "省财政厅"))]).table
    assert table.header_rows == 0


@pytest.mark.parametrize(
    ("columns", "same"),
    [
        (COLUMNS, True),
        (tuple(x + 20 for x in COLUMNS), True),
        ((80.0, 121.5, 368.0, 521.0), True),
        ((80.0, 370.0, 520.0), True),
        ((80.0, 200.0, 520.0), False),
        ((80.0, 120.0, 370.0, 480.0), False),
    ],
)
def test_columns_agree_but_for_a_shift_and_missing_inner_rules(
    columns: tuple[float, ...], same: bool
) -> None:
    rows = [("甲", "乙", "丙")[: len(columns) - 1]] * 2
    assert same_columns(part(HEAD, HEAD), part(*rows, page=2, columns=columns)) is same


def test_a_table_goes_on_only_on_the_very_next_page() -> None:
    assert goes_on(part(HEAD), part(HEAD, page=2))
    assert not goes_on(part(HEAD), part(HEAD, page=3))


def test_groups_on_both_sides_of_a_new_row() -> None:
    first = part(
        ("类别", "任务", "单位"),
        ("甲类", "编制规划。", "省教育厅"),
        (None, "建立台账。", None),
        ("乙类", "开展督导。", "省财政厅"),
    )
    second = part(("", "落实经费。", ""), ("丙类", "加强宣传。", "省审计厅"), page=2)
    table = join([first, second]).table
    spans = {c.text: c.row_span for c in table.cells}
    assert (spans["开展督导。"], spans["落实经费。"], spans["乙类"]) == (1, 1, 2)


def test_colon_before_the_page_end_does_not_join_named_rows() -> None:
    first = part(("城市", "任务"), ("甲市", "重点建设："), columns=COLUMNS[:3])
    second = part(("乙市", "职教园区"), page=2, columns=COLUMNS[:3])
    assert [row[0] for row in texts(join([first, second]).table)] == ["城市", "甲市", "乙市"]

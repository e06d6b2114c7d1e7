"""Tables without upright rules on digital pages, and prose that must not become one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.model.document import Document
from corpus.parse import parse
from tests.corpus.parse.ofd_files import of_pdf
from tests.corpus.parse.pdf_files import Maker

COLUMNS = [80.0, 120.0, 330.0, 440.0]
HEAD = ["序号", "工作任务", "责任单位", "完成时限"]
ROWS = [
    ["1", "新建雨量监测站120个，实现山洪/易发乡镇全覆盖", "省水利厅、/省气象局", "2025年5月底前"],
    ["2", "完成小型水库除险加固85座", "省水利厅", "2025年年底前"],
    ["3", "组织防汛应急演练不少于2次", "省应急厅牵头，/各市人民政府/配合", "2025年6月底前"],
]
OPENING = "为做好全省防汛备汛工作，现将任务安排如下，请认真落"
INDICATORS = [
    ["指标", "2020年", "2025年", "属性"],
    ["森林覆盖率（%）", "32.1", "35", "约束性"],
    ["养老床位数（万张）", "12.6", "18", "预期性"],
    ["城镇污水处理率（%）", "91", "96以上", "约束性"],
]


def typeset(
    rows: Sequence[Sequence[str]],
    *,
    rules: str = "none",
    padding: float = 6.0,
    pitch: float = 16.0,
    columns: Sequence[float] = COLUMNS,
    middle: bool = False,
) -> Maker:
    """A page with the table under two lines of prose; ``rules``: none, three, each, of 12 pt."""
    made = Maker().prose(2, text=OPENING)
    y = 170.0
    places = [y]
    for row in rows:
        tall = max(cell.count("/") + 1 for cell in row)
        for x, cell in zip(columns, row, strict=True):
            lines = cell.split("/")
            down = (tall - len(lines)) * pitch / 2 if middle else 0.0
            for number, line in enumerate(lines):
                made.text(line, x, y + padding / 2 + down + 12 + pitch * number, 12)
        y += tall * pitch + padding
        places.append(y)
    wanted = {"none": [], "three": [*places[:2], places[-1]], "each": places}[rules]
    for place in wanted:
        made.rule(columns[0] - 4, place, 520, place)
    made.text("各责任单位要在每季度末报送进展情况，由办公室汇总通", 80, y + 40)
    return made


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [
            [document.text[c.span.start : c.span.end].replace("\n", "") for c in row.values()]
            for row in (table.row(number) for number in range(table.rows))
        ]
        for table in document.tables
    ]


def plain(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[cell.replace("/", "") for cell in row] for row in rows]


@pytest.mark.parametrize("rules", ["none", "three", "each"])
@pytest.mark.parametrize("middle", [False, True])
def test_task_table_is_read(rules: str, middle: bool) -> None:
    document = parse(typeset([HEAD, *ROWS], rules=rules, middle=middle).make(), source="x.pdf")
    assert tables(document) == [plain([HEAD, *ROWS])]
    assert document.tables[0].header_rows == 1


def test_rows_at_one_distance_begin_at_their_number() -> None:
    document = parse(typeset([HEAD, *ROWS], padding=0).make(), source="x.pdf")
    assert tables(document) == [plain([HEAD, *ROWS])]


@pytest.mark.parametrize("rules", ["none", "three"])
def test_columns_in_another_order_and_without_numbers(rules: str) -> None:
    rows = [[row[3], row[1], row[2]] for row in [HEAD, *ROWS]]
    made = typeset(rows, rules=rules, columns=[80.0, 200.0, 420.0])
    assert tables(parse(made.make(), source="x.pdf")) == [plain(rows)]


@pytest.mark.parametrize("padding", [0.0, 6.0])
@pytest.mark.parametrize("rules", ["none", "three"])
def test_table_of_indicators_is_read(rules: str, padding: float) -> None:
    made = typeset(INDICATORS, rules=rules, padding=padding, columns=[80.0, 260.0, 340.0, 420.0])
    assert tables(parse(made.make(), source="x.pdf")) == [INDICATORS]


def test_three_rules_make_a_table_whatever_its_columns_are_called() -> None:
    rows = [["甲", "乙", "丙"], ["120个", "35座", "18处"], ["7个", "9座", "11处"]]
    columns = [80.0, 200.0, 320.0]
    read = parse(typeset(rows, rules="three", columns=columns).make(), source="x.pdf")
    assert tables(read) == [rows]
    assert tables(parse(typeset(rows, columns=columns).make(), source="x.pdf")) == []


@pytest.mark.parametrize("rules", ["none", "three"])
def test_table_of_an_ofd_is_read(rules: str) -> None:
    content = of_pdf(typeset([HEAD, *ROWS], rules=rules).make())
    assert tables(parse(content, source="x.ofd")) == [plain([HEAD, *ROWS])]


def test_rows_become_commitments() -> None:
    from extractors.run import extract

    document = parse(typeset([HEAD, *ROWS], rules="three").make(), source="x.pdf")
    found = {
        (c.target.raw, c.deadline.raw, tuple(u.raw for u in c.responsible_units))
        for c in extract(document).commitments
        if c.target and c.deadline
    }
    assert found == {
        ("120个", "2025年5月底前", ("省水利厅", "省气象局")),
        ("85座", "2025年年底前", ("省水利厅",)),
        ("不少于2次", "2025年6月底前", ("省应急厅", "各市人民政府")),
    }


MORE = [
    ["4", "清淤疏浚河道长度合计/310公里", "省水利厅", "2025年4月底前"],
    ["5", "储备冲锋舟60艘", "省应急厅、/省财政厅", "2025年5月底前"],
]


def over_pages(
    first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], *, rules: str, head: str = ""
) -> Maker:
    """The rows of a table at the end of one page and at the top of the next."""
    made = typeset(first, rules=rules)
    # What stands below the table belongs on its last page.
    made.pages[-1].pop()
    made.text("— 1 —", 280, 800, 12).page()
    if head:
        made.text(head, 230, 50, 10)
        made.pages[0].append(made.pages[1][0])
    y = 80.0
    for row in second:
        for x, cell in zip(COLUMNS, row, strict=True):
            for number, line in enumerate(cell.split("/")):
                made.text(line, x, y + 12 + 16 * number, 12)
        y += max(cell.count("/") + 1 for cell in row) * 16 + 6
    return made.text("各责任单位要按月报送进展情况，由办公室汇总后通报。", 80, y + 60)


@pytest.mark.parametrize("rules", ["none", "three", "each"])
@pytest.mark.parametrize("head", ["", "云岭省防汛备汛任务清单", "续表"])
def test_table_goes_on_over_the_page_without_its_head(rules: str, head: str) -> None:
    document = parse(over_pages([HEAD, *ROWS], MORE, rules=rules, head=head).make(), source="x.pdf")
    assert tables(document) == [plain([HEAD, *ROWS, *MORE])]
    assert "各责任单位要按月报送进展情况" in document.text
    cell = next(c for c in document.tables[0].cells if "储备" in document.text[slice_of(c)])
    assert {box.page for box in document.boxes(cell.span)} == {2}


def slice_of(cell: object) -> slice:
    return slice(cell.span.start, cell.span.end)  # type: ignore[attr-defined]


def test_table_goes_on_with_its_head_repeated() -> None:
    made = over_pages([HEAD, *ROWS], [HEAD, *MORE], rules="none")
    assert tables(parse(made.make(), source="x.pdf")) == [plain([HEAD, *ROWS, *MORE])]


def test_table_goes_on_over_three_pages_of_an_ofd() -> None:
    rows = [
        [str(number), f"建成泵站{number}座", "省水利厅", "2025年底前"] for number in range(1, 7)
    ]
    made = over_pages([HEAD, *rows[:2]], rows[2:4], rules="none")
    made.pages[-1].pop()
    made.page()
    for at, row in enumerate(rows[4:]):
        for x, cell in zip(COLUMNS, row, strict=True):
            made.text(cell, x, 90 + 22 * at, 12)
    wanted = [plain([HEAD, *rows])]
    assert tables(parse(made.make(), source="x.pdf")) == wanted
    assert tables(parse(of_pdf(made.make()), source="x.ofd")) == wanted


@pytest.mark.parametrize(
    "rows",
    [
        # Numbers of another list; words side by side; one column that runs on where there is none.
        [["1", "甲县", "乙县", "丙县"], ["2", "丁县", "戊县", "己县"]],
        [["联系人：李明", "", "电话：0771-5551234", ""]],
        [["", "请各地认真组织实施，确保任务落到实处、", "", ""]],
    ],
)
def test_what_begins_the_next_page_stays_by_itself(rows: list[list[str]]) -> None:
    document = parse(over_pages([HEAD, *ROWS], rows, rules="none").make(), source="x.pdf")
    assert tables(document)[0] == plain([HEAD, *ROWS])
    for word in (cell for row in rows for cell in row if cell):
        assert word in document.text


def test_two_columns_of_prose_are_no_table() -> None:
    made = Maker()
    words = "各地要把防汛备汛摆在突出位置，压实行政首长负责制，逐级逐段落实责任人，做到守土有责。"
    for number in range(20):
        for x in (70, 310):
            made.text((words * 2)[number : number + 18], x, 100 + 18 * number, 11)
    assert parse(made.make(), source="x.pdf").tables == ()


@pytest.mark.parametrize(
    "lines",
    [
        [("责任单位", 80), ("完成时限", 300)],
        [("联系人：李明华", 80), ("电话：0771-5551234", 300)],
        [("云岭省财政厅", 80), ("云岭省教育厅", 300)],
    ],
)
def test_words_side_by_side_above_prose_are_no_table(lines: list[tuple[str, float]]) -> None:
    made = Maker().prose(3)
    for word, x in lines:
        made.text(word, x, 190)
    made.prose(4, y=220)
    document = parse(made.make(), source="x.pdf")
    assert document.tables == ()
    for word, _ in lines:
        assert word in document.text


def test_remark_and_prose_below_stay_prose() -> None:
    made = typeset([HEAD, *ROWS])
    made.text("注：带星号的为约束性任务", 80, 400, 12)
    document = parse(made.make(), source="x.pdf")
    assert tables(document) == [plain([HEAD, *ROWS])]
    assert "注：带星号的为约束性任务" in document.text
    assert "各责任单位要在每季度末报送进展情况" in document.text

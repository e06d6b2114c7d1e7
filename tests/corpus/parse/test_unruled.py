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

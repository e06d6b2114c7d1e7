"""Markdown read as lines and tables; the texts are written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.markdown import read_text

SHARED = Path(__file__).parents[4] / "shared" / "documents" / "trusted-data-space-draft.md"


def lines(flow: Flow) -> list[FlowLine]:
    return [item for item in flow.items if isinstance(item, FlowLine)]


def paragraphs(text: str) -> list[list[str]]:
    found: dict[int | None, list[str]] = {}
    for line in lines(read_text(text)):
        found.setdefault(line.paragraph, []).append(line.text)
    return list(found.values())


def table_of(text: str) -> FlowTable:
    (table,) = [item for item in read_text(text).items if isinstance(item, FlowTable)]
    return table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2027年，全省建成\n示范基地20个。", [["到2027年，全省建成", "示范基地20个。"]]),
        ("第一段。\n\n第二段。", [["第一段。"], ["第二段。"]]),
        ("第一行\\\n第二行  \n第三行<br>第四行", [["第一行", "第二行", "第三行", "第四行"]]),
        ("　　第一段。\n　　第二段。", [["第一段。"], ["第二段。"]]),
        ("    四个空格缩进的段落。\n\n    又一段。", [["四个空格缩进的段落。"], ["又一段。"]]),
        (
            "一、总体要求\n（一）目标。\n二、任务",
            [["一、总体要求"], ["（一）目标。"], ["二、任务"]],
        ),
        ("第一段。\n---\n第二段。", [["第一段。"], ["第二段。"]]),
        ("第一段。\n\n***\n\n第二段。", [["第一段。"], ["第二段。"]]),
        ("> 引用的一段，\n> 分为两行。", [["引用的一段，", "分为两行。"]]),
        ("```\n甲\n乙\n```", [["甲", "乙"]]),
        ("甲\r\n乙\r\n\r\n丙\f丁", [["甲", "乙"], ["丙"], ["丁"]]),
    ],
)
def test_paragraphs_keep_their_lines(text: str, expected: list[list[str]]) -> None:
    assert paragraphs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 通知\n\n正文。", [("通知", 1), ("正文。", 0)]),
        ("### （一）目标 ###\n正文。", [("（一）目标", 3), ("正文。", 0)]),
        ("总体要求\n========\n正文。", [("总体要求", 1), ("正文。", 0)]),
        ("总体要求\n--------\n正文。", [("总体要求", 2), ("正文。", 0)]),
        ("2024年3月1日\n---\n正文。", [("2024年3月1日", 0), ("正文。", 0)]),
        ("第一行\n第二行\n----------\n正文。", [("第一行", 0), ("第二行", 0), ("正文。", 0)]),
        ("#1楼维修", [("#1楼维修", 0)]),
    ],
)
def test_headings_have_levels_and_a_rule_below_a_line_makes_none(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert [(line.text, line.heading) for line in lines(read_text(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. 甲\n4. 乙", [["3. 甲"], ["4. 乙"]]),
        ("1) 甲\n2) 乙", [["1) 甲"], ["2) 乙"]]),
        ("01. 甲\n03. 乙", [["01. 甲"], ["03. 乙"]]),
        ("- 甲\n- 乙", [["甲"], ["乙"]]),
        ("* 甲\n+ 乙", [["甲"], ["乙"]]),
        ("1. 甲，\n   续行\n\n   另一段。", [["1. 甲，", "续行"], ["另一段。"]]),
        ("1. 甲\n   - 子项\n   - 子项二\n2. 乙", [["1. 甲"], ["子项"], ["子项二"], ["2. 乙"]]),
        ("1.建成20个。\n2.培训1万人。", [["1.建成20个。"], ["2.培训1万人。"]]),
        ("达到\n1.5亿元", [["达到", "1.5亿元"]]),
        ("- >90%的县\n- ≥5个", [[">90%的县"], ["≥5个"]]),
    ],
)
def test_items_keep_their_numbers_and_lose_their_bullets(
    text: str, expected: list[list[str]]
) -> None:
    assert paragraphs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到**2027年**建成*示范*基地（__20个__）", "到2027年建成示范基地（20个）"),
        ("推进**“双高”**建设", "推进“双高”建设"),
        ("**一、总体要求。**到2027年", "一、总体要求。到2027年"),
        ("见[实施方案](https://example.org/a.html)和![图](a.png)附件", "见实施方案和附件"),
        ("（云政[2024](9号)）", "（云政[2024](9号)）"),
        ("场地长5*宽3*高2米，5*3*2", "场地长5*宽3*高2米，5*3*2"),
        ("\\*注：\\_甲\\_", "*注：_甲_"),
        ("*注：数据为预计值", "*注：数据为预计值"),
        ("填写____单位____；文件_名_称", "填写____单位____；文件_名_称"),
        ("甲<!-- 注释 -->乙<u>丙</u>", "甲乙丙"),
        ("`1+X`证书 &lt; 5&nbsp;个", "1+X证书 < 5\xa0个"),
        ("[1]: 数据来源", "[1]: 数据来源"),
        (">90%的县", ">90%的县"),
        ("浓度<35微克", "浓度<35微克"),
        ("1\t总数", "1 总数"),
    ],
)
def test_marks_are_dropped_and_signs_of_the_text_are_not(text: str, expected: str) -> None:
    assert [line.text for line in lines(read_text(text))] == [expected]


def test_pipe_table_has_cells_with_lines_and_a_head() -> None:
    table = table_of(
        "| 任务 | 责任单位 |\n|---|:--|\n| **建成**a\\|b。 | 教育厅<br>财政厅 |\n| 乙 | |"
    )
    assert table.header_rows == 1
    assert [(c.text, c.row, c.column) for c in table.cells] == [
        ("任务", 0, 0),
        ("责任单位", 0, 1),
        ("建成a|b。", 1, 0),
        ("教育厅财政厅", 1, 1),
        ("乙", 2, 0),
        ("", 2, 1),
    ]
    assert [line.text for line in table.cells[3].lines] == ["教育厅", "财政厅"]


def test_pipe_table_with_an_empty_head_finds_its_head_by_the_words() -> None:
    table = table_of("| | |\n|---|---|\n| 序号 | 单位 |\n| 1 | 教育厅 |")
    assert table.header_rows == 1
    assert [c.text for c in table.cells if c.row == 0] == ["序号", "单位"]


def test_text_around_a_table_stays_where_it_was() -> None:
    items = read_text("表1 任务\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n说明。").items
    assert [type(item).__name__ for item in items] == ["FlowLine", "FlowTable", "FlowLine"]


def test_html_in_markdown_is_read_with_its_spans_and_comments_are_not() -> None:
    code = (
        "<table><tr><td>任务</td><td>单位</td></tr>\n\n<tr><td>甲。</td><td rowspan=2>教育厅</td>"
        "</tr>\n<tr><td>乙。</td></tr></table>\n\n<!-- 注释\n两行 -->\n\n"
        "<div align=center>\n附件\n</div>\n"
    )
    flow = read_text(code)
    assert [line.text for line in lines(flow)] == ["附件"]
    assert lines(flow)[0].centred
    assert [(c.text, c.row, c.row_span) for c in table_of(code).cells] == [
        ("任务", 0, 1),
        ("单位", 0, 1),
        ("甲。", 1, 1),
        ("教育厅", 1, 2),
        ("乙。", 2, 1),
    ]


def test_paragraph_numbers_are_never_used_twice() -> None:
    text = "# 甲\n\n乙\n\n| 丙 | 丁 |\n|---|---|\n| 1 | 2 |\n\n<div>戊</div>\n\n- 己\n- 庚"
    numbers = [line.paragraph for line in lines(read_text(text))]
    assert numbers == sorted({n for n in numbers if n is not None})


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- 注释 -->"])
def test_text_without_words_is_an_empty_flow(text: str) -> None:
    assert read_text(text).items == ()


@pytest.mark.skipif(not SHARED.is_file(), reason="needs ../shared/documents")
def test_draft_keeps_every_line_and_its_headings() -> None:
    text = SHARED.read_text("utf-8")
    source = [line.strip() for line in text.split("\n") if line.strip()]
    found = lines(read_text(text))
    assert ["".join(line.text.split()) for line in found] == [
        "".join(line.lstrip("#").split()) for line in source
    ]
    assert [line.heading for line in found] == [
        len(line) - len(line.lstrip("#")) if line.startswith("#") else 0 for line in source
    ]

"""Plain text as lines and tables: tabs, blank lines, what a copied web page leaves behind."""

from __future__ import annotations

import pytest

from corpus.parse.flow import FlowLine, FlowTable
from corpus.parse.text import read


def lines(text: str) -> list[FlowLine]:
    return [item for item in read(text).items if isinstance(item, FlowLine)]


def tables(text: str) -> list[FlowTable]:
    return [item for item in read(text).items if isinstance(item, FlowTable)]


def rows(table: FlowTable) -> list[list[str]]:
    last = max(cell.row for cell in table.cells)
    return [[c.text for c in table.cells if c.row == row] for row in range(last + 1)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_of_every_kind_of_ending_are_read(ending: str) -> None:
    found = lines(ending.join(["甲。", "", "　　乙。", "丙。"]))
    assert [(line.text, line.gap) for line in found] == [
        ("甲。", False),
        ("　　乙。", True),
        ("丙。", False),
    ]


def test_form_feeds_part_pages() -> None:
    flow = read("甲。\f乙。\n丙。")
    assert [(x.text, x.page) for x in flow.items if isinstance(x, FlowLine)] == [
        ("甲。", 1),
        ("乙。", 2),
        ("丙。", 2),
    ]
    assert [page.number for page in flow.pages] == [1, 2]


def test_inline_tags_are_taken_out_and_their_words_kept() -> None:
    (line,) = lines("由<u>教育厅</u>和<span class='x'>财政厅</span><br/>负责，比例<5%且>3%。")
    assert line.text == "由教育厅和财政厅负责，比例<5%且>3%。"


def test_rows_parted_by_tabs_are_a_table_with_its_head() -> None:
    (table,) = tables("序号\t任务\t责任单位\n1\t编制规划\t省教育厅\n2\t\t省财政厅\n")
    assert rows(table) == [
        ["序号", "任务", "责任单位"],
        ["1", "编制规划", "省教育厅"],
        ["2", "", "省财政厅"],
    ]
    assert table.header_rows == 1


def test_table_that_repeats_its_head_behind_a_blank_line_is_one_table() -> None:
    text = "序号\t任务\n1\t编制规划\n\n序号\t任务\n2\t建立台账\n"
    (table,) = tables(text)
    assert rows(table) == [["序号", "任务"], ["1", "编制规划"], ["2", "建立台账"]]
    assert [(line.text, line.furniture) for line in lines(text)] == [("序号", True), ("任务", True)]


def test_table_with_another_head_is_another_table() -> None:
    text = "序号\t任务\n1\t编制规划\n\n名称\t数量\n学校\t20所\n"
    assert [rows(table)[0] for table in tables(text)] == [["序号", "任务"], ["名称", "数量"]]


@pytest.mark.parametrize(
    "line",
    [
        "您好，今天是2030年1月2日",
        "首页 > 政务公开 > 正文",
        "分享到：",
        "当前位置：首页",
        "版权所有：云岭省某厅",
        "上一篇：关于某事的通知",
        "【字号：大 中 小】",
        "Copyright © 2030 All Rights Reserved",
    ],
)
def test_line_of_a_site_is_furniture(line: str) -> None:
    assert [(x.text, x.furniture) for x in lines(f"{line}\n正文。")] == [
        (line, True),
        ("正文。", False),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "首页建设要突出服务功能。",
        "分享发展成果，",
        "加强版权保护，到2027年建成5个示范区。",
        "关闭不达标小矿山20处。",
        "打印耗材实行集中采购。",
    ],
)
def test_line_that_only_sounds_like_a_site_is_text(line: str) -> None:
    assert [x.furniture for x in lines(line)] == [False]


def test_heading_mark_of_a_converter_gives_the_level() -> None:
    found = lines("## 一、总体要求\n正文第#3号。\n---\n")
    assert [(x.text, x.heading, x.furniture) for x in found] == [
        ("一、总体要求", 2, False),
        ("正文第#3号。", 0, False),
        ("---", 0, True),
    ]

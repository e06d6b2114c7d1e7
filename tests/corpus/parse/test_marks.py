"""What a single line says of itself: headings, dates, numbers, annex marks, page numbers."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.parse.marks import (
    document_number,
    fold,
    heading_level,
    is_annex_mark,
    is_page_number,
    is_title_end,
    number_in,
    read_date,
    starts_paragraph,
)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总体要求", 1),
        ("十二、附则", 1),
        ("第三章 保障措施", 1),
        ("第二部分 重点任务", 1),
        ("第一节 优化布局", 2),
        ("（三）健全机制", 2),
        ("(十一) 健全机制", 2),
        ("（ 三 ） 健全机制", 2),
        ("1.编制规划", 3),
        ("１２．编制规划", 3),
        ("3、编制规划", 3),
        ("（4）编制规划", 4),
        ("1.5万亩", 0),
        ("2027年", 0),
        ("一是编制规划", 0),
        ("第三章程草案", 0),
        ("三年行动", 0),
        ("（试行）", 0),
        ("（2021年修订）", 0),
        ("", 0),
    ],
)
def test_heading_level_is_told_by_the_mark(line: str, level: int) -> None:
    assert heading_level(fold(line)) == level


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2024年3月5日", date(2024, 3, 5)),
        ("２０２４年 ３月 ５日", date(2024, 3, 5)),
        ("（2024年3月5日）", date(2024, 3, 5)),
        ("二〇二四年三月五日", date(2024, 3, 5)),
        ("二○二四年十二月三十一日", date(2024, 12, 31)),
        ("二O二四年十月二十日", date(2024, 10, 20)),
        ("二零二四年十一月十日", date(2024, 11, 10)),
        ("2024年2月30日", None),
        ("二〇二四年三月", None),
        ("2024年3月5日印发", None),
        ("自2024年3月5日", None),
    ],
)
def test_date_is_read_where_the_line_is_nothing_else(line: str, day: date | None) -> None:
    assert read_date(fold(line)) == day


@pytest.mark.parametrize(
    "line",
    [
        "云政办〔2024〕12号",
        "云政办[2024]12号",
        "云政办（2024）12号",
        "云政办【2024】12号",
        "云政办〔2024)12号",
        "云政办〔２０２４〕１２号",
        "云政办 〔2024〕 第 12 号",
        "发文字号：云政办〔2024〕12号",
        "云政办〔2024〕012号　签发人：某某",
    ],
)
def test_document_number_has_one_form(line: str) -> None:
    assert document_number(fold(line)) == "云政办〔2024〕12号"


@pytest.mark.parametrize(
    "line", ["云政办〔2024〕号", "依据云政办〔2024〕12号文件", "（2024）12号", "12号"]
)
def test_line_with_more_or_less_is_no_document_number(line: str) -> None:
    assert document_number(fold(line)) is None


def test_document_number_is_found_within_a_sentence() -> None:
    assert number_in(fold("（云政办〔2024〕12号）")) == "云政办〔2024〕12号"


@pytest.mark.parametrize("line", ["附件", "附 件", "附件：", "附件1", "附件 二", "附件3："])
def test_annex_mark_stands_alone(line: str) -> None:
    assert is_annex_mark(fold(line))


@pytest.mark.parametrize("line", ["附件：任务分工表", "附件1.任务分工表", "见附件", "附件材料"])
def test_annex_mark_with_more_is_none(line: str) -> None:
    assert not is_annex_mark(fold(line))


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("关于推进技能提升的意见", True),
        ("产业发展规划（2024—2030年）", True),
        ("管理办法（试行）（征求意见稿）", True),
        ("关于某委员提案的答复", True),
        ("关于推进技能提升", False),
        ("任务分工表（见背面）", False),
    ],
)
def test_title_ends_with_the_type_of_document(line: str, ends: bool) -> None:
    assert is_title_end(fold(line)) is ends


@pytest.mark.parametrize("line", ["— 3 —", "-12-", "第3页", "第 3 页 共 20 页", "3/20", "· 4 ·"])
def test_page_number_is_told(line: str) -> None:
    assert is_page_number(fold(line))


@pytest.mark.parametrize("line", ["3", "2024", "—", "第3页起", "3/20名学员"])
def test_page_number_is_not_seen_in_other_lines(line: str) -> None:
    assert not is_page_number(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "一、目标",
        "——坚持",
        "●重点",
        "附件：分工表",
        "抄送：省委",
        "2024年3月5日",
        "第五条 单位应当",
    ],
)
def test_line_with_a_mark_starts_a_paragraph(line: str) -> None:
    assert starts_paragraph(fold(line))


@pytest.mark.parametrize(
    "line", ["发展规划", "2024年完成", "附件材料齐全", "第五次会议", "一要加强"]
)
def test_line_without_a_mark_starts_none(line: str) -> None:
    assert not starts_paragraph(fold(line))


@pytest.mark.parametrize(
    "sign", ["1", "（", "、", "《", "第", "通知(", "2021", "〔", "一", "(负责"]
)
def test_long_line_of_one_sign_is_read_at_once(sign: str) -> None:
    line = fold(sign * 20_000)
    assert not is_title_end(line)
    assert document_number(line) is None
    assert number_in(line) is None
    assert read_date(line) is None

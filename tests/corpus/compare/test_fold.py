"""Texts as comparing reads them."""

import pytest

from corpus.compare.fold import fold, heading, is_abbreviation, letters, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２００门“示范” 课程", "200门示范课程"),
        ("高水平专业（群）", "高水平专业(群)"),
        ("2021—2025年", "2021－2025年"),
        ("产教融\n合型企业", "产教融合型企业"),
        ("某政〔2021〕3号", "某政[2021]3号"),
    ],
)
def test_typesetting_is_folded_away(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高水平中等职业学校", "高水平中职学校"),
        ("单位地区生产总值能耗", "单位GDP能耗"),
        ("高等学校（含独立学院）", "高校含独立学院"),
    ],
)
def test_common_abbreviations_are_one(one, other):
    assert letters(one) == letters(other)


@pytest.mark.parametrize(
    "title", ["（七）稳定就业", "7.稳定就业", "七、稳定就业", "第七章 稳定就业", "(7)稳定就业"]
)
def test_a_heading_is_the_same_whatever_its_number(title):
    assert heading(title) == "稳定就业"


def test_a_heading_that_is_a_year_keeps_it():
    assert heading("2025年工作安排") == "2025年工作安排"


def test_numbers_of_a_sentence_are_masked():
    assert words("建设70所、增长5.5%") == words("建设60所、增长6%")


@pytest.mark.parametrize(
    ("short", "long", "is_one"),
    [
        ("省工业信息厅", "省工业和信息化厅", True),
        ("高水平技校", "高水平技工学校", True),
        ("院校", "职业院校", False),
        ("职业院校", "省级职业院校", False),
        ("职业教育集团", "职业教育联盟", False),
    ],
)
def test_an_abbreviation_leaves_letters_out_but_not_the_head(short, long, is_one):
    assert is_abbreviation(short, long) is is_one

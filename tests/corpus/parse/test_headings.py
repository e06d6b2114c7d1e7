"""The section tree out of headings of their own, headings that open a paragraph, and annexes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.model.document import BlockKind, Document
from corpus.parse import parse

TEXT = """关于推进技能提升的意见
各市人民政府：
现提出以下意见。
一、总体要求
（一）指导思想。以高质量发展为主题。
（二）主要目标
到2027年，新增技工12万人。
1.分年度目标。2025年新增4万人。
（1）上半年新增2万人。
二、保障措施
加强统筹。
附件1
重点任务分工表
一、省级任务
编制规划。
附件2
名单
甲校。
"""


def document(text: str) -> Document:
    return parse(text.encode(), source="a.txt")


def path(found: Document, words: str) -> tuple[str, ...]:
    start = found.text.index(words)
    return tuple(s.title for s in found.sections if s.span.start <= start < s.span.end)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("以高质量", ("一、总体要求", "(一)指导思想")),
        ("到2027年", ("一、总体要求", "(二)主要目标")),
        ("2025年新增", ("一、总体要求", "(二)主要目标", "1.分年度目标")),
        ("加强统筹", ("二、保障措施",)),
        ("编制规划", ("附件1 重点任务分工表", "一、省级任务")),
        ("甲校", ("附件2 名单",)),
        ("现提出", ()),
    ],
)
def test_sections_hold_what_stands_under_them(words: str, titles: tuple[str, ...]) -> None:
    assert path(document(TEXT), words) == titles


def test_parents_are_the_sections_around() -> None:
    found = document(TEXT).sections
    for section in found:
        if section.parent is not None:
            parent = found[section.parent]
            assert parent.level < section.level
            assert parent.span.start <= section.span.start
            assert section.span.end <= parent.span.end


def test_heading_blocks_have_levels_and_paragraphs_opened_by_a_heading_have_none() -> None:
    found = document(TEXT)
    headings = {
        found.text[b.span.start : b.span.end]: b.level
        for b in found.blocks
        if b.kind is BlockKind.HEADING
    }
    assert headings == {
        "一、总体要求": 1,
        "（二）主要目标": 2,
        "二、保障措施": 1,
        "附件1": 1,
        "重点任务分工表": 1,
        "一、省级任务": 1,
        "附件2": 1,
        "名单": 1,
    }
    assert all(b.level == 0 for b in found.blocks if b.kind is not BlockKind.HEADING)


@pytest.mark.parametrize(
    "line",
    [
        "一、二、三产业融合发展水平明显提升，农产品加工转化率达到75%，农村居民收入增长快于城镇居民。",
        "1.5万亩高标准农田全部建成，",
        "（试行）",
        "2027年目标",
    ],
)
def test_line_that_only_looks_like_a_heading_opens_no_section(line: str) -> None:
    found = document(f"关于推进发展的意见\n各市人民政府：\n{line}\n全面抓好落实。\n")
    assert found.sections == ()


def test_title_of_the_plan_that_a_notice_carries_encloses_its_headings() -> None:
    text = (
        "关于印发技能提升三年行动方案的通知\n各市人民政府：\n现印发给你们。\n云岭省人民政府\n"
        "2024年3月5日\n云岭省技能提升三年行动方案\n一、目标\n到2027年建成。\n"
    )
    assert path(document(text), "到2027年建成") == ("云岭省技能提升三年行动方案", "一、目标")


def test_fifteen_thousand_headings_take_one_pass() -> None:
    text = "\n".join(f"（{'一二三四五六七八九十'[n % 10]}）完善机制{n}" for n in range(15_000))
    found = document(text).sections
    assert len(found) == 15_000
    assert all(a.span.end == b.span.start for a, b in pairwise(found))

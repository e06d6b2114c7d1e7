"""Numbers that a word processor prints before paragraphs: their signs, and how lists count."""

from __future__ import annotations

import pytest

from corpus.parse import docx
from corpus.parse.docx_numerals import numeral
from tests.corpus.parse.docx_files import docx as made
from tests.corpus.parse.docx_files import levels, lists, numbered, paragraph


def printed(body: str, numbering: str, **parts: str) -> list[str]:
    """The lines of a document with those lists."""
    flow = docx.read(made(body, numbering=numbering, **parts), source="a.docx")
    return [item.text for item in flow.items]


@pytest.mark.parametrize(
    ("format", "number", "sign"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 3, "三"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 103, "一〇三"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 99, "九十九"),
        ("chineseCountingThousand", 103, "一百零三"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("chineseCountingThousand", 1050, "一千零五十"),
        ("chineseCountingThousand", 12000, "一万二千"),
        ("japaneseCounting", 12, "十二"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 12, "亥"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 50, "㊿"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("upperRoman", 49, "XLIX"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("of no standard", 7, "7"),
    ],
)
def test_number_is_written_in_its_format(format: str, number: int, sign: str) -> None:
    assert numeral(number, format) == sign


OFFICIAL = levels(
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("lowerLetter", "%4)"),
)


def test_levels_of_an_official_document_are_written_out() -> None:
    body = (
        numbered("总体要求")
        + numbered("主要任务")
        + numbered("发展特色种植", 1)
        + numbered("建设示范基地", 2)
        + numbered("培育龙头企业", 2)
        + numbered("引进良种", 3)
        + numbered("加强冷链物流", 1)
        + numbered("开展试点", 2)
        + numbered("保障措施")
    )
    assert printed(body, OFFICIAL + lists(n1="0")) == [
        "一、总体要求",
        "二、主要任务",
        "（一）发展特色种植",
        "1. 建设示范基地",
        "2. 培育龙头企业",
        "a)引进良种",
        "（二）加强冷链物流",
        "1. 开展试点",
        "三、保障措施",
    ]


def test_lists_of_one_definition_count_on_and_an_override_begins_anew() -> None:
    again = '0<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = "".join(
        numbered(text, 0, number)
        for text, number in [("甲项", 1), ("乙项", 2), ("丙项", 3), ("丁项", 3), ("戊项", 1)]
    )
    assert printed(body, OFFICIAL + lists(n1="0", n2="0", n3=again)) == [
        "一、甲项",
        "二、乙项",
        "一、丙项",
        "二、丁项",
        "三、戊项",
    ]


def test_list_may_change_how_a_level_is_printed() -> None:
    own = (
        '0<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="5"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="第%1条"/></w:lvl></w:lvlOverride>'
    )
    assert printed(numbered("施行日期"), OFFICIAL + lists(n1=own)) == ["第5条施行日期"]


def test_level_that_never_restarts_counts_through_the_document() -> None:
    definition = levels(("chineseCounting", "第%1章"), ("chineseCounting", "第%2条"))
    through = definition.replace(
        '<w:lvl w:ilvl="1"><w:start w:val="1"/>',
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlRestart w:val="0"/>',
    )
    body = "".join(
        numbered(t, level) for t, level in [("总则", 0), ("目的", 1), ("附则", 0), ("解释", 1)]
    )
    assert printed(body, through + lists(n1="0")) == [
        "第一章总则",
        "第一条目的",
        "第二章附则",
        "第二条解释",
    ]


def test_legal_level_shows_higher_numbers_as_digits() -> None:
    definition = levels(("chineseCounting", "%1、"), ("decimal", "%1.%2"), more="<w:isLgl/>")
    mixed = definition.replace("<w:isLgl/>", "", 1)
    body = numbered("目标") + numbered("产量", 1)
    assert printed(body, mixed + lists(n1="0")) == ["一、目标", "1.1 产量"]


def test_empty_paragraph_is_counted_and_prints_nothing() -> None:
    body = numbered("第一") + numbered("") + numbered("第三")
    assert printed(body, OFFICIAL + lists(n1="0")) == ["一、第一", "三、第三"]


def test_list_of_a_style_numbers_its_paragraphs_and_zero_takes_the_number_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr>'
        '<w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    linked = OFFICIAL.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="H2"/>')
    without = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph("总体要求", style="H1")
        + paragraph("基本原则", style="H2")
        + paragraph("说明", without, style="H1")
        + paragraph("主要任务", style="H1")
    )
    assert printed(body, linked + lists(n1="0"), styles=styles) == [
        "一、总体要求",
        "（一）基本原则",
        "说明",
        "二、主要任务",
    ]


def test_definition_that_stands_for_a_list_style_is_followed() -> None:
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    body = numbered("总体要求", 0, 2)
    found = printed(body, OFFICIAL + link + lists(n1="0", n2="1"), styles=styles)
    assert found == ["一、总体要求"]


def test_bullet_of_a_symbol_font_is_a_bullet() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    bullets = levels(("bullet", "\uf06c"), more=fonts)
    assert printed(numbered("加强领导"), bullets + lists(n1="0")) == ["●加强领导"]


def test_list_that_is_not_there_leaves_the_text() -> None:
    assert printed(numbered("总体要求", 0, 9), OFFICIAL + lists(n1="0")) == ["总体要求"]

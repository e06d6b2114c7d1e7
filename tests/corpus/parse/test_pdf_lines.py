"""Glyphs put to lines, in the order in which a page is read."""

from itertools import pairwise

import pytest

from corpus.parse.pdf_glyphs import Glyph
from corpus.parse.pdf_lines import lines


def typed(
    text: str, x: float = 80, y: float = 100, size: float = 16, step: float = 1.0
) -> list[Glyph]:
    """Glyphs of ``text`` from (x, baseline y) on; Latin ones are half as wide."""
    glyphs = []
    for sign in text:
        width = size if ord(sign) > 0x2000 else size / 2
        glyphs.append(Glyph(sign, x, x + width, y - 0.8 * size, y + 0.2 * size, y, size))
        x += width * step
    return glyphs


def read(*runs: list[Glyph]) -> list[str]:
    return [line.text for line in lines([glyph for run in runs for glyph in run], 1)]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("河　南　省　教　育　厅", "河南省教育厅"),
        ("附　件　２", "附件　２"),
        ("目　　录", "目录"),
        ("教育厅　财政厅", "教育厅　财政厅"),
        ("张　明　李建国", "张明　李建国"),
        ("新增 500 名", "新增 500 名"),
        ("open data space", "open data space"),
    ],
)
def test_blanks_of_letter_spacing_go_and_others_stay(printed: str, meant: str) -> None:
    assert read(typed(printed)) == [meant]


def test_mark_spaced_out_without_blanks_is_one_word() -> None:
    assert read(typed("某市教育局", step=2.5)) == ["某市教育局"]


def test_lines_come_from_the_top_however_the_file_stores_them() -> None:
    assert read(typed("第三行", y=160), typed("第一行", y=100), typed("第二行", y=130)) == [
        "第一行",
        "第二行",
        "第三行",
    ]


def test_issuers_over_each_other_left_of_the_word_document() -> None:
    issuers = typed("某省教育厅", y=100, size=24), typed("某省财政厅", y=140, size=24)
    assert read(*issuers, typed("文件", x=260, y=124, size=36)) == [
        "某省教育厅",
        "某省财政厅",
        "文件",
    ]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [typed("左栏文字排到栏边为止满行了", x=40, y=100 + 24 * n) for n in range(5)]
    right = [typed("右栏文字排到栏边为止满行了", x=300, y=100 + 24 * n) for n in range(5)]
    mixed = [run for pair in zip(left, right, strict=True) for run in pair]
    assert [text[0] for text in read(*mixed)] == ["左"] * 5 + ["右"] * 5


def test_a_list_of_names_and_figures_is_read_line_by_line() -> None:
    rows = [
        (typed(f"{name}市", y=y), typed("12个", x=300, y=y))
        for name, y in (("甲", 100), ("乙", 124), ("丙", 148), ("丁", 172), ("戊", 196))
    ]
    assert read(*(run for row in rows for run in row))[0] == "甲市　12个"


def test_superscript_stays_in_its_line() -> None:
    base = typed("面积500m", y=100)
    raised = typed("2", x=base[-1].x1, y=94, size=9)
    assert read(base, raised, typed("以上", x=base[-1].x1 + 5, y=100)) == ["面积500m2以上"]


def test_bold_printed_twice_is_read_once() -> None:
    assert read(typed("总体要求"), typed("总体要求", x=80.6)) == ["总体要求"]


def test_edges_rise_and_enclose_every_character() -> None:
    (line,) = lines([*typed("到2027年　建成"), Glyph("ﬁ"[0:] + "x", 300, 310, 87, 103, 100, 16)], 3)
    assert line.edges is not None
    assert line.box is not None
    assert len(line.edges) == len(line.text) + 1
    assert all(before <= after for before, after in pairwise(line.edges))
    assert (line.box.page, line.box.x0, line.box.x1) == (3, line.edges[0], line.edges[-1])


def test_slanting_watermark_is_furniture() -> None:
    mark = [
        Glyph(sign, 100 + 30 * n, 130 + 30 * n, 300 - 30 * n, 330 - 30 * n, 330, 30, turned=True)
        for n, sign in enumerate("内部资料")
    ]
    found = lines([*typed("正文在这里", y=250), *mark], 1)
    assert [(line.text, line.furniture) for line in found] == [
        ("正文在这里", False),
        ("内部资料", True),
    ]

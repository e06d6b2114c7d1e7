"""Pieces of lines: where their characters stand, how large they are, how they make lines."""

from __future__ import annotations

from itertools import pairwise
from math import atan, degrees

import pytest

from corpus.model.document import Line, TextSource
from corpus.model.geometry import Box, Span
from corpus.parse.flow import LineDoubt
from corpus.parse.ocr.engine import Reading
from corpus.parse.ocr.fragments import Fragment, Setter, Tilted, fragment, with_common_sizes
from corpus.parse.pdf_lines import lines
from tests.corpus.parse.ocr.engines import reading


def piece(text: str, *, x0: float = 100, middle: float = 100, em: float = 16) -> Fragment:
    width = sum(em if ord(sign) > 255 else em / 2 for sign in text)
    made = fragment(reading(text), x0=x0, x1=x0 + width, middle=middle, height=1.16 * em)
    assert made is not None
    return made


def set_lines(*pieces: Fragment, tilt: float = 0.0):
    setter = Setter(Tilted(tilt, 595, 842))
    return lines(pieces, 1, write=setter.write)


def test_characters_without_places_share_the_line_by_their_widths() -> None:
    made = piece("到2025年底")
    assert made.edges == pytest.approx((100, 116, 124, 132, 140, 148, 164, 180), abs=4)
    assert made.size == pytest.approx(16, abs=0.5)


def test_places_of_the_engine_are_kept() -> None:
    told = Reading("全省", (1.0, 1.0), (0.1, 0.8))
    made = fragment(told, x0=0, x1=100, middle=50, height=18)
    assert made is not None
    assert made.edges[1] == pytest.approx(45)


def test_edges_never_step_back() -> None:
    told = Reading("全省各", (1.0,) * 3, (0.5, 0.4, 0.9))
    made = fragment(told, x0=0, x1=100, middle=50, height=18)
    assert made is not None
    assert all(a <= b for a, b in pairwise(made.edges))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("加强 组织领导", "加强组织领导"),
        ("Level 2 draft", "Level 2 draft"),
        ("—支持建设园区", "——支持建设园区"),
        ("——支持建设园区", "——支持建设园区"),
        ("—3—", "—3—"),
    ],
)
def test_text_of_a_piece(read: str, text: str) -> None:
    made = piece(read)
    assert made.text == text
    assert len(made.edges) == len(text) + 1
    assert len(made.scores) == len(text)


@pytest.mark.parametrize(
    ("read", "score", "text", "raw"),
    [
        ("建立.“头雁”机制", 0.5, "建立“头雁”机制", ".“"),
        ("服务中心，，培育企业", 0.6, "服务中心，培育企业", "，，"),
        ("建立.机制", 0.95, "建立.机制", None),
        ("增长3.5个百分点", 0.5, "增长3.5个百分点", None),
        ("（一））要求", 0.5, "（一））要求", None),
    ],
)
def test_specks_are_no_signs_and_stay_as_corrections(read, score, text, raw) -> None:
    made = fragment(reading(read, score), x0=0, x1=160, middle=50, height=18)
    assert made is not None
    assert made.text == text
    assert [c.raw for c in made.corrections] == ([raw] if raw else [])


def test_blank_is_no_piece() -> None:
    assert fragment(reading("  "), x0=0, x1=10, middle=5, height=10) is None


def test_spaced_out_name_has_the_size_of_its_height() -> None:
    told = Reading("云岭省财政厅", (1.0,) * 6, tuple((n + 0.5) / 6 for n in range(6)))
    made = fragment(told, x0=100, x1=460, middle=100, height=29)
    assert made is not None
    assert made.size == pytest.approx(25)


def test_sizes_that_are_near_become_one() -> None:
    sizes = [15.6, 16.0, 16.3, 22.1]
    made = with_common_sizes([piece("云岭省人民政府办公厅", em=em) for em in sizes])
    assert len({each.size for each in made[:3]}) == 1
    assert made[3].size == pytest.approx(22.1, abs=0.5)


def test_pieces_beside_each_other_make_one_line_with_all_they_carry() -> None:
    left = piece("云岭省教育厅")
    doubted = (LineDoubt(0, 4, ("2021年", "2027年"), "？"),)
    right = piece("2021年三月", x0=320)
    right = Fragment(**{**_fields(right), "doubts": doubted})
    (line,) = set_lines(right, left)
    assert line.text == "云岭省教育厅\u30002021年三月"
    assert line.source is TextSource.OCR
    assert line.edges is not None
    assert len(line.edges) == len(line.text) + 1
    ((start, end),) = [(d.start, d.end) for d in line.doubts]
    assert line.text[start:end] == "2021"
    assert line.confidence == 0.5


def _fields(made: Fragment) -> dict[str, object]:
    names = [name for kind in type(made).__mro__ for name in getattr(kind, "__slots__", ())]
    return {name: getattr(made, name) for name in names}


def test_level_page_has_no_tilt() -> None:
    (line,) = set_lines(piece("各市州人民政府"))
    assert line.tilt is None


def test_line_of_a_crooked_page_is_printed_where_the_page_shows_it() -> None:
    slope = 0.03
    (line,) = set_lines(piece("各市州人民政府", x0=80, middle=60), tilt=degrees(atan(slope)))
    assert line.tilt is not None
    assert line.box is not None
    # Above and left of the middle of the page: turned clockwise, it moves right and up.
    assert line.tilt.dx > 5
    assert line.tilt.dy < -5
    assert line.tilt.slope == pytest.approx(slope)


def test_box_of_a_span_follows_the_slope() -> None:
    line = Line(Span(0, 4), Box(1, 0, 100, 40, 116), (0, 10, 20, 30, 40), slope=0.1)
    assert line.box_of(Span(2, 4)) == Box(1, 20, 102, 40, 120)
    level = Line(Span(0, 4), Box(1, 0, 100, 40, 116), (0, 10, 20, 30, 40))
    assert level.box_of(Span(2, 4)) == Box(1, 20, 100, 40, 116)

"""Radical code points of PDF text layers read as ideographs, one for one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.radicals import real


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⼈⺠政府", "人民政府"),
        ("⼾籍⻔槛", "户籍门槛"),
        ("⻘年⼯作", "青年工作"),
        ("⾭年", "青年"),
        ("⻓江⻩河⿈⾊", "长江黄河黄色"),
        ("⻋辆 ⻢⻰⻳⻥⻦", "车辆 马龙龟鱼鸟"),
        ("⻅⻚⻛⻜⻝", "见页风飞食"),
        ("\uf9e9程", "里程"),
    ],
)
def test_radicals_read_as_the_characters_they_stand_for(printed: str, meant: str) -> None:
    assert real(printed) == meant


def test_every_radical_of_both_blocks_has_its_character() -> None:
    blocks = [*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)]
    for code in blocks:
        ideograph = real(chr(code))
        assert len(ideograph) == 1
        assert unicodedata.name(ideograph).startswith("CJK UNIFIED"), hex(code)


def test_ordinary_text_stays_as_it_is() -> None:
    text = "到２０２７年，新增３.5万㎡（含①类）—— by 2027 ⅓"
    assert real(text) == text


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(real(text)) == len(text)


@given(st.text())
def test_reading_twice_changes_nothing_more(text: str) -> None:
    assert real(real(text)) == real(text)

"""Numbers are read twice, and what differs is kept with both readings."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from corpus.parse.ocr.engine import Reading
from corpus.parse.ocr.fragments import Fragment, fragment
from corpus.parse.ocr.guard import DIFFERENT, UNSURE, checked, numerals
from tests.corpus.parse.ocr.engines import Scripted, reading

PAGE = np.full((800, 1600, 3), 255, np.uint8)


def piece(text: str, score: float = 1.0) -> Fragment:
    made = fragment(reading(text, score), x0=50, x1=50 + 16 * len(text), middle=100, height=18)
    assert made is not None
    return made


def guarded(text: str, *answers: str, score: float = 1.0) -> tuple[Fragment, int]:
    """The piece after the guard, whose readings are ``answers`` in turn; how often it was asked."""
    told: Iterator[str] = iter(answers)
    engine = Scripted(tell=lambda crop: reading(next(told)))
    (after,) = checked([piece(text, score)], PAGE, engine, per_point=2)
    return after, len(engine.asked)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("到2025年", "到2025年"),
        ("达到70%以上", "达到70％以上"),
        ("共1,200人", "1,200人"),
        ("云政发〔2021〕18号", "发(2021]18号"),
        ("建设3万亩", "设3万亩"),
        ("二〇二一年三月五日", "二○二一年三月五日"),
    ],
)
def test_same_number_in_both_readings_is_no_doubt(text: str, second: str) -> None:
    after, asked = guarded(text, second)
    assert (after.doubts, asked) == ((), 1)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("到2025年", "到2026年"),
        ("达到70%以上", "达到10%以上"),
        ("达到70%以上", "达到70以上"),
        ("投入3万元", "投入3亿元"),
        ("建设5个", "建设个"),
        ("二〇二一年三月五日", "二〇二七年三月五日"),
    ],
)
def test_different_number_is_a_doubt_with_both_readings(text: str, second: str) -> None:
    after, asked = guarded(text, second, text)
    (doubt,) = after.doubts
    assert doubt.reason == DIFFERENT
    assert second in doubt.readings
    assert any(sign in text[doubt.start : doubt.end] for sign in "0123456789二三五")
    assert asked == 2


def test_low_score_of_a_digit_is_a_doubt_though_readings_agree() -> None:
    scores = (1.0, 1.0, 0.4, 1.0, 1.0, 1.0)
    made = fragment(Reading("到2025年", scores), x0=50, x1=150, middle=100, height=18)
    assert made is not None
    engine = Scripted(tell=lambda crop: reading("到2025年"))
    (after,) = checked([made], PAGE, engine, per_point=2)
    assert [d.reason for d in after.doubts] == [UNSURE]


def test_lines_without_numbers_are_not_read_again() -> None:
    after, asked = guarded("各市州要加强组织领导，压实责任。")
    assert (after.doubts, asked) == ((), 0)


def test_numbers_far_apart_are_doubted_one_by_one() -> None:
    text = "到2025年建成标准化校舍面积达到80%"
    after, asked = guarded(text, "到2025年", "达到30%", "达到30%")
    assert [text[d.start : d.end] for d in after.doubts] == ["80%"]
    assert asked == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１２.5％", ["12", "5", "%"]),
        ("云政发〔2021〕18号", ["2021", "18"]),
        ("一次性补助", []),
        ("三月", ["三"]),
    ],
)
def test_numerals_of_a_reading(text: str, expected: list[str]) -> None:
    assert numerals(text) == expected

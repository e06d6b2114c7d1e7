"""The page number at the foot of a page is told though a bad scan leaves half of it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.parse.ocr.foot import with_foot
from corpus.parse.ocr.fragments import Fragment, fragment
from tests.corpus.parse.ocr.engines import Scripted, reading

PAGE = np.full((842, 595, 3), 245, np.uint8)


def piece(text: str, *, x0: float = 280, middle: float = 775) -> Fragment:
    made = fragment(reading(text), x0=x0, x1=x0 + 10 * len(text), middle=middle, height=17)
    assert made is not None
    return made


def after(pieces: list[Fragment], answer: str, image: np.ndarray = PAGE) -> list[str]:
    engine = Scripted(tell=lambda crop: reading(answer, 0.9))
    return [each.text for each in with_foot(pieces, image, engine, per_point=1.0)]


@pytest.mark.parametrize(
    ("read", "again", "expected"),
    [
        ("3", "一3一", "—3—"),
        ("-12", "-12-", "—12—"),
        ("7—", "", "—7—"),
        ("—3—", "不应再读", "—3—"),
        ("3", "3", "3"),
        ("合计", "", "合计"),
        ("2021年", "", "2021年"),
    ],
)
def test_page_number_is_put_right(read: str, again: str, expected: str) -> None:
    assert after([piece("各市州人民政府", x0=80, middle=300), piece(read)], again)[-1] == expected


def test_number_in_the_text_or_in_a_row_is_left_alone() -> None:
    assert after([piece("3", middle=300), piece("印发日期")], "—3—") == ["3", "印发日期"]
    row = [piece("3"), piece("省教育厅", x0=320)]
    assert after(row, "—3—") == ["3", "省教育厅"]


def test_page_number_that_the_engine_found_no_line_for() -> None:
    image = PAGE.copy()
    cv2.putText(image, "- 9 -", (280, 780), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 2)
    text = [piece("各市州人民政府", x0=80, middle=300)]
    found = with_foot(text, image, Scripted(tell=lambda c: reading("一9一", 0.9)), per_point=1.0)
    assert [each.text for each in found] == ["各市州人民政府", "—9—"]
    assert found[-1].middle == pytest.approx(775, abs=4)
    assert 270 < found[-1].x0 < found[-1].x1 < 330


def test_dashes_a_dot_high_are_seen_where_the_engine_reads_none() -> None:
    image = PAGE.copy()
    cv2.putText(image, "23", (280, 780), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 2)
    for start in (258, 306):
        image[775, start : start + 14] = 20
        image[775, start + 6] = 245
    text = piece("各市州人民政府", x0=80, middle=300)
    # The dash before the number was taken for a digit.
    assert after([text, piece("223", x0=272)], "23", image)[-1] == "—23—"
    image[775, 306:320] = 245
    assert after([text, piece("23", x0=280)], "23", image)[-1] == "23"


def test_other_ink_at_the_foot_is_no_page_number() -> None:
    image = PAGE.copy()
    cv2.putText(image, "abc", (280, 780), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 2)
    assert after([], "印章", image) == []
    assert after([], "9", image) == []
    assert after([], "一9一") == []

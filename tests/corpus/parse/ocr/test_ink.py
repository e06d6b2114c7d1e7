"""Red ink: seals are found by colour and shape, and are gone in the red channel."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.parse.ocr.ink import MM, dark, red_ink, without_red
from tests.corpus.parse.ocr.engines import quad

PER_POINT = 200 / 72
RED, BLACK = (60, 50, 215), (35, 35, 35)


def mm(length: float) -> int:
    return round(length * MM * PER_POINT)


def paper() -> np.ndarray:
    return np.full((mm(297), mm(210), 3), 240, np.uint8)


def stamped(image: np.ndarray, x: float, y: float, across: float = 42) -> np.ndarray:
    cv2.circle(image, (mm(x), mm(y)), mm(across / 2), RED, mm(1.0))
    cv2.putText(image, "*", (mm(x) - 20, mm(y) + 20), 0, 2, RED, 5)
    return image


def seals(image: np.ndarray, lines=()):
    found = red_ink(image, per_point=PER_POINT, lines=lines)
    return found.seals if found else None


def test_page_without_red_has_no_red_ink() -> None:
    image = paper()
    cv2.putText(image, "2021", (300, 300), 0, 3, BLACK, 8)
    assert seals(image) is None


def test_paper_with_a_reddish_tint_has_no_red_ink() -> None:
    image = paper()
    image[:, :, :2] -= 50
    assert seals(image) is None


@pytest.mark.parametrize("across", [30, 42, 58])
def test_seal_is_found_where_it_stands(across: float) -> None:
    ((x0, y0, x1, y1),) = seals(stamped(paper(), 140, 200, across))
    assert [x0, y0, x1, y1] == pytest.approx(
        [mm(140 - across / 2), mm(200 - across / 2), mm(140 + across / 2), mm(200 + across / 2)],
        abs=mm(1.5),
    )


def test_two_seals_are_two_and_two_that_overlap_are_one() -> None:
    assert len(seals(stamped(stamped(paper(), 60, 200), 140, 200))) == 2
    assert len(seals(stamped(stamped(paper(), 60, 200), 90, 215))) == 1


def test_letterhead_and_its_rule_are_no_seals() -> None:
    image = paper()
    cv2.line(image, (mm(28), mm(90)), (mm(182), mm(90)), RED, mm(0.8))
    for number in range(6):
        x = 40 + 22 * number
        cv2.rectangle(image, (mm(x), mm(50)), (mm(x + 15), mm(66)), RED, mm(1.5))
    line = quad(mm(39), mm(49), mm(166), mm(67))
    assert seals(image, [line]) == ()


def test_small_square_seal_is_one_where_no_line_goes_on_beside_it() -> None:
    image = paper()
    cv2.rectangle(image, (mm(130), mm(220)), (mm(148), mm(238)), RED, mm(1.0))
    assert len(seals(image)) == 1


def test_red_channel_shows_what_the_seal_covers() -> None:
    image = stamped(paper(), 140, 200)
    cv2.rectangle(image, (mm(138), mm(176)), (mm(142), mm(184)), BLACK, -1)
    red = red_ink(image, per_point=PER_POINT, lines=[])
    assert red is not None
    before = dark(image, per_point=PER_POINT)
    after = dark(without_red(image, red), per_point=PER_POINT)
    assert before[mm(200), mm(161)] == 255
    assert after[mm(200), mm(161)] == 0
    assert after[mm(180), mm(140)] == 255


def test_share_of_red_ink_in_a_line() -> None:
    image = paper()
    cv2.rectangle(image, (mm(40), mm(50)), (mm(60), mm(60)), RED, -1)
    cv2.rectangle(image, (mm(40), mm(100)), (mm(60), mm(110)), BLACK, -1)
    found = red_ink(image, per_point=PER_POINT, lines=[])
    assert found is not None
    ink = dark(image, per_point=PER_POINT)
    assert found.share(quad(mm(38), mm(48), mm(62), mm(62)), ink) > 0.9
    assert found.share(quad(mm(38), mm(98), mm(62), mm(112)), ink) < 0.1
    assert found.share(quad(mm(100), mm(200), mm(120), mm(210)), ink) == 0

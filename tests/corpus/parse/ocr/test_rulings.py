"""Rules of tables, on pages drawn here."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from corpus.parse.ocr.rulings import RuledPage, find_rules, without_rules

PER_POINT = 200 / 72
COLUMNS, ROWS = (100, 180, 420, 500), (100, 140, 200, 240)


def px(points: float) -> int:
    return round(points * PER_POINT)


def paper(noise: int = 0) -> np.ndarray:
    image = np.full((px(842), px(595), 3), 235, np.uint8)
    if noise:
        rng = np.random.default_rng(7)
        image = (image - rng.integers(0, noise, image.shape)).astype(np.uint8)
    return image


def ruled(image: np.ndarray, *, merged: bool = False, gap: int = 0, thick: int = 2) -> np.ndarray:
    """Three columns and three rows; ``merged``: the first column has one cell over rows 2 and 3."""
    for number, y in enumerate(ROWS):
        start = COLUMNS[1] if merged and number == 2 else COLUMNS[0]
        cv2.line(image, (px(start), px(y)), (px(COLUMNS[-1]), px(y)), (60, 60, 60), thick)
    for x in COLUMNS:
        cv2.line(image, (px(x), px(ROWS[0])), (px(x), px(ROWS[-1])), (60, 60, 60), thick)
    if gap:
        image[:, px(300) : px(300) + gap] = 235
    return image


def boxes(image: np.ndarray) -> list[tuple[int, ...]]:
    rules = find_rules(image, per_point=PER_POINT)
    page = RuledPage(1, (0, 0, 595, 842), [rule.edge(PER_POINT) for rule in rules])
    return sorted(
        tuple(round(v / 5) * 5 for v in cell) for t in page.find_tables({}) for cell in t.cells
    )


GRID = sorted((a, top, b, bottom) for a, b in pairwise(COLUMNS) for top, bottom in pairwise(ROWS))


@pytest.mark.parametrize(
    "image",
    [
        ruled(paper()),
        ruled(paper(noise=60)),
        ruled(paper(), thick=6),
        ruled(paper(), thick=1),
        ruled(paper(), gap=3),
    ],
    ids=["clean", "noisy", "thick", "thin", "broken"],
)
def test_cells_of_a_ruled_table(image: np.ndarray) -> None:
    assert boxes(image) == GRID


def test_slightly_crooked_rules_still_meet() -> None:
    image = ruled(paper())
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.1, 1)
    assert len(boxes(cv2.warpAffine(image, turn, (width, height), borderValue=(235,) * 3))) == 9


def test_merged_cell_is_one_box() -> None:
    assert (100, 140, 180, 240) in boxes(ruled(paper(), merged=True))
    assert len(boxes(ruled(paper(), merged=True))) == 8


@pytest.mark.parametrize("length", [14, 40])
def test_strokes_of_characters_are_no_rules(length: int) -> None:
    image = paper()
    for x in range(100, 400, 60):
        cv2.rectangle(image, (px(x), px(100)), (px(x + length), px(100 + length)), (30, 30, 30), 4)
    assert find_rules(image, per_point=PER_POINT) == []


def test_strokes_of_bold_characters_in_a_cell_are_no_rules() -> None:
    image = ruled(paper())
    cv2.line(image, (px(440), px(118)), (px(474), px(118)), (30, 30, 30), 4)
    for x in (448, 466):
        cv2.line(image, (px(x), px(112)), (px(x), px(127)), (30, 30, 30), 4)
    assert boxes(image) == GRID
    clean = without_rules(image, find_rules(image, per_point=PER_POINT), per_point=PER_POINT)
    assert clean[px(118), px(457)].max() < 60


def test_row_that_the_page_end_leaves_open_keeps_its_upright_rules() -> None:
    image = ruled(paper())
    for x in COLUMNS:
        cv2.line(image, (px(x), px(ROWS[-1])), (px(x), px(300)), (60, 60, 60), 2)
    rules = find_rules(image, per_point=PER_POINT)
    assert sum(rule.y1 > px(298) for rule in rules if not rule.level) == len(COLUMNS)


def test_rule_of_a_letterhead_is_no_table() -> None:
    image = paper()
    cv2.line(image, (px(80), px(300)), (px(515), px(300)), (40, 40, 200), 5)
    assert find_rules(image, per_point=PER_POINT) == []


def test_rules_are_painted_over_and_text_beside_them_is_not() -> None:
    image = ruled(paper())
    cv2.rectangle(image, (px(200), px(150)), (px(212), px(162)), (20, 20, 20), -1)
    clean = without_rules(image, find_rules(image, per_point=PER_POINT), per_point=PER_POINT)
    assert clean[px(140), px(120) : px(490)].min() > 200
    assert clean[px(110) : px(230), px(180)].min() > 200
    assert clean[px(156), px(206)].max() < 60


def test_level_rules_of_one_length_are_those_of_a_half_ruled_table() -> None:
    image = paper()
    for y in (100, 130, 300):
        cv2.line(image, (px(90), px(y)), (px(500), px(y)), (60, 60, 60), 2)
    cv2.line(image, (px(90), px(500)), (px(300), px(500)), (60, 60, 60), 2)
    rules = find_rules(image, per_point=PER_POINT)
    assert [rule.y0 / PER_POINT for rule in rules] == pytest.approx([100, 130, 300], abs=1.5)
    clean = without_rules(image, rules, per_point=PER_POINT)
    assert clean[px(130), px(100) : px(490)].min() > 200

"""Which way up a page lies is told by its lines, not line by line."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.parse.ocr.engine import Reading
from corpus.parse.ocr.picture import angle, moved, turned, turned_quad
from corpus.parse.ocr.turning import is_sideways, try_lines
from tests.corpus.parse.ocr.engines import Scripted, quad, reading

LINES = [quad(100, 100 + 60 * n, 700, 130 + 60 * n) for n in range(8)]
UPRIGHT = [quad(100 + 60 * n, 100, 130 + 60 * n, 700) for n in range(8)]


def page(mark_at_left: bool) -> np.ndarray:
    """A white page whose lines have a black mark where they begin."""
    image = np.full((800, 800, 3), 255, np.uint8)
    for line in LINES:
        x0, y0, x1, y1 = (int(v) for v in (*line[0], *line[2]))
        part = slice(x0, x0 + 40) if mark_at_left else slice(x1 - 40, x1)
        image[y0:y1, part] = 0
    return image


def tells_by_mark(crop: np.ndarray) -> Reading:
    good = crop[:, : crop.shape[1] // 4].mean() < crop[:, -crop.shape[1] // 4 :].mean()
    return reading("各市州人民政府办公室", 0.99 if good else 0.55)


@pytest.mark.parametrize(
    ("quads", "expected"),
    [
        (LINES, False),
        (UPRIGHT, True),
        ([*LINES, *UPRIGHT[:3]], False),
        ([*UPRIGHT, *LINES[:3]], True),
        ([quad(0, 0, 30, 30)], False),
        ([], False),
    ],
)
def test_page_lies_on_its_side_where_most_lines_stand_upright(quads, expected) -> None:
    assert is_sideways(quads) is expected


def test_upright_page_is_read_once_and_its_readings_are_kept() -> None:
    engine = Scripted(tell=tells_by_mark)
    trial = try_lines(engine, page(mark_at_left=True), LINES)
    assert not trial.upside_down
    assert len(trial.readings) == len(engine.asked) == 5


def test_page_upside_down_is_told_by_reading_both_ways() -> None:
    engine = Scripted(tell=tells_by_mark)
    trial = try_lines(engine, page(mark_at_left=False), LINES)
    assert trial.upside_down
    assert trial.readings == {}
    assert len(engine.asked) == 10


def test_page_that_reads_badly_both_ways_is_left_as_it_is() -> None:
    engine = Scripted(tell=lambda crop: reading("模糊", 0.6))
    assert not try_lines(engine, page(mark_at_left=True), LINES).upside_down


def test_page_without_lines_is_left_as_it_is() -> None:
    assert not try_lines(Scripted(), page(mark_at_left=True), []).upside_down


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_quads_turn_with_the_picture(quarters: int) -> None:
    image = np.zeros((300, 500, 3), np.uint8)
    image[40:60, 100:200] = 255
    after = turned(image, quarters)
    corners = turned_quad(quad(100, 40, 200, 60), quarters, width=500, height=300)
    (x0, y0), (x1, y1) = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
    assert after[y0:y1, x0:x1].min() == 255
    assert after.sum() == after[y0:y1, x0:x1].sum()
    assert corners[0].tolist() == [x0, y0]


@pytest.mark.parametrize("degrees", [-1.7, 0.0, 0.6, 2.0])
def test_angle_is_that_of_the_long_lines(degrees: float) -> None:
    crooked = [moved(line, -degrees, width=800, height=800) for line in LINES]
    short = [quad(10, 10, 40, 30)]
    assert angle([*crooked, *short]) == pytest.approx(degrees, abs=0.02)
    level = [moved(line, angle(crooked), width=800, height=800) for line in crooked]
    assert np.allclose(level, LINES, atol=0.3)

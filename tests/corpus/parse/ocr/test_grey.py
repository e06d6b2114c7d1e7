"""Seals on pages without colours, drawn here: a ring, a star, and words under them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.parse.ocr.engine import OcrOptions
from corpus.parse.ocr.grey import grey_seals
from corpus.parse.ocr.guard import Covered, checked
from corpus.parse.ocr.ink import MM
from corpus.parse.ocr.seals import uncovered
from corpus.parse.ocr.upright import Upright
from tests.corpus.parse.ocr.engines import Scripted, quad, reading
from tests.corpus.parse.ocr.test_guard import piece

PER_POINT = 200 / 72
WIDTH, HEIGHT = 1654, 2339
PAPER, SEAL, TYPE = 238, 155, 60
MIDDLE, RADIUS = (900, 1200), round(20 * MM * PER_POINT)


def typed(image: np.ndarray) -> np.ndarray:
    """Strokes as thin and as near as those of type, all over the page."""
    for y in range(300, 2000, 80):
        for x in range(240, 1400, 44):
            cv2.rectangle(image, (x, y), (x + 30, y + 32), (TYPE,) * 3, 3)
            cv2.line(image, (x, y + 16), (x + 30, y + 16), (TYPE,) * 3, 3)
    return image


def page(*, seal: int | None = SEAL) -> np.ndarray:
    image = typed(np.full((HEIGHT, WIDTH, 3), PAPER, np.uint8))
    if seal is None:
        return image
    ink = np.full_like(image, 255)
    level = (round(255 * seal / PAPER),) * 3
    cv2.circle(ink, MIDDLE, RADIUS, level, 8)
    cv2.fillPoly(ink, [np.array([[900, 1150], [940, 1240], [860, 1240]])], level)
    return (image.astype(np.float32) * ink / 255).astype(np.uint8)


def test_seal_on_a_grey_page_is_found_where_it_is() -> None:
    found = grey_seals(page(), per_point=PER_POINT)
    assert found is not None
    (box,) = found.ink.seals
    reach = RADIUS + 1.5 * MM * PER_POINT
    wanted = [MIDDLE[0] - reach, MIDDLE[1] - reach, MIDDLE[0] + reach, MIDDLE[1] + reach]
    assert box == pytest.approx(wanted, abs=6)


def test_seal_is_taken_off_and_the_type_under_it_stays() -> None:
    found = grey_seals(page(), per_point=PER_POINT)
    assert found is not None
    bare = page(seal=None)
    around = np.zeros(bare.shape[:2], np.uint8)
    cv2.circle(around, MIDDLE, RADIUS + 20, 255, -1)
    strokes = (bare[:, :, 0] < 100) & (around > 0)
    ground = (cv2.erode(bare[:, :, 0], np.ones((9, 9), np.uint8)) > 200) & (around > 0)
    assert np.median(found.image[strokes]) < 110
    assert np.percentile(found.image[ground], 1) > 200


@pytest.mark.parametrize("seal", [None, PAPER])
def test_page_without_a_seal_is_left_alone(seal: int | None) -> None:
    assert grey_seals(page(seal=seal), per_point=PER_POINT) is None


def test_seal_in_colour_is_not_looked_for_by_tone() -> None:
    image = page(seal=None)
    cv2.circle(image, MIDDLE, RADIUS, (90, 80, 220), 8)
    assert grey_seals(image, per_point=PER_POINT) is None


def test_bilevel_page_has_no_tones_to_tell_a_seal_by() -> None:
    image = np.where(page() < 200, 0, 255).astype(np.uint8)
    assert grey_seals(image, per_point=PER_POINT) is None


def test_ring_that_is_half_there_is_no_seal() -> None:
    image = page(seal=None)
    cv2.ellipse(image, MIDDLE, (RADIUS, RADIUS), 0, 0, 180, (SEAL,) * 3, 8)
    assert grey_seals(image, per_point=PER_POINT) is None


def test_words_of_a_grey_seal_are_no_lines_of_the_page() -> None:
    image = page()
    x, y = MIDDLE
    image[y + 97 : y + 113, x - 60 : x + 60] = SEAL
    words, under = quad(x - 62, y + 95, x + 62, y + 115), quad(240, 1500, 1400, 1536)
    upright = Upright(image, (words, under), {}, 0, 0.0)
    engine = Scripted([words, under])
    free = uncovered(upright, engine, OcrOptions(find_side=HEIGHT), per_point=PER_POINT)
    assert [tuple(found[0]) for found in free.page.quads] == [tuple(under[0])]
    assert len(free.seals) == 1
    assert free.covered is not None


def test_number_that_reads_differently_with_the_seal_on_is_in_doubt() -> None:
    said = "到2025年达到70%"
    sheet, ink = np.full((200, 400, 3), 240, np.uint8), np.full((200, 400), 255, np.uint8)
    under = Covered(sheet, ink)

    def doubts(*answers: str, under: Covered | None) -> list[tuple[str, ...]]:
        told = iter(answers)
        engine = Scripted(tell=lambda crop: reading(next(told)))
        (after,) = checked([piece(said)], sheet, engine, per_point=1.0, under=under)
        return [doubt.readings[1:] for doubt in after.doubts]

    assert doubts(said, under=None) == []
    assert doubts(said, said, under=under) == []
    assert doubts(said, "到2025年达到10%", said, under=under) == [("到2025年达到10%",)]

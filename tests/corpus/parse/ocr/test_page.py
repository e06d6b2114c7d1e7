"""A page from its picture to lines and tables, with an engine whose readings are written down."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.parse.flow import FlowLine
from corpus.parse.ocr.engine import OcrOptions, Reading
from corpus.parse.ocr.page import PageTimeout, read_page
from tests.corpus.parse.ocr.engines import Scripted, quad, reading

WIDTH, HEIGHT = 595, 842
OPTIONS = OcrOptions(find_side=HEIGHT)


def paper() -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), 245, np.uint8)


def read(image: np.ndarray, engine: Scripted, **options: float):
    wanted = OcrOptions(find_side=HEIGHT, **options)
    return read_page(image, number=3, per_point=1.0, engine=engine, options=wanted)


def by_width(**texts: str):
    """Tells a crop's text by how wide it is."""
    known = {int(name[1:]): text for name, text in texts.items()}
    return lambda crop: reading(known.get(crop.shape[1], ""), 0.99)


def texts(sheet) -> list[str]:
    return [item.text for item in sheet.items() if isinstance(item, FlowLine)]


def test_lines_come_in_reading_order_with_boxes_in_points() -> None:
    quads = [quad(80, 300, 240, 318), quad(80, 200, 280, 218)]
    engine = Scripted(quads, by_width(w200="各市州人民政府办公厅", w160="现将有关事项通知"))
    scanned = read(paper(), engine)
    assert texts(scanned.sheet) == ["各市州人民政府办公厅", "现将有关事项通知"]
    first = scanned.sheet.lines[0]
    assert first.box is not None
    assert (first.page, scanned.width, scanned.height, scanned.turned) == (3, WIDTH, HEIGHT, 0)
    assert first.box.x0 == pytest.approx(82, abs=4)
    assert first.box.top == pytest.approx(201, abs=3)
    assert first.confidence == pytest.approx(0.99)


def test_line_across_an_upright_rule_is_read_in_two_cells() -> None:
    image = paper()
    columns, rows = (80, 300, 500), (100, 150, 200)
    for y in rows:
        cv2.line(image, (columns[0], y), (columns[-1], y), (50, 50, 50), 1)
    for x in columns:
        cv2.line(image, (x, rows[0]), (x, rows[-1]), (50, 50, 50), 1)
    quads = [quad(90, 115, 420, 133), quad(90, 165, 190, 183), quad(310, 165, 450, 183)]
    told = by_width(w210="编制总体实施方案", w120="省教育厅", w100="建立台账", w140="省财政厅")
    scanned = read(image, Scripted(quads, told))
    (table,) = scanned.sheet.tables
    assert [cell.text for cell in table.cells] == [
        "编制总体实施方案",
        "省教育厅",
        "建立台账",
        "省财政厅",
    ]
    assert scanned.sheet.lines == ()


def test_words_of_a_seal_are_no_text_and_the_seal_is_kept() -> None:
    image = paper()
    cv2.circle(image, (400, 600), 60, (60, 50, 220), 3)
    cv2.rectangle(image, (360, 640), (440, 650), (60, 50, 220), -1)
    for x in range(330, 470, 24):
        cv2.rectangle(image, (x, 588), (x + 14, 602), (30, 30, 30), 1)
    quads = [quad(355, 635, 445, 655), quad(325, 585, 475, 605)]
    scanned = read(image, Scripted(quads, by_width(w150="云岭省教育厅", w90="专用章")))
    assert texts(scanned.sheet) == ["云岭省教育厅"]
    (seal,) = scanned.seals
    assert (seal.box.page, seal.box.x0, seal.box.bottom) == pytest.approx((3, 338, 662), abs=4)


def test_red_letterhead_is_kept_on_a_page_with_a_seal() -> None:
    image = paper()
    cv2.rectangle(image, (150, 120), (450, 150), (60, 50, 220), -1)
    cv2.circle(image, (400, 600), 60, (60, 50, 220), 3)
    engine = Scripted([quad(145, 115, 455, 155)], by_width(w310="云岭省人民政府文件"))
    assert "云岭省人民政府文件" in texts(read(image, engine).sheet)


def test_page_without_anything_on_it_is_blank() -> None:
    assert read(paper(), Scripted()).blank


def test_page_with_ink_that_nobody_can_read_is_not_blank() -> None:
    image = paper()
    image[300:400, 100:400] = 20
    scanned = read(image, Scripted())
    assert (scanned.blank, scanned.sheet.lines) == (False, ())


def test_line_read_with_a_low_score_is_left_out() -> None:
    engine = Scripted([quad(80, 300, 240, 318)], lambda crop: reading("口口口", 0.3))
    assert read(paper(), engine).sheet.lines == ()


def test_page_on_its_side_is_turned_and_says_so() -> None:
    image = np.ascontiguousarray(np.rot90(paper(), -1))
    sideways = Scripted([], lambda crop: reading("各市州人民政府", 0.99))
    answers = iter([[quad(100, 80, 118, 400)], [quad(80, 100, 400, 118)]])
    sideways.find = lambda image: next(answers)  # type: ignore[method-assign]
    scanned = read(image, sideways)
    assert (scanned.turned, scanned.width, scanned.height) == (90, WIDTH, HEIGHT)
    assert texts(scanned.sheet) == ["各市州人民政府"]


def test_page_that_takes_too_long_is_stopped() -> None:
    engine = Scripted([quad(80, 300, 240, 318)] * 8, lambda crop: Reading("甲", (0.99,)))
    with pytest.raises(PageTimeout):
        read(paper(), engine, seconds_per_page=0.0)

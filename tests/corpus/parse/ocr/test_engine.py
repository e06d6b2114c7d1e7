"""Engines are found by name, and one that is not installed says what to install."""

from __future__ import annotations

import pytest

from corpus.model.errors import PolicyError
from corpus.parse.ocr import engine as engines
from corpus.parse.ocr.engine import OcrMissing, OcrOptions, Reading, best


def test_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="rapidocr"):
        engines.engine(OcrOptions(engine="crystal-ball"))


def test_engine_that_is_not_installed_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "absent", "no_such_package_here:Engine")
    with pytest.raises(OcrMissing) as caught:
        engines.engine(OcrOptions(engine="absent"))
    assert caught.value.missing == "no_such_package_here"
    assert "pip install rapidocr" in caught.value.zh
    assert "pip install rapidocr" in caught.value.en


def test_engine_is_loaded_once(monkeypatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "blind", "tests.corpus.parse.ocr.engines:Blind")
    options = OcrOptions(engine="blind")
    assert engines.engine(options) is engines.engine(options)


@pytest.mark.parametrize(("scores", "mean"), [((1.0, 0.5), 0.75), ((), 0.0)])
def test_score_of_a_reading_is_the_mean_of_its_characters(scores, mean) -> None:
    assert Reading("甲乙"[: len(scores)], scores).score == mean


def test_character_that_another_reading_tells_with_more_certainty_is_taken_from_it() -> None:
    readings = [
        Reading("若于个", (0.9, 0.5, 0.9), (0.2, 0.5, 0.8)),
        Reading("若干", (1.0, 0.4)),
        Reading("若干个", (0.8, 0.8, 0.6)),
    ]
    assert best(readings) == Reading("若干个", (0.9, 0.8, 0.9), (0.2, 0.5, 0.8))
    assert best(readings[:1]) == readings[0]


def test_numeral_that_two_readings_tell_differently_is_unsure() -> None:
    told = best([Reading("达7%", (0.9, 0.6, 0.9)), Reading("达1%", (0.9, 0.95, 0.8))])
    assert (told.text, told.scores) == ("达1%", (0.9, 0.5, 0.9))

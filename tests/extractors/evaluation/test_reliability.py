"""Confidence against how often it is right."""

from __future__ import annotations

import pytest

from extractors.evaluation.reliability import Judged, expected_error, reliability


def _judged(confidence: float, right: int, wrong: int) -> list[Judged]:
    return [Judged(confidence, True)] * right + [Judged(confidence, False)] * wrong


def test_confidence_that_is_what_it_says_has_no_error() -> None:
    assert expected_error(_judged(0.8, 8, 2) + _judged(0.5, 5, 5)) == pytest.approx(0.0)


def test_error_is_the_mean_gap() -> None:
    assert expected_error(_judged(0.9, 5, 5) + _judged(0.5, 5, 5)) == pytest.approx(0.2)


def test_nothing_has_no_error() -> None:
    assert expected_error([]) == 0.0
    assert reliability([]) == []


def test_bins_hold_their_share() -> None:
    found = reliability([*_judged(1.0, 3, 1), *_judged(0.05, 0, 2)])
    assert [(each.count, each.right) for each in found] == [(2, 0.0), (4, 0.75)]

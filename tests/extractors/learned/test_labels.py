"""Labels of characters: spans to names and back, and the likeliest spans of probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.model.finding import Label
from corpus.model.organisation import Role
from extractors.learned.labels import (
    KINDS,
    NAMES,
    LabelledSpan,
    decode,
    kind_of,
    spans_of,
    support,
    tag,
)


def _sure(tags: list[int], belief: float = 0.9) -> np.ndarray:
    rest = (1 - belief) / (len(NAMES) - 1)
    found = np.full((len(tags), len(NAMES)), rest)
    found[range(len(tags)), tags] = belief
    return found


def _plain(spans: list[LabelledSpan]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.kind) for span in spans]


SPANS = [
    LabelledSpan(0, 2, "action"),
    LabelledSpan(2, 5, "quantity"),
    LabelledSpan(5, 8, "indicator"),
    LabelledSpan(8, 9, "indicator"),
    LabelledSpan(11, 15, "unit-lead"),
]


def test_spans_come_back_from_their_tags() -> None:
    assert spans_of(tag(20, SPANS)) == SPANS


def test_neighbours_of_one_kind_stay_two() -> None:
    names = [NAMES[name] for name in tag(9, SPANS[2:4])]
    assert names[5:] == ["B-indicator", "I-indicator", "I-indicator", "B-indicator"]


@pytest.mark.parametrize("span", [LabelledSpan(1, 3, "base"), LabelledSpan(18, 21, "base")])
def test_tag_refuses_what_overlaps_or_lies_outside(span: LabelledSpan) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        tag(20, [*SPANS, span])


def test_decode_finds_the_spans_of_sure_probabilities() -> None:
    assert _plain(decode(_sure(tag(20, SPANS)))) == _plain(SPANS)


def test_decode_lets_no_inside_follow_another_kind() -> None:
    b_action, i_base = NAMES.index("B-action"), NAMES.index("I-base")
    found = _sure([b_action, i_base, 0], 0.6)
    for span in decode(found):
        assert span.kind != "base" or NAMES[found[span.start].argmax()] == "B-base"


def test_decode_scores_a_span_by_its_mean_belief() -> None:
    found = _sure(tag(6, [LabelledSpan(1, 4, "quantity")]), 0.8)
    (span,) = decode(found)
    assert span.score == pytest.approx(0.81, abs=0.011)
    assert span.score == pytest.approx(support(found, 1, 4, "quantity"), abs=1e-4)


def test_decode_of_nothing_is_nothing() -> None:
    assert decode(np.zeros((0, len(NAMES)))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_its_label_and_role(kind: str) -> None:
    span = LabelledSpan(0, 1, kind)
    assert kind_of(span.label, span.role) == kind


def test_role_belongs_to_units_only() -> None:
    assert LabelledSpan(0, 1, "unit-coop").role is Role.COOPERATING
    assert LabelledSpan(0, 1, "unit-coop").label is Label.UNIT
    assert LabelledSpan(0, 1, "deadline").role is None

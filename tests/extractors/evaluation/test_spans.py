"""Span scores: exact and overlapping."""

from __future__ import annotations

from extractors.evaluation.spans import score_spans
from extractors.learned.labels import LabelledSpan


def _example(*spans: LabelledSpan) -> list[LabelledSpan]:
    return list(spans)


def test_exact_spans_score_one() -> None:
    span = LabelledSpan(0, 3, "quantity")
    scores = score_spans([_example(span)], [[span]])
    assert (scores["quantity"].exact, scores["quantity"].overlap) == (1.0, 1.0)


def test_other_edges_count_as_overlap_only() -> None:
    scores = score_spans(
        [_example(LabelledSpan(0, 3, "indicator"))], [[LabelledSpan(1, 3, "indicator")]]
    )
    assert (scores["indicator"].exact, scores["indicator"].overlap) == (0.0, 1.0)


def test_role_counts_in_unit_role_only() -> None:
    scores = score_spans(
        [_example(LabelledSpan(0, 3, "unit-lead"))], [[LabelledSpan(0, 3, "unit-coop")]]
    )
    assert (scores["unit"].exact, scores["unit-role"].exact) == (1.0, 0.0)


def test_precision_and_recall_both_count() -> None:
    gold = _example(LabelledSpan(0, 3, "base"), LabelledSpan(5, 8, "base"))
    found = [LabelledSpan(0, 3, "base"), LabelledSpan(10, 12, "base"), LabelledSpan(14, 15, "base")]
    score = score_spans([gold], [found])["base"]
    assert (score.right, score.predicted, score.annotated) == (1, 3, 2)
    assert score.exact == 0.4

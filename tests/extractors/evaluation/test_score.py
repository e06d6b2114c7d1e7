"""Figures of extractions that are right, wrong in one field, short of a row or one row over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.model.commitment import Commitment
from corpus.model.organisation import Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound
from extractors.evaluation.alike import fold, likeness
from extractors.evaluation.score import LABELS, Figures, evaluate, total
from tests.extractors.evaluation.conftest import (
    CHECKS,
    HOMES,
    due,
    ledger,
    promised,
    target,
    units,
)

Annotate = Callable[..., Path]
ALL = {
    "value": (2, 2, 2), "target": (2, 2, 2), "deadline": (3, 3, 3), "unit": (5, 5, 5),
    "role": (5, 5, 5), "row": (3, 3, 3),
}  # fmt: skip


def _counts(gold: Path, commitments: list[Commitment]) -> dict[str, tuple[int, int, int]]:
    figures = evaluate(gold, ledger(commitments))
    return {label: (f.right, f.predicted, f.annotated) for label, f in figures.items()}


def test_extraction_as_annotated_is_all_right(
    annotate: Annotate, as_annotated: list[Commitment]
) -> None:
    assert _counts(annotate(HOMES, CHECKS), as_annotated) == ALL


def test_order_of_the_extraction_says_nothing(
    annotate: Annotate, as_annotated: list[Commitment]
) -> None:
    assert _counts(annotate(HOMES, CHECKS), as_annotated[::-1]) == ALL


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"target": target("21所左右", "21", "所", Bound.ABOUT)},
         {"value": (1, 2, 2), "target": (1, 2, 2), "row": (2, 3, 3)}),
        ({"target": target("20个左右", "20", "个", Bound.ABOUT)},
         {"value": (1, 2, 2), "target": (1, 2, 2), "row": (2, 3, 3)}),
        ({"target": target("20所", "20", "所")}, {"target": (1, 2, 2), "row": (2, 3, 3)}),
        ({"indicator": "社区食堂"}, {"target": (1, 2, 2), "row": (2, 3, 3)}),
        ({"indicator": "全省示范性养老院"}, {}),
        ({"deadline": due(2026)}, {"deadline": (2, 3, 3), "row": (2, 3, 3)}),
        ({"deadline": None}, {"deadline": (2, 2, 3), "row": (2, 3, 3)}),
        ({"deadline": due(2025, inherited=True)}, {"deadline": (2, 2, 3), "row": (2, 3, 3)}),
        ({"responsible_units": units(("省民政厅", Role.LEAD))},
         {"unit": (4, 4, 5), "role": (4, 4, 5), "row": (2, 3, 3)}),
        ({"responsible_units": units(("省财政厅", Role.LEAD), ("省民政厅", Role.COOPERATING))},
         {"role": (3, 5, 5)}),
        ({"responsible_units": units(("省民政厅", Role.LEAD), ("省财政厅", Role.COOPERATING),
                                     inherited=True)},
         {"unit": (3, 3, 5), "role": (3, 3, 5), "row": (2, 3, 3)}),
    ],
)  # fmt: skip
def test_field_that_is_wrong_costs_its_label_and_the_row(
    annotate: Annotate,
    as_annotated: list[Commitment],
    fields: dict[str, Any],
    expected: dict[str, tuple[int, int, int]],
) -> None:
    homes, *others = as_annotated
    counts = _counts(annotate(HOMES, CHECKS), [replace(homes, **fields), *others])
    assert counts == ALL | expected


def test_missed_and_invented_rows_are_counted(
    annotate: Annotate, as_annotated: list[Commitment]
) -> None:
    stray = promised("现有电话100部", indicator="电话", target=target("100部", "100", "部"))
    counts = _counts(annotate(HOMES, CHECKS), [*as_annotated[:2], stray])
    assert counts["row"] == (2, 3, 3)
    assert counts["value"] == (2, 3, 2)
    assert counts["unit"] == (4, 4, 5)


def test_row_is_matched_once(annotate: Annotate, as_annotated: list[Commitment]) -> None:
    counts = _counts(annotate(HOMES, CHECKS), [*as_annotated, as_annotated[0]])
    assert counts["row"] == (3, 4, 3)
    assert counts["value"] == (2, 3, 2)


def test_length_is_right_whatever_day_it_comes_to(
    annotate: Annotate, as_annotated: list[Commitment]
) -> None:
    end = due(2026).end
    every = Deadline("每年", DeadlineKind.EVERY, end=end, period="P1Y")
    homes, beds, checks = as_annotated
    assert _counts(annotate(HOMES, CHECKS), [homes, beds, replace(checks, deadline=every)]) == ALL


def test_start_decides_where_nothing_else_is_said(annotate: Annotate) -> None:
    gold = annotate('<d c="1">从2024年起</d><a c="1">公布</a><i c="1">检查结果</i>')
    read = [
        Deadline("从2024年起", DeadlineKind.DURING, start=due(year).end) for year in (2023, 2024)
    ]
    read[0] = replace(read[0], start=due(2024).end.replace(month=1, day=1))  # type: ignore[union-attr]
    rows = [
        promised("从2024年起公布检查结果", action="公布", indicator="检查结果", deadline=each)
        for each in read
    ]
    assert _counts(gold, rows[:1])["deadline"] == (1, 1, 1)
    assert _counts(gold, rows[1:])["deadline"] == (0, 1, 1)


def test_nothing_predicted_is_zero_not_an_error(annotate: Annotate) -> None:
    figures = evaluate(annotate(HOMES), ledger([]))
    assert [f.f1 for f in figures.values()] == [0.0] * len(LABELS)
    assert figures["row"].annotated == 2


def test_paragraphs_without_commitments_count_what_is_invented(
    annotate: Annotate, as_annotated: list[Commitment]
) -> None:
    assert _counts(annotate("总体要求。"), as_annotated)["row"] == (0, 3, 0)


def test_several_documents_are_counted_together() -> None:
    one = dict.fromkeys(LABELS, Figures(1, 1, 2))
    other = dict.fromkeys(LABELS, Figures(2, 5, 2))
    assert total([one, other]) == dict.fromkeys(LABELS, Figures(3, 6, 4))
    assert total([one, other])["row"].precision == 0.5
    assert total([one, other])["row"].recall == 0.75
    assert total([one, other])["row"].f1 == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10％", "10%"),
        ("5—10 所", "5-10所"),
        ("“双减”", '"双减"'),
        ("云政〔2021〕2号", "云政[2021]2号"),
    ],
)
def test_wordings_that_typesetting_changed_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("养老院", "养老院", 1.0),
        ("养老院", "食堂", 0.0),
        ("养老院", "养老", 2 / 3),
        ("", "", 1.0),
        ("", "养", 0.0),
    ],
)
def test_likeness(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected)

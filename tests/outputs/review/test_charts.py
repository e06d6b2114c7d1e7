"""Columns: heights that stand in the proportion of the numbers, lines across at round numbers."""

from __future__ import annotations

import pytest

from outputs.review.charts import HEIGHT, columns


@pytest.mark.parametrize(
    ("highest", "counts"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (14, [0, 5, 10, 15]),
        (87, [0, 20, 40, 60, 80, 100]),
        (3_000, [0, 1_000, 2_000, 3_000]),
    ],
)
def test_lines_across_are_round_and_few(highest: int, counts: list[int]) -> None:
    chart = columns("变化", ("a",), [("2023", "/x", {"a": highest})])
    assert [tick.count for tick in chart.ticks] == counts


def test_pieces_stand_on_each_other_in_proportion() -> None:
    rows = [("2021", "/x", {"a": 2, "b": 0}), ("2023", "/y", {"a": 6, "b": 3})]
    chart = columns("变化", ("a", "b"), rows)
    (first,), (lower, upper) = (column.pieces for column in chart.columns)
    assert lower.height == pytest.approx(3 * first.height, abs=0.2)
    assert upper.height == pytest.approx(lower.height / 2, abs=0.2)
    assert upper.y + upper.height == pytest.approx(lower.y, abs=0.2)
    assert lower.y + lower.height == pytest.approx(chart.floor, abs=0.2)
    assert chart.total == 11


def test_columns_neither_overlap_nor_leave_the_picture() -> None:
    chart = columns("变化", ("a",), [(str(y), "/x", {"a": y % 7}) for y in range(1990, 2030)])
    for one, other in zip(chart.columns, chart.columns[1:], strict=False):
        assert one.x + one.width <= other.x
    last = chart.columns[-1]
    assert last.x + last.width <= chart.width
    assert all(0 <= piece.y <= HEIGHT for each in chart.columns for piece in each.pieces)

"""Annotated quantities, read without the rules."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest

import extractors.evaluation
from corpus.model.quantity import Bound, Quantity
from extractors.evaluation.gold_values import read_bound, read_number, read_quantity


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1,200", "1200"),
        ("1.2万", "12000"),
        ("4.06万亿", "4060000000000"),
        ("十", "10"),
        ("十二", "12"),
        ("两千零五", "2005"),
        ("一百二十三万四千", "1234000"),
        ("三万亿", "3000000000000"),
        ("百万", "1000000"),
        ("二〇二五", "2025"),
        ("300多亿", "30000000000"),
    ],
)
def test_number_is_read(words: str, number: str) -> None:
    assert read_number(words) == Decimal(number)


@pytest.mark.parametrize(
    ("raw", "low", "high", "unit"),
    [
        ("70所", "70", "70", "所"),
        ("10%", "10", "10", "%"),
        ("５５％", "55", "55", "%"),
        ("1.2万\n人次", "12000", "12000", "人次"),
        ("百分之三十", "30", "30", "%"),
        ("百分之五至百分之十", "5", "10", "%"),
        ("5-10所", "5", "10", "所"),
        ("5—10 所", "5", "10", "所"),
        ("5所至10所", "5", "10", "所"),
        ("2%～3%", "2", "3", "%"),
        ("9到23元", "9", "23", "元"),
        ("15-20万元", "150000", "200000", "元"),
        ("三到五个", "3", "5", "个"),
        ("两三个", "2", "3", "个"),
        ("300多亿元", "30000000000", "30000000000", "元"),
        ("一倍", "1", "1", "倍"),
        ("一半", "50", "50", "%"),
        ("300万元/年", "3000000", "3000000", "元/年"),
        ("0.4个百分点", "0.4", "0.4", "个百分点"),
        ("1000万", "10000000", "10000000", ""),
    ],
)
def test_quantity_is_read(raw: str, low: str, high: str, unit: str) -> None:
    assert read_quantity(raw) == Quantity(Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize("raw", ["全部", "若干个", ""])
def test_quantity_without_a_number_is_none(raw: str) -> None:
    assert read_quantity(raw) is None


@pytest.mark.parametrize(
    ("comparator", "raw", "bound"),
    [
        ("", "70所", Bound.EXACTLY),
        ("左右", "70所", Bound.ABOUT),
        ("约", "70所", Bound.ABOUT),
        ("", "300多亿元", Bound.ABOUT),
        ("", "5-10所", Bound.RANGE),
        ("左右", "5-10所", Bound.RANGE),
        ("不低于", "10%", Bound.AT_LEAST),
        ("不得低于", "10%", Bound.AT_LEAST),
        ("不应少于", "3人", Bound.AT_LEAST),
        ("至少", "1所", Bound.AT_LEAST),
        ("以上", "45%", Bound.AT_LEAST),
        ("超过", "10%", Bound.ABOVE),
        ("超", "10亿元", Bound.ABOVE),
        ("不超过", "10%", Bound.AT_MOST),
        ("最高不超过", "300万元", Bound.AT_MOST),
        ("不能超过", "48个月", Bound.AT_MOST),
        ("控制在以内", "5.5%", Bound.AT_MOST),
        ("低于", "5%", Bound.BELOW),
    ],
)
def test_bound_is_what_the_comparator_says(comparator: str, raw: str, bound: Bound) -> None:
    quantity = read_quantity(raw)
    assert quantity is not None
    assert read_bound(comparator, raw, quantity) is bound


def test_readers_of_gold_share_no_code_with_the_rules() -> None:
    folder = Path(extractors.evaluation.__file__).parent
    for path in folder.glob("gold*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        assert [m for m in imported if m.startswith(("extractors.rules", "extractors.nlp"))] == []

"""What spans say: the rules read numbers and times, the model only points at them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.model.quantity import Bound
from extractors.learned.labels import LabelledSpan
from extractors.learned.values import Values, is_bounded


def _span(text: str, words: str, kind: str) -> LabelledSpan:
    start = text.index(words)
    return LabelledSpan(start, start + len(words), kind)


@pytest.mark.parametrize(
    ("text", "pointed", "words", "low"),
    [
        ("新建托育园40所左右,改造旧园", "40所", "40所", 40),
        ("新建托育园40所左右,改造旧园", "40所左右", "40所", 40),
        ("新建托育园40所左右,改造旧园", "0所", "40所", 40),
        ("培训1.2万人次,补贴30元", "1.2万", "1.2万人次", 12000),
    ],
)
def test_quantity_is_the_number_pointed_at(text: str, pointed: str, words: str, low: int) -> None:
    mention = Values(text).quantity(_span(text, pointed, "quantity"))
    assert mention is not None
    assert text[mention.start : mention.end] == words
    assert mention.quantity.low == Decimal(low)


def test_quantity_is_none_where_no_number_is_read() -> None:
    assert Values("建设一批示范园").quantity(LabelledSpan(2, 4, "quantity")) is None


def test_bound_is_said_where_there_is_one() -> None:
    text = "覆盖率不低于85%,另建3所"
    values = Values(text)
    bounded = values.quantity(_span(text, "85%", "quantity"))
    exact = values.quantity(_span(text, "3所", "quantity"))
    assert bounded is not None
    assert exact is not None
    assert bounded.bound is Bound.AT_LEAST
    assert (is_bounded(bounded), is_bounded(exact)) == (True, False)


def test_deadline_is_the_time_pointed_at() -> None:
    text = "2019年印发的办法继续有效,到2027年底建成"
    mention = Values(text).deadline(_span(text, "2027年", "deadline"))
    assert mention is not None
    assert mention.words == "到2027年底"


def test_deadline_is_none_where_no_time_is_read() -> None:
    assert Values("尽快建成投用").deadline(LabelledSpan(0, 2, "deadline")) is None

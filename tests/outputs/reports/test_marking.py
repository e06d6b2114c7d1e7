"""Which characters are marked as different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.reports.marking import Pieces, mark


def _shown(pieces: Pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("建设70所左右", "建设80所左右", "建设[70]所左右", "建设[80]所左右"),
        ("达到12.5%", "达到12.8%", "达到[12.5]%", "达到[12.8]%"),
        ("覆盖三十五个县", "覆盖三十八个县", "覆盖[三十五]个县", "覆盖[三十八]个县"),
        ("由省财政厅负责", "由省教育厅负责", "由省[财政]厅负责", "由省[教育]厅负责"),
        ("2025年底前建成", "建成", "[2025年底前]建成", "建成"),
        ("培训７０人", "培训70人", "培训７０人", "培训70人"),
        ("新增1,200张", "新增1200张", "新增1,200张", "新增1200张"),
        ("不低于55%", "达到55%左右", "[不低于]55%", "[达到]55%[左右]"),
        ("甲乙", "", "[甲乙]", ""),
    ],
)
def test_marks_are_whole_numbers_and_words(before: str, after: str, left: str, right: str) -> None:
    old, new = mark(before, after)
    assert (_shown(old), _shown(new)) == (left, right)


@given(st.text("建设7805所%、A ", max_size=40), st.text("建设7805所%、A ", max_size=40))
def test_pieces_join_to_the_texts(before: str, after: str) -> None:
    old, new = mark(before, after)
    assert "".join(piece.text for piece in old) == before
    assert "".join(piece.text for piece in new) == after


@given(st.text("建设7805所%、A ", max_size=40))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(piece.differs for side in mark(text, text) for piece in side)

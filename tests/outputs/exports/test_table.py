"""The terminal's table: in line, whole, with page and doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from outputs.exports import table
from outputs.exports.widths import columns, wrap


@pytest.mark.parametrize("width", [100, 110, 120])
def test_all_lines_of_the_table_are_as_wide_as_each_other(ledger: Ledger, width: int) -> None:
    lines = table.ledgers([ledger], width=width).decode().splitlines()
    ruled = {columns(line) for line in lines if line[0] in "+|"}
    assert len(ruled) == 1
    assert ruled.pop() <= width


def test_a_row_has_its_page_its_day_and_its_doubt(ledger: Ledger) -> None:
    shown = table.ledgers([ledger], width=120).decode()
    assert "第5页" in shown
    assert "2025-06-30" in shown
    assert "存疑：完成时限" in shown


def test_changes_are_told_and_what_is_carried_over_is_counted(comparison: Comparison) -> None:
    shown = table.comparisons([comparison], width=120).decode()
    assert "目标值由70所左右提高到80所左右" in shown
    assert "延续 2" in shown
    assert "免费体检" not in shown


def test_a_document_cannot_steer_the_terminal(ledger: Ledger, commitment) -> None:
    hostile = commitment("\x1b[2J建成5个\x07站点\x9b31m")
    shown = table.ledgers([Ledger(ledger.document, (hostile,))], width=100).decode()
    assert not set("\x1b\x07\x9b") & set(shown)


@given(st.text(alphabet="每县12.5万人次（牵头）、。“五”AB ", max_size=60), st.integers(4, 30))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text
    assert all(columns(line) <= width for line in lines)


def test_numbers_stay_whole_and_closing_signs_follow() -> None:
    assert wrap("人次不少于1.25万", 12) == ["人次不少于", "1.25万"]
    assert wrap("云岭省民政厅（牵头）", 18) == ["云岭省民政厅（牵", "头）"]

"""What ``taizhang evaluate --misses`` lists below its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus.model.commitment import Commitment
from corpus.model.organisation import Role
from corpus.model.quantity import Bound
from extractors.evaluation.misses import misses
from flows.commands.misses import listing
from tests.extractors.evaluation.conftest import (
    CHECKS,
    HOMES,
    annotate,
    as_annotated,
    due,
    ledger,
    promised,
    target,
    units,
)

__all__ = ["annotate", "as_annotated"]
Annotate = Callable[..., Path]


def _lines(gold: Path, rows: list[Commitment]) -> list[str]:
    return list(listing(misses(gold, ledger(rows))))


def test_listing_of_nothing_says_so(annotate: Annotate, as_annotated: list[Commitment]) -> None:
    assert _lines(annotate(HOMES, CHECKS), as_annotated) == [
        "与标注完全一致 | exactly as annotated"
    ]


def test_every_kind_has_a_head_and_a_quotation(
    annotate: Annotate, as_annotated: list[Commitment]
) -> None:
    homes, beds, checks = as_annotated
    wrong = replace(homes, target=target("20所", "20", "所", Bound.EXACTLY), deadline=due(2026))
    asked = replace(beds, responsible_units=units(("省民政厅", Role.LEAD)))
    roles = replace(checks, responsible_units=units(("各县（市）政府", Role.LEAD)))
    stray = promised("现有电话100部", indicator="电话", target=target("100部", "100", "部"))
    sentence = "      “到2025年，全省建成20所左右示范性养老院，护理型床位占比不低于55%”"
    assert _lines(annotate(HOMES, CHECKS), [wrong, asked, roles, stray]) == [
        "多抽 invented（1）",
        "    电话，100部",
        "      “现有电话100部”",
        "目标值不同 target（1）",
        "  p1#1  标注：20所左右（约20所）  抽取：20所（20所）",
        sentence,
        "完成时限不同 deadline（1）",
        "  p1#1  标注：到2025年（2025年12月31日）  抽取：到2026年（2026年12月31日）",
        sentence,
        "责任单位不同 units（1）",
        "  p1#2  标注：省民政厅、省财政厅  抽取：省民政厅",
        sentence,
        "职责不同 roles（1）",
        "  p2#1  标注：各县（市）政府（责任单位）  抽取：各县（市）政府（牵头单位）",
        "      “各县（市）政府每年公布检查结果”",
    ]


def test_missed_row_is_told_in_a_line(annotate: Annotate, as_annotated: list[Commitment]) -> None:
    assert _lines(annotate(HOMES, CHECKS), as_annotated[1:]) == [
        "漏抽 missed（1）",
        "  p1#1  建成示范性养老院，20所左右，到2025年，省民政厅、省财政厅",
        "      “到2025年，全省建成20所左右示范性养老院，护理型床位占比不低于55%”",
    ]

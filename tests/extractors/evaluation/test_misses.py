"""What is listed as missed, invented or read differently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.model.commitment import Commitment
from corpus.model.organisation import Role
from corpus.model.quantity import Bound
from extractors.evaluation.misses import MissKind, misses
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


def test_nothing_is_listed_where_all_is_as_annotated(
    annotate: Annotate, as_annotated: list[Commitment]
) -> None:
    assert misses(annotate(HOMES, CHECKS), ledger(as_annotated)) == []


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"target": target("20所", "20", "所")}, MissKind.TARGET),
        ({"target": target("2所左右", "2", "所", Bound.ABOUT)}, MissKind.TARGET),
        ({"indicator": "社区食堂"}, MissKind.INDICATOR),
        ({"deadline": due(2026)}, MissKind.DEADLINE),
        ({"responsible_units": units(("省民政厅", Role.LEAD))}, MissKind.UNITS),
        (
            {"responsible_units": units(("省民政厅", Role.LEAD), ("省财政厅", Role.LEAD))},
            MissKind.ROLES,
        ),
    ],
)
def test_field_read_differently_is_listed_once(
    annotate: Annotate, as_annotated: list[Commitment], fields: dict[str, Any], kind: MissKind
) -> None:
    changed = replace(as_annotated[0], **fields)
    (miss,) = misses(annotate(HOMES, CHECKS), ledger([changed, *as_annotated[1:]]))
    assert (miss.kind, miss.predicted) == (kind, changed)
    assert miss.annotated is not None
    assert (miss.annotated.paragraph, miss.annotated.number) == ("p1", 1)


def test_missed_comes_before_invented(annotate: Annotate, as_annotated: list[Commitment]) -> None:
    stray = promised("现有电话100部", indicator="电话", target=target("100部", "100", "部"))
    found = misses(annotate(HOMES, CHECKS), ledger([stray, *as_annotated[1:]]))
    assert [miss.kind for miss in found] == [MissKind.MISSED, MissKind.INVENTED]
    assert found[0].predicted is None
    assert (found[1].annotated, found[1].predicted) == (None, stray)


def test_other_duty_in_a_like_sentence_is_listed(annotate: Annotate) -> None:
    gold = annotate('<d c="1">每年</d><a c="1">公布</a><i c="1">检查结果</i>和全部办理情况')
    row = promised("每年公布检查结果", action="建立", indicator="检查台账")
    kinds = [miss.kind for miss in misses(gold, ledger([row]))]
    assert kinds == [MissKind.DUTY, MissKind.DEADLINE]

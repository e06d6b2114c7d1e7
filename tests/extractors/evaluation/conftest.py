"""Annotated files and ledgers made by hand, out of sentences of an invented province."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Page, Provenance
from corpus.model.geometry import Span
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound, Quantity, Target

HOMES = (
    '<d c="1,2">到2025年</d>，全省<a c="1">建成</a><v c="1">20所</v><q c="1">左右</q>'
    '<i c="1">示范性养老院</i>，<i c="2">护理型床位占比</i><q c="2">不低于</q><v c="2">55%</v>。'
    '（<u r="lead" c="1,2">省民政厅</u>牵头，<u r="coop" c="1,2">省财政厅</u>配合）'
)
CHECKS = (
    '<u r="resp" c="1">各县（市）政府</u><d c="1">每年</d><a c="1">公布</a><i c="1">检查结果</i>。'
)


@pytest.fixture
def annotate(tmp_path: Path) -> Callable[..., Path]:
    """Writes tagged paragraphs as an annotated file."""

    def write(*tagged: str, name: str = "plan.jsonl") -> Path:
        path = tmp_path / name
        lines = [
            json.dumps({"id": f"p{n}", "tagged": each}, ensure_ascii=False)
            for n, each in enumerate(tagged, 1)
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def target(raw: str, amount: str, unit: str, bound: Bound = Bound.EXACTLY) -> Target:
    low, _, high = amount.partition("-")
    return Target(raw, Quantity(Decimal(low), Decimal(high or low), unit), bound)


def due(year: int, *, inherited: bool = False) -> Deadline:
    end = date(year, 12, 31)
    return Deadline(f"到{year}年", DeadlineKind.BY, end=end, inherited=inherited)


def units(*named: tuple[str, Role], inherited: bool = False) -> tuple[ResponsibleUnit, ...]:
    return tuple(ResponsibleUnit(name, name, role, inherited) for name, role in named)


def promised(task: str, **fields: Any) -> Commitment:
    given: dict[str, Any] = {
        "action": None, "indicator": None, "target": None, "deadline": None,
        "responsible_units": (),
    }  # fmt: skip
    home = _document(task)
    return Commitment(
        id=f"c-{task}", section=(), task=task, evidence=home.cite(Span(0, len(task))),
        confidence=0.9, **(given | fields),
    )  # fmt: skip


def ledger(commitments: Sequence[Commitment]) -> Ledger:
    return Ledger(_document("云岭省养老服务规划"), tuple(commitments))


def _document(text: str) -> Document:
    return Document("d-1", text, Provenance("plan.txt", "0" * 64, "text/plain"), (Page(1),))


LEAD = units(("省民政厅", Role.LEAD), ("省财政厅", Role.COOPERATING))


@pytest.fixture
def as_annotated() -> list[Commitment]:
    """An extraction of HOMES and CHECKS that is right in every field."""
    sentence = "到2025年，全省建成20所左右示范性养老院，护理型床位占比不低于55%"
    return [
        promised(
            sentence, action="建成", indicator="示范性养老院", deadline=due(2025),
            target=target("20所左右", "20", "所", Bound.ABOUT), responsible_units=LEAD,
        ),
        promised(
            sentence, indicator="护理型床位占比", deadline=due(2025),
            target=target("不低于55%", "55", "%", Bound.AT_LEAST), responsible_units=LEAD,
        ),
        promised(
            "各县（市）政府每年公布检查结果", action="公布", indicator="检查结果",
            deadline=Deadline("每年", DeadlineKind.EVERY, period="P1Y"),
            responsible_units=units(("各县（市）政府", Role.RESPONSIBLE)),
        ),
    ]  # fmt: skip

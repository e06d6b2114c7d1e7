"""Ledgers for the tests of comparing: made by hand, or out of annotated paragraphs."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Evidence, Provenance
from corpus.model.geometry import Span
from corpus.model.official import CitedDocument, OfficialHeader
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound, Quantity, Target

SHARED = Path(__file__).resolve().parents[4] / "shared"
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、.{2,40}$|[（(][一二三四五六七八九十]+[)）][^。]{2,40}(?=。))"
)


def document(
    name: str = "new",
    *,
    title: str | None = None,
    number: str | None = None,
    issued: date | None = None,
    cites: Iterable[CitedDocument] = (),
    issuers: tuple[str, ...] = (),
) -> Document:
    """A document of which only the header matters."""
    header = OfficialHeader(
        title=title, document_number=number, date_of_issue=issued, issuers=issuers
    )
    provenance = Provenance(f"{name}.txt", name * 8, "text/plain")
    return Document(name, "", provenance, (), official=header, cited_documents=tuple(cites))


def target(
    raw: str,
    low: int | str,
    unit: str,
    bound: Bound = Bound.EXACTLY,
    *,
    high: int | str | None = None,
    per: str | None = None,
    base: str | None = None,
) -> Target:
    """70所左右 as target("70所左右", 70, "所", Bound.ABOUT)."""
    quantity = Quantity(Decimal(low), Decimal(low if high is None else high), unit)
    return Target(raw, quantity, bound, per=per, base=base)


def units(*names: str, role: Role = Role.RESPONSIBLE) -> tuple[ResponsibleUnit, ...]:
    """Registered units that are written in full."""
    return tuple(ResponsibleUnit(name, name, role, registered=True) for name in names)


def by(year: int, month: int = 12, day: int = 31) -> Deadline:
    """到2025年."""
    raw = f"到{year}年" if month == 12 else f"{year}年{month}月底前"
    return Deadline(raw, DeadlineKind.BY, end=date(year, month, day))


def commitment(
    task: str,
    indicator: str | None,
    *,
    goal: Target | None = None,
    action: str | None = "建设",
    section: tuple[str, ...] = (),
    deadline: Deadline | None = None,
    responsible: tuple[ResponsibleUnit, ...] = (),
    identity: str = "",
    of: str = "new",
) -> Commitment:
    """One row of a ledger; its evidence is its task."""
    return Commitment(
        id=identity or f"{task}|{indicator}|{section}",
        section=section,
        task=task,
        action=action,
        indicator=indicator,
        target=goal,
        deadline=deadline,
        responsible_units=responsible,
        evidence=Evidence(of, Span(0, len(task)), task),
        confidence=1.0,
    )


def ledger(rows: Iterable[Commitment], *, of: Document | None = None) -> Ledger:
    """The rows as rows of that document."""
    home = of or document()
    return Ledger(home, tuple(moved(row, home.id) for row in rows))


def moved(row: Commitment, home: str) -> Commitment:
    """The same row as said by another document."""
    return replace(row, evidence=replace(row.evidence, document_id=home))


def gold_ledger(name: str) -> Ledger:
    """Commitments as annotators read them, section paths from the headings' numbers."""
    path = SHARED / "gold" / f"{name}.jsonl"
    sections = _sections(path)
    rows = [
        _row(row, sections[row["para"]], index)
        for index, row in enumerate(_scorer().read_gold(path))
    ]
    return ledger(rows, of=document(name))


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "evaluate" / "score.py")
    if spec is None or spec.loader is None:
        raise ImportError("evaluate/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sections(path: Path) -> dict[str, tuple[str, ...]]:
    import json

    outer, inner, found = "", "", {}
    for line in path.read_text(encoding="utf8").splitlines():
        paragraph = json.loads(line)
        text = re.sub(r"<[^>]+>", "", paragraph["tagged"])
        if text.startswith("附件") and len(text) < 30:
            outer, inner = text, ""
        elif match := _HEADING.match(text):
            outer, inner = (match[0], "") if "、" in match[0][:3] else (outer, match[0])
        found[paragraph["id"]] = tuple(title for title in (outer, inner) if title)
    return found


def _row(row: dict, section: tuple[str, ...], index: int) -> Commitment:
    goal = None
    if row["target"]:
        low, high, unit, bound = row["target"]
        goal = target(
            row["raw"],
            str(low),
            unit,
            Bound(bound),
            high=str(high),
            per=row["per"],
            base=row["base"],
        )
    deadline = None
    if row["due"]:
        start, end, period = row["due"]
        kind = DeadlineKind.EVERY if "每" in row["due_raw"] else DeadlineKind.BY
        start, end = (date.fromisoformat(d) if d else None for d in (start, end))
        deadline = Deadline(row["due_raw"], kind, start, end, period)
    found = tuple(ResponsibleUnit(name, name, Role(role)) for name, role in row["units"])
    return commitment(
        row["sentence"], row["indicator"], goal=goal, action=row["action"], section=section,
        deadline=deadline, responsible=found, identity=f"{row['para']}-{row['c']}-{index}",
    )  # fmt: skip

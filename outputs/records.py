"""The rows of every sheet and CSV: 序号 | 任务 | 指标 | 目标值 | 完成时限 | 责任单位.

One row for a commitment; one row for each field of a change that differs, so that a sheet can be
filtered by field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from corpus.model.change import Change, Comparison, Flag
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document
from corpus.model.organisation import Role
from outputs import labels, marks, wording

Cell = str | int | float | Decimal | date | None
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its heading, its width in Latin characters, how a row fills it; ``link`` where
    that is an address."""

    header: str
    width: float
    read: Callable[[Row], Cell]
    number_format: str | None = None
    link: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Where the evidence of a row, and of a change to a document, can be seen."""

    row: Callable[[Commitment], str]
    change: Callable[[Change, Document], str]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A commitment with the document it stands in; ``number`` counts from 1."""

    number: int
    document: Document
    commitment: Commitment


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field of a change that differs, or a whole change without fields. ``number`` is the
    change's: rows of one change share it."""

    number: int
    change: Change
    flag: Flag | None
    prior: Document | None
    new: Document


def ledger_rows(ledgers: Sequence[Ledger]) -> Iterator[LedgerRow]:
    """All commitments, document after document, numbered through."""
    number = 0
    for ledger in ledgers:
        for commitment in ledger.commitments:
            number += 1
            yield LedgerRow(number, ledger.document, commitment)


def change_rows(comparisons: Iterable[Comparison]) -> Iterator[ChangeRow]:
    """All changes, those that ask less than before first."""
    number = 0
    for comparison in comparisons:
        for change in labels.by_weight(comparison.changes):
            number += 1
            prior = prior_of(change, comparison)
            for flag in change.flags or (None,):
                yield ChangeRow(number, change, flag, prior, comparison.new)


def prior_of(change: Change, comparison: Comparison) -> Document | None:
    """The prior document that a change is against; None where it is against all of them."""
    wanted = change.prior_document
    if wanted is None and change.prior is not None:
        wanted = change.prior.evidence.document_id
    found = next((prior for prior in comparison.priors if prior.id == wanted), None)
    return found or (comparison.priors[0] if len(comparison.priors) == 1 else None)


def _amount(row: LedgerRow) -> Decimal | str | None:
    """The figure as a number where it is one; a range stays text."""
    target = row.commitment.target
    if target is None:
        return None
    low, high = target.quantity.low, target.quantity.high
    return low if low == high else f"{wording.figure(low)}—{wording.figure(high)}"


def _measure(row: LedgerRow) -> str:
    target = row.commitment.target
    return target.quantity.unit if target else ""


def _due(row: LedgerRow) -> date | None:
    deadline = row.commitment.deadline
    return deadline.end if deadline else None


def _in_role(role: Role) -> Callable[[LedgerRow], Cell]:
    return lambda row: wording.units_of(row.commitment, role)


LEDGER_COLUMNS: tuple[Column[LedgerRow], ...] = (
    Column("序号", 5, lambda row: row.number),
    Column("文件", 12, lambda row: wording.title(row.document)),
    Column("文号", 11, lambda row: row.document.official.document_number),
    Column("章节", 12, lambda row: " / ".join(row.commitment.section)),
    Column("任务", 29, lambda row: row.commitment.task),
    Column("措施（动作）", 8, lambda row: row.commitment.action),
    Column("指标", 14, lambda row: row.commitment.indicator),
    Column("目标值", 12, lambda row: wording.value(row.commitment.target)),
    Column("界限", 7, lambda row: wording.bound(row.commitment.target)),
    Column("完成时限", 12, lambda row: wording.deadline(row.commitment.deadline)),
    Column("截止日期", 15, _due),
    Column("牵头单位", 13, _in_role(Role.LEAD)),
    Column("责任单位", 14, _in_role(Role.RESPONSIBLE)),
    Column("配合单位", 13, _in_role(Role.COOPERATING)),
    Column("督办", 9, _in_role(Role.SUPERVISING)),
    Column("原文依据", 29, lambda row: wording.one_line(row.commitment.evidence.quote)),
    Column("页码", 5, lambda row: wording.page(row.commitment.evidence)),
    Column("把握程度（置信度）", 9, lambda row: round(row.commitment.confidence, 2), "0%"),
    Column("存疑", 12, lambda row: "；".join(row.commitment.doubts)),
    Column("人工审核", 12, lambda row: marks.of(row.commitment)),
)

# For sorting and adding up; beside the printed part of the sheet.
FIGURE_COLUMNS: tuple[Column[LedgerRow], ...] = (
    Column("数值", 10, _amount),
    Column("计量单位", 8, _measure),
    Column("任务编号", 14, lambda row: row.commitment.id),
)


def _before(row: ChangeRow) -> str:
    return wording.sides(row.flag, row.change)[0] if row.flag else ""


def _after(row: ChangeRow) -> str:
    return wording.sides(row.flag, row.change)[1] if row.flag else ""


def _said(row: ChangeRow) -> str:
    if row.flag:
        return wording.sentence(row.flag, row.change)
    return "；".join(wording.sentences(row.change))


def _label(row: ChangeRow) -> str:
    label = labels.label_of(row.flag) if row.flag else labels.labels(row.change)[0]
    return label.zh


def _task(commitment: Commitment | None) -> str:
    return commitment.task if commitment else ""


def _quote(commitment: Commitment | None) -> str:
    return wording.one_line(commitment.evidence.quote) if commitment else ""


def _page(commitment: Commitment | None) -> int | None:
    return wording.page(commitment.evidence) if commitment else None


def _first_deadline(row: ChangeRow) -> str:
    original = row.change.original
    return wording.deadline(original.deadline) if original else ""


def _place(row: ChangeRow) -> str:
    found = (wording.FORMS[row.change.form], wording.PLACES[row.change.place])
    return "；".join(word for word in found if word)


def _similarity(row: ChangeRow) -> float | None:
    return None if row.change.similarity is None else round(row.change.similarity, 2)


CHANGE_COLUMNS: tuple[Column[ChangeRow], ...] = (
    Column("序号", 5, lambda row: row.number),
    Column("变化类型", 9, _label),
    Column("方向", 7, lambda row: wording.DIRECTIONS[row.flag.direction] if row.flag else ""),
    Column("字段", 9, lambda row: wording.name_of(row.flag) if row.flag else ""),
    Column("松紧", 6, lambda row: wording.EFFECTS[row.flag.effect] if row.flag else ""),
    Column("严重程度", 6, lambda row: wording.SEVERITIES[row.change.severity]),
    Column("原值", 18, _before),
    Column("新值", 18, _after),
    Column("变化说明", 30, _said),
    Column("原文件", 14, lambda row: wording.short_title(row.prior) if row.prior else ""),
    Column("原任务", 30, lambda row: _task(row.change.prior)),
    Column("原文件依据", 30, lambda row: _quote(row.change.prior)),
    Column("原页码", 6, lambda row: _page(row.change.prior)),
    Column("新文件", 14, lambda row: wording.short_title(row.new)),
    Column("新任务", 30, lambda row: _task(row.change.new)),
    Column("新文件依据", 30, lambda row: _quote(row.change.new)),
    Column("新页码", 6, lambda row: _page(row.change.new)),
    Column("相似度", 7, _similarity, "0%"),
    Column("原定时限", 12, _first_deadline),
    Column("拆并与位置", 8, _place),
    Column("存疑", 14, lambda row: "；".join(row.change.doubts)),
    Column("人工审核", 14, lambda row: marks.of_change(row.change)),
)


def ledger_columns(links: Links | None) -> tuple[Column[LedgerRow], ...]:
    """All of them, with the address of the evidence where there is one."""
    columns = LEDGER_COLUMNS + FIGURE_COLUMNS
    if links is None:
        return columns
    return (*columns, Column("依据链接", 10, lambda row: links.row(row.commitment), link=True))


def change_columns(links: Links | None) -> tuple[Column[ChangeRow], ...]:
    """All of them, with the address of both sides as printed where there is one."""
    if links is None:
        return CHANGE_COLUMNS

    def address(row: ChangeRow) -> str:
        return links.change(row.change, row.new)

    return (*CHANGE_COLUMNS, Column("依据链接", 10, address, link=True))


DOCUMENT_COLUMNS: tuple[Column[Document], ...] = (
    Column("编号", 14, lambda document: document.id),
    Column("标题", 44, wording.title),
    Column("文号", 20, lambda document: document.official.document_number),
    Column("发文机关", 24, lambda document: "、".join(document.official.issuers)),
    Column("成文日期", 13, lambda document: document.official.date_of_issue),
    Column("页数", 6, lambda document: max(1, len(document.pages))),
    Column("来源文件", 30, lambda document: document.provenance.source),
)

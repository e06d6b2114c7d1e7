"""Ledgers and changes as text for the terminal, Chinese characters counted as two columns."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence

from corpus.model.change import Change, Comparison, Severity
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document
from outputs import labels, marks, wording
from outputs.counts import ComparisonCounts, LedgerCounts
from outputs.exports.grid import Grid, printable
from outputs.exports.widths import wrap
from outputs.records import Links, prior_of

_NARROWEST, _USUAL, _WIDEST = 80, 110, 160
_READING = "不再提及：新文件中未找到对应内容，不等于明文取消；延续的任务只计数，不列出"


def ledgers(
    ledgers: Sequence[Ledger], *, width: int | None = None, links: Links | None = None
) -> bytes:
    """A heading and a table for each document; ``links`` have no place in a terminal."""
    parts: list[str | Grid] = []
    for ledger in ledgers:
        parts += [_heading(ledger.document), LedgerCounts.of(ledger).zh]
        if ledger.commitments:
            parts.append(_ledger_table(ledger))
    return rendered(parts or ["没有符合条件的任务 (no commitments)"], width)


def comparisons(
    comparisons: Sequence[Comparison], *, width: int | None = None, links: Links | None = None
) -> bytes:
    """A heading, the counts and the changes; what is carried over is only counted."""
    parts: list[str | Grid] = []
    for comparison in comparisons:
        parts += [f"原文件：{_heading(prior)}" for prior in comparison.priors]
        parts += [f"新文件：{_heading(comparison.new)}", ComparisonCounts.of(comparison).zh]
        shown = [c for c in labels.by_weight(comparison.changes) if not _is_carried(c)]
        if shown:
            parts += [_change_table(comparison, shown), _READING]
    return rendered(parts or ["没有可比对的文件 (nothing to compare)"], width)


def documents(documents: Sequence[Document], *, width: int | None = None) -> bytes:
    """One line for each document."""
    if not documents:
        return rendered(["台账库中还没有文件 (no documents yet)"], width)
    table = Grid(("编号", 14), ("标题", 0), ("文号", 20), ("发文机关", 16), ("成文日期", 10))
    for document in documents:
        header = document.official
        cells = (
            document.id,
            wording.title(document),
            header.document_number or "",
            "、".join(header.issuers),
            header.date_of_issue.isoformat() if header.date_of_issue else "",
        )
        table.add(*cells)
    return rendered([table, f"共 {len(documents)} 份文件"], width)


def _ledger_table(ledger: Ledger) -> Grid:
    table = Grid(
        ("序", 4),
        ("任务", 0),
        ("指标", 14),
        ("目标值", 12),
        ("完成时限", 14),
        ("责任单位", 18),
        ("依据", 8),
    )
    for number, commitment in enumerate(ledger.commitments, start=1):
        cells = (
            str(number),
            "\n".join(
                [wording.shorten(commitment.task, 70), *_doubts(commitment), *_marks(commitment)]
            ),
            commitment.indicator or "",
            wording.value(commitment.target),
            _when(commitment),
            wording.units(commitment),
            _basis(commitment),
        )
        table.add(*cells)
    return table


def _change_table(comparison: Comparison, changes: Iterable[Change]) -> Grid:
    table = Grid(("序", 4), ("变化", 8), ("事项", 20), ("说明", 0), ("原依据", 14), ("新依据", 8))
    several = len(comparison.priors) > 1
    for number, change in enumerate(changes, start=1):
        about = change.new or change.prior
        prior = prior_of(change, comparison) if several else None
        before = [wording.short_title(prior)] if prior and change.prior else []
        cells = (
            str(number),
            "\n".join([*(label.zh for label in labels.labels(change)), *_grave(change)]),
            wording.shorten(wording.name(about), 36) if about else "",
            "\n".join(_said(change)),
            "\n".join([*before, _basis(change.prior)] if change.prior else ["—"]),
            _basis(change.new) if change.new else "—",
        )
        table.add(*cells)
    return table


def _grave(change: Change) -> Iterator[str]:
    if change.severity is Severity.GRAVE:
        yield f"（{wording.SEVERITIES[change.severity]}）"


def _said(change: Change) -> Iterator[str]:
    """What became of it; its name, and 新增 or 不再提及, stand in columns of their own."""
    only = change.prior if change.new is None else change.new if change.prior is None else None
    if only is None:
        yield from wording.sentences(change)
    else:
        yield from filter(None, (wording.terms(only), wording.units(only)))
    for side, commitment in (("原", change.prior), ("新", change.new)):
        for doubt in commitment.doubts if commitment else ():
            yield f"存疑（{side}）：{doubt}"
    if marked := marks.of_change(change):
        yield f"人工（{marked}）"


def _when(commitment: Commitment) -> str:
    """The deadline as written, and the day it means under it."""
    deadline = commitment.deadline
    due = deadline.end.isoformat() if deadline and deadline.end else ""
    return "\n".join(part for part in (wording.deadline(deadline), due) if part)


def _basis(commitment: Commitment) -> str:
    """Page and confidence."""
    return f"{wording.place(commitment.evidence) or '无页码'}\n把握{commitment.confidence:.0%}"


def _doubts(commitment: Commitment) -> Iterator[str]:
    return (f"存疑：{doubt}" for doubt in commitment.doubts)


def _marks(commitment: Commitment) -> Iterator[str]:
    return (f"人工：{marks.sentence(mark)}" for mark in commitment.marks)


def _heading(document: Document) -> str:
    header = document.official
    issued = wording.day(header.date_of_issue) if header.date_of_issue else ""
    details = [header.document_number or "", "、".join(header.issuers), issued]
    shown = " · ".join(detail for detail in details if detail)
    return f"{wording.title(document)}（{shown}）" if shown else wording.title(document)


def _is_carried(change: Change) -> bool:
    return labels.labels(change) == (labels.Label.CARRIED_OVER,)


def rendered(parts: Iterable[str | Grid], width: int | None) -> bytes:
    """Lines and tables, as wide as the terminal."""
    room = width or min(max(shutil.get_terminal_size((_USUAL, 24)).columns, _NARROWEST), _WIDEST)
    lines: list[str] = []
    for part in parts:
        lines += wrap(printable(part), room) if isinstance(part, str) else part.lines(room)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")

"""DOCX as an office circulates it: 新旧对照表 with old, new, what changed and the evidence of both;
the ledger as a table. What differs is struck out on the old side and underlined on the new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model.change import Change, Comparison
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document
from outputs import labels, marks, wording
from outputs.counts import ComparisonCounts, LedgerCounts
from outputs.exports.docx_parts import Cell, Paper, Paragraph, Run
from outputs.records import Links, prior_of
from outputs.reports.page import ChangeView, Side, report

_CHANGE_HEADS = (("序号", 5), ("原文件", 26), ("新文件", 26), ("变化", 16), ("依据", 27))
_LEDGER_HEADS = (
    ("序号", 5),
    ("任务", 28),
    ("指标", 11),
    ("目标值", 10),
    ("完成时限", 11),
    ("责任单位", 15),
    ("依据", 20),
)
_READING = "不再提及：新文件中未找到对应内容，不等于明文取消。"


def comparisons(comparisons: Sequence[Comparison], *, links: Links | None = None) -> bytes:
    """One table for each document that was compared."""
    paper = Paper("新旧对照表")
    for comparison in comparisons:
        for prior in comparison.priors:
            paper.line(f"原文件：{_called(prior)}")
        paper.line(f"新文件：{_called(comparison.new)}")
        paper.line(ComparisonCounts.of(comparison).zh)
        paper.table(_CHANGE_HEADS, _change_rows(comparison, links))
    paper.line(_READING if comparisons else "没有可比对的文件。")
    return paper.bytes()


def ledgers(ledgers: Sequence[Ledger], *, links: Links | None = None) -> bytes:
    """One table for each document."""
    paper = Paper("目标任务台账")
    for ledger in ledgers:
        paper.heading(_called(ledger.document))
        paper.line(LedgerCounts.of(ledger).zh)
        rows = enumerate(ledger.commitments, start=1)
        paper.table(
            _LEDGER_HEADS, (_ledger_row(n, each, ledger.document, links) for n, each in rows)
        )
    if not ledgers:
        paper.line("没有符合条件的任务。")
    return paper.bytes()


def _change_rows(comparison: Comparison, links: Links | None) -> Iterator[Sequence[Cell]]:
    """Heads of groups go over all columns."""
    changes = labels.by_weight(comparison.changes)
    for group in report(comparison, links).groups:
        yield ([[Run(f"{group.title}（{len(group.changes)} 项）")]],)
        for view in group.changes:
            change = changes[view.number - 1]
            yield (
                _lines(str(view.number)),
                _side(view.prior, "原文件中未找到对应内容", old=True),
                _side(view.new, "新文件中未找到对应内容", old=False),
                list(_what(view)),
                list(_basis(change, comparison, view.link)),
            )


def _side(side: Side | None, absent: str, *, old: bool) -> Cell:
    if side is None:
        return _lines(absent)
    text = [
        Run(piece.text, struck=old and piece.differs, underlined=not old and piece.differs)
        for piece in side.quote
    ]
    doubts = [f"存疑：{doubt}" for doubt in side.doubts]
    marked = [f"人工审核：{side.marks}"] if side.marks else []
    return [text, *_lines(*doubts, *marked)]


def _what(view: ChangeView) -> Iterator[Paragraph]:
    words = "、".join(label.zh for label in view.labels)
    yield [Run(f"{words}（{view.severity}）" if view.severity else words, bold=True)]
    yield [Run(view.name)]
    yield from _lines(*view.sentences, *([view.place] if view.place else []))


def _basis(change: Change, comparison: Comparison, address: str) -> Iterator[Paragraph]:
    """Both quotations with document and page."""
    if change.prior:
        yield from _quoted("原", change.prior, prior_of(change, comparison))
    if change.new:
        yield from _quoted("新", change.new, comparison.new)
    if address:
        yield [Run("查看原页", address=address)]


def _ledger_row(
    number: int, commitment: Commitment, document: Document, links: Links | None
) -> Sequence[Cell]:
    basis = list(_quoted("", commitment, None))
    if links:
        basis.append([Run("查看原页", address=links.row(commitment))])
    notes = [f"存疑：{doubt}" for doubt in commitment.doubts]
    notes += [f"人工审核：{marks.of(commitment)}"] if commitment.marks else []
    return (
        _lines(str(number)),
        _lines(wording.one_line(commitment.task), *notes),
        _lines(commitment.indicator or commitment.action or ""),
        _lines(wording.value(commitment.target)),
        _lines(wording.deadline(commitment.deadline)),
        _lines(wording.units(commitment)),
        basis,
    )


def _quoted(side: str, commitment: Commitment, document: Document | None) -> Iterator[Paragraph]:
    """原：《云政〔2021〕18号》第4页, and below it what stands there."""
    title = f"《{wording.short_title(document)}》" if document else ""
    place = f"{title}{wording.place(commitment.evidence)}"
    head = "：".join(part for part in (side, place) if part)
    if head:
        yield [Run(head, bold=True)]
    yield [Run(wording.one_line(commitment.evidence.quote))]


def _called(document: Document) -> str:
    header = document.official
    issued = wording.day(header.date_of_issue) if header.date_of_issue else ""
    details = "，".join(part for part in (header.document_number or "", issued) if part)
    title = wording.title(document)
    return f"{title}（{details}）" if details else title


def _lines(*texts: str) -> list[Paragraph]:
    return [[Run(text)] for text in texts]

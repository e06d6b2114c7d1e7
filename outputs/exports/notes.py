"""What the sheet 说明 says: 标题, 文号, 来源文件, SHA-256, how many rows, how to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from corpus.model.document import Document, TextSource
from outputs import wording
from outputs.counts import ComparisonCounts, LedgerCounts
from outputs.records import Cell


@dataclass(frozen=True, slots=True)
class Note:
    """One line: 文号 | 河政〔2021〕5号."""

    name: str
    value: Cell


_READING = (
    Note("“（上文）”", "完成时限或责任单位不在本条原文中，由所在章节的总起句规定。"),
    Note("界限", "“左右”为约数；“不低于”“不超过”含本数，“超过”“低于”不含本数。"),
    Note("把握程度", "抽取结果的置信度，100%为最高；“存疑”一栏列明需要人工核对之处。"),
    Note("空白", "原文未写明的内容留空，不作推测。"),
)

_READING_CHANGES = (
    Note("不再提及", "新文件中未找到对应内容，不等于原文件明文取消。"),
    Note("列入对照", "只被引用而未被替代的原文件，其中没有对应内容的任务不列入。"),
    Note("一项多行", "一项任务有几处变化就占几行，“序号”相同的是同一项。"),
    Note("延续", "目标值、完成时限、责任单位均未变；文字、编号、位置可能不同。"),
)


def of_ledgers(ledgers: Sequence[Ledger]) -> Iterator[Note]:
    """Each document's header fields and counts, then how to read the rows."""
    for ledger in ledgers:
        yield from _document(ledger.document)
        yield Note("任务统计", LedgerCounts.of(ledger).zh)
    yield from _READING


def of_comparisons(comparisons: Sequence[Comparison]) -> Iterator[Note]:
    """Both sides of each comparison, the counts as sums, then how to read the rows."""
    for comparison in comparisons:
        for prior in comparison.priors:
            yield Note("原文件", wording.short_title(prior))
            yield from _document(prior)
        yield Note("新文件", wording.short_title(comparison.new))
        yield from _document(comparison.new)
        counts = ComparisonCounts.of(comparison)
        yield Note("变化统计", counts.zh)
        by_label = "、".join(f"{label.zh} {count}" for label, count in counts.by_label)
        yield Note("按类型（可重叠）", by_label)
    yield from _READING_CHANGES


def of_documents(documents: Sequence[Document]) -> Iterator[Note]:
    """How many documents there are."""
    yield Note("文件数", len(documents))
    for document in documents:
        yield from _document(document)


def _document(document: Document) -> Iterator[Note]:
    header = document.official
    yield Note("标题", wording.title(document))
    fields: tuple[tuple[str, Cell], ...] = (
        ("文号", header.document_number),
        ("发文机关", "、".join(header.issuers)),
        ("主送机关", "、".join(header.main_recipients)),
        ("成文日期", header.date_of_issue),
        ("印发日期", header.date_printed),
        ("附件", "；".join(header.annexes)),
        ("抄送", "、".join(header.copied_to)),
        ("来源文件", document.provenance.source),
        ("SHA-256", document.provenance.sha256),
        ("页数", max(1, len(document.pages))),
        ("光学识别的页", _pages(p.number for p in document.pages if p.source is TextSource.OCR)),
        ("未能读出的页", _pages(page.number for page in document.pages if page.failure)),
    )
    for name, value in fields:
        if value not in (None, ""):
            yield Note(name, value)


def _pages(numbers: Iterator[int]) -> str:
    return "、".join(str(number) for number in numbers)

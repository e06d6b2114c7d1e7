"""What new rules or another model made of the library (重新抽取报告): rows found now, found no
longer, read otherwise, each with both readings and its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.model.commitment import Commitment
from corpus.rereading import Difference, Reextraction, Rereading, RereadKind
from outputs import contract, wording
from outputs.exports import listing
from outputs.exports.listing import Listing
from outputs.exports.notes import Note
from outputs.records import Column

KINDS = {
    RereadKind.FOUND: "新抽出",
    RereadKind.LOST: "不再抽出",
    RereadKind.OTHERWISE: "读法不同",
}
_FIELDS = {
    "task": "任务",
    "indicator": "指标",
    "action": "举措",
    "target": "目标值",
    "deadline": "完成时限",
    "responsible_units": "责任单位",
    "section": "章节",
    "doubts": "存疑",
}


@dataclass(frozen=True, slots=True)
class _Row:
    reading: Rereading
    difference: Difference

    @property
    def side(self) -> Commitment:
        """The row as it is, or as it was where it is no more."""
        found = self.difference.after or self.difference.before
        if found is None:
            raise ValueError("a difference without a row")
        return found


def table(report: Reextraction) -> bytes:
    """For the terminal."""
    return listing.table(_listing(report))


def html(report: Reextraction) -> bytes:
    """As a page."""
    from outputs.reports.listing import page

    return page(_listing(report))


def csv(report: Reextraction) -> bytes:
    """All columns."""
    return listing.csv(_listing(report))


def xlsx(report: Reextraction) -> bytes:
    """On one sheet."""
    return listing.xlsx(_listing(report))


def json(report: Reextraction) -> bytes:
    """Both readings of every row that differs."""
    from outputs.exports.json import encode

    return encode(
        {
            "schema": "taizhang/re-extraction/1",
            "started": report.started.isoformat(),
            "finished": report.finished.isoformat(),
            "version": report.version,
            "dry_run": report.dry,
            "documents": report.documents,
            "failed": [{"source": f.source, "reason": f.reason} for f in report.failed],
            "rereadings": [_reading(each) for each in report.rereadings],
        }
    )


def _reading(reading: Rereading) -> contract.Json:
    return {
        "document_id": reading.document_id,
        "source": reading.source,
        "title": reading.title,
        "version_before": reading.version_before,
        "same_text": reading.same_text,
        "same": reading.same,
        "confidence_only": reading.confidence_only,
        "differences": [
            {
                "kind": each.kind.value,
                "fields": list(each.fields),
                "before": contract.commitment(each.before) if each.before else None,
                "after": contract.commitment(each.after) if each.after else None,
            }
            for each in reading.differences
        ],
    }


def _said(commitment: Commitment | None, fields: tuple[str, ...]) -> str:
    """The fields that differ, or what is most of a row."""
    if commitment is None:
        return "（无）"
    words = {
        "task": wording.one_line(commitment.task),
        "indicator": commitment.indicator or "",
        "action": commitment.action or "",
        "target": wording.value(commitment.target),
        "deadline": wording.deadline(commitment.deadline),
        "responsible_units": wording.units(commitment),
        "section": " / ".join(commitment.section),
        "doubts": "；".join(commitment.doubts),
    }
    shown = fields or ("indicator", "target", "deadline", "responsible_units")
    return "\n".join(
        f"{_FIELDS[name]}：{words[name] or '（无）'}" for name in shown if fields or words[name]
    )


COLUMNS: tuple[Column[_Row], ...] = (
    Column("文件", 30, lambda row: row.reading.title or row.reading.source),
    Column("变化", 10, lambda row: KINDS[row.difference.kind]),
    Column("字段", 14, lambda row: "、".join(_FIELDS[name] for name in row.difference.fields)),
    Column("原读法", 36, lambda row: _said(row.difference.before, row.difference.fields)),
    Column("新读法", 36, lambda row: _said(row.difference.after, row.difference.fields)),
    Column("原文", 40, lambda row: wording.one_line(row.side.evidence.quote)),
    Column("页码", 6, lambda row: wording.page(row.side.evidence)),
    Column("原文未变", 8, lambda row: "是" if row.reading.same_text else "否"),
    Column("原版本", 20, lambda row: row.reading.version_before),
    Column("文件名", 24, lambda row: row.reading.source),
)
_NARROW = (("文件", 24), ("变化", 8), ("字段", 10), ("原读法", 30), ("新读法", 0))
_NOTES = (
    Note(
        "重新抽取",
        "差别来自规则或模型的更新，不是文件内容的变化；“原文未变”为“否”的，解析结果也有不同。",
    ),
    Note("置信度", "只有置信度不同的任务不列出，只计数。"),
)


def _listing(report: Reextraction) -> Listing:
    rows = [_Row(reading, each) for reading in report.rereadings for each in reading.differences]
    counts = Counter(row.difference.kind for row in rows)
    told = "，".join(f"{KINDS[kind]} {counts[kind]}" for kind in KINDS)
    same = sum(each.same for each in report.rereadings)
    confidence = sum(each.confidence_only for each in report.rereadings)
    failed = [f"未能重读 {each.source}：{each.reason}" for each in report.failed]
    return Listing(
        title=f"重新抽取报告{'（试算，未保存 dry run）' if report.dry else ''}：{report.version}",
        lead=(
            f"受影响的文件 {report.documents} 份 = 已重读 {len(report.rereadings)}"
            f" + 未能重读 {len(report.failed)}"
            f" | {report.documents} documents concerned = {len(report.rereadings)} read anew"
            f" + {len(report.failed)} failed",
            f"任务：未变 {same}（其中仅置信度不同 {confidence}），{told}",
            *failed,
        ),
        columns=COLUMNS,
        rows=rows,
        narrow=_NARROW,
        empty="没有差别 (no difference)",
        notes=_NOTES,
        doubtful=lambda row: not row.reading.same_text,
    )

"""Up and down (上下级对照): each indicator of the superior documents, and what the lower one
makes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.compare.levels import Level, Levels, Verdict
from corpus.model.change import Change, ChangeKind
from corpus.model.commitment import Commitment
from corpus.model.document import Document
from outputs import contract, wording
from outputs.exports import listing
from outputs.exports.listing import Listing
from outputs.exports.notes import Note
from outputs.records import Column

VERDICTS = {
    Verdict.WEAKER: "更松",
    Verdict.MISSING: "未提及",
    Verdict.INCOMPARABLE: "不能直接比较",
    Verdict.STRICTER: "更严",
    Verdict.EQUAL: "一致",
}


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    level: Level
    lower: Document


def table(levels: Levels) -> bytes:
    """For the terminal."""
    return listing.table(_listing(levels))


def html(levels: Levels) -> bytes:
    """As a page."""
    from outputs.reports.listing import page

    return page(_listing(levels))


def csv(levels: Levels) -> bytes:
    """All columns."""
    return listing.csv(_listing(levels))


def xlsx(levels: Levels) -> bytes:
    """On one sheet."""
    return listing.xlsx(_listing(levels))


def json(levels: Levels) -> bytes:
    """Both sides of every row as in a ledger."""
    from outputs.exports.json import encode

    return encode(
        {
            "schema": "taizhang/levels/1",
            "superior": [contract.document(each) for each in levels.superiors],
            "lower": contract.document(levels.lower),
            "rows": [_level(row) for row in levels.rows],
        }
    )


def _level(row: Level) -> contract.Json:
    return {
        "verdict": row.verdict.value,
        "superior_document": row.document.id,
        "superior": contract.commitment(row.superior),
        "lower": None if row.lower is None else contract.commitment(row.lower),
        "flags": [contract.flag(each) for each in row.flags],
        "reason": row.reason,
        "similarity": row.similarity,
        "doubtful": row.doubtful,
    }


def _said(row: _Row) -> str:
    level = row.level
    change = Change(ChangeKind.CHANGED, level.flags, level.superior, level.lower)
    sentences = [wording.sentence(flag, change) for flag in level.flags]
    return "；".join([*filter(None, (level.reason,)), *sentences])


def _asked(commitment: Commitment | None) -> str:
    return wording.terms(commitment) if commitment else ""


def _quote(commitment: Commitment | None) -> str:
    return wording.one_line(commitment.evidence.quote) if commitment else ""


def _page(commitment: Commitment | None) -> int | None:
    return wording.page(commitment.evidence) if commitment else None


def _doubts(row: _Row) -> str:
    sides = (("上级", row.level.superior), ("下级", row.level.lower))
    return "；".join(f"{side}：{doubt}" for side, c in sides if c for doubt in c.doubts)


COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 5, lambda row: row.number),
    Column("上级文件", 18, lambda row: wording.short_title(row.level.document)),
    Column("上级指标", 22, lambda row: wording.name(row.level.superior)),
    Column("上级要求", 18, lambda row: _asked(row.level.superior)),
    Column("下级结论", 8, lambda row: VERDICTS[row.level.verdict]),
    Column("下级指标", 22, lambda row: wording.name(row.level.lower) if row.level.lower else ""),
    Column("下级要求", 18, lambda row: _asked(row.level.lower)),
    Column("差别", 30, _said),
    Column("上级原文", 30, lambda row: _quote(row.level.superior)),
    Column("上级页码", 6, lambda row: _page(row.level.superior)),
    Column("下级原文", 30, lambda row: _quote(row.level.lower)),
    Column("下级页码", 6, lambda row: _page(row.level.lower)),
    Column("存疑", 16, _doubts),
)
_NARROW = (
    ("上级文件", 18), ("上级指标", 20), ("上级要求", 16), ("下级结论", 8), ("下级要求", 16),
    ("差别", 0),
)  # fmt: skip
_NOTES = (
    Note("未提及", "下级文件中没有找到对应内容，不等于不执行。"),
    Note(
        "不能直接比较",
        "省、市各自的总量，或计量单位、口径不同；比例、时限、每县每校的要求才直接比较。",
    ),
    Note("更松", "有一处要求低于上级的，整项列为更松。"),
)


def _listing(levels: Levels) -> Listing:
    order = tuple(VERDICTS)
    ranked = sorted(levels.rows, key=lambda row: order.index(row.verdict))
    counts = Counter(row.verdict for row in levels.rows)
    summary = " + ".join(f"{VERDICTS[verdict]} {counts[verdict]}" for verdict in VERDICTS)
    return Listing(
        title=f"上下级对照：{wording.title(levels.lower)}",
        lead=(
            *(f"上级文件：{wording.title(each)}" for each in levels.superiors),
            f"上级指标 {len(levels.rows)} 项 = {summary}",
        ),
        columns=COLUMNS,
        rows=[_Row(number, row, levels.lower) for number, row in enumerate(ranked, start=1)],
        narrow=_NARROW,
        empty="上级文件中没有可对照的指标 (nothing to compare)",
        notes=_NOTES,
        doubtful=lambda row: row.level.doubtful,
    )

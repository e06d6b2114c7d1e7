"""A document against itself (一致性检查): two statements, what differs, where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model.change import ChangedField
from corpus.model.consistency import Inconsistency, InconsistencyKind
from corpus.model.document import Document, Evidence
from outputs import contract, wording
from outputs.exports import listing
from outputs.exports.listing import Listing
from outputs.exports.notes import Note
from outputs.records import Column

KINDS = {
    InconsistencyKind.BODY_AND_ANNEX: "正文与附件不一",
    InconsistencyKind.WORDING: "正文与附件措辞不同",
    InconsistencyKind.EARLIER_AND_LATER: "前后数值不一",
    InconsistencyKind.TOTAL_AND_PARTS: "合计与分项不符",
    InconsistencyKind.DEADLINE_PASSED: "时限早于成文日期",
    InconsistencyKind.UNKNOWN_UNIT: "单位不在登记库",
    InconsistencyKind.TWO_LEADS: "牵头单位不止一个",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One document and what was found in it."""

    document: Document
    found: tuple[Inconsistency, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    found: Inconsistency


def table(checked: Checked) -> bytes:
    """For the terminal."""
    return listing.table(_listing(checked))


def html(checked: Checked) -> bytes:
    """As a page."""
    from outputs.reports.listing import page

    return page(_listing(checked))


def csv(checked: Checked) -> bytes:
    """All columns."""
    return listing.csv(_listing(checked))


def xlsx(checked: Checked) -> bytes:
    """On one sheet."""
    return listing.xlsx(_listing(checked))


def json(checked: Checked) -> bytes:
    """Both statements with their evidence."""
    from outputs.exports.json import encode

    return encode(
        {
            "schema": "taizhang/check/1",
            "document": contract.document(checked.document),
            "inconsistencies": [_inconsistency(each) for each in checked.found],
        }
    )


def _inconsistency(each: Inconsistency) -> contract.Json:
    return {
        "kind": each.kind.value,
        "severity": each.severity.name.lower(),
        "about": each.about,
        "field": each.field,
        "said": list(each.said),
        "effect": each.effect.value,
        "first": contract.evidence(each.first),
        "second": contract.evidence(each.second) if each.second else None,
        "doubt": each.doubt,
    }


def _field(row: _Row) -> str:
    return wording.FIELDS[ChangedField(row.found.field)] if row.found.field else ""


def _quote(evidence: Evidence | None) -> str:
    return wording.one_line(evidence.quote) if evidence else ""


def _page(evidence: Evidence | None) -> int | None:
    return wording.page(evidence) if evidence else None


COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 5, lambda row: row.number),
    Column("问题", 16, lambda row: KINDS[row.found.kind]),
    Column("严重程度", 6, lambda row: wording.SEVERITIES[row.found.severity]),
    Column("事项", 26, lambda row: wording.shorten(row.found.about, 60)),
    Column("字段", 9, _field),
    Column("一处", 16, lambda row: row.found.said[0] or "（无）"),
    Column("另一处", 16, lambda row: row.found.said[1] or "（无）"),
    Column("一处原文", 36, lambda row: _quote(row.found.first)),
    Column("一处页码", 6, lambda row: _page(row.found.first)),
    Column("另一处原文", 36, lambda row: _quote(row.found.second)),
    Column("另一处页码", 6, lambda row: _page(row.found.second)),
    Column("存疑", 20, lambda row: row.found.doubt or ""),
)
_NARROW = (("问题", 18), ("严重程度", 8), ("事项", 0), ("一处", 16), ("另一处", 16), ("存疑", 16))
_NOTES = (
    Note("检查结果", "供人核对：列出的两处各有原文；没有列出不等于没有问题。"),
    Note("措辞", "只比较逗号之间的语句内部；语句首尾的增减和虚词不计。"),
)


def _listing(checked: Checked) -> Listing:
    counts = Counter(each.kind for each in checked.found)
    summary = "，".join(f"{KINDS[kind]} {counts[kind]}" for kind in KINDS if counts[kind])
    return Listing(
        title=f"一致性检查：{wording.title(checked.document)}",
        lead=(f"共 {len(checked.found)} 处：{summary}" if summary else "共 0 处",),
        columns=COLUMNS,
        rows=[_Row(number, each) for number, each in enumerate(checked.found, start=1)],
        narrow=_NARROW,
        empty="没有发现不一致之处 (nothing found)",
        notes=_NOTES,
        doubtful=lambda row: row.found.doubt is not None,
    )


def of(document: Document, found: Sequence[Inconsistency]) -> Checked:
    """What the exporters take."""
    return Checked(document, tuple(found))

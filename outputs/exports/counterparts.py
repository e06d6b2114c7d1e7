"""同类承诺: what other documents of the library say of what this one promises, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.compare.changes import changes
from corpus.compare.counterparts import Counterpart, Counterparts, Source
from corpus.model.change import ChangeKind
from corpus.model.commitment import Commitment
from outputs import contract, wording
from outputs.exports import listing
from outputs.exports.listing import Listing
from outputs.exports.notes import Note
from outputs.records import Column


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    commitment: Commitment
    found: Counterpart
    source: Source


def table(found: Counterparts) -> bytes:
    """For the terminal."""
    return listing.table(_listing(found))


def html(found: Counterparts) -> bytes:
    """The table."""
    from outputs.reports.listing import page

    return page(_listing(found))


def csv(found: Counterparts) -> bytes:
    """All columns."""
    return listing.csv(_listing(found))


def xlsx(found: Counterparts) -> bytes:
    """On one sheet."""
    return listing.xlsx(_listing(found))


def json(found: Counterparts) -> bytes:
    """Every commitment of the document, those that nobody else has with an empty list."""
    from outputs.exports.json import encode

    return encode(
        {
            "schema": "taizhang/counterparts/1",
            "document": contract.document(found.document),
            "sources": [_source(source) for source in found.sources.values()],
            "commitments": [
                {
                    "commitment": contract.commitment(commitment),
                    "counterparts": [
                        {
                            "document": each.other.evidence.document_id,
                            "commitment": contract.commitment(each.other),
                            "similarity": each.similarity,
                        }
                        for each in others
                    ],
                }
                for commitment, others in found.rows
            ],
        }
    )


def _source(source: Source) -> contract.Json:
    return {
        "id": source.document_id,
        "source": source.source,
        "title": source.title,
        "document_number": source.document_number,
        "issuers": list(source.issuers),
        "date_of_issue": source.issued.isoformat() if source.issued else None,
    }


def _rows(found: Counterparts) -> Iterator[_Row]:
    pairs = ((commitment, each) for commitment, others in found.rows for each in others)
    for number, (commitment, each) in enumerate(pairs, start=1):
        yield _Row(number, commitment, each, found.sources[each.other.evidence.document_id])


def _against(row: _Row) -> str:
    """What this document says otherwise than the other one."""
    change = changes(row.found.other, row.commitment, row.found.similarity)
    if change.kind is ChangeKind.CARRIED_OVER:
        return "一致"
    return "；".join(wording.sentences(change))


def _doubts(row: _Row) -> str:
    return "；".join(dict.fromkeys((*row.commitment.doubts, *row.found.other.doubts)))


COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 5, lambda row: row.number),
    Column("本文件指标", 24, lambda row: wording.name(row.commitment)),
    Column("本文件目标值", 14, lambda row: wording.value(row.commitment.target)),
    Column("本文件完成时限", 14, lambda row: wording.deadline(row.commitment.deadline)),
    Column("本文件页码", 8, lambda row: wording.page(row.commitment.evidence)),
    Column("文件", 34, lambda row: row.source.title or row.source.source),
    Column("文号", 18, lambda row: row.source.document_number),
    Column("日期", 12, lambda row: row.source.issued),
    Column("指标", 24, lambda row: wording.name(row.found.other)),
    Column("目标值", 14, lambda row: wording.value(row.found.other.target)),
    Column("完成时限", 14, lambda row: wording.deadline(row.found.other.deadline)),
    Column("责任单位", 24, lambda row: wording.units(row.found.other)),
    Column("本文件与之相比", 34, _against),
    Column("相似度", 7, lambda row: row.found.similarity),
    Column("原文依据", 36, lambda row: wording.one_line(row.found.other.evidence.quote)),
    Column("页码", 5, lambda row: wording.page(row.found.other.evidence)),
    Column("存疑", 14, _doubts),
)
_NARROW = (
    ("本文件指标", 18), ("本文件目标值", 12), ("文件", 0), ("日期", 10), ("目标值", 12),
    ("完成时限", 12), ("本文件与之相比", 26),
)  # fmt: skip
_NOTES = (
    Note(
        "同类承诺",
        "按意思查找：指标、任务、计量单位、责任单位综合相似；同一文件的副本不列。"
        "库中很多文件都有的指标，只列最相近的一部分，全部见 taizhang history。",
    ),
    Note("本文件与之相比", "以列出的文件为原、本文件为新；两级文件的总量本来就不同。"),
)


def _listing(found: Counterparts) -> Listing:
    told = sum(1 for _, others in found.rows if others)
    return Listing(
        title=f"同类承诺：{wording.title(found.document)}",
        lead=(
            f"共 {len(found.rows)} 条承诺，其中 {told} 条在库中另外 {len(found.sources)} 份文件里"
            "有同类承诺",
        ),
        columns=COLUMNS,
        rows=list(_rows(found)),
        narrow=_NARROW,
        empty="库中没有同类承诺 (no other document says the same)",
        notes=_NOTES,
        doubtful=lambda row: bool(_doubts(row)),
    )

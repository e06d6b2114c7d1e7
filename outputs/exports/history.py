"""One indicator over the library (指标沿革), as table and, in HTML, as a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from corpus.compare.history import History, Point
from corpus.model.quantity import Target
from outputs import contract, wording
from outputs.exports import listing
from outputs.exports.listing import Listing
from outputs.exports.notes import Note
from outputs.records import Column
from outputs.reports.drawing import Mark, Series, chart


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    point: Point


def table(history: History) -> bytes:
    """For the terminal."""
    return listing.table(_listing(history))


def html(history: History) -> bytes:
    """The chart, with the table below."""
    from outputs.reports.listing import page

    return page(_listing(history))


def csv(history: History) -> bytes:
    """All columns."""
    return listing.csv(_listing(history))


def xlsx(history: History) -> bytes:
    """On one sheet."""
    return listing.xlsx(_listing(history))


def json(history: History) -> bytes:
    """Every point as in a ledger, with its document."""
    from outputs.exports.json import encode

    return encode(
        {
            "schema": "taizhang/history/1",
            "indicator": history.indicator,
            "points": [
                {
                    "date": point.when.isoformat() if point.when else None,
                    "document": contract.document(point.document),
                    "commitment": contract.commitment(point.commitment),
                    "likeness": point.likeness,
                }
                for point in history.points
            ],
        }
    )


def _due(row: _Row) -> date | None:
    deadline = row.point.commitment.deadline
    return deadline.end if deadline else None


COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 5, lambda row: row.number),
    Column("日期", 12, lambda row: row.point.when),
    Column("文件", 34, lambda row: wording.title(row.point.document)),
    Column("文号", 18, lambda row: row.point.document.official.document_number),
    Column("指标", 24, lambda row: row.point.commitment.indicator),
    Column("目标值", 14, lambda row: wording.value(row.point.commitment.target)),
    Column("界限", 7, lambda row: wording.bound(row.point.commitment.target)),
    Column("完成时限", 14, lambda row: wording.deadline(row.point.commitment.deadline)),
    Column("截止日期", 12, _due),
    Column("责任单位", 24, lambda row: wording.units(row.point.commitment)),
    Column("原文依据", 36, lambda r: wording.one_line(r.point.commitment.evidence.quote)),
    Column("页码", 5, lambda row: wording.page(row.point.commitment.evidence)),
    Column("存疑", 14, lambda row: "；".join(row.point.commitment.doubts)),
)
_NARROW = (
    ("日期", 10), ("文件", 0), ("指标", 20), ("目标值", 14), ("界限", 6), ("完成时限", 14),
    ("责任单位", 20),
)  # fmt: skip
_NOTES = (
    Note(
        "同一指标",
        "按意思归并：高水平中等职业学校、省级高水平中职学校是同一指标；高职、国家级是另一指标。",
    ),
    Note("日期", "成文日期；没有的按文号或标题中的年份。"),
)


def _listing(history: History) -> Listing:
    documents = {point.document.id for point in history.points}
    return Listing(
        title=f"指标沿革：{history.indicator}",
        lead=(f"共 {len(documents)} 份文件、{len(history.points)} 处",),
        columns=COLUMNS,
        rows=[_Row(number, point) for number, point in enumerate(history.points, start=1)],
        narrow=_NARROW,
        empty="库中没有这个指标 (no such indicator)",
        notes=_NOTES,
        figure=_figure(history),
        doubtful=lambda row: bool(row.point.commitment.doubts),
    )


def _figure(history: History) -> Markup:
    """A chart for each measure word and place: a province's number and a city's are no trend. What
    has no date or no number is only in the table."""
    series: list[tuple[str, frozenset[str], str, dict[tuple[str, str], Mark]]] = []
    for point in history.points:
        target = point.commitment.target
        if target is None or point.when is None:
            continue
        unit, issuers = target.quantity.unit, point.document.official.issuers
        places = frozenset(issuer[:2] for issuer in issuers)
        known = next(
            (s for s in series if s[0] == unit and (s[1] & places or s[1] == places)), None
        )
        if known is None:
            known = (unit, places, "、".join(issuers), {})
            series.append(known)
        mark = _mark(point, target, point.when)
        # Said twice in one document it is one point.
        known[3].setdefault((mark.label, mark.text), mark)
    drawn = [
        Series(f"{unit}，{names}" if names else unit, tuple(marks.values()))
        for unit, _, names, marks in series
    ]
    return chart(history.indicator, drawn)


def _mark(point: Point, target: Target, when: date) -> Mark:
    middle = (target.quantity.low + target.quantity.high) / 2
    label = point.document.official.document_number or str(when.year)
    text = wording.measured(target)
    return Mark(
        label, when.toordinal(), float(middle), text, target.low is None, target.high is None
    )

"""文件沿革: what a work supersedes, continues, issues or cites, and what does so to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from corpus.model.lineage import Edition, Lineage, Link, RelationKind, Resolved, Work
from outputs import contract, wording
from outputs.exports import listing
from outputs.exports.listing import Listing
from outputs.exports.notes import Note
from outputs.records import Column
from outputs.reports.drawing import Edge, Node, graph

KINDS = {
    RelationKind.SUPERSEDES: "替代",
    RelationKind.REPEALS: "废止",
    RelationKind.AMENDS: "修改",
    RelationKind.CORRECTS: "更正",
    RelationKind.CONTINUES: "接续",
    RelationKind.FINALISES: "定稿",
    RelationKind.ISSUES: "印发",
    RelationKind.FORWARDS: "转发",
    RelationKind.BASED_ON: "依据",
    RelationKind.IMPLEMENTS: "贯彻落实",
    RelationKind.CITES: "引用",
}
EDITIONS = {Edition.DRAFT: "征求意见稿", Edition.TRIAL: "试行", Edition.FINAL: "正式文件"}
_FOUND = {
    Resolved.NUMBER: "文号相同",
    Resolved.TITLE: "标题相同",
    Resolved.NUMBER_MISREAD: "文号差一字",
    Resolved.TITLE_MISREAD: "标题相近",
    Resolved.SERIES: "按标题和日期推定",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One relation, seen from the work that was asked for."""

    number: int
    link: Link
    forward: bool
    other: Work | None
    lineage: Lineage


def table(lineage: Lineage) -> bytes:
    """For the terminal."""
    return listing.table(_listing(lineage))


def html(lineage: Lineage) -> bytes:
    """Drawn, with the table below."""
    from outputs.reports.listing import page

    return page(_listing(lineage))


def csv(lineage: Lineage) -> bytes:
    """All columns."""
    return listing.csv(_listing(lineage))


def xlsx(lineage: Lineage) -> bytes:
    """On one sheet."""
    return listing.xlsx(_listing(lineage))


def json(lineage: Lineage) -> bytes:
    """Works and links by their ids."""
    from outputs.exports.json import encode

    return encode(
        {
            "schema": "taizhang/lineage/1",
            "about": lineage.about,
            "works": [_work(work, lineage) for work in lineage.works],
            "links": [_link(link) for link in lineage.links],
        }
    )


def _work(work: Work, lineage: Lineage) -> contract.Json:
    return {
        "id": work.id,
        "documents": list(work.documents),
        "sources": list(work.sources),
        "title": work.title,
        "document_number": work.document_number,
        "issued": work.issued.isoformat() if work.issued else None,
        "edition": work.edition.value,
        "repealed": lineage.repealed(work.id),
    }


def _link(link: Link) -> contract.Json:
    return {
        "kind": link.kind.value,
        "source": link.source,
        "target": link.target,
        "title": link.title,
        "document_number": link.document_number,
        "resolved": link.resolved.value if link.resolved else None,
        "evidence": contract.evidence(link.evidence) if link.evidence else None,
        "doubt": link.doubt,
    }


def _rows(lineage: Lineage) -> Iterator[_Row]:
    order = {kind: place for place, kind in enumerate(RelationKind)}
    links = sorted(lineage.links, key=lambda each: (each.source != lineage.about, order[each.kind]))
    works = {work.id: work for work in lineage.works}
    for number, link in enumerate(links, start=1):
        forward = link.source == lineage.about or lineage.about not in (link.source, link.target)
        other = link.target if forward else link.source
        yield _Row(number, link, forward, works.get(other or ""), lineage)


def _subject(row: _Row) -> str:
    """The work that the sentence is about, where that isn't the one asked for."""
    if row.link.source == row.lineage.about:
        return "本文件"
    return _called(row.lineage.work(row.link.source))


def _object(row: _Row) -> str:
    link = row.link
    if link.target == link.source:
        return f"{link.title or ''}（本文件所附）"
    if link.target == row.lineage.about:
        return "本文件"
    if link.target is None:
        return link.title or ""
    return _called(row.lineage.work(link.target))


def _called(work: Work) -> str:
    return work.title or work.document_number or work.id


def _number(row: _Row) -> str:
    work = row.other
    return (work.document_number if work else None) or row.link.document_number or ""


def _where(row: _Row) -> str:
    if row.link.target is None:
        return "库中没有"
    return _FOUND[row.link.resolved] if row.link.resolved else ""


def _issued(row: _Row) -> date | None:
    return row.other.issued if row.other else None


_COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 5, lambda row: row.number),
    Column("主文件", 30, _subject),
    Column("关系", 8, lambda row: KINDS[row.link.kind]),
    Column("对应文件", 40, _object),
    Column("对应文号", 18, _number),
    Column("对应日期", 12, _issued),
    Column("查找方式", 12, _where),
    Column(
        "原文", 40, lambda r: wording.one_line(r.link.evidence.quote) if r.link.evidence else ""
    ),
    Column("存疑", 24, lambda row: row.link.doubt or ""),
)
COLUMNS = _COLUMNS
_NARROW = (
    ("主文件", 24),
    ("关系", 8),
    ("对应文件", 0),
    ("对应文号", 20),
    ("查找方式", 10),
    ("存疑", 20),
)
_NOTES = (
    Note("库中没有", "文件提到了它，但它没有入库。"),
    Note(
        "按标题和日期推定", "文件本身没有写明，由同名规划的时期或征求意见稿与正式文件的先后得出。"
    ),
)


def _listing(lineage: Lineage) -> Listing:
    about = lineage.work(lineage.about) if lineage.about else None
    return Listing(
        title=f"文件沿革：{_called(about)}" if about else "文件沿革",
        lead=tuple(_lead(about, lineage)) if about else (),
        columns=_COLUMNS,
        rows=list(_rows(lineage)),
        narrow=_NARROW,
        empty="没有找到与其他文件的关系 (no relations)",
        notes=_NOTES,
        figure=_figure(lineage),
        doubtful=lambda row: row.link.doubt is not None,
    )


def _lead(work: Work, lineage: Lineage) -> Iterator[str]:
    details = [
        work.document_number or "",
        wording.day(work.issued) if work.issued else "",
        EDITIONS[work.edition],
        "库中有文件替代或废止它" if lineage.repealed(work.id) else "",
    ]
    yield " · ".join(detail for detail in details if detail)
    if len(work.documents) > 1:
        yield f"同一文件的副本 {len(work.documents)} 份：{'、'.join(work.sources)}"


def _figure(lineage: Lineage) -> Markup:
    """Works by year from left to right; what the library lacks is only in the table."""
    years = sorted({work.issued.year if work.issued else 0 for work in lineage.works})
    rows = dict.fromkeys(years, 0)
    nodes = []
    for work in lineage.works:
        year = work.issued.year if work.issued else 0
        lines = (
            wording.shorten(_called(work), 14),
            work.document_number or EDITIONS[work.edition],
            wording.day(work.issued) if work.issued else "日期未识别",
        )
        marked = work.id == lineage.about
        nodes.append(Node(work.id, lines, years.index(year), rows[year], marked))
        rows[year] += 1
    edges = [
        Edge(link.source, link.target, KINDS[link.kind], link.evidence is None)
        for link in lineage.links
        if link.target is not None and link.target != link.source
    ]
    return graph("文件沿革图", nodes, edges)

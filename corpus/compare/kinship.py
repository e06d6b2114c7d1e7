"""The graph of a library (文件沿革): every work with what it supersedes, continues, issues, cites.

What a document says of another comes with its words as evidence; what follows from titles and
dates alone (“十三五” plan → “十四五” plan, draft → final text) says that it was concluded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.compare.catalogue import Catalogue, Found, read_number
from corpus.compare.fold import letters
from corpus.compare.naming import namings
from corpus.compare.titles import own_title, plan_name
from corpus.model.document import Document
from corpus.model.lineage import Edition, Lineage, Link, Naming, RelationKind, Resolved, Work

_ADJUSTED = ("调整", "修编", "修订", "修正")
# Along these a work is followed to its earlier and later versions, however many there are.
VERSIONS = frozenset(
    {
        RelationKind.SUPERSEDES,
        RelationKind.CONTINUES,
        RelationKind.FINALISES,
        RelationKind.AMENDS,
        RelationKind.CORRECTS,
    }
)
_SHORTEST = 4


def kinship(documents: Iterable[Document], works: Sequence[Work]) -> Lineage:
    """All relations of a library whose documents have been put together in ``works``."""
    known = {document.id: document for document in documents}
    catalogue = Catalogue(known.values())
    home = {copy: work.id for work in works for copy in work.documents}
    said: dict[tuple[str, str | None, str], Link] = {}
    for work in works:
        for copy in work.documents:
            for link in _said(work, known[copy], catalogue, home):
                said.setdefault((work.id, link.target, _name(link)), link)
    return Lineage(tuple(works), tuple(_with_concluded([*said.values()], works)))


def _with_concluded(said: Sequence[Link], works: Sequence[Work]) -> Iterator[Link]:
    """What is concluded takes the place of a mere citation, whose words it keeps as evidence."""
    known: dict[tuple[str, str | None], Link] = {
        (link.source, link.target): link for link in said if link.target is not None
    }
    instead: dict[tuple[str, str | None], Link] = {}
    for link in _concluded(works):
        pair = (link.source, link.target)
        citation = known.get(pair)
        if citation is None:
            instead[pair] = link
        elif citation.kind is RelationKind.CITES:
            instead[pair] = replace(citation, kind=link.kind, doubt=link.doubt or citation.doubt)
    yield from (link for link in said if (link.source, link.target) not in instead)
    yield from instead.values()


def around(lineage: Lineage, work_id: str) -> Lineage:
    """The versions of one work, and what these name or are named by; the rest left out."""
    versions = {work_id}
    waiting = [work_id]
    while waiting:
        here = waiting.pop()
        for link in lineage.links:
            if link.kind in VERSIONS and here in (link.source, link.target):
                other = link.target if link.source == here else link.source
                if other is not None and other not in versions:
                    versions.add(other)
                    waiting.append(other)
    kept = [
        link
        for link in lineage.links
        if work_id in (link.source, link.target)
        or (link.kind in VERSIONS and {link.source, link.target} <= versions)
    ]
    ids = versions | {each for link in kept for each in (link.source, link.target) if each}
    return Lineage(tuple(w for w in lineage.works if w.id in ids), tuple(kept), work_id)


def _said(
    work: Work, document: Document, catalogue: Catalogue, home: dict[str, str]
) -> Iterator[Link]:
    own = read_number(document.official.document_number)
    for naming in namings(document):
        if _is_own_number(naming, own):
            continue
        found = catalogue.find(naming.title, naming.document_number)
        target = _target(found, home)
        if target == work.id and naming.kind is not RelationKind.ISSUES:
            continue
        yield _link(work, naming, found, target)


def _link(work: Work, naming: Naming, found: Sequence[Found], target: str | None) -> Link:
    first = found[0] if found and target else None
    return Link(
        naming.kind,
        work.id,
        target,
        naming.title,
        naming.document_number,
        first.resolved if first else None,
        naming.evidence,
        first.doubt if first else None,
    )


def _target(found: Sequence[Found], home: dict[str, str]) -> str | None:
    """The one work that all found documents are copies of."""
    works = {home[each.document_id] for each in found}
    return works.pop() if len(works) == 1 else None


def _is_own_number(naming: Naming, own: object) -> bool:
    """The number in the head of the document itself, words before its code included."""
    if naming.title is not None or own is None:
        return False
    number = read_number(naming.document_number)
    read = read_number(str(own))
    if number is None or read is None:
        return False
    same = (number.year, number.serial) == (read.year, read.serial)
    return same and number.issuer_code.endswith(read.issuer_code)


def _name(link: Link) -> str:
    """One link for each work that is named; what the library lacks is told apart by its name."""
    return "" if link.target else letters(link.title or link.document_number or "")


def _concluded(works: Sequence[Work]) -> Iterator[Link]:
    """From titles and dates: the next period of a plan, the final text of a draft."""
    series: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        name = plan_name(work.title or "").name
        if len(name) >= _SHORTEST:
            series[name].append(work)
    for group in series.values():
        yield from _finalised(group)
        yield from _continued([work for work in group if work.edition is not Edition.DRAFT])


def _finalised(group: Sequence[Work]) -> Iterator[Link]:
    for draft in (work for work in group if work.edition is Edition.DRAFT):
        period = plan_name(draft.title or "").period
        final = [
            work
            for work in group
            if work.edition is not Edition.DRAFT
            and plan_name(work.title or "").period == period
            and not _before(work, draft)
        ]
        if final:
            yield _conclusion(RelationKind.FINALISES, min(final, key=_when), draft)


def _continued(group: Sequence[Work]) -> Iterator[Link]:
    """Each with the one right before it: “十四五” with “十三五”, not with “十二五”."""
    ordered = sorted(group, key=_when)
    for before, after in pairwise(ordered):
        earlier, later = (plan_name(work.title or "").period for work in (before, after))
        if earlier is not None and later is not None and earlier < later:
            adjusted = any(word in own_title(after.title or "") for word in _ADJUSTED)
            kind = RelationKind.AMENDS if adjusted else RelationKind.CONTINUES
            yield _conclusion(kind, after, before)
        elif earlier == later and _before(before, after):
            doubt = "标题相同而日期在后，文件本身没有写明替代"
            yield _conclusion(RelationKind.SUPERSEDES, after, before, doubt)


def _when(work: Work) -> tuple[int, int]:
    day = work.issued.toordinal() if work.issued else 0
    return plan_name(work.title or "").period or 0, day


def _before(first: Work, second: Work) -> bool:
    return first.issued is not None and second.issued is not None and first.issued < second.issued


def _conclusion(kind: RelationKind, source: Work, target: Work, doubt: str | None = None) -> Link:
    return Link(
        kind, source.id, target.id, target.title, target.document_number,
        Resolved.SERIES, None, doubt,
    )  # fmt: skip

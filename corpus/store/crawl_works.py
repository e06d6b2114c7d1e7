"""What a crawl knows of relations: an article and its annexes are one work and never prior to each
other, and what stands at an address today is a new version of what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.store.crawl import origin, together, versions
from corpus.store.schema import DocumentRow


def placed(
    session: Session, document_id: str, others: Sequence[str], found: Sequence[Related]
) -> list[Related]:
    """The relations ``found`` by reading, set right by what is known of where files come from."""
    own = _sha256(session, document_id)
    if own is None or origin(session, own) is None:
        return list(found)
    held = versions(session, own)
    by_version = {
        other: held.index(sha256) for other in others if (sha256 := _sha256(session, other)) in held
    }
    kept = [each for each in found if not _of_one_work(session, each)]
    return list(_as_versions(document_id, held.index(own), by_version, kept))


def _as_versions(
    document_id: str, place: int, others: dict[str, int], found: Sequence[Related]
) -> Iterator[Related]:
    """Versions of one page follow each other, the later one after the earlier."""
    for each in found:
        pair = {each.relation.document_id, each.relation.prior_id}
        if not pair & others.keys():
            yield each
    told = {
        frozenset((each.relation.document_id, each.relation.prior_id)): each.relation
        for each in found
    }
    for other, at in others.items():
        # Only neighbours: the third version is compared with the second.
        if abs(at - place) == 1:
            new, prior = (document_id, other) if at < place else (other, document_id)
            known = told.get(frozenset((new, prior)))
            rule, score = (known.rule, known.score) if known else ("given", 1.0)
            yield Related(Relation(new, prior, rule, score), same_work=False)


def _of_one_work(session: Session, related: Related) -> bool:
    """Parts of one work; the same text as page and as PDF is a copy and stays one."""
    if related.same_work:
        return False
    shas = [_sha256(session, each) for each in (related.relation.document_id,
                                                related.relation.prior_id)]  # fmt: skip
    found = [origin(session, sha256) for sha256 in shas if sha256]
    first, second = found if len(found) == 2 else (None, None)
    return first is not None and second is not None and together(session, first, second)


def _sha256(session: Session, document_id: str) -> str | None:
    return session.scalars(select(DocumentRow.sha256).where(DocumentRow.id == document_id)).first()

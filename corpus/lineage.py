"""Which documents of a library stand against which (文件沿革): one comparison a work, not a file.

Of 001.txt and 001.pdf, copies of one plan, the first to come stands against last year's plan, and
the other only against the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.compare.family import find_priors
from corpus.model.change import Relation
from corpus.model.commitment import Ledger
from corpus.works import same_work


@dataclass(frozen=True, slots=True)
class Related:
    """A relation, and whether both documents are copies of one work."""

    relation: Relation
    same_work: bool


@dataclass(frozen=True, slots=True)
class Pairing:
    """What one document is to be compared with: its priors, or with ``copies`` one copy of it."""

    relations: tuple[Relation, ...]
    copies: bool


def relate(first: Ledger, second: Ledger) -> Related | None:
    """Which of two is the prior of the other, if either is.

    Dates and citations decide; where they don't, ``first`` is the one that came first.
    """
    forward = find_priors(second, [first])
    backward = find_priors(first, [second])
    if not forward and not backward:
        return None
    if not backward or (forward and forward[0].score >= backward[0].score):
        return Related(forward[0], same_work(forward[0], first.document, second.document))
    return Related(backward[0], same_work(backward[0], second.document, first.document))


def pair(document_id: str, family: Mapping[str, Sequence[Related]]) -> Pairing | None:
    """What a document is compared with, given its relations and those of its priors, by id."""
    own = family[document_id]
    copies = [each.relation for each in own if each.same_work]
    if copies:
        originals = [copy for copy in copies if not _copied(copy.prior_id, family)]
        return Pairing(((originals or copies)[0],), copies=True)
    priors = {each.relation.prior_id for each in own}
    kept = tuple(
        each.relation for each in own if not _copied(each.relation.prior_id, family) & priors
    )
    return Pairing(kept, copies=False) if kept else None


def _copied(document_id: str, family: Mapping[str, Sequence[Related]]) -> set[str]:
    """The documents that this one is a copy of."""
    return {each.relation.prior_id for each in family.get(document_id, ()) if each.same_work}

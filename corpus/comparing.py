"""Comparing documents of a library as their ledgers stand after the review: where 70所 was
corrected to 80所, last year's 70所 was raised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from corpus.compare import compare
from corpus.compare.family import succeeded
from corpus.lineage import Pairing, pair
from corpus.store.records import Compared
from corpus.store.store import Store
from corpus.works import doubted

_KEPT = 64  # of those read last, for the earlier versions that several documents share


def pairing_of(store: Store, document_id: str) -> Pairing | None:
    """What a document is to be compared with, by the relations that are known."""
    own = store.relations(document_id)
    family = {each.relation.prior_id: store.relations(each.relation.prior_id) for each in own}
    return pair(document_id, {**family, document_id: own})


def compared(store: Store, document_id: str, pairing: Pairing) -> Compared:
    """The comparison, made of what stands now."""
    priors = [relation.prior_id for relation in pairing.relations]
    # Asked first: a decision made meanwhile is a reason to compare once more, never one missed.
    decided = store.corrected.decided(document_id, *priors)
    comparison = compare(
        [store.corrected.ledger(prior) for prior in priors],
        store.corrected.ledger(document_id),
        dropped_from=succeeded(pairing.relations),
    )
    made = doubted(comparison) if pairing.copies else comparison
    return Compared(made, pairing.copies, decided)


def comparisons(store: Store) -> Callable[[str], list[Compared]]:
    """Reads those of a document: as they are kept, or made anew, without being kept, where a person
    has decided about either side since."""
    outdated = store.corrected.outdated()

    @lru_cache(_KEPT)
    def of(document_id: str) -> list[Compared]:
        if document_id in outdated:
            return _anew(store, document_id)
        return store.comparisons(document_id)

    return of


def renew(store: Store) -> list[str]:
    """Compare anew whatever was compared before the newest decisions; the documents it was."""
    outdated = store.corrected.outdated().items()
    return [document_id for document_id, kept in outdated if renew_one(store, document_id, kept)]


def renew_one(store: Store, document_id: str, kept: Sequence[int]) -> bool:
    """Put a new comparison in the place of those that were ``kept``; False where a run has done so
    meanwhile."""
    return store.corrected.compared(document_id, _anew(store, document_id), instead_of=kept)


def _anew(store: Store, document_id: str) -> list[Compared]:
    pairing = pairing_of(store, document_id)
    return [compared(store, document_id, pairing)] if pairing else []

"""What changed between documents: which are the prior ones (family), which commitments are the
same (align), what became of each (changes). Pure functions; text positions are never looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.compare.align import AlignOptions, Pair, align, assign
from corpus.compare.changes import added, changes, dropped
from corpus.compare.dates import dated
from corpus.model.change import Change, Comparison
from corpus.model.commitment import Commitment, Ledger

__all__ = ["AlignOptions", "Pair", "align", "changes", "compare"]


def compare(
    priors: Sequence[Ledger],
    new: Ledger,
    *,
    dropped_from: Collection[str] | None = None,
    options: AlignOptions | None = None,
) -> Comparison:
    """Every commitment of ``new`` beside its counterpart, in its order; then what was dropped.

    With several priors a commitment stands beside the most alike of its counterparts, and of
    equals beside the latest. ``dropped_from`` holds the ids of the priors that ``new`` succeeds,
    whose missing commitments are reported as dropped; None means all of them. A document that is
    only cited is not succeeded.
    """
    best: dict[int, Pair] = {}
    gone: list[Change] = []
    for prior in sorted(priors, key=lambda ledger: dated(ledger.document), reverse=True):
        places = assign(prior.commitments, new.commitments, options)
        for i, j, similarity in places:
            if j not in best or similarity > best[j].similarity:
                best[j] = Pair(prior.commitments[i], new.commitments[j], similarity)
        if dropped_from is None or prior.document.id in dropped_from:
            kept = {i for i, _, _ in places}
            gone += [dropped(c) for i, c in enumerate(prior.commitments) if i not in kept]
    found = [_became(best.get(j), commitment) for j, commitment in enumerate(new.commitments)]
    return Comparison(tuple(prior.document for prior in priors), new.document, (*found, *gone))


def _became(pair: Pair | None, commitment: Commitment) -> Change:
    if pair is None:
        return added(commitment)
    return changes(pair.before, pair.after, pair.similarity)

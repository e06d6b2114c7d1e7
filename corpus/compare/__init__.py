"""What changed between documents: which are the prior ones (family), which commitments are the
same (align), what became of each (changes). Pure functions; text positions are never looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from corpus.compare.align import AlignOptions, Pair, align, assign, similarity_of
from corpus.compare.changes import added, changes, dropped, part_of
from corpus.compare.dates import dated
from corpus.compare.splits import splits
from corpus.model.change import Change, ChangeForm, Comparison
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
    only cited is not succeeded: what it does not say is neither dropped nor, where no prior is
    succeeded, added.
    """
    best: dict[int, Pair] = {}
    grouped: dict[int, list[Change]] = {}
    gone: list[Change] = []
    for prior in sorted(priors, key=lambda ledger: dated(ledger.document), reverse=True):
        places = assign(prior.commitments, new.commitments, options)
        for i, j, similarity in places:
            if j not in best or similarity > best[j].similarity:
                best[j] = Pair(prior.commitments[i], new.commitments[j], similarity)
        kept = {i for i, _, _ in places}
        for group in _groups(prior, new, {i: j for i, j, _ in places}):
            if not any(j in grouped for _, j, _ in group):
                kept |= {i for i, _, _ in group}
                for _, j, change in group:
                    grouped.setdefault(j, []).append(change)
        if dropped_from is None or prior.document.id in dropped_from:
            gone += [dropped(c) for i, c in enumerate(prior.commitments) if i not in kept]
    succeeds = dropped_from is None or any(p.document.id in dropped_from for p in priors)
    found = [
        change
        for j, commitment in enumerate(new.commitments)
        if succeeds or j in grouped or j in best
        for change in grouped.get(j) or [_became(best.get(j), commitment)]
    ]
    return Comparison(tuple(prior.document for prior in priors), new.document, (*found, *gone))


_Group = list[tuple[int, int, Change]]


def _groups(prior: Ledger, new: Ledger, paired: dict[int, int]) -> Iterator[_Group]:
    """Split and merged commitments, each part as (place in prior, place in new, what became)."""
    before, after = prior.commitments, new.commitments
    for split in splits(before, after, paired):
        yield [
            (split.whole, j, _part(before[split.whole], after[j], before[split.whole], _SPLIT))
            for j in split.parts
        ]
    for merged in splits(after, before, {j: i for i, j in paired.items()}):
        yield [
            (i, merged.whole, _part(before[i], after[merged.whole], after[merged.whole], _MERGED))
            for i in merged.parts
        ]


_SPLIT, _MERGED = ChangeForm.SPLIT, ChangeForm.MERGED


def _part(before: Commitment, after: Commitment, whole: Commitment, form: ChangeForm) -> Change:
    similarity = similarity_of(before, after)
    return part_of(before, after, similarity, form=form, whole=whole.id)


def _became(pair: Pair | None, commitment: Commitment) -> Change:
    if pair is None:
        return added(commitment)
    return changes(pair.before, pair.after, pair.similarity)

"""The deadline that was first set stays in sight: 到2022年, put off to 2023, then to 2025."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.model.change import Change, Comparison, OriginalDeadline
from corpus.model.commitment import Commitment


def with_originals(comparison: Comparison, earlier: Iterable[Comparison]) -> Comparison:
    """Each change with the deadline that the first version set, where that is neither the new one
    nor the one right before. ``earlier`` are the comparisons of the prior documents with theirs.
    """
    before: dict[tuple[str, str], Change] = {}
    for each in earlier:
        for change in each.changes:
            if change.prior is not None and change.new is not None:
                before.setdefault(_key(change.new), change)
    changes = tuple(_with_original(change, before) for change in comparison.changes)
    return replace(comparison, changes=changes)


def _with_original(change: Change, before: dict[tuple[str, str], Change]) -> Change:
    if change.prior is None:
        return change
    versions = [*_versions(change.prior, before), *([change.new] if change.new else [])]
    dated = [each for each in versions if each.deadline is not None and each.deadline.end]
    if len(dated) < 2 or dated[0].deadline is None:
        return change
    ends = [each.deadline.end for each in dated if each.deadline]
    slips = sum(a != b for a, b in pairwise(ends))
    first = dated[0]
    if slips == 0 or first is change.prior:
        return change
    original = OriginalDeadline(dated[0].deadline, first.evidence.document_id, slips)
    return replace(change, original=original)


def _versions(
    commitment: Commitment, before: dict[tuple[str, str], Change]
) -> Iterator[Commitment]:
    """The commitment in every earlier document, the first version first."""
    chain = [commitment]
    seen = {_key(commitment)}
    while (change := before.get(_key(chain[-1]))) is not None and change.prior is not None:
        if _key(change.prior) in seen:
            break
        seen.add(_key(change.prior))
        chain.append(change.prior)
    yield from reversed(chain)


def _key(commitment: Commitment) -> tuple[str, str]:
    return commitment.evidence.document_id, commitment.id

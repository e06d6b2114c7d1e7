"""Copies of one work: 001.txt and 001.pdf hold the same plan, so neither is news to the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.compare.dates import is_later
from corpus.compare.fold import letters
from corpus.model.change import Change, ChangeKind, Comparison, Relation
from corpus.model.commitment import Commitment
from corpus.model.document import BlockKind, Document

_SAME = frozenset({"same_number", "same_title"})


@dataclass(frozen=True, slots=True)
class WorkOptions:
    """``share`` of the shorter text's pairs of letters must stand in the other.

    A bad reading of the same print keeps more than nine tenths; the plans of two years less.
    """

    share: float = 0.85


def same_work(
    relation: Relation, prior: Document, new: Document, *, options: WorkOptions | None = None
) -> bool:
    """True where both have one number or title, no two dates, and very much the same text."""
    if relation.rule not in _SAME or is_later(new, prior) or is_later(prior, new):
        return False
    before, after = _pairs(prior), _pairs(new)
    fewest = min(len(before), len(after))
    return bool(fewest) and len(before & after) / fewest >= (options or WorkOptions()).share


def doubted(comparison: Comparison) -> Comparison:
    """What differs between copies says so: it is for a person to look at both."""
    doubt = _doubt(comparison)
    changes = tuple(
        change if change.kind is ChangeKind.CARRIED_OVER else _doubted(change, doubt)
        for change in comparison.changes
    )
    return replace(comparison, changes=changes)


def nothing_changed(comparison: Comparison) -> bool:
    """True where every commitment was carried over."""
    return all(change.kind is ChangeKind.CARRIED_OVER for change in comparison.changes)


def _doubt(comparison: Comparison) -> str:
    texts = {_text(document) for document in (*comparison.priors, comparison.new)}
    if len(texts) == 1:
        return "同一文件的两份副本文字相同而读出的结果不同，请对照原文核实"
    return "同一文号或标题的两份文件文字不同，请核实以哪一份为准"


def _doubted(change: Change, doubt: str) -> Change:
    return replace(change, prior=_with(change.prior, doubt), new=_with(change.new, doubt))


def _with(commitment: Commitment | None, doubt: str) -> Commitment | None:
    return commitment and replace(commitment, doubts=(*commitment.doubts, doubt))


def _text(document: Document) -> str:
    """The letters alone, page numbers and site navigation left out."""
    if not document.blocks:
        return letters(document.text)
    return "".join(
        letters(document.text[block.span.start : block.span.end])
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    )


def _pairs(document: Document) -> set[str]:
    text = _text(document)
    return {text[i : i + 2] for i in range(len(text) - 1)}

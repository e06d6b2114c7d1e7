"""Copies of one work: 001.txt and 001.pdf hold the same plan, so neither is news to the other.

Copies are known by their number or title, or, where a scan has lost both, by their text alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.compare.catalogue import read_number
from corpus.compare.dates import dated, is_later
from corpus.compare.editions import edition_of
from corpus.compare.fold import letters
from corpus.compare.sketch import held, near, sketch
from corpus.compare.titles import own_title
from corpus.model.change import Change, ChangeKind, Comparison, Relation
from corpus.model.commitment import Commitment
from corpus.model.document import BlockKind, Document
from corpus.model.lineage import Edition, Work

_SAME = frozenset({"same_number", "same_title"})


@dataclass(frozen=True, slots=True)
class WorkOptions:
    """``share`` of the shorter text's pairs of letters must stand in the other.

    A bad reading of the same print keeps more than nine tenths; the plans of two years less.
    """

    share: float = 0.85
    # Where neither number nor title says so (a title page is lost), ``alone`` of the shorter
    # text's five-letter pieces must stand in the other, which is at most twice as long.
    alone: float = 0.7


def same_work(
    relation: Relation, prior: Document, new: Document, *, options: WorkOptions | None = None
) -> bool:
    """True where both have one number or title, no two dates, and very much the same text; where a
    copy has lost both, so that only its commitments are alike, by the text alone."""
    if relation.rule not in _SAME and relation.rule != "alike":
        return False
    texts = {prior.id: text_of(prior), new.id: text_of(new)}
    return _is_copy(prior, new, texts, options or WorkOptions())


def works(documents: Iterable[Document], *, options: WorkOptions | None = None) -> tuple[Work, ...]:
    """The documents put together work by work, the earliest issued first.

    Only those that share a number, a title or much of their text are compared with each other.
    """
    options = options or WorkOptions()
    known = {document.id: document for document in documents}
    texts = {each: text_of(document) for each, document in known.items()}
    home = {each: each for each in known}

    def root(document_id: str) -> str:
        while home[document_id] != document_id:
            document_id = home[document_id]
        return document_id

    for first, second in _likely(known, texts):
        if root(first) != root(second) and _is_copy(known[first], known[second], texts, options):
            home[root(second)] = root(first)
    groups: dict[str, list[Document]] = {}
    for document in known.values():
        groups.setdefault(root(document.id), []).append(document)
    made = [_work(group) for group in groups.values()]
    return tuple(sorted(made, key=lambda work: (work.issued or date.max, work.id)))


def _likely(known: dict[str, Document], texts: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Pairs that may be copies: neighbours under one number or title, and near texts."""
    keyed: dict[object, list[str]] = {}
    for document in known.values():
        number = read_number(document.official.document_number)
        title = letters(own_title(document.official.title or ""))
        for key in (number, title or None):
            if key is not None:
                keyed.setdefault(key, []).append(document.id)
    pairs = {(a, b) for ids in keyed.values() for i, a in enumerate(ids) for b in ids[i + 1 :]}
    pairs |= set(near({each: sketch(text) for each, text in texts.items()}))
    return sorted(pairs)


def _is_copy(
    first: Document, second: Document, texts: dict[str, str], options: WorkOptions
) -> bool:
    """A draft and its final text are two works, and so are the plans of two dates."""
    if is_later(first, second) or is_later(second, first):
        return False
    drafts = [edition_of(each) is Edition.DRAFT for each in (first, second)]
    numbers = [read_number(each.official.document_number) for each in (first, second)]
    if drafts[0] != drafts[1]:
        return False
    named = _same_name(first, second, numbers)
    if None not in numbers and numbers[0] != numbers[1] and not named:
        return False
    shorter, longer = sorted((texts[first.id], texts[second.id]), key=len)
    if named:
        own = _letter_pairs(shorter)
        return bool(own) and len(own & _letter_pairs(longer)) / len(own) >= options.share
    return 2 * len(shorter) >= len(longer) > 0 and held(shorter, longer) >= options.alone


def _same_name(first: Document, second: Document, numbers: Sequence[object]) -> bool:
    if numbers[0] is not None and numbers[0] == numbers[1]:
        return True
    titles = [letters(own_title(each.official.title or "")) for each in (first, second)]
    return bool(titles[0]) and titles[0] == titles[1]


def _work(copies: list[Document]) -> Work:
    """Named after the copy that tells most of itself: one with a number, with a date, by name."""
    copies.sort(
        key=lambda each: (
            each.official.document_number is None,
            each.official.date_of_issue is None,
            each.provenance.source,
        )
    )
    best = copies[0].official
    days = [each.official.date_of_issue or each.official.date_printed for each in copies]
    issued = next((day for day in days if day is not None), None)
    year = dated(copies[0])[0]
    return Work(
        copies[0].id,
        tuple(each.id for each in copies),
        tuple(each.provenance.source for each in copies),
        best.title,
        best.document_number,
        issued or (date(year, 1, 1) if year else None),
        edition_of(copies[0]),
    )


def doubted(comparison: Comparison) -> Comparison:
    """What differs between copies says so: it is for a person to look at both."""
    doubt = _doubt(comparison)
    changes = tuple(
        change if change.kind is ChangeKind.CARRIED_OVER else _doubted(change, doubt)
        for change in comparison.changes
    )
    return replace(comparison, changes=changes)


def tells_nothing(comparison: Comparison, *, copies: bool) -> bool:
    """True for copies of one work that agree, and for documents that share no commitment."""
    return not comparison.changes or (copies and nothing_changed(comparison))


def nothing_changed(comparison: Comparison) -> bool:
    """True where every commitment was carried over."""
    return all(change.kind is ChangeKind.CARRIED_OVER for change in comparison.changes)


def _doubt(comparison: Comparison) -> str:
    texts = {text_of(document) for document in (*comparison.priors, comparison.new)}
    if len(texts) == 1:
        return "同一文件的两份副本文字相同而读出的结果不同，请对照原文核实"
    return "同一文号或标题的两份文件文字不同，请核实以哪一份为准"


def _doubted(change: Change, doubt: str) -> Change:
    return replace(change, prior=_with(change.prior, doubt), new=_with(change.new, doubt))


def _with(commitment: Commitment | None, doubt: str) -> Commitment | None:
    return commitment and replace(commitment, doubts=(*commitment.doubts, doubt))


def text_of(document: Document) -> str:
    """The letters alone, page numbers and site navigation left out."""
    if not document.blocks:
        return letters(document.text)
    return "".join(
        letters(document.text[block.span.start : block.span.end])
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    )


def _letter_pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}

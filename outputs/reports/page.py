"""What the change report shows, as data: the template's contract.

Groups run from what asks less than before (降低、推迟、不再提及) to what is carried over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model.change import Change, ChangedField, ChangeForm, Comparison, Severity
from corpus.model.commitment import Commitment
from corpus.model.document import Document
from outputs import labels, marks, wording
from outputs.counts import ComparisonCounts
from outputs.labels import Label
from outputs.records import Links, prior_of
from outputs.reports.marking import Pieces, mark, plain


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """The head of one side: 标题, 文号, 发文机关, 成文日期, 来源."""

    side: str
    title: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One field: 目标值 | 70所左右; ``differs`` where the other side has something else."""

    name: str
    value: str
    note: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row with its evidence. Marked is the sentence that states it; the whole
    quotation only where what changed stands outside of that sentence, in the bracket that closes
    the paragraph or in the sentence that opens it."""

    quote: Pieces
    context: str
    document: str
    page: str
    section: tuple[str, ...]
    details: tuple[Detail, ...]
    confidence: str
    doubts: tuple[str, ...]
    marks: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One row; ``link`` is where both sides can be seen as printed."""

    number: int
    labels: tuple[Label, ...]
    fields: tuple[ChangedField, ...]
    name: str
    sentences: tuple[str, ...]
    severity: str
    place: str
    doubtful: bool
    prior: Side | None
    new: Side | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of like weight under one heading; ``folded`` for those that did not change."""

    title: str
    changes: tuple[ChangeView, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One button: what it keeps and how many rows that is."""

    value: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """One comparison."""

    documents: tuple[DocumentCard, ...]
    counts: ComparisonCounts
    kinds: tuple[Filter, ...]
    fields: tuple[Filter, ...]
    groups: tuple[Group, ...]


_TURNED = frozenset(
    {Label.REASSIGNED, Label.REBASED, Label.REWORDED, Label.SPLIT, Label.MERGED},
)
_GROUPS: tuple[tuple[str, frozenset[Label]], ...] = (
    (
        "降低、放宽、推迟或不再提及",
        frozenset(
            {Label.LOWERED, Label.LOOSENED, Label.POSTPONED, Label.UNSET, Label.DROPPED},
        ),
    ),
    (
        "提高、收紧、提前或新设",
        frozenset({Label.RAISED, Label.TIGHTENED, Label.BROUGHT_FORWARD, Label.SET}),
    ),
    ("责任、口径、表述调整或拆分合并", _TURNED),
    ("新增", frozenset({Label.ADDED})),
    ("延续（未变）", frozenset({Label.CARRIED_OVER})),
)


def report(comparison: Comparison, links: Links | None = None) -> ReportView:
    """Everything that the page of one comparison says."""
    counts = ComparisonCounts.of(comparison)
    return ReportView(
        documents=tuple(_cards(comparison)),
        counts=counts,
        kinds=tuple(Filter(label.value, label.zh, n) for label, n in counts.by_label),
        fields=tuple(_field_filters(comparison.changes)),
        groups=tuple(_groups(comparison, links)),
    )


def _cards(comparison: Comparison) -> Iterator[DocumentCard]:
    several = len(comparison.priors) > 1
    for number, prior in enumerate(comparison.priors, start=1):
        yield _card(f"原文件{number}" if several else "原文件", prior)
    yield _card("新文件", comparison.new)


def _card(side: str, document: Document) -> DocumentCard:
    header = document.official
    issued = wording.day(header.date_of_issue) if header.date_of_issue else ""
    details = (
        ("文号", header.document_number or "未识别"),
        ("发文机关", "、".join(header.issuers) or "未识别"),
        ("成文日期", issued or "未识别"),
        ("来源", document.provenance.source),
    )
    return DocumentCard(side, wording.title(document), details)


def _field_filters(changes: Sequence[Change]) -> Iterator[Filter]:
    found = Counter(field for change in changes for field in {f.field for f in change.flags})
    for field in ChangedField:
        if found[field]:
            yield Filter(field.value, wording.FIELDS[field], found[field])


def _groups(comparison: Comparison, links: Links | None) -> Iterator[Group]:
    views = [
        _view(number, change, _source(change, comparison), _link(change, comparison, links))
        for number, change in enumerate(labels.by_weight(comparison.changes), start=1)
    ]
    for title, members in _GROUPS:
        inside = tuple(view for view in views if view.labels[0] in members)
        # What did not change is no news, unless it is all there is.
        folded = Label.CARRIED_OVER in members and len(inside) < len(views)
        if inside:
            yield Group(title, inside, folded=folded)


def view(change: Change) -> ChangeView:
    """One change of a list that names the documents itself."""
    return _view(1, change, "", "")


def _view(number: int, change: Change, source: str, link: str) -> ChangeView:
    prior, new = _sides(change, source)
    about = change.new or change.prior
    return ChangeView(
        number=number,
        labels=labels.labels(change),
        fields=tuple(dict.fromkeys(flag.field for flag in change.flags)),
        name=wording.name(about) if about else "",
        sentences=_sentences(change),
        severity=_severity(change),
        place=wording.PLACES[change.place],
        doubtful=change.doubtful,
        prior=prior,
        new=new,
        link=link,
    )


def _source(change: Change, comparison: Comparison) -> str:
    """Which of several prior documents a change is against."""
    source = prior_of(change, comparison) if len(comparison.priors) > 1 else None
    return wording.short_title(source) if source else ""


def _link(change: Change, comparison: Comparison, links: Links | None) -> str:
    return links.change(change, comparison.new) if links else ""


def _sentences(change: Change) -> tuple[str, ...]:
    """What the labels and both sides don't say already."""
    more = change.flags or change.original or change.form is not ChangeForm.ONE_TO_ONE
    return tuple(wording.sentences(change)) if more else ()


def _severity(change: Change) -> str:
    grave = change.severity >= Severity.SERIOUS
    return wording.SEVERITIES[change.severity] if grave else ""


def _sides(change: Change, document: str) -> tuple[Side | None, Side | None]:
    """Both sides, marked against each other where there are two."""
    prior, new = change.prior, change.new
    if prior is None or new is None:
        return _alone(prior, document), _alone(new, "")
    texts = _texts(change, prior, new)
    quotes = mark(*texts)
    return (
        _side(prior, new, quotes[0], document),
        _side(new, prior, quotes[1], ""),
    )


def _texts(change: Change, prior: Commitment, new: Commitment) -> tuple[str, str]:
    """What is marked on either side: both sentences, or both quotations."""
    fields = {flag.field for flag in change.flags}
    outside = ChangedField.UNITS in fields or (
        ChangedField.DEADLINE in fields and not (_says_when(prior) and _says_when(new))
    )
    if outside:
        return _quote(prior), _quote(new)
    return _sentence(prior), _sentence(new)


def _says_when(commitment: Commitment) -> bool:
    deadline = commitment.deadline
    return deadline is None or deadline.raw in "".join(_sentence(commitment).split())


def _alone(commitment: Commitment | None, document: str) -> Side | None:
    if commitment is None:
        return None
    return _side(commitment, None, plain(_sentence(commitment)), document)


def _side(commitment: Commitment, other: Commitment | None, quote: Pieces, document: str) -> Side:
    return Side(
        quote=quote,
        context=_context(commitment, "".join(piece.text for piece in quote)),
        document=document,
        page=wording.place(commitment.evidence),
        section=commitment.section,
        details=tuple(_details(commitment, other)),
        confidence=f"{commitment.confidence:.0%}",
        doubts=commitment.doubts,
        marks=marks.of(commitment),
    )


def _quote(commitment: Commitment) -> str:
    return wording.one_line(commitment.evidence.quote)


def _sentence(commitment: Commitment) -> str:
    return wording.one_line(commitment.task) or _quote(commitment)


def _context(commitment: Commitment, shown: str) -> str:
    """The rest of what the row was read from: the quotation under a sentence, or the sentence
    under a quotation, where neither holds the other."""
    sentence, quote = _sentence(commitment), _quote(commitment)
    rest = quote if shown == sentence else sentence
    return "" if rest in shown else rest


def _details(commitment: Commitment, other: Commitment | None) -> Iterator[Detail]:
    rows = zip(_values(commitment), _values(other) if other else (), strict=False)
    differs = [mine != theirs for mine, theirs in rows] or [False] * 3
    for (name, value, note), marked in zip(_values(commitment), differs, strict=True):
        if value:
            yield Detail(name, value, note, marked)


def _values(commitment: Commitment) -> tuple[tuple[str, str, str], ...]:
    deadline = commitment.deadline
    return (
        ("目标值", wording.value(commitment.target), ""),
        ("完成时限", wording.deadline(deadline), wording.period(deadline)),
        ("责任单位", wording.units(commitment), ""),
    )

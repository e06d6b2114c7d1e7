"""Where in a document the tags of its annotation stand: the annotated paragraph is found again in
the text that a reader made of a PDF (到2025\n年，建成20所), line breaks, blanks and widths aside.

A paragraph that the reader broke up or lost has no place; how many there are is said, so that
nobody takes span figures of half a document for those of the whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from extractors.evaluation.gold import Paragraph, Tag
from extractors.learned.labels import LabelledSpan, kind_of

LABELS = {
    "v": Label.QUANTITY, "q": Label.BOUND, "i": Label.INDICATOR, "a": Label.ACTION,
    "p": Label.PER, "b": Label.BASE, "d": Label.DEADLINE, "u": Label.UNIT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """``spans`` are tags in the document's own offsets, ``stretches`` the paragraphs that were
    found, ``lost`` the ids of those that were not."""

    spans: tuple[LabelledSpan, ...]
    stretches: tuple[tuple[int, int], ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Folded:
    """``text[i]`` stood at ``origin[i]``; nothing of it is white."""

    text: str
    origin: tuple[int, ...]


def place(paragraphs: Sequence[Paragraph], document: Document) -> Placed:
    """Every tag of a paragraph that stands in the text in one piece, looked for in order first."""
    whole = _folded(document.text)
    spans: list[LabelledSpan] = []
    stretches: list[tuple[int, int]] = []
    lost: list[str] = []
    cursor = 0
    for paragraph in paragraphs:
        own = _folded(paragraph.text)
        at = whole.text.find(own.text, cursor)
        at = whole.text.find(own.text) if at < 0 else at
        if at < 0 or not own.text:
            lost.append(paragraph.id)
            continue
        cursor = at + len(own.text)
        stretches.append((whole.origin[at], whole.origin[cursor - 1] + 1))
        spans += [_moved(tag, own, whole, at) for tag in paragraph.tags if _seen(tag)]
    return Placed(tuple(spans), tuple(stretches), tuple(lost))


def spans_of(findings: Iterable[Finding], placed: Placed) -> list[LabelledSpan]:
    """The findings that stand in paragraphs that were found, as spans of the document."""
    found = set()
    for finding in findings:
        span = finding.evidence.span
        if any(start <= span.start and span.end <= end for start, end in placed.stretches):
            role = finding.value.role if isinstance(finding.value, UnitMention) else None
            found.add(LabelledSpan(span.start, span.end, kind_of(finding.label, role)))
    return sorted(found)


def _seen(tag: Tag) -> bool:
    return bool("".join(tag.words.split()))


def _moved(tag: Tag, own: _Folded, whole: _Folded, at: int) -> LabelledSpan:
    inside = [i for i, place in enumerate(own.origin) if tag.span.start <= place < tag.span.end]
    start, end = whole.origin[at + inside[0]], whole.origin[at + inside[-1]] + 1
    return LabelledSpan(start, end, kind_of(LABELS[tag.letter], tag.role))


def _folded(text: str) -> _Folded:
    letters = [
        (folded, place)
        for place, sign in enumerate(text)
        for folded in unicodedata.normalize("NFKC", sign)
        if not folded.isspace()
    ]
    return _Folded("".join(letter for letter, _ in letters), tuple(place for _, place in letters))

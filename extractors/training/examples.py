"""From annotated paragraphs to what the model learns: characters of the view and a label for each.

``<a c="1">建设</a><v c="1">７０所</v>`` becomes 建/B-action 设/I-action 7/B-quantity 0 所.
A tag that has no place in the view stops everything: labels that silently shift teach nonsense.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from corpus.model.errors import GoldError
from corpus.model.view import View, tidy
from extractors.evaluation.alike import fold
from extractors.evaluation.gold import Paragraph, Tag
from extractors.evaluation.placing import LABELS
from extractors.learned.labels import LabelledSpan, kind_of


@dataclass(frozen=True, slots=True)
class Linked:
    """A labelled span with the numbers of its commitments."""

    span: LabelledSpan
    commitments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One paragraph as the model sees it."""

    document: str
    id: str
    text: str
    spans: tuple[Linked, ...]


def example(document: str, paragraph: Paragraph) -> Example:
    """The paragraph with its tags in the view; GoldError for one that can't be placed."""
    view = tidy(paragraph.text)
    linked = [_placed(paragraph, view, each) for each in paragraph.tags]
    linked.sort(key=lambda each: each.span)
    for one, other in pairwise(linked):
        if one.span.end > other.span.start:
            raise _misplaced(paragraph, "相邻标签重叠", "neighbouring tags overlap")
    return Example(document, paragraph.id, view.text, tuple(linked))


def examples(paragraphs: Iterable[tuple[str, Paragraph]]) -> list[Example]:
    """One for each pair of title and paragraph."""
    return [example(document, paragraph) for document, paragraph in paragraphs]


def _placed(paragraph: Paragraph, view: View, tag: Tag) -> Linked:
    start = bisect_left(view.origin, tag.span.start)
    end = bisect_left(view.origin, tag.span.end)
    words = view.text[start:end]
    if not words or fold(words) != fold(tag.words):
        raise _misplaced(
            paragraph, f"标签“{tag.words}”无法定位", f"tag '{tag.words}' can't be placed"
        )
    span = LabelledSpan(start, end, kind_of(LABELS[tag.letter], tag.role))
    return Linked(span, tag.commitments)


def _misplaced(paragraph: Paragraph, zh: str, en: str) -> GoldError:
    return GoldError(f"段落 {paragraph.id}：{zh}", f"paragraph {paragraph.id}: {en}")

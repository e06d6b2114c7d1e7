"""The learned extractor: what a small transformer takes for promises, in prose and in task cells.

力争用3年时间，新增学位1.2万个 and 过去三年，新增学位1.2万个 hold the same number;
the model has learned which of them a clerk would copy into the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from corpus.model.document import Document
from corpus.model.finding import Finding, FindingValue, Label, UnitMention
from corpus.model.geometry import Span
from corpus.model.quantity import Bound
from extractors.learned.labels import LabelledSpan, decode
from extractors.learned.link import Link, Linker, Scene, link
from extractors.learned.tagger import Tagger
from extractors.learned.values import Values, is_bounded
from extractors.nlp.passages import Column, Passage, passages
from extractors.rules.dates import named_year, read_deadline
from extractors.rules.history import reference_year

if TYPE_CHECKING:
    import numpy as np

_PLAIN = (Label.INDICATOR, Label.ACTION, Label.PER, Label.BASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage as the model reads it; a row of ``chances`` a character of its view."""

    passage: Passage
    chances: np.ndarray
    spans: tuple[LabelledSpan, ...]


class Ner:
    """Statements with their times and units, one group each."""

    name: ClassVar[str] = "ner"
    finds: ClassVar[frozenset[Label]] = frozenset(Label)

    def __init__(self, tagger: Tagger | None = None, linker: Linker | None = None) -> None:
        """The shipped model unless told otherwise; it is loaded when first needed."""
        self._tagger = tagger
        self._linker = linker

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in the order of the text."""
        yield from self.findings(document, self.read(document))

    def findings(self, document: Document, readings: Sequence[Reading]) -> Iterator[Finding]:
        """What the readings of the document say."""
        year: int | None = None
        for reading in readings:
            scene = Scene.of(reading.passage.view.text, reading.spans)
            values = Values(scene.text)
            for found in link(scene, self.linker):
                yield from _Statement(self, document, reading, values, year).findings(found)
            for mention in values.deadlines:
                year = named_year(mention.words) or year

    def read(self, document: Document, *, holding: Sequence[Span] | None = None) -> list[Reading]:
        """What the model says of every passage that it reads, or of those that hold a span."""
        read = [p for p in passages(document) if _is_read(p)]
        if holding is not None:
            read = [p for p in read if any(span in p.span for span in holding)]
        chances = self.tagger.read([p.view.text for p in read])
        return [
            Reading(passage, found, tuple(decode(found)))
            for passage, found in zip(read, chances, strict=True)
        ]

    @property
    def tagger(self) -> Tagger:
        """Loaded once."""
        if self._tagger is None:
            self._load()
        return self._tagger  # type: ignore[return-value]

    @property
    def linker(self) -> Linker:
        """That of the shipped model."""
        if self._linker is None:
            self._load()
        return self._linker  # type: ignore[return-value]

    def _load(self) -> None:
        from extractors.learned.shipped import shipped

        tagger, linker = shipped()
        self._tagger = self._tagger or tagger
        self._linker = self._linker or linker


def _is_read(passage: Passage) -> bool:
    if passage.row is None:
        return True
    return passage.column is Column.TASK and passage.row.is_task_row


@dataclass(frozen=True, slots=True)
class _Statement:
    """Turns the links of one passage into findings."""

    ner: Ner
    document: Document
    reading: Reading
    values: Values
    year: int | None

    def findings(self, found: Link) -> Iterator[Finding]:
        """One group; nothing where the anchor is a number that can't be read."""
        if found.anchor.label is Label.QUANTITY and self.values.quantity(found.anchor) is None:
            return
        group = f"{Ner.name}:{self.reading.passage.view.origin[found.anchor.start]}"
        for span in found.members:
            if span.label is Label.QUANTITY:
                yield from self._number(span, found.of(Label.BOUND), group)
            elif span.label is Label.DEADLINE:
                yield from self._time(span, group)
            elif span.role is not None:
                words = self._words(span.start, span.end)
                yield self._finding(span, UnitMention(words, span.role), group)
            elif span.label in _PLAIN:
                yield self._finding(span, self._words(span.start, span.end), group)

    def _number(
        self, span: LabelledSpan, bounds: Sequence[LabelledSpan], group: str
    ) -> Iterator[Finding]:
        mention = self.values.quantity(span)
        if mention is None:
            return
        whole = LabelledSpan(mention.start, mention.end, span.kind, span.score)
        yield self._finding(whole, mention.quantity, group)
        if is_bounded(mention):
            start, end = mention.bound_span or (mention.start, mention.end)
            score = max([span.score, *(each.score for each in bounds)])
            yield self._finding(LabelledSpan(start, end, "bound", score), mention.bound, group)
            return
        for each in bounds:
            bound = self.values.bound(mention, each)
            if bound is not Bound.EXACTLY:
                yield self._finding(each, bound, group)

    def _time(self, span: LabelledSpan, group: str) -> Iterator[Finding]:
        mention = self.values.deadline(span)
        if mention is None:
            return
        issued = self.document.official.date_of_issue
        deadline = read_deadline(
            mention,
            raw=self._words(mention.start, mention.end),
            issued=issued,
            year=self.year,
            issued_in=reference_year(self.document),
        )
        whole = LabelledSpan(mention.start, mention.end, span.kind, span.score)
        yield self._finding(whole, deadline, group)

    def _words(self, start: int, end: int) -> str:
        return self.reading.passage.view.text[start:end]

    def _finding(self, span: LabelledSpan, value: FindingValue, group: str) -> Finding:
        place = self.reading.passage.view.locate(span.start, span.end)
        return Finding(
            label=span.label,
            value=value,
            evidence=self.document.cite(place),
            extractor=Ner.name,
            rule=self.ner.tagger.rule,
            score=span.score,
            group=group,
        )

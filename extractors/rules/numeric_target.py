"""Numbers that a document promises to reach: 建设70所左右…, 不低于10%, 每个县（市）至少办好1所…."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from corpus.model.document import Document
from corpus.model.finding import Finding, FindingValue, Label
from corpus.model.quantity import Bound
from extractors.nlp.clauses import Stretch, cut
from extractors.nlp.passages import Column, Passage, Row, passages
from extractors.rules.deadline import find_deadlines
from extractors.rules.history import read_history, reference_year
from extractors.rules.indicator_table import has_table_target
from extractors.rules.promised import promised_targets
from extractors.rules.target_mention import TargetMention
from extractors.rules.unit_brackets import closing_units

# Measured on annotated paragraphs: how often a target read by the rule was right.
_SCORES = {"number_first": 0.92, "noun_first": 0.85}
_READ_COLUMNS = (None, Column.TASK, Column.INDICATOR, Column.TARGET, Column.OTHER)


class NumericTargets:
    """Quantities with their bound, indicator, action, per and base; one group each."""

    name: ClassVar[str] = "numeric_target"
    finds: ClassVar[frozenset[Label]] = frozenset(
        {Label.QUANTITY, Label.BOUND, Label.INDICATOR, Label.ACTION, Label.PER, Label.BASE}
    )

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in the order of the text."""
        for passage in passages(document):
            if passage.row is not None and passage.column not in _READ_COLUMNS:
                continue
            if passage.row is not None and not self._reads(document, passage, passage.row):
                continue
            yield from self._in(document, passage)

    def _reads(self, document: Document, passage: Passage, row: Row) -> bool:
        """Rows of tasks; a number in a cell of its own is for ``indicator_table``."""
        if passage.column in (Column.TARGET, Column.TASK, Column.INDICATOR):
            return row.is_task_row and not has_table_target(document, row)
        return row.is_task_row

    def _in(self, document: Document, passage: Passage) -> Iterator[Finding]:
        text = passage.view.text
        clauses, headings = cut(text), document.section_path(passage.span)
        history = read_history(text, clauses, year=reference_year(document), headings=headings)
        mentions = promised_targets(
            text,
            clauses,
            find_deadlines(text),
            history=history,
            headings=headings,
            aside=[Stretch(b.start, b.end) for b in closing_units(passage.view)],
        )
        for mention in mentions:
            group = f"{self.name}:{passage.view.origin[mention.quantity.start]}"
            yield from self._findings(document, passage, mention, group)

    def _findings(
        self, document: Document, passage: Passage, mention: TargetMention, group: str
    ) -> Iterator[Finding]:
        text = passage.view.text
        quantity = mention.quantity
        parts: list[tuple[Label, tuple[int, int] | None, FindingValue | None]] = [
            (Label.PER, mention.per, None),
            (Label.BASE, mention.base, None),
            (Label.ACTION, mention.action, None),
            (Label.BOUND, quantity.bound_span, quantity.bound),
            (Label.QUANTITY, (quantity.start, quantity.end), quantity.quantity),
            (Label.INDICATOR, mention.indicator, None),
        ]
        if quantity.bound_span is None and quantity.bound is not Bound.EXACTLY:
            parts[3] = (Label.BOUND, (quantity.start, quantity.end), quantity.bound)
        for label, span, value in parts:
            if span is None:
                continue
            yield Finding(
                label=label,
                value=text[span[0] : span[1]] if value is None else value,
                evidence=document.cite(passage.view.locate(*span)),
                extractor=self.name,
                rule=mention.rule,
                score=_SCORES[mention.rule] * (0.7 if mention.indicator is None else 1.0),
                group=group,
            )

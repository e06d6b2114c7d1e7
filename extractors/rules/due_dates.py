"""Times by which something is due, as days: 到2025年, 5月底以前 (after a sentence that names the
year), “十四五”期间, 每3年."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from corpus.model.document import BlockKind, Document
from corpus.model.finding import Finding, Label
from extractors.nlp.clauses import cut
from extractors.nlp.passages import Column, passages
from extractors.rules.dates import named_year, read_deadline
from extractors.rules.deadline import DeadlineMention, find_deadlines
from extractors.rules.history import read_history, reference_year

_ONGOING = ("长期坚持", "长期", "持续推进", "持续", "常态化", "常态化推进", "长期推进")


class DueDates:
    """Deadlines of the prose and of 完成时限 columns."""

    name: ClassVar[str] = "due_date"
    finds: ClassVar[frozenset[Label]] = frozenset({Label.DEADLINE})

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in the order of the text."""
        issued, reference = document.official.date_of_issue, reference_year(document)
        headings = {b.span for b in document.blocks if b.kind is BlockKind.HEADING}
        year: int | None = None
        for passage in passages(document):
            text = passage.view.text
            if passage.column in (Column.UNITS, Column.LEAD, Column.COOPERATING):
                continue
            mentions = find_deadlines(text)
            in_column = passage.column is Column.DEADLINE
            if in_column and not mentions and text.strip():
                mentions = _whole_cell(text)
            headings_above = document.section_path(passage.span)
            history = read_history(text, cut(text), year=reference, headings=headings_above)
            for mention in mentions:
                if not in_column and history.at(mention.start):
                    continue
                if passage.span in headings and "。" not in text:
                    continue
                evidence = document.cite(passage.view.locate(mention.start, mention.end))
                deadline = read_deadline(
                    mention,
                    raw=_raw(evidence.quote),
                    issued=issued,
                    year=year,
                    issued_in=reference,
                )
                year = _goes_on(mention, reference) or year
                yield Finding(
                    label=Label.DEADLINE,
                    value=deadline,
                    evidence=evidence,
                    extractor=self.name,
                    rule=mention.rule,
                    score=0.6 if deadline.doubt else 0.93,
                )


def _goes_on(mention: DeadlineMention, reference: int | None) -> int | None:
    """The year that a bare month after ``mention`` stands in: that of issue or the next. 到2025年
    in a plan of 2021 is an aim far off, and 6月底前 after it is still of 2021. Where nothing says
    from when the document is, a year goes on unless it is such an aim."""
    year = named_year(mention.words)
    if year is None:
        return None
    near = mention.words[0] not in "到至" if reference is None else 0 <= year - reference <= 1
    return year if near else None


def _raw(quote: str) -> str:
    return "".join(quote.split())


def _whole_cell(text: str) -> list[DeadlineMention]:
    """A cell of a 完成时限 column that names no day: 2025年, 长期坚持, 持续推进."""
    words = text.strip().rstrip("。")
    if words.startswith(_ONGOING):
        return [DeadlineMention(0, len(words), words, "within_span")]
    return []

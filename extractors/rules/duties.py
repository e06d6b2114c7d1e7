"""Duties without a number, as findings: a unit with what it must do, an outcome with its time, and
the main duty of a paragraph or row that names units and promises nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from corpus.model.document import BlockKind, Document
from corpus.model.finding import Finding, Label, UnitMention
from extractors.nlp.clauses import Stretch, cut
from extractors.nlp.passages import Column, Passage, passages
from extractors.rules.deadline import find_deadlines
from extractors.rules.duty import DutyMention, main_duty
from extractors.rules.duty_subject import Subject, find_subjects, subject_duty
from extractors.rules.history import read_history, reference_year
from extractors.rules.indicator_table import has_table_target
from extractors.rules.not_promised import is_condition, is_preamble
from extractors.rules.promised import promised_targets
from extractors.rules.timed_duties import Setting, timed_duties
from extractors.rules.unit_brackets import ClosingBracket, closing_units

# Measured on annotated paragraphs: how often a duty read by the rule was right.
_SCORES = {"subject": 0.75, "outcome": 0.75, "main_duty": 0.85, "deadline_duty": 0.7}


class Duties:
    """Actions with their objects and subjects; one group each."""

    name: ClassVar[str] = "duty"
    finds: ClassVar[frozenset[Label]] = frozenset({Label.ACTION, Label.INDICATOR, Label.UNIT})

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in the order of the text."""
        for passage in passages(document):
            if passage.row is None:
                duties = _in_prose(document, passage)
            elif passage.column is Column.TASK and passage.row.is_task_row:
                duties = _in_row(document, passage)
            else:
                continue
            for duty in sorted(duties, key=lambda duty: duty.start):
                yield from self._findings(document, passage, duty)

    def _findings(
        self, document: Document, passage: Passage, duty: DutyMention
    ) -> Iterator[Finding]:
        view = passage.view
        group = f"{self.name}:{view.origin[duty.start]}:{duty.rule}"
        score = _SCORES[duty.rule]
        for unit in duty.units:
            evidence = document.cite(view.locate(unit.start, unit.end))
            mention = UnitMention(unit.raw, unit.role)
            yield Finding(Label.UNIT, mention, evidence, self.name, duty.rule, score, group)
        for label, span in ((Label.ACTION, duty.action), (Label.INDICATOR, duty.object)):
            if span is not None:
                evidence = document.cite(view.locate(*span))
                words = view.text[slice(*span)]
                yield Finding(label, words, evidence, self.name, duty.rule, score, group)


def _in_row(document: Document, passage: Passage) -> list[DutyMention]:
    text, row = passage.view.text, passage.row
    if row is not None and has_table_target(document, row):
        return []
    setting = _setting(document, passage, headings=())
    timed = timed_duties(setting, find_deadlines(text))
    if setting.targets:
        return [*_delivered(setting, timed), *timed]
    if timed:
        return timed
    duty = main_duty(text, 0, len(text), setting.clauses)
    return [duty] if duty else []


def _setting(
    document: Document,
    passage: Passage,
    *,
    headings: tuple[str, ...],
    brackets: Sequence[ClosingBracket] = (),
) -> Setting:
    text = passage.view.text
    clauses = cut(text)
    history = read_history(text, clauses, year=reference_year(document), headings=headings)
    targets = promised_targets(
        text,
        clauses,
        find_deadlines(text),
        history=history,
        headings=headings,
        aside=[Stretch(b.start, b.end) for b in brackets],
    )
    return Setting(text, clauses, targets, history)


_DELIVERS = re.compile(
    r"^(?:研究|尽快|抓紧)*(?P<verb>出台|制定出台|制定|印发|建成(?!后)|编制完成|编制|发布|开通|上线"
    r"|挂牌|组建|成立)(?![的了])"
)


def _delivered(setting: Setting, timed: list[DutyMention]) -> Iterator[DutyMention]:
    """What a row says is to be made before it comes to numbers: 出台|认定办法, …给予300万元."""
    first = setting.clauses.clauses[0]
    words = setting.text[first.start : first.end].rstrip(",;:。")
    stop = first.start + len(words)
    if _DELIVERS.match(words) is None or any(t.whole[0] < stop for t in setting.targets):
        return
    duty = main_duty(setting.text, first.start, stop, setting.clauses)
    if duty and not any(duty.overlaps(other) for other in timed):
        yield duty


def _in_prose(document: Document, passage: Passage) -> list[DutyMention]:
    if _is_bare_heading(document, passage):
        return []
    view, brackets = passage.view, closing_units(passage.view)
    headings = document.section_path(passage.span)
    setting = _setting(document, passage, headings=headings, brackets=brackets)
    subjects = [
        s for s in find_subjects(view, setting.clauses) if not _is_inside(s.start, brackets)
    ]
    duties = [
        duty
        for subject in subjects
        if not _is_told(setting, subject) and (duty := _duty_of(passage, setting, subject))
    ]
    deadlines = [d for d in find_deadlines(view.text) if not _is_inside(d.start, brackets)]
    duties += timed_duties(replace(setting, subjects=subjects), deadlines)
    if brackets and not setting.targets and not duties:
        body = _body(view.text, brackets)
        main = main_duty(view.text, body.start, body.end, setting.clauses, own_first=True)
        return [main] if main else []
    return duties


def _is_bare_heading(document: Document, passage: Passage) -> bool:
    return "。" not in passage.view.text and any(
        b.kind is BlockKind.HEADING and b.span == passage.span for b in document.blocks
    )


def _is_inside(position: int, brackets: Sequence[ClosingBracket]) -> bool:
    return any(b.start <= position < b.end for b in brackets)


def _is_told(setting: Setting, subject: Subject) -> bool:
    """True where the sentence of a subject tells what was, or binds nobody."""
    sentence = setting.clauses.sentence(subject.start)
    words = setting.text[sentence.start : sentence.end]
    return setting.history.at(subject.start) or is_condition(words) or is_preamble(words)


def _duty_of(passage: Passage, setting: Setting, subject: Subject) -> DutyMention | None:
    """The duty of a subject; without an action of its own where a target says what it is."""
    held = (subject.end <= t.quantity.start < subject.scope_end for t in setting.targets)
    if any(held):
        return DutyMention(subject.start, subject.end, None, None, subject.units, "subject")
    return subject_duty(passage.view, setting.clauses, subject)


def _body(text: str, brackets: Sequence[ClosingBracket]) -> Stretch:
    """What stands before the closing bracket, without the title that opens the paragraph."""
    end = brackets[-1].start
    title_end = text.find("。", 0, 30)
    opens = title_end > 0 and title_end + 8 < end and "," not in text[:title_end]
    return Stretch(title_end + 1 if opens else 0, end)

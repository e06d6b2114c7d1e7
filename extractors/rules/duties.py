"""Duties without a number, as findings: a unit with what it must do, an outcome with its time, and
the main duty of a paragraph or row that names units and promises nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from corpus.model.document import BlockKind, Document
from corpus.model.finding import Finding, Label, UnitMention
from extractors.nlp.clauses import Clauses, Stretch, cut
from extractors.nlp.lexicon import action_at_start
from extractors.nlp.passages import Column, Passage, passages
from extractors.rules.deadline import DeadlineMention, find_deadlines
from extractors.rules.duty import (
    DutyMention,
    Subject,
    find_subjects,
    main_duty,
    outcome_duty,
    subject_duty,
)
from extractors.rules.history import History, read_history, reference_year
from extractors.rules.indicator_table import has_table_target
from extractors.rules.not_promised import is_condition, is_preamble
from extractors.rules.promised import promised_targets
from extractors.rules.target_mention import TargetMention
from extractors.rules.unit_brackets import ClosingBracket, closing_units

_SCORES = {"subject": 0.75, "outcome": 0.75, "main_duty": 0.85, "deadline_duty": 0.7}


class Duties:
    """Actions with their objects and subjects; one group each."""

    name: ClassVar[str] = "duty"
    finds: ClassVar[frozenset[Label]] = frozenset({Label.ACTION, Label.INDICATOR, Label.UNIT})

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in the order of the text."""
        for passage in passages(document):
            if passage.row is None:
                yield from self._findings(document, passage, _in_prose(document, passage))
            elif passage.column is Column.TASK and passage.row.is_task_row:
                yield from self._findings(document, passage, _in_row(document, passage))

    def _findings(
        self, document: Document, passage: Passage, duties: list[DutyMention]
    ) -> Iterator[Finding]:
        view = passage.view
        for duty in duties:
            group = f"{self.name}:{view.origin[duty.start]}:{duty.rule}"
            score = _SCORES[duty.rule]
            for unit in duty.units:
                evidence = document.cite(view.locate(unit.start, unit.end))
                mention = UnitMention(unit.raw, unit.role)
                yield Finding(Label.UNIT, mention, evidence, self.name, duty.rule, score, group)
            for label, span in ((Label.ACTION, duty.action), (Label.INDICATOR, duty.object)):
                if span is not None:
                    evidence = document.cite(view.locate(*span))
                    words = view.text[span[0] : span[1]]
                    yield Finding(label, words, evidence, self.name, duty.rule, score, group)


def _in_row(document: Document, passage: Passage) -> list[DutyMention]:
    text, row = passage.view.text, passage.row
    if row is not None and has_table_target(document, row):
        return []
    clauses = cut(text)
    deadlines = find_deadlines(text)
    history = read_history(text, clauses, year=reference_year(document))
    targets = promised_targets(text, clauses, deadlines, history=history)
    timed = _timed(text, clauses, deadlines, targets, [], history)
    if targets:
        return sorted([*_delivered(text, clauses, targets, timed), *timed], key=lambda d: d.start)
    if timed:
        return timed
    duty = main_duty(text, 0, len(text), clauses)
    return [duty] if duty else []


_DELIVERS = re.compile(
    r"^(?:研究|尽快|抓紧)*(?P<verb>出台|制定出台|制定|印发|建成(?!后)|编制完成|编制|发布|开通|上线|挂牌|组建|成立)(?![的了])"
)


def _delivered(
    text: str, clauses: Clauses, targets: list[TargetMention], timed: list[DutyMention]
) -> Iterator[DutyMention]:
    """What a row says is to be made before it comes to numbers: 出台|认定办法, …给予300万元."""
    first = clauses.clauses[0]
    words = text[first.start : first.end].rstrip(",;:。")
    stop = first.start + len(words)
    if _DELIVERS.match(words) is None or any(t.whole[0] < stop for t in targets):
        return
    duty = main_duty(text, first.start, stop, clauses)
    if duty and not any(duty.start < t.end and t.start < duty.end for t in timed):
        yield duty


def _in_prose(document: Document, passage: Passage) -> list[DutyMention]:
    view, text = passage.view, passage.view.text
    if _is_bare_heading(document, passage):
        return []
    clauses, deadlines = cut(text), find_deadlines(text)
    headings = document.section_path(passage.span)
    history = read_history(text, clauses, year=reference_year(document), headings=headings)
    brackets = closing_units(view)
    targets = promised_targets(
        text,
        clauses,
        deadlines,
        history=history,
        headings=headings,
        aside=[Stretch(b.start, b.end) for b in brackets],
    )
    subjects = [s for s in find_subjects(view, clauses) if not _in_bracket(s, brackets)]
    duties = []
    for subject in subjects:
        sentence = clauses.sentence(subject.start)
        words = text[sentence.start : sentence.end]
        if history.at(subject.start) or is_condition(words) or is_preamble(words):
            continue
        held = [t for t in targets if subject.end <= t.quantity.start < subject.scope_end]
        if held:
            duties.append(
                DutyMention(subject.start, subject.end, None, None, subject.units, "subject")
            )
            continue
        duty = subject_duty(view, clauses, subject)
        if duty:
            duties.append(duty)
    kept = [d for d in deadlines if not _deadline_in_bracket(d, brackets)]
    duties += _timed(text, clauses, kept, targets, subjects, history)
    if brackets and not targets and not duties:
        body = _body(text, brackets)
        duty = main_duty(text, body.start, body.end, clauses, own_first=True)
        duties += [duty] if duty else []
    return sorted(duties, key=lambda d: d.start)


def _is_bare_heading(document: Document, passage: Passage) -> bool:
    return "。" not in passage.view.text and any(
        b.kind is BlockKind.HEADING and b.span == passage.span for b in document.blocks
    )


def _in_bracket(subject: Subject, brackets: list[ClosingBracket]) -> bool:
    return any(b.start <= subject.start < b.end for b in brackets)


def _deadline_in_bracket(deadline: DeadlineMention, brackets: list[ClosingBracket]) -> bool:
    return any(b.start <= deadline.start < b.end for b in brackets)


def _body(text: str, brackets: list[ClosingBracket]) -> Stretch:
    """What stands before the closing bracket, without the title that opens the paragraph."""
    end = brackets[-1].start
    title_end = text.find("。", 0, 30)
    opens = title_end > 0 and title_end + 8 < end and "," not in text[:title_end]
    return Stretch(title_end + 1 if opens else 0, end)


def _timed(
    text: str,
    clauses: Clauses,
    deadlines: list[DeadlineMention],
    targets: list[TargetMention],
    subjects: list[Subject],
    history: History,
) -> list[DutyMention]:
    """What a deadline governs that has no number: outcomes of its sentence, or its own clause."""
    found: list[DutyMention] = []
    for deadline in deadlines:
        sentence = clauses.sentence(deadline.start)
        words = text[sentence.start : sentence.end]
        if history.at(deadline.start) or is_condition(words):
            continue
        if any(_has_subject(deadline, s, sentence) for s in subjects):
            continue
        # A time that opens the paragraph is that of its later sentences, too.
        later = [d.start for d in deadlines if d.start > deadline.start]
        opens = deadline is deadlines[0] and deadline.start <= 24
        until = min([len(text), *later]) if opens else sentence.end
        outcomes = _outcomes(text, clauses, deadline, until, targets)
        governed = [t for t in targets if sentence.start <= t.quantity.start < sentence.end]
        found += [
            o for o in outcomes if not any(o.start < f.end and f.start < o.end for f in found)
        ]
        if not outcomes and not governed:
            duty = _completed(text, clauses, deadline) or main_duty(text, *_own_clause(text, clauses, deadline), clauses)
            if duty and _is_vague(text, duty):
                continue
            if duty and not any(duty.start < f.end and f.start < duty.end for f in found):
                found.append(
                    DutyMention(duty.start, duty.end, duty.action, duty.object, (), "deadline_duty")
                )
    return found


# 全省统一的平台|于2024年6月底前|建成: what is to be done by then stands before the time.
_BEFORE_TIME = re.compile(r"^(?P<what>[^,。;]{3,40}?)(?:应|要|须|必须|争取|力争|确保|务必|计划)?(?:于|在)?$")


def _completed(text: str, clauses: Clauses, deadline: DeadlineMention) -> DutyMention | None:
    clause = clauses.clause(deadline.start)
    before = _BEFORE_TIME.match(text[clause.start : deadline.start])
    words = text[deadline.end : clause.end].rstrip(",。;:").removeprefix("前")
    at = text.find(words, deadline.end) if words else -1
    verb = action_at_start(words)
    if before is None or verb is None or len(words) - verb[1] > 1 or len(words) > 8:
        return None
    what = (clause.start + before.start("what"), clause.start + before.end("what"))
    return DutyMention(clause.start, at + len(words), (at + verb[0], at + verb[1]), what, (), "deadline_duty")


_VAGUE = re.compile(r"更加|更为|更趋|明显|显著|不断|日益|大幅|稳步|进一步$|持续$")


def _is_vague(text: str, duty: DutyMention) -> bool:
    """True for 办学特色更加|突出: nobody can check it."""
    at = duty.action[0] if duty.action else duty.start
    return _VAGUE.search(text[max(duty.start, at - 4) : at]) is not None


def _has_subject(deadline: DeadlineMention, subject: Subject, sentence: Stretch) -> bool:
    """True inside a subject's duty, and right before a subject: 2023年底前,|各县(市)要完成…."""
    if subject.start <= deadline.start < subject.scope_end:
        return True
    return deadline.end <= subject.start < min(sentence.end, deadline.end + 24)


def _outcomes(
    text: str,
    clauses: Clauses,
    deadline: DeadlineMention,
    until: int,
    targets: list[TargetMention],
) -> list[DutyMention]:
    """Outcomes that can be checked, from behind the deadline up to ``until``."""
    if deadline.rule in ("every", "every_by"):
        return []
    found = []
    for clause in clauses.clauses:
        if not deadline.end < clause.end <= until:
            continue
        start = max(clause.start, deadline.end)
        start += len(text[start : clause.end]) - len(text[start : clause.end].lstrip(",、 "))
        if any(clause.start <= t.quantity.start < clause.end for t in targets):
            continue
        outcome = outcome_duty(text, start, clause.end)
        if outcome:
            found.append(outcome)
    return found


def _own_clause(text: str, clauses: Clauses, deadline: DeadlineMention) -> tuple[int, int]:
    """From behind the deadline to the end of its part, or what stands before it in its clause."""
    part = clauses.part(deadline.start)
    clause = clauses.clause(deadline.start)
    start = deadline.end
    start += len(text[start : part.end]) - len(text[start : part.end].lstrip(",、起内 "))
    rest = text[start : part.end].strip("。;,)")
    if len(rest) < 4:
        return clause.start, deadline.start
    return start, part.end

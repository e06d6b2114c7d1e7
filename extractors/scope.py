"""What governs what: a deadline its sentence, a closing bracket its paragraph, a column its row, a
lead sentence (到2025年：) the list below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.model.finding import Finding, Label
from corpus.model.geometry import Span
from corpus.model.period import Deadline, DeadlineKind
from extractors.nlp.clauses import Clauses
from extractors.nlp.passages import Column, Passage
from extractors.statement import Statement


@dataclass(slots=True)
class Placed:
    """A passage with its statements and the findings that belong to none of them yet."""

    passage: Passage
    clauses: Clauses
    statements: list[Statement]
    loose: list[Finding]
    bare_subjects: list[list[Finding]] = field(default_factory=list)

    def of(self, label: Label) -> list[Finding]:
        """Loose findings of that label, in the order of the text."""
        found = [f for f in self.loose if f.label is label]
        return sorted(found, key=lambda f: f.evidence.span)

    def subjects(self) -> list[list[Finding]]:
        """Units that are the subject of a duty, one list for each subject."""
        return [s.units for s in self.statements if s.units] + self.bare_subjects

    def at(self, span: Span) -> int:
        """Position in the view of the first character of ``span``."""
        return next(i for i, o in enumerate(self.passage.view.origin) if o >= span.start)


_GOES_ON = re.compile(r"其中[,:]?")
_PER_WORDS = re.compile(r"^(?:每(?!\d|[二两三四五六七八九十])|一年一度|逐年|各年度)")


def govern_deadlines(place: Placed) -> None:
    """Gives each statement the deadline of its sentence that stands nearest before it, or else
    behind it in its own clause, or the one in the closing bracket."""
    deadlines = place.of(Label.DEADLINE)
    for statement in place.statements:
        own = [d for d in deadlines if _may_govern(d, statement)]
        statement.deadline = (
            statement.deadline
            or _nearest(place, statement, own)
            or _closing(place, own)
            or _of_paragraph(place, statement, own)
        )


def _may_govern(deadline: Finding, statement: Statement) -> bool:
    """每年培训500人次 is a rate, not a deadline; 每3年修订1次 is one."""
    value = deadline.value
    if not isinstance(value, Deadline) or value.kind is not DeadlineKind.EVERY:
        return True
    return not (
        statement.has_quantity and _PER_WORDS.match(value.raw) and "月" not in value.raw[2:]
    )


def _nearest(place: Placed, statement: Statement, deadlines: list[Finding]) -> Finding | None:
    at = place.at(statement.span)
    end = max(place.at(f.evidence.span) for f in statement.findings)
    sentence = place.clauses.sentence(at)
    before = [
        d for d in deadlines
        if sentence.start <= place.at(d.evidence.span) <= end and not _in_brackets(place, d)
    ]  # fmt: skip
    if before and (found := _latest_or_every(place, statement, before)) is not None:
        return found
    clause = place.clauses.clause(end)
    part = place.clauses.part(end)
    following = [d for d in deadlines if end < place.at(d.evidence.span) < part.end]
    others = [s for s in place.statements if s is not statement and place.at(s.span) > end]
    for deadline in following:
        where = place.at(deadline.evidence.span)
        behind = place.clauses.clause(where).end
        # 完成2万户, 3年内培训15万人次: the time is that of what follows it in its clause.
        taken = any(where < place.at(o.span) < behind or place.at(o.span) < where for o in others)
        if where < clause.end or not taken or _sums_up(place, deadline):
            return deadline
    return None


# 新建40所，改建20所，2024年底前|全部完成: the time is that of everything before it.
_ALL_OF_IT = re.compile(
    r"^以?前?(?:要|应|须|必须|力争|确保)?(?:全部|全面|均|都)(?:完成|建成|竣工|投用|投入使用|到位|落实|达标|交付)"
)


def _sums_up(place: Placed, deadline: Finding) -> bool:
    raw = deadline.evidence.span
    behind = next(
        (i for i, o in enumerate(place.passage.view.origin) if o >= raw.end),
        len(place.passage.view.text),
    )
    return _ALL_OF_IT.match(place.passage.view.text[behind:]) is not None


def _latest_or_every(place: Placed, statement: Statement, before: list[Finding]) -> Finding | None:
    """The nearest; but a plain time in the same clause wins over 每年 further off."""
    every = [d for d in before if _recurs(d)]
    plain = [d for d in before if not _recurs(d)]
    # A period is that of its own clause: 每3年修订1次教材, but not of what follows it.
    at = place.at(statement.span)
    clause = place.clauses.clause(at) if statement.has_quantity else place.clauses.part(at)
    own_end = max(place.at(f.evidence.span) for f in statement.findings)
    near = [d for d in every if clause.start <= place.at(d.evidence.span) <= own_end]
    if near and before[-1] is near[-1]:
        return near[-1]
    return plain[-1] if plain else None


def _recurs(deadline: Finding) -> bool:
    value = deadline.value
    return isinstance(value, Deadline) and value.kind is DeadlineKind.EVERY


def _in_brackets(place: Placed, finding: Finding) -> bool:
    text, at = place.passage.view.text, place.at(finding.evidence.span)
    opened = text.rfind("(", 0, at)
    return opened >= 0 and text.find(")", opened) >= at


def _closing(place: Placed, deadlines: list[Finding]) -> Finding | None:
    """（2023年底前完成，市教育局牵头）: the time in a bracket that closes the passage."""
    text = place.passage.view.text
    for deadline in reversed(deadlines):
        if _in_brackets(place, deadline):
            end = text.find(")", place.at(deadline.evidence.span))
            if end >= len(text) - 2:
                return deadline
    return None


def _of_paragraph(place: Placed, statement: Statement, deadlines: list[Finding]) -> Finding | None:
    """到2025年，…。…达到75%，…。: a time that opens a paragraph of aims governs its later
    sentences, until another time or another subject comes."""
    opening = opening_deadline(place)
    if opening is None or not statement.is_outcome or not _states_aims(place, opening):
        return None
    at = place.at(statement.span)
    opening = _in_turn(place, opening, at)
    start = place.at(opening.evidence.span)
    between = [d for d in deadlines if start < place.at(d.evidence.span) <= at]
    subjects = [g for g in place.subjects() if start < place.at(g[0].evidence.span) <= at]
    return None if between or subjects or at < start else opening


def _in_turn(place: Placed, opening: Finding, position: int) -> Finding:
    """到2025年，…。…。到2027年，…。…。: the last time before ``position`` that opens a sentence as
    the first one does."""
    for deadline in place.of(Label.DEADLINE):
        at = place.at(deadline.evidence.span)
        value = deadline.value
        by = isinstance(value, Deadline) and value.kind is DeadlineKind.BY
        if by and at <= position and place.clauses.sentence(at).start == at:
            opening = deadline
    return opening


def _states_aims(place: Placed, opening: Finding) -> bool:
    """True for a paragraph that the time itself opens, or that is headed 目标."""
    value = opening.value
    title = place.passage.view.text[: place.at(opening.evidence.span)]
    by = isinstance(value, Deadline) and value.kind is DeadlineKind.BY
    return "目标" in title or (by and not title.strip("—- "))


def govern_units(place: Placed, everywhere: list[Placed]) -> None:
    """Gives each statement its units: of its row, of the bracket that closes over it, of the
    subject that stands before it in its sentence."""
    row = place.passage.row
    if row is not None:
        units, deadline = _of_row(place, everywhere)
        for statement in place.statements:
            # The column names the units; the subject inside the task cell is not one as well.
            statement.units = list(units)
            statement.deadline = statement.deadline or deadline
        return
    brackets, subjects = place.of(Label.UNIT), place.subjects()
    for statement in place.statements:
        subject = statement.units or _subject(place, statement, subjects)
        statement.units = [*subject, *_bracket(place, statement, brackets)]


def _of_row(place: Placed, everywhere: list[Placed]) -> tuple[list[Finding], Finding | None]:
    row = place.passage.row
    units: list[Finding] = []
    deadline: Finding | None = None
    if row is None:
        return units, deadline
    cells = {span for _, span in row.cells}
    for other in everywhere:
        if other.passage.span not in cells or other.passage.row is None:
            continue
        if other.passage.row.table is not row.table:
            continue
        if other.passage.column in (Column.UNITS, Column.LEAD, Column.COOPERATING):
            units += other.of(Label.UNIT)
        elif other.passage.column is Column.DEADLINE:
            deadline = deadline or next(iter(other.of(Label.DEADLINE)), None)
    return units, deadline


def _subject(place: Placed, statement: Statement, subjects: list[list[Finding]]) -> list[Finding]:
    at = place.at(statement.span)
    sentence = place.clauses.sentence(at)
    text = place.passage.view.text
    start_of_scope = sentence.start
    while start_of_scope and _GOES_ON.match(text, start_of_scope):
        # 省住建厅抽查17个市。其中，…: the subject of the sentence before is still meant.
        start_of_scope = place.clauses.sentence(start_of_scope - 1).start
    best: list[Finding] = []
    where = -1
    for group in subjects:
        start = place.at(group[0].evidence.span)
        if start_of_scope <= start <= at and start > where:
            best, where = group, start
    return best


def _bracket(place: Placed, statement: Statement, units: list[Finding]) -> list[Finding]:
    """Units of the first bracket that closes after the statement."""
    at = place.at(statement.span)
    later = [u for u in units if place.at(u.evidence.span) > at]
    if not later:
        return []
    text = place.passage.view.text
    first = place.at(later[0].evidence.span)
    closed = text.find(")", first)
    stop = closed if closed >= 0 else len(text)
    return [u for u in later if place.at(u.evidence.span) < stop]


def opening_deadline(place: Placed) -> Finding | None:
    """The time that opens a paragraph: 到2025年，…：, (二)主要目标。到2023年，…."""
    for deadline in place.of(Label.DEADLINE):
        value = deadline.value
        if not isinstance(value, Deadline) or value.kind not in (
            DeadlineKind.BY,
            DeadlineKind.DURING,
        ):
            continue
        at = place.at(deadline.evidence.span)
        sentence = place.clauses.sentence(at)
        words = place.passage.view.text[sentence.start : at]
        if len(words.strip('—-“" ')) <= 2 and sentence.start <= 24:
            return replace(deadline)
    return None

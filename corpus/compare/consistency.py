"""A document against itself: 每学期不少于16个学时 in the task table, 不少于16个学时 in the body.

What is found is for a person to look at: two statements, where they stand, and what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.compare.align import assign
from corpus.compare.changes import changes
from corpus.compare.fold import fold, letters
from corpus.compare.measures import same_measure
from corpus.compare.parts import in_annex
from corpus.compare.reach import reach
from corpus.compare.scope_words import contrasts, narrowing
from corpus.compare.stance import stance
from corpus.compare.sums import sums
from corpus.compare.unit_kinds import looks_registered
from corpus.compare.wordings import wordings
from corpus.model.change import ChangedField, Flag, Severity
from corpus.model.commitment import Commitment, Ledger
from corpus.model.consistency import Inconsistency, InconsistencyKind
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import DeadlineKind
from corpus.model.quantity import Target

_ASKED = frozenset(
    {
        ChangedField.VALUE,
        ChangedField.BOUND,
        ChangedField.UNIT,
        ChangedField.PER,
        ChangedField.BASE,
        ChangedField.DEADLINE,
    }
)
# A shorter name (学校, 培训人次) is said of several things in one document.
_SHORTEST_NAME = 6


def check(ledger: Ledger) -> tuple[Inconsistency, ...]:
    """Everything that doesn't agree, the gravest first, else in the order of the text."""
    found = [
        *_body_and_annex(ledger),
        *_twice(ledger),
        *sums(ledger),
        *_passed(ledger),
        *_unknown(ledger),
        *_leads(ledger),
    ]
    known = [(i.first.span, i.second.span) for i in found if i.second is not None]
    found += [
        each
        for each in wordings(ledger.document)
        if not any(
            each.second is not None and a.overlaps(each.first.span) and b.overlaps(each.second.span)
            for a, b in known
        )
    ]
    return tuple(sorted(found, key=lambda i: (-i.severity, i.first.span)))


def _body_and_annex(ledger: Ledger) -> Iterator[Inconsistency]:
    """The same task in both, with another number, bound, scope or time."""
    body = [c for c in ledger.commitments if not in_annex(c)]
    annex = [c for c in ledger.commitments if in_annex(c)]
    for i, j, similarity in assign(body, annex):
        change = changes(body[i], annex[j], similarity)
        for flag in change.flags:
            if flag.field in _ASKED and not _only_one_says(flag):
                yield Inconsistency(
                    InconsistencyKind.BODY_AND_ANNEX,
                    max(change.severity, Severity.MODERATE),
                    body[i].indicator or body[i].task,
                    (flag.before or "", flag.after or ""),
                    body[i].evidence,
                    annex[j].evidence,
                    flag.field.value,
                    flag.effect,
                    "；".join(change.doubts) or None,
                )


def _only_one_says(flag: Flag) -> bool:
    """A deadline or number that a table leaves to the body, or adds to it, is no contradiction."""
    whole = (ChangedField.DEADLINE, ChangedField.VALUE, ChangedField.BASE)
    return flag.field in whole and (flag.before is None or flag.after is None)


def _twice(ledger: Ledger) -> Iterator[Inconsistency]:
    """One target with two values in the body, or in one annex."""
    named: dict[tuple[str, bool], list[Commitment]] = defaultdict(list)
    for commitment in ledger.commitments:
        name = letters(commitment.indicator or "")
        if commitment.target is not None and len(name) >= _SHORTEST_NAME:
            named[name, in_annex(commitment)].append(commitment)
    for rows in named.values():
        first = rows[0]
        for row in rows[1:]:
            if _one_target(first, row) and _values(first) != _values(row):
                yield Inconsistency(
                    InconsistencyKind.EARLIER_AND_LATER,
                    Severity.SERIOUS,
                    row.indicator or row.task,
                    (_raw(first.target), _raw(row.target)),
                    first.evidence,
                    row.evidence,
                    ChangedField.VALUE.value,
                    doubt="请核对两处是否同一口径、同一时限",
                )


def _one_target(first: Commitment, row: Commitment) -> bool:
    """Same measure, base, scope, basis and day; neither sentence is about something narrower."""
    left, right = first.target, row.target
    if left is None or right is None or first.task == row.task:
        return False
    if not same_measure(left.quantity.unit, right.quantity.unit) or stance(first) != stance(row):
        return False
    if letters(left.per or "") != letters(right.per or "") or reach(first) != reach(row):
        return False
    if letters(left.base or "") != letters(right.base or "") or _day(first) != _day(row):
        return False
    tasks = letters(first.task), letters(row.task)
    return not contrasts(*tasks) and narrowing(tasks[0]) == narrowing(tasks[1])


def _values(row: Commitment) -> object:
    return (row.target.quantity.low, row.target.quantity.high) if row.target else None


def _day(row: Commitment) -> object:
    return (row.deadline.end or letters(row.deadline.raw)) if row.deadline else None


def _raw(target: Target | None) -> str:
    return target.raw if target else ""


def _passed(ledger: Ledger) -> Iterator[Inconsistency]:
    """Due before the document was issued."""
    issued = ledger.document.official.date_of_issue
    for commitment in ledger.commitments:
        deadline = commitment.deadline
        if issued is None or deadline is None or deadline.end is None:
            continue
        if deadline.kind is DeadlineKind.BY and deadline.end < issued:
            yield Inconsistency(
                InconsistencyKind.DEADLINE_PASSED,
                Severity.SERIOUS,
                commitment.indicator or commitment.task,
                (deadline.raw, f"成文日期{issued.isoformat()}"),
                commitment.evidence,
                field=ChangedField.DEADLINE.value,
                doubt=deadline.doubt,
            )


def _unknown(ledger: Ledger) -> Iterator[Inconsistency]:
    """Each unit once that is named like an office and that the register doesn't know."""
    seen: set[str] = set()
    for commitment in ledger.commitments:
        for unit in commitment.responsible_units:
            if looks_registered(unit) and unit.name not in seen:
                seen.add(unit.name)
                yield Inconsistency(
                    InconsistencyKind.UNKNOWN_UNIT,
                    Severity.MODERATE,
                    commitment.indicator or commitment.task,
                    (unit.raw, "机构登记库中没有"),
                    commitment.evidence,
                    field=ChangedField.UNITS.value,
                    doubt="登记库可能不全，或名称读取有误",
                )


def _leads(ledger: Ledger) -> Iterator[Inconsistency]:
    """Two lead units in one place, or one in the body and another in the task table."""
    for commitment in ledger.commitments:
        leads = _lead_names(commitment.responsible_units)
        if len(leads) > 1:
            yield _two_leads(commitment, commitment, leads[:1], leads[1:])
    body = [c for c in ledger.commitments if not in_annex(c)]
    annex = [c for c in ledger.commitments if in_annex(c)]
    for i, j, _ in assign(body, annex):
        first = _lead_names(body[i].responsible_units)
        second = _lead_names(annex[j].responsible_units)
        if first and second and set(first).isdisjoint(second):
            yield _two_leads(body[i], annex[j], first, second)


def _two_leads(
    first: Commitment, second: Commitment, one: Sequence[str], other: Sequence[str]
) -> Inconsistency:
    return Inconsistency(
        InconsistencyKind.TWO_LEADS,
        Severity.MODERATE,
        first.indicator or first.task,
        ("、".join(one), "、".join(other)),
        first.evidence,
        None if first is second else second.evidence,
        ChangedField.UNITS.value,
    )


def _lead_names(units: Sequence[ResponsibleUnit]) -> list[str]:
    return list(dict.fromkeys(fold(unit.name) for unit in units if unit.role is Role.LEAD))

"""What stands after the review: decisions replayed over an extraction, conflicts listed.

建设70所 was corrected to 80所; a newer extraction reads 80所 by itself: they agree. If it reads
75所 now, the ground has moved: the person's 80所 stays and the conflict is shown.
"""

from __future__ import annotations

import enum
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.model.change import Change, ChangeKind, Direction, Severity
from corpus.model.commitment import Commitment
from corpus.model.mark import Mark
from corpus.model.review import Decision, ReviewedField, RowState, Values, Verdict
from corpus.model.view import tidy

# What ids of changes begin with; all other decisions are about rows.
ABOUT_CHANGES = "x-"
FIELDS = tuple(each for each in ReviewedField if each is not ReviewedField.ROW)

_COLUMNS = {
    ReviewedField.INDICATOR: "indicator",
    ReviewedField.ACTION: "action",
    ReviewedField.TARGET: "target",
    ReviewedField.DEADLINE: "deadline",
    ReviewedField.UNITS: "responsible_units",
}
_STATES = {
    Verdict.ACCEPT: RowState.ACCEPTED,
    Verdict.CORRECT: RowState.CORRECTED,
    Verdict.REJECT: RowState.REJECTED,
}


class ConflictKind(enum.StrEnum):
    """``moved``: the extraction now says something else than when it was decided about;
    ``lost``: it no longer has the row at all."""

    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decision that the newest extraction does not bear out; ``found`` is what it says now."""

    kind: ConflictKind
    decision: Decision
    field: ReviewedField
    found: Values | None = None


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row as it stands: ``machine`` as extracted (None where a person added it), ``commitment``
    with the decisions applied, and where each of its columns stands."""

    machine: Commitment | None
    commitment: Commitment
    state: RowState
    fields: dict[ReviewedField, RowState] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """All rows of one document in the order of its text, and the decisions whose row is gone."""

    rows: tuple[ReviewedRow, ...]
    lost: tuple[Conflict, ...] = ()

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """What the ledger holds after the review: without what was rejected."""
        kept = (row for row in self.rows if row.state is not RowState.REJECTED)
        return tuple(row.commitment for row in kept)


def values_of(commitment: Commitment) -> Values:
    """All columns of a row that can be reviewed."""
    return Values(**{name: getattr(commitment, name) for name in _COLUMNS.values()})


def only(values: Values, field: ReviewedField) -> Values:
    """One column of them; all for the whole row."""
    if field is ReviewedField.ROW:
        return values
    name = _COLUMNS[field]
    return Values(**{name: getattr(values, name)})


def with_value(commitment: Commitment, field: ReviewedField, values: Values) -> Commitment:
    """The row with one column as ``values`` has it."""
    name = _COLUMNS[field]
    return replace(commitment, **{name: getattr(values, name)})


def present(commitment: Commitment) -> tuple[ReviewedField, ...]:
    """The columns that a row has something in."""
    return tuple(each for each in FIELDS if getattr(commitment, _COLUMNS[each]))


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those that were not taken back, in order."""
    every = sorted(decisions, key=lambda each: each.id)
    undone = {each.undoes for each in every if each.verdict is Verdict.UNDO}
    return tuple(d for d in every if d.verdict is not Verdict.UNDO and d.id not in undone)


def replay(commitments: Sequence[Commitment], decisions: Iterable[Decision]) -> Review:
    """Every row with what was decided about it; no decision is dropped in silence."""
    every = sorted(decisions, key=lambda each: each.id)
    live = standing(every)
    added = [d for d in live if d.verdict is Verdict.ADD and d.seen is not None]
    known = {each.id for each in commitments} | {each.subject_id for each in added}
    moved, lost = _anchored([d for d in live if d.subject_id not in known], commitments)
    by_row: dict[str, list[Decision]] = {}
    for decision in every:
        subject = moved.get(decision.subject_id, decision.subject_id)
        by_row.setdefault(subject, []).append(decision)
    rows = [_row(each, by_row.get(each.id, [])) for each in commitments]
    rows += [_added(each, by_row[each.subject_id]) for each in added]
    rows.sort(key=lambda row: row.commitment.evidence.span)
    return Review(tuple(rows), tuple(lost))


def _row(machine: Commitment, decisions: list[Decision]) -> ReviewedRow:
    commitment, rejected = machine, False
    states: dict[ReviewedField, RowState] = {}
    marks: dict[ReviewedField, Mark] = {}
    conflicts: list[Conflict] = []
    for decision in standing(decisions):
        if decision.field is ReviewedField.ROW:
            rejected = decision.verdict is Verdict.REJECT
            conflicts = [each for each in conflicts if each.field is not ReviewedField.ROW]
            conflicts += _overtaken(machine, decision) if rejected else []
        for column in _decided(decision, commitment):
            conflicts = [each for each in conflicts if each.field is not column]
            state, conflict = _judged(machine, decision, column)
            states[column] = state
            conflicts += [conflict] if conflict else []
            if decision.verdict is not Verdict.ACCEPT and state is not RowState.OPEN:
                commitment = with_value(commitment, column, decision.after)
                marks[column] = _mark(decision)
    commitment = replace(commitment, marks=tuple(marks.values()))
    state = _state(commitment, states, standing(decisions), rejected=rejected)
    return ReviewedRow(machine, commitment, state, states, tuple(decisions), tuple(conflicts))


def _decided(decision: Decision, commitment: Commitment) -> tuple[ReviewedField, ...]:
    """The columns that a decision settles."""
    if decision.field is not ReviewedField.ROW:
        return (decision.field,)
    return present(commitment) if decision.verdict is Verdict.ACCEPT else ()


def _judged(
    machine: Commitment, decision: Decision, column: ReviewedField
) -> tuple[RowState, Conflict | None]:
    """Where a column stands. Nobody has yet seen a value that is new: it is open again, unless a
    person's own value stands in its place."""
    now = only(values_of(machine), column)
    seen = only(values_of(decision.seen), column) if decision.seen else now
    if now in (seen, only(decision.after, column)):
        return _STATES[decision.verdict], None
    conflict = Conflict(ConflictKind.MOVED, decision, column, now)
    kept = decision.verdict is Verdict.CORRECT
    return (RowState.CORRECTED if kept else RowState.OPEN), conflict


def _overtaken(machine: Commitment, decision: Decision) -> list[Conflict]:
    """A row that was rejected for what it said, and says something else now."""
    now = values_of(machine)
    if decision.seen is None or now == values_of(decision.seen):
        return []
    return [Conflict(ConflictKind.MOVED, decision, ReviewedField.ROW, now)]


def _state(
    commitment: Commitment,
    states: dict[ReviewedField, RowState],
    decisions: Sequence[Decision],
    *,
    rejected: bool,
) -> RowState:
    if rejected:
        return RowState.REJECTED
    waiting = [c for c in present(commitment) if states.get(c, RowState.OPEN) is RowState.OPEN]
    if waiting or not decisions:
        return RowState.OPEN
    changed = {RowState.CORRECTED, RowState.REJECTED} & set(states.values())
    return RowState.CORRECTED if changed else RowState.ACCEPTED


def _added(decision: Decision, decisions: list[Decision]) -> ReviewedRow:
    """A row that a person added; later decisions may still correct it."""
    if decision.seen is None:
        raise LookupError(f"decision {decision.id} adds no row")
    later = [each for each in decisions if each.verdict is not Verdict.ADD]
    row = _row(decision.seen, later)
    state = RowState.REJECTED if row.state is RowState.REJECTED else RowState.ADDED
    commitment = replace(row.commitment, marks=(_mark(decision), *row.commitment.marks))
    return ReviewedRow(None, commitment, state, row.fields, tuple(decisions))


def _mark(decision: Decision) -> Mark:
    return Mark(decision.field.value, decision.verdict.value, decision.reviewer, decision.when)


def _anchored(
    decisions: Sequence[Decision], commitments: Sequence[Commitment]
) -> tuple[dict[str, str], list[Conflict]]:
    """For rows that have another id now the new one; conflicts for those that are gone."""
    taken = {d.subject_id for d in decisions}
    moved: dict[str, str] = {}
    lost: list[Conflict] = []
    free = [each for each in commitments if each.id not in taken]
    for decision in decisions:
        if decision.subject_id not in moved:
            found = _same_place(decision.seen, free) if decision.seen else None
            if found is not None:
                moved[decision.subject_id] = found.id
        if decision.subject_id not in moved:
            lost.append(Conflict(ConflictKind.LOST, decision, decision.field))
    return moved, lost


def _same_place(seen: Commitment, rows: Sequence[Commitment]) -> Commitment | None:
    """The one row whose quotation holds that of ``seen``, or lies in it; of several the one with
    most columns alike, and none where two are equally alike."""
    quote = tidy(seen.evidence.quote).text
    near = []
    for row in rows:
        other = tidy(row.evidence.quote).text
        if quote and other and (quote in other or other in quote):
            near.append((_alike(seen, row), row))
    best = max((count for count, _ in near), default=0)
    found = [row for count, row in near if count == best]
    return found[0] if len(found) == 1 else None


def _alike(one: Commitment, other: Commitment) -> int:
    return sum(getattr(one, name) == getattr(other, name) for name in _COLUMNS.values())


def gone_changes(decisions: Iterable[Decision], keys: Container[str]) -> tuple[Conflict, ...]:
    """Decisions about changes that are none any more, since either side was read or corrected to
    something else; ``keys`` are those that there are."""
    return tuple(
        Conflict(ConflictKind.LOST, each, each.field)
        for each in standing(decisions)
        if each.subject_id.startswith(ABOUT_CHANGES) and each.subject_id not in keys
    )


def doubt(commitment: Commitment) -> float:
    """How unsure a row is, from 0.05 up: want of confidence, and every doubt that is written."""
    return max(0.05, 1.0 - commitment.confidence) + 0.25 * min(2, len(commitment.doubts))


_LESS = {Direction.LOWERED, Direction.LOOSENED, Direction.POSTPONED, Direction.REMOVED}


def size(change: Change | None) -> int:
    """How much hangs on a row, from 1 where nothing changed to 4; what was compared before changes
    had a severity is told by which way they went."""
    if change is None or change.kind is ChangeKind.CARRIED_OVER:
        return 1
    if change.severity is not Severity.NONE:
        return int(change.severity)
    if change.kind is ChangeKind.DROPPED or _LESS & {flag.direction for flag in change.flags}:
        return int(Severity.GRAVE)
    return int(Severity.SERIOUS if change.kind is ChangeKind.CHANGED else Severity.MODERATE)


# Days before or after the deadline, and how pressing that is.
NEARNESS = ((30, 4), (180, 3), (365, 2))


def nearness(due: date | None, today: date) -> int:
    """How near a deadline is, on either side of today; 1 where it is far or unknown."""
    if due is None:
        return 1
    away = abs((due - today).days)
    return next((weight for days, weight in NEARNESS if away <= days), 1)

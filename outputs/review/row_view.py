"""One row of a ledger as the panel beside the page shows it: fields, evidence, doubts, history."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model.commitment import Commitment
from corpus.model.errors import DocumentNotFound
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.review import Decision, ReviewedField, RowState, Values, Verdict
from corpus.review import Conflict, ReviewedRow, standing, values_of
from outputs import wording
from outputs.review.site import Site

FIELD_WORDS = {
    ReviewedField.ROW: "整条",
    ReviewedField.INDICATOR: "指标",
    ReviewedField.ACTION: "措施",
    ReviewedField.TARGET: "目标值",
    ReviewedField.DEADLINE: "完成时限",
    ReviewedField.UNITS: "责任单位",
}
VERDICT_WORDS = {
    Verdict.ACCEPT: "采纳",
    Verdict.CORRECT: "修改",
    Verdict.REJECT: "驳回",
    Verdict.ADD: "补录",
    Verdict.UNDO: "撤销",
}


ROLE_SHORT = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "负责",
    Role.COOPERATING: "配合",
    Role.SUPERVISING: "督办",
}


@dataclass(frozen=True, slots=True)
class FieldView:
    """One column: its value, what the extraction has where that differs, where it stands."""

    field: ReviewedField
    name: str
    value: str
    note: str
    machine: str
    state: RowState
    conflict: Conflict | None


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of the history."""

    decision: Decision
    field: str
    verdict: str
    before: str
    after: str
    undone: bool


@dataclass(frozen=True, slots=True)
class RowPanel:
    """``number`` counts decisions so far: a form bears it, so that nobody overwrites another."""

    document_id: str
    row: ReviewedRow
    position: int
    number: int
    name: str
    quote: str
    fields: tuple[FieldView, ...]
    history: tuple[Step, ...]
    can_undo: bool

    @property
    def commitment(self) -> Commitment:
        """The row as it stands."""
        return self.row.commitment


def panel(site: Site, document_id: str, row_id: str) -> RowPanel:
    """A row of the newest extraction, or one that a person added."""
    rows = site.library.review(document_id).rows
    for position, row in enumerate(rows, start=1):
        if row.commitment.id == row_id:
            return _panel(document_id, row, position)
    raise DocumentNotFound(row_id)


def _panel(document_id: str, row: ReviewedRow, position: int) -> RowPanel:
    mine = [d for d in row.decisions if d.subject_id == row.commitment.id]
    stand = standing(row.decisions)
    return RowPanel(
        document_id,
        row,
        position,
        max((d.number for d in mine), default=0),
        wording.name(row.commitment),
        wording.one_line(row.commitment.evidence.quote),
        tuple(_field(row, field) for field in FIELD_WORDS if field is not ReviewedField.ROW),
        tuple(_step(d, d not in stand) for d in reversed(row.decisions)),
        any(d.subject_id == row.commitment.id for d in stand),
    )


def _field(row: ReviewedRow, field: ReviewedField) -> FieldView:
    value = said(field, values_of(row.commitment))
    machine = said(field, values_of(row.machine)) if row.machine else value
    conflict = next((c for c in row.conflicts if c.field is field), None)
    state = row.fields.get(field, RowState.OPEN)
    note = ""
    if field is ReviewedField.DEADLINE:
        note = wording.period(row.commitment.deadline)
    elif field is ReviewedField.TARGET and row.commitment.target:
        note = wording.measured(row.commitment.target)
    return FieldView(
        field,
        FIELD_WORDS[field],
        value,
        note if note != value else "",
        machine if machine != value else "",
        state,
        conflict,
    )


def _step(decision: Decision, undone: bool) -> Step:
    return Step(
        decision,
        FIELD_WORDS[decision.field],
        VERDICT_WORDS[decision.verdict],
        said(decision.field, decision.before),
        said(decision.field, decision.after),
        undone,
    )


def unit_line(unit: ResponsibleUnit) -> str:
    """A unit as it is shown and typed: 云岭省民政厅（牵头）."""
    role = "" if unit.role is Role.RESPONSIBLE else f"（{ROLE_SHORT[unit.role]}）"
    return f"{unit.name}{role}"


def said(field: ReviewedField, values: Values) -> str:
    """A column in words; nothing for the whole row."""
    if field is ReviewedField.INDICATOR:
        return values.indicator or ""
    if field is ReviewedField.ACTION:
        return values.action or ""
    if field is ReviewedField.TARGET:
        return wording.value(values.target)
    if field is ReviewedField.DEADLINE:
        return wording.deadline(values.deadline)
    if field is ReviewedField.UNITS:
        return "、".join(unit_line(unit) for unit in values.responsible_units)
    return ""

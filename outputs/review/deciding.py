"""Decisions made: what was there before, what is there after, who, when and why."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.model.commitment import Commitment
from corpus.model.document import Document, Evidence
from corpus.model.errors import DocumentNotFound
from corpus.model.geometry import Span
from corpus.model.ids import short_id
from corpus.model.review import (
    Decision,
    RefusedError,
    ReviewedField,
    RowState,
    Values,
    Verdict,
)
from corpus.review import ReviewedRow, only, standing, values_of
from outputs import wording
from outputs.review import fields
from outputs.review.library import Library

_LONGEST_REASON = 500
_LONGEST_QUOTE = 2_000


def decide(
    library: Library,
    row: ReviewedRow,
    *,
    who: str,
    verdict: Verdict,
    field: ReviewedField,
    number: int,
    form: fields.Typed,
) -> Decision:
    """Decide about a row. ``number`` is how many decisions about it the reviewer had seen.

    OvertakenError where there are more by now, RefusedError where it makes no sense.
    """
    commitment = row.commitment
    if verdict is Verdict.CORRECT and field is ReviewedField.ROW:
        raise RefusedError("请选择要修改的一栏", "choose the column to correct")
    if verdict is Verdict.REJECT and field is ReviewedField.ROW and not form.get("reason"):
        raise RefusedError("驳回整条请写明理由", "say why the whole row is rejected")
    before = only(values_of(commitment), field)
    after = before
    if verdict is Verdict.CORRECT:
        after = fields.read(field, form, commitment)
        if after == before:
            raise RefusedError("内容没有改动；如无误请采纳", "nothing was changed; accept it")
    elif verdict is Verdict.REJECT and field is not ReviewedField.ROW:
        after = Values()
    return library.decide(
        Decision(
            commitment.evidence.document_id,
            commitment.id,
            number + 1,
            field,
            verdict,
            who,
            datetime.now(UTC),
            before,
            after,
            reason(form),
            seen=row.machine or commitment,
        )
    )


def undo(library: Library, row: ReviewedRow, *, who: str, number: int) -> Decision:
    """Take back the last decision about a row that stands."""
    mine = [d for d in standing(row.decisions) if d.subject_id == row.commitment.id]
    if not mine:
        raise RefusedError("没有可撤销的意见", "there is nothing to undo")
    last = mine[-1]
    if last.verdict is Verdict.ADD and len(mine) > 1:
        raise LookupError(f"{last.subject_id} was added after it was decided about")
    return library.decide(
        Decision(
            last.document_id,
            last.subject_id,
            number + 1,
            last.field,
            Verdict.UNDO,
            who,
            datetime.now(UTC),
            last.after,
            last.before,
            undoes=last.id,
        )
    )


def chosen(document: Document, span: Span) -> Evidence:
    """The evidence of words that a person chose; RefusedError for none, or for half a chapter."""
    if span.end > len(document.text) or not document.text[span.start : span.end].strip():
        raise RefusedError("请先在原文中选取一段文字", "choose some words of the text first")
    if len(span) > _LONGEST_QUOTE:
        raise RefusedError("选取的文字过长，请选取一句或一段", "too long; choose a sentence")
    return document.cite(span)


def added(document: Document, span: Span, *, who: str, values: Values | None = None) -> Commitment:
    """A row that the extraction missed: its evidence is what was chosen in the text."""
    evidence, columns = chosen(document, span), values or Values()
    moment = str(datetime.now(UTC))
    return Commitment(
        id=short_id("a", document.id, str(span.start), str(span.end), who, moment),
        section=document.section_path(span),
        task=wording.one_line(evidence.quote),
        action=columns.action,
        indicator=columns.indicator,
        target=columns.target,
        deadline=columns.deadline,
        responsible_units=columns.responsible_units,
        evidence=evidence,
        confidence=1.0,
        rules=("reviewer",),
    )


def add(library: Library, commitment: Commitment, *, who: str, why: str) -> Decision:
    """Keep a row that a person added; one undo takes all of it back."""
    return library.decide(
        Decision(
            commitment.evidence.document_id,
            commitment.id,
            1,
            ReviewedField.ROW,
            Verdict.ADD,
            who,
            datetime.now(UTC),
            after=values_of(commitment),
            reason=why[:_LONGEST_REASON],
            seen=commitment,
        )
    )


def decide_change(
    library: Library,
    document_id: str,
    key: str,
    *,
    who: str,
    state: RowState,
    number: int,
    why: str,
) -> Decision:
    """Confirm or dismiss a change, or take the last word about it back."""
    if library.desk.change(document_id, key) is None:
        raise DocumentNotFound(key)
    undoes = None
    verdict = {RowState.ACCEPTED: Verdict.ACCEPT, RowState.REJECTED: Verdict.REJECT}.get(state)
    if verdict is None:
        mine = standing(library.decisions.of_subject(document_id, key))
        if not mine:
            raise RefusedError("没有可撤销的意见", "there is nothing to undo")
        verdict, undoes = Verdict.UNDO, mine[-1].id
    if verdict is Verdict.REJECT and not why:
        raise RefusedError("不予采信请写明理由", "say why the change is dismissed")
    return library.decide(
        Decision(
            document_id,
            key,
            number + 1,
            ReviewedField.ROW,
            verdict,
            who,
            datetime.now(UTC),
            reason=why[:_LONGEST_REASON],
            undoes=undoes,
        )
    )


def reason(form: fields.Typed) -> str:
    """Why, on one line."""
    return " ".join(form.get("reason", "").split())[:_LONGEST_REASON]

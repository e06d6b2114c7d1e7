"""Decisions about rows and changes, read and made. Whoever decides sends how many decisions they
had seen, so that nobody overwrites another's."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from corpus.model.errors import DocumentNotFound
from corpus.model.geometry import Span
from corpus.model.review import ReviewedField, RowState, Verdict
from corpus.review import ReviewedRow
from outputs import contract
from outputs.review import deciding
from outputs.review.api import made, shapes
from outputs.review.api.doors import Reviewer, TheSite, Viewer
from outputs.review.site import Site

router = APIRouter()

_Text = Annotated[str, Field(max_length=500)]


class NewDecision(BaseModel):
    """一条意见 | a decision. ``value`` is the column as a form has it: ``value`` of an indicator,
    an action or units (one a line: 云岭省民政厅（牵头）); ``raw``, ``bound``, ``low``, ``high``,
    ``unit``, ``basis``, ``per``, ``base`` of a target; ``raw``, ``kind``, ``start``, ``end``,
    ``period`` of a deadline."""

    verdict: Literal["accept", "correct", "reject", "undo"]
    field: ReviewedField = ReviewedField.ROW
    number: int = Field(ge=0, lt=2**31, description="已有意见数 | decisions seen so far")
    reason: _Text = ""
    value: dict[str, Annotated[str, Field(max_length=20_000)]] = {}


class NewRow(BaseModel):
    """补录一项 | a row that the extraction missed: which characters of the text state it."""

    start: int = Field(ge=0, lt=2**31)
    end: int = Field(ge=1, lt=2**31)
    reason: _Text = ""


class NewChangeDecision(BaseModel):
    """确认、不予采信，或撤回 | confirm, dismiss, or take that back."""

    state: Literal["accepted", "rejected", "open"]
    number: int = Field(ge=0, lt=2**31, description="已有意见数 | decisions seen so far")
    reason: _Text = ""


def _row(site: Site, document_id: str, row_id: str) -> ReviewedRow:
    made.existing(site, document_id)
    for row in site.library.review(document_id).rows:
        if row.commitment.id == row_id:
            return row
    raise DocumentNotFound(made.known_id(row_id))


@router.get("/documents/{document_id}/rows/{row_id}", tags=["审核"], summary="一项及其意见 | a row")
def row(
    request: Request, site: TheSite, visitor: Viewer, document_id: str, row_id: str
) -> shapes.RowAnswer:
    """现值、抽取值、全部意见和冲突 | as it stands, as extracted, every decision and conflict."""
    return _answer(request, _row(site, document_id, row_id), document_id)


def _answer(request: Request, row: ReviewedRow, document_id: str) -> shapes.RowAnswer:
    mine = [each for each in row.decisions if each.subject_id == row.commitment.id]
    machine = row.machine
    return shapes.RowAnswer(
        document_id=document_id,
        state=row.state.value,
        fields={field.value: state.value for field, state in row.fields.items()},
        number=max((each.number for each in mine), default=0),
        commitment=shapes.Commitment(**contract.commitment(row.commitment)),
        machine=shapes.Commitment(**contract.commitment(machine)) if machine else None,
        decisions=made.decisions(row.decisions),
        conflicts=made.conflicts(row.conflicts),
        link=made.address(request, f"/documents/{document_id}", row=row.commitment.id),
    )


@router.post(
    "/documents/{document_id}/rows/{row_id}/decisions",
    tags=["审核"],
    summary="审核一项 | decide about a row",
    status_code=201,
)
def decide(
    site: TheSite, visitor: Reviewer, document_id: str, row_id: str, new: NewDecision
) -> shapes.Decision:
    """采纳、修改、驳回、撤销 | accept, correct, reject, undo."""
    found = _row(site, document_id, row_id)
    who, verdict = visitor.name or "", Verdict(new.verdict)
    if verdict is Verdict.UNDO:
        kept = deciding.undo(site.library, found, who=who, number=new.number)
    else:
        kept = deciding.decide(
            site.library,
            found,
            who=who,
            verdict=verdict,
            field=new.field,
            number=new.number,
            form={**new.value, "reason": new.reason},
        )
    return made.decision(kept)


@router.post(
    "/documents/{document_id}/rows", tags=["审核"], summary="补录 | add a row", status_code=201
)
def add(site: TheSite, visitor: Reviewer, document_id: str, new: NewRow) -> shapes.Decision:
    """从原文中选定字符补录一项，然后逐栏填写 | add a row, then correct its columns one by one."""
    made.existing(site, document_id)
    document = site.library.store.document(document_id)
    who = visitor.name or ""
    span = Span(min(new.start, new.end), new.end)
    commitment = deciding.added(document, span, who=who, values=site.suggest(document, span))
    return made.decision(deciding.add(site.library, commitment, who=who, why=new.reason))


@router.get("/documents/{document_id}/decisions", tags=["审核"], summary="全部意见 | all decisions")
def decisions(site: TheSite, visitor: Viewer, document_id: str) -> list[shapes.Decision]:
    """关于一份文件的全部意见，先后为序 | about the rows and changes of one document."""
    made.existing(site, document_id)
    return made.decisions(site.library.decisions.of_document(document_id))


@router.get("/documents/{document_id}/changes/{key}", tags=["变化"], summary="一项变化 | a change")
def change(
    request: Request, site: TheSite, visitor: Viewer, document_id: str, key: str
) -> shapes.ChangeAnswer:
    """新旧两侧及全部意见 | both sides, and every decision."""
    made.existing(site, document_id)
    site.library.refresh()
    entry = site.library.desk.change(document_id, made.known_id(key))
    if entry is None:
        raise DocumentNotFound(key)
    found = site.library.decisions.of_subject(document_id, key)
    return shapes.ChangeAnswer(
        **made.change(request, entry).model_dump(),
        number=max((each.number for each in found), default=0),
        decisions=made.decisions(found),
    )


@router.post(
    "/documents/{document_id}/changes/{key}/decisions",
    tags=["变化"],
    summary="确认变化 | decide about a change",
    status_code=201,
)
def decide_change(
    site: TheSite, visitor: Reviewer, document_id: str, key: str, new: NewChangeDecision
) -> shapes.Decision:
    """确认、不予采信（须写理由）、撤回 | confirm, dismiss with a reason, take back."""
    made.existing(site, document_id)
    kept = deciding.decide_change(
        site.library,
        document_id,
        made.known_id(key),
        who=visitor.name or "",
        state=RowState(new.state),
        number=new.number,
        why=" ".join(new.reason.split()),
    )
    return made.decision(kept)

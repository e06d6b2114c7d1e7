"""What the API answers, for its description. Documents, rows and changes have the shapes of
``outputs.contract``, which may have more fields than are told here."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Open(BaseModel):
    """A shape that may grow."""

    model_config = ConfigDict(extra="allow")


class Box(Open):
    """页面上的矩形（点，左上角为原点） | a rectangle on a page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Evidence(Open):
    """原文依据 | the quotation, where it stands in the text and on the page."""

    text: str
    start: int
    end: int
    page: int | None
    boxes: list[Box]


class Target(Open):
    """目标值 | a value to be reached."""

    raw: str
    bound: str
    low: float | None
    high: float | None
    unit: str
    basis: str
    per: str | None
    base: str | None


class Deadline(Open):
    """完成时限 | a deadline."""

    raw: str
    kind: str
    start: str | None
    end: str | None
    period: str | None


class Unit(Open):
    """责任单位 | a responsible unit."""

    raw: str
    name: str
    role: str
    inherited: bool
    registered: bool


class Mark(Open):
    """人工审核 | what of a row is a person's."""

    column: str
    verdict: str
    reviewer: str
    when: str


class Commitment(Open):
    """台账中的一项 | a row of the ledger."""

    id: str
    section: list[str]
    task: str
    action: str | None
    indicator: str | None
    target: Target | None
    deadline: Deadline | None
    responsible_units: list[Unit]
    evidence: Evidence
    confidence: float
    rules: list[str]
    doubts: list[str]
    marks: list[Mark]


class Paper(BaseModel):
    """文件清单中的一份 | a document of the list."""

    id: str
    title: str | None
    document_number: str | None
    issuers: str
    date_of_issue: str | None
    source: str
    media_type: str
    pages: int
    rows: int
    open: int
    conflicts: int
    changes: int
    link: str


class Conflict(BaseModel):
    """审核意见与新抽取结果的冲突 | a decision that the newest extraction does not bear out."""

    kind: str
    field: str
    subject_id: str
    reviewer: str
    when: str
    decision: int


class DocumentAnswer(Open):
    """一份文件 | a document, with where its review stands."""

    document: dict[str, Any]
    states: dict[str, int]
    lost: list[Conflict]
    link: str


class Row(BaseModel):
    """台账中的一项，及其审核状态 | a row of a ledger as it stands."""

    document_id: str
    document_title: str
    state: str
    conflict: bool
    commitment: Commitment
    link: str


class Decision(BaseModel):
    """一条审核意见 | a decision; ``number`` counts those about one row or change."""

    id: int
    number: int
    document_id: str
    subject_id: str
    field: str
    verdict: str
    reviewer: str
    when: str
    reason: str
    before: str
    after: str
    undoes: int | None
    stands: bool


class RowAnswer(BaseModel):
    """一项及其全部意见 | a row with what the machine had, every decision and every conflict;
    ``number`` is to be sent with the next decision."""

    document_id: str
    state: str
    fields: dict[str, str]
    number: int
    commitment: Commitment
    machine: Commitment | None
    decisions: list[Decision]
    conflicts: list[Conflict]
    link: str


class Flag(Open):
    """一处变化 | one field that differs."""

    field: str
    direction: str
    before: str | None
    after: str | None


class Change(Open):
    """一项变化 | what became of a commitment."""

    kind: str
    flags: list[Flag]
    prior: Commitment | None
    new: Commitment | None
    severity: str
    summary: dict[str, list[str]]


class ChangeRow(BaseModel):
    """变化清单中的一项 | a change with what was decided about it."""

    document_id: str
    document_title: str
    prior_id: str | None
    key: str
    labels: list[str]
    state: str
    change: Change
    link: str


class ChangeAnswer(ChangeRow):
    """一项变化及其全部意见 | a change with every decision."""

    number: int
    decisions: list[Decision]


class Lineage(Open):
    """文件沿革 | what a work is to others."""

    about: str | None
    works: list[dict[str, Any]]
    links: list[dict[str, Any]]


class Outcome(BaseModel):
    """一份文件的结果 | what became of one file."""

    source: str
    result: str
    document_id: str | None
    reason: str | None


class Run(BaseModel):
    """一次处理 | a run; ``stages`` has done and total of each."""

    id: int
    who: str
    state: str
    queued: str
    files: list[str]
    stages: dict[str, list[int]]
    outcomes: list[Outcome]
    reason: str


class Looked(BaseModel):
    """上传的一份文件 | a file that was sent; ``known`` is the document that has its bytes."""

    name: str
    size: int
    accepted: bool
    known: str | None
    zh: str
    en: str


class UploadAnswer(BaseModel):
    """上传结果 | what was sent, and the run that was started for what is new."""

    files: list[Looked]
    run: Run | None


class Overview(BaseModel):
    """总览 | counts that add up."""

    documents: int
    rows: int = Field(description="未驳回的 | those that stand")
    states: dict[str, int]
    conflicts: int
    due: dict[str, int]
    years: dict[str, int]
    units: dict[str, int]
    changes: int
    change_labels: dict[str, int]
    change_states: dict[str, int]

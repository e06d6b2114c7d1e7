"""Answers made of what the library holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fastapi import Request

from corpus.model.errors import DocumentNotFound
from corpus.model.review import Decision
from corpus.review import Conflict as Disputed
from corpus.review import standing
from corpus.store.desk_records import ChangeEntry, Entry, Paper
from outputs import contract
from outputs.review.api import shapes
from outputs.review.links import link
from outputs.review.row_view import said
from outputs.review.site import Site

_ID = re.compile(r"[a-z]-[0-9a-z-]{1,38}")


def known_id(text: str) -> str:
    """An id as ours look; DocumentNotFound for what can be none."""
    if not _ID.fullmatch(text):
        raise DocumentNotFound(text.encode("utf-8", "replace").decode())
    return text


def existing(site: Site, document_id: str) -> Paper:
    """The document of that id; DocumentNotFound."""
    paper = site.library.desk.paper(known_id(document_id))
    if paper is None:
        raise DocumentNotFound(document_id)
    return paper


def address(request: Request, path: str, *, row: str = "") -> str:
    """Where people see it."""
    return f"{str(request.base_url).removesuffix('/').removesuffix('/api')}{link(path, row=row)}"


def paper(request: Request, found: Paper) -> shapes.Paper:
    """A document of a list."""
    return shapes.Paper(
        id=found.id,
        title=found.title,
        document_number=found.document_number,
        issuers=found.issuers,
        date_of_issue=found.date_of_issue.isoformat() if found.date_of_issue else None,
        source=found.source,
        media_type=found.media_type,
        pages=found.pages,
        rows=found.rows,
        open=found.open,
        conflicts=found.conflicts,
        changes=found.changes,
        link=address(request, f"/documents/{found.id}"),
    )


def row(request: Request, entry: Entry) -> shapes.Row:
    """A row of a list."""
    return shapes.Row(
        document_id=entry.document_id,
        document_title=entry.title,
        state=entry.state.value,
        conflict=entry.conflict,
        commitment=shapes.Commitment(**contract.commitment(entry.commitment)),
        link=address(request, f"/documents/{entry.document_id}", row=entry.commitment.id),
    )


def change(request: Request, entry: ChangeEntry) -> shapes.ChangeRow:
    """A change of a list."""
    return shapes.ChangeRow(
        document_id=entry.document_id,
        document_title=entry.title,
        prior_id=entry.prior_id,
        key=entry.key,
        labels=list(entry.labels),
        state=entry.state.value,
        change=shapes.Change(**contract.change(entry.change)),
        link=address(request, f"/documents/{entry.document_id}/changes/{entry.key}"),
    )


def decisions(found: Sequence[Decision]) -> list[shapes.Decision]:
    """In the order in which they were made."""
    stand = {each.id for each in standing(found)}
    return [decision(each, stands=each.id in stand) for each in found]


def decision(each: Decision, *, stands: bool = True) -> shapes.Decision:
    """One decision, its values in words."""
    return shapes.Decision(
        id=each.id,
        number=each.number,
        document_id=each.document_id,
        subject_id=each.subject_id,
        field=each.field.value,
        verdict=each.verdict.value,
        reviewer=each.reviewer,
        when=each.when.isoformat(),
        reason=each.reason,
        before=said(each.field, each.before),
        after=said(each.field, each.after),
        undoes=each.undoes,
        stands=stands,
    )


def conflicts(found: Iterable[Disputed]) -> list[shapes.Conflict]:
    """Decisions that the newest extraction does not bear out."""
    return [
        shapes.Conflict(
            kind=each.kind.value,
            field=each.field.value,
            subject_id=each.decision.subject_id,
            reviewer=each.decision.reviewer,
            when=each.decision.when.isoformat(),
            decision=each.decision.id,
        )
        for each in found
    ]

"""What ``--format json`` prints: ledgers and comparisons as the published schemas describe them.

70所左右 becomes ``{"raw": "70所左右", "bound": "about", "low": 70, "high": 70, "unit": "所", …}``.
Tools of others read this: fields may be added, none may be renamed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from corpus.model.change import Change, Comparison, Flag
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Evidence, TextSource
from corpus.model.mark import Mark
from corpus.model.official import CitedDocument
from corpus.model.organisation import ResponsibleUnit
from corpus.model.period import Deadline
from corpus.model.quantity import Target
from outputs import wording, wording_en

EXTRACTION = "taizhang/extraction/1"
DIFF = "taizhang/diff/1"

Json = dict[str, Any]


def extraction(ledger: Ledger) -> Json:
    """The ledger of one document."""
    return {
        "schema": EXTRACTION,
        "document": document(ledger.document),
        "commitments": [commitment(each) for each in ledger.commitments],
    }


def diff(comparison: Comparison) -> Json:
    """What changed from the prior documents to the new one."""
    return {
        "schema": DIFF,
        "prior": [document(each) for each in comparison.priors],
        "new": document(comparison.new),
        "changes": [change(each) for each in comparison.changes],
    }


def document(document: Document) -> Json:
    """The header fields of a document and where its file came from."""
    header = document.official
    return {
        "id": document.id,
        "title": header.title,
        "document_number": header.document_number,
        "issuers": list(header.issuers),
        "main_recipients": list(header.main_recipients),
        "date_of_issue": _day(header.date_of_issue),
        "date_printed": _day(header.date_printed),
        "annexes": list(header.annexes),
        "copied_to": list(header.copied_to),
        "copy_number": header.copy_number,
        "classification": header.classification,
        "urgency": header.urgency,
        "index_number": header.index_number,
        "signers": list(header.signers),
        "printed_by": header.printed_by,
        "disclosure": header.disclosure,
        "cited_documents": [_cited(each) for each in document.cited_documents],
        "source": document.provenance.source,
        "sha256": document.provenance.sha256,
        "media_type": document.provenance.media_type,
        "pages": max(1, len(document.pages)),
        "ocr_pages": [p.number for p in document.pages if p.source is TextSource.OCR],
        "failed_pages": [
            {"page": p.number, "reason": p.failure} for p in document.pages if p.failure
        ],
    }


def commitment(commitment: Commitment) -> Json:
    """One row of the ledger."""
    target, deadline = commitment.target, commitment.deadline
    return {
        "id": commitment.id,
        "section": list(commitment.section),
        "task": commitment.task,
        "action": commitment.action,
        "indicator": commitment.indicator,
        "target": None if target is None else _target(target),
        "deadline": None if deadline is None else _deadline(deadline),
        "responsible_units": [_unit(each) for each in commitment.responsible_units],
        "evidence": evidence(commitment.evidence),
        "confidence": commitment.confidence,
        "rules": list(commitment.rules),
        "doubts": list(commitment.doubts),
        "marks": [_mark(each) for each in commitment.marks],
    }


def change(change: Change) -> Json:
    """One change; ``summary`` says it in a sentence for those who don't read the fields."""
    original = change.original
    return {
        "kind": change.kind.value,
        "flags": [flag(each) for each in change.flags],
        "prior": None if change.prior is None else commitment(change.prior),
        "new": None if change.new is None else commitment(change.new),
        "similarity": change.similarity,
        "prior_document": change.prior_document,
        "form": change.form.value,
        "whole": change.whole,
        "place": change.place.value,
        "severity": change.severity.name.lower(),
        "original_deadline": None
        if original is None
        else {
            **_deadline(original.deadline),
            "document": original.document_id,
            "slips": original.slips,
        },
        "doubtful": change.doubtful,
        "doubts": list(change.doubts),
        "summary": {
            "zh": list(wording.sentences(change)),
            "en": list(wording_en.sentences(change)),
        },
    }


def _mark(mark: Mark) -> Json:
    return {
        "column": mark.column,
        "verdict": mark.verdict,
        "reviewer": mark.reviewer,
        "when": mark.when.isoformat(),
    }


def number(amount: Decimal) -> int | float:
    """An integer where it is one: 70, not 70.0; JSON readers tell the two apart."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _target(target: Target) -> Json:
    low, high = target.low, target.high
    return {
        "raw": target.raw,
        "bound": target.bound.value,
        "low": None if low is None else number(low),
        "high": None if high is None else number(high),
        "unit": target.quantity.unit,
        "basis": target.basis.value,
        "per": target.per,
        "base": target.base,
    }


def _deadline(deadline: Deadline) -> Json:
    return {
        "raw": deadline.raw,
        "kind": deadline.kind.value,
        "start": _day(deadline.start),
        "end": _day(deadline.end),
        "period": deadline.period,
        "inherited": deadline.inherited,
        "doubt": deadline.doubt,
    }


def _unit(unit: ResponsibleUnit) -> Json:
    return {
        "raw": unit.raw,
        "name": unit.name,
        "role": unit.role.value,
        "inherited": unit.inherited,
        "registered": unit.registered,
    }


def evidence(evidence: Evidence) -> Json:
    """A quotation with its place in the text and on the page."""
    return {
        "text": evidence.quote,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "page": wording.page(evidence),
        "boxes": [
            {"page": box.page, "x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
            for box in evidence.boxes
        ],
    }


def flag(flag: Flag) -> Json:
    """One field that differs."""
    return {
        "field": flag.field.value,
        "direction": flag.direction.value,
        "before": flag.before,
        "after": flag.after,
        "aspect": flag.aspect.value if flag.aspect else None,
        "effect": flag.effect.value,
    }


def _cited(cited: CitedDocument) -> Json:
    return {"title": cited.title, "document_number": cited.document_number}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

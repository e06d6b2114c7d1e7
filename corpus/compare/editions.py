"""Drafts and final texts: 《…规划（征求意见稿）》 and 《…规划》 are two editions of one plan."""

from __future__ import annotations

import re

from corpus.compare.fold import fold
from corpus.model.document import BlockKind, Document
from corpus.model.lineage import Edition

_DRAFT = re.compile(
    r"征求意见稿|公开征求意见|征求.{0,20}意见的(?:函|公告|通知)|送审稿|审议稿|讨论稿|代拟稿|\(草案\)|草案稿"
)
_TRIAL = re.compile(r"\((?:试行|暂行)\)|(?:试行|暂行)(?:办法|规定|条例|方案|意见)$")
# A lost title page, or a title that was not read: the mark stands in the first lines.
_HEAD = 120


def edition_of(document: Document) -> Edition:
    """By the title, else by the first lines; a text that says nothing is final."""
    title = fold(document.official.title or "")
    head = title or fold(_head(document))
    if _DRAFT.search(head) or _DRAFT.search(fold(document.provenance.source)):
        return Edition.DRAFT
    return Edition.TRIAL if _TRIAL.search(title) else Edition.FINAL


def _head(document: Document) -> str:
    """The first characters that are no page furniture."""
    parts = [
        document.text[block.span.start : block.span.end]
        for block in document.blocks[:6]
        if block.kind is not BlockKind.FURNITURE
    ]
    return ("".join(parts) or document.text)[:_HEAD]

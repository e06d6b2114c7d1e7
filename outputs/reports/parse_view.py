"""A document as it was read, written as text, as JSON, or as a page that shows what was read where.

The page is one file that needs nothing else: what a document says is text in it and never runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from corpus.model.document import Document, TextSource
from corpus.model.geometry import Box, Span
from corpus.parse.quality import PageQuality, quality
from outputs import wording
from outputs.reports.page_images import drawing
from outputs.reports.parsed import GRADES, KINDS, SOURCES, pages, unplaced
from outputs.reports.render import environment, own, policy

FORMATS = ("text", "json", "html")


def written(document: Document, content: bytes, format: str) -> bytes:
    """The document in one of FORMATS; ``content`` is its file, for the pictures."""
    if format == "html":
        return as_html(document, content)
    if format == "json":
        made = json.dumps(as_data(document), ensure_ascii=False, indent=2, default=str)
        return f"{made}\n".encode("utf-8", "replace")
    return "\n".join([*_head(document), "", document.text, ""]).encode("utf-8", "replace")


def as_html(document: Document, content: bytes) -> bytes:
    """The page with pictures."""
    style, script = own("parsed.css"), own("parsed.js")
    shown = pages(document)
    with drawing(document, content) as drawings:
        pictures = {each.page.number: drawings.address(each.page) for each in shown if each.lines}
        bare = (each for each in shown if not each.lines and each.page.width)
        pictures |= {each.page.number: drawings.address(each.page) for each in bare}
    page = (
        environment()
        .get_template("parsed.html")
        .render(
            document=document,
            title=wording.title(document),
            facts=list(_facts(document)),
            pages=shown,
            failed=any(each.quality.failure for each in shown),
            parts=unplaced(document),
            pictures=pictures,
            KINDS=KINDS,
            SOURCES=SOURCES,
            GRADES=GRADES,
            style=style,
            script=script,
            policy=f"{policy(style, script)}; img-src data:",
        )
    )
    return page.encode("utf-8", "replace")


def _head(document: Document) -> Iterator[str]:
    """What the text begins with: the header, and the record of every page."""
    yield wording.title(document)
    yield from (f"{name}：{value}" for name, value in _facts(document))
    yield "逐页质量："
    yield from (f"  {_said(page)}" for page in quality(document))


def _said(page: PageQuality) -> str:
    """第3页　光学识别　置信度 0.97　存疑 2　印章 1　需核对"""
    words = [f"第{page.number}页", SOURCES[page.source]]
    if page.source is TextSource.OCR:
        words.append(f"置信度 {page.confidence:.2f}")
    words += [f"存疑 {page.doubts}"] if page.doubts else []
    words += [f"印章 {page.seals}"] if page.seals else []
    words.append(GRADES[page.grade])
    words += [page.failure] if page.failure else []
    return "　".join(words)


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    header = document.official
    lists = (
        ("文号", header.document_number),
        ("发文机关", "、".join(header.issuers)),
        ("签发人", "、".join(header.signers)),
        ("成文日期", wording.day(header.date_of_issue) if header.date_of_issue else None),
        ("主送", "、".join(header.main_recipients)),
        ("附件", "；".join(header.annexes)),
        ("抄送", "、".join(header.copied_to)),
        ("印发", _printed(document)),
        ("紧急程度", header.urgency),
        ("份号", header.copy_number),
        ("公开方式", header.disclosure),
        ("来源", document.provenance.source),
    )
    yield from ((name, value) for name, value in lists if value)


def _printed(document: Document) -> str:
    header = document.official
    day = wording.day(header.date_printed) if header.date_printed else ""
    return "　".join(part for part in (header.printed_by or "", day) if part)


def as_data(document: Document) -> dict[str, Any]:
    """Everything that was read, for programs."""
    return {
        "id": document.id,
        "provenance": asdict(document.provenance),
        "official": asdict(document.official),
        "pages": [
            {**asdict(page), "quality": asdict(graded)}
            for page, graded in zip(document.pages, quality(document), strict=True)
        ],
        "text": document.text,
        "blocks": [{"kind": b.kind, "level": b.level, **_span(b.span)} for b in document.blocks],
        "lines": [
            {
                **_span(line.span),
                **_box(line.box),
                "slope": line.slope,
                "source": line.source,
                "confidence": line.confidence,
            }
            for line in document.lines
        ],
        "tables": [_table(document, index) for index in range(len(document.tables))],
        "sections": [asdict(section) for section in document.sections],
        "cited_documents": [asdict(cited) for cited in document.cited_documents],
        "doubts": [
            {
                **_span(doubt.span),
                "readings": doubt.readings,
                "reason": doubt.reason,
                "boxes": [_box(box) for box in document.boxes(doubt.span)],
            }
            for doubt in document.doubts
        ],
        "corrections": [{**_span(c.span), "raw": c.raw} for c in document.corrections],
        "seals": [_box(seal.box) for seal in document.seals],
    }


def _table(document: Document, index: int) -> dict[str, Any]:
    table = document.tables[index]
    return {
        **_span(table.span),
        "header_rows": table.header_rows,
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "merged": cell.merged,
                **_span(cell.span),
                "text": document.text[cell.span.start : cell.span.end],
                "boxes": [_box(box) for box in document.boxes(cell.span)],
            }
            for cell in table.cells
        ],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _box(box: Box) -> dict[str, float]:
    places = ((name, getattr(box, name)) for name in ("x0", "top", "x1", "bottom"))
    return {"page": box.page, **{name: round(value, 2) for name, value in places}}

"""How far each page can be trusted: 第3页，光学识别，置信度 0.97，存疑 2 处，印章 1 枚.

For people who decide which pages to look at before they rely on a ledger.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from dataclasses import dataclass

from corpus.model.document import Document, Line, Page, TextSource

# Characters of sound scans score 0.97 and more on the average, those of bad ones 0.9.
_GOOD, _FAIR = 0.95, 0.85


class Grade(enum.StrEnum):
    """What to do with a page: rely on it, look at what is doubted, read it, get a better copy."""

    GOOD = "good"
    CHECK = "check"
    POOR = "poor"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageQuality:
    """One page. ``confidence`` is that of its average character, 1 for a text layer."""

    number: int
    source: TextSource
    confidence: float
    doubts: int
    seals: int
    grade: Grade
    failure: str | None = None


def quality(document: Document) -> tuple[PageQuality, ...]:
    """The record of every page, in order."""
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        lines[line.box.page].append(line)
    doubts = Counter(
        page
        for doubt in document.doubts
        for page in {box.page for box in document.boxes(doubt.span)}
    )
    seals = Counter(seal.box.page for seal in document.seals)
    return tuple(
        _page(page, lines[page.number], doubts[page.number], seals[page.number])
        for page in document.pages
    )


def _page(page: Page, lines: list[Line], doubts: int, seals: int) -> PageQuality:
    signs = sum(len(line.span) for line in lines)
    score = sum(line.confidence * len(line.span) for line in lines) / signs if signs else 1.0
    grade = Grade.FAILED if page.failure else _grade(score, doubts)
    return PageQuality(
        page.number, page.source, round(score, 4), doubts, seals, grade, page.failure
    )


def _grade(score: float, doubts: int) -> Grade:
    if score < _FAIR:
        return Grade.POOR
    return Grade.CHECK if doubts or score < _GOOD else Grade.GOOD

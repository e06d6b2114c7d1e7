"""How documents belong together (文件沿革): which one repeals, continues, issues or cites which.

A *work* is what was issued once, in however many files it is kept; relations hold between works.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from corpus.model.document import Evidence


class RelationKind(enum.StrEnum):
    """What one work is to another; the first does it to the second (甲 supersedes 乙)."""

    SUPERSEDES = "supersedes"  # 替代（原文件同时废止）
    REPEALS = "repeals"  # 废止
    AMENDS = "amends"  # 修改、修订、补充
    CORRECTS = "corrects"  # 更正
    CONTINUES = "continues"  # 接续：“十三五”→“十四五”
    FINALISES = "finalises"  # 定稿：征求意见稿 → 正式文件
    ISSUES = "issues"  # 印发
    FORWARDS = "forwards"  # 转发
    BASED_ON = "based_on"  # 依据
    IMPLEMENTS = "implements"  # 贯彻落实
    CITES = "cites"  # 引用


class Edition(enum.StrEnum):
    """Whether a text is in force or still asked about: 征求意见稿, 草案, 送审稿 are drafts."""

    DRAFT = "draft"
    TRIAL = "trial"  # 试行、暂行: in force
    FINAL = "final"


class Resolved(enum.StrEnum):
    """How a named document was found in the library, surest first."""

    NUMBER = "number"
    TITLE = "title"
    NUMBER_MISREAD = "number_misread"
    TITLE_MISREAD = "title_misread"
    SERIES = "series"  # not named at all: the same plan of the period before


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a document names another: 根据《…》（豫政〔2019〕23号）."""

    kind: RelationKind
    title: str | None
    document_number: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Work:
    """``documents`` are the copies, the one to read first, ``sources`` their files; the rest is
    what that one says."""

    id: str
    documents: tuple[str, ...]
    sources: tuple[str, ...]
    title: str | None
    document_number: str | None
    issued: date | None
    edition: Edition


@dataclass(frozen=True, slots=True)
class Link:
    """``source`` and ``target`` are ids of works; ``target`` is None where the library doesn't have
    what ``title`` and ``document_number`` name. ``doubt`` says in Chinese what isn't certain."""

    kind: RelationKind
    source: str
    target: str | None
    title: str | None
    document_number: str | None
    resolved: Resolved | None
    evidence: Evidence | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Works and what they are to each other. ``about`` is the work that was asked for."""

    works: tuple[Work, ...]
    links: tuple[Link, ...]
    about: str | None = None

    def work(self, work_id: str) -> Work:
        """The work of that id."""
        return next(work for work in self.works if work.id == work_id)

    def repealed(self, work_id: str) -> bool:
        """True where another work of the library says that this one ends (失效)."""
        ends = (RelationKind.SUPERSEDES, RelationKind.REPEALS)
        return any(link.target == work_id and link.kind in ends for link in self.links)

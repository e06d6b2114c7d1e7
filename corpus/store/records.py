"""What the store keeps besides documents and ledgers: files, stages done, outcomes of a run."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from corpus.model.change import Comparison


class Stage(enum.StrEnum):
    """The stages in their order, by the words of command and flow."""

    INGEST = "ingest"
    PARSE = "parse"
    EXTRACT = "extract"
    COMPARE = "compare"


class Result(enum.StrEnum):
    """完成, 部分完成, 失败."""

    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file taken in: 001.pdf and where its bytes come from."""

    sha256: str
    source: str
    size: int


@dataclass(frozen=True, slots=True)
class StageRecord:
    """What one stage made of one file under one ``version`` of code and settings.

    ``settled`` is false for a failure that another try may not meet (disk full): it is not
    repeated for ever, only in the next run. ``page`` is the first page that could not be read.
    """

    sha256: str
    stage: Stage
    version: str
    result: Result
    started: datetime
    finished: datetime
    settled: bool = True
    reason: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one file in one run. ``stage`` is where it stopped or fell short.

    ``unchanged`` where everything had been done before, by the same version, on the same bytes.
    """

    source: str
    result: Result
    sha256: str | None = None
    document_id: str | None = None
    stage: Stage | None = None
    reason: str | None = None
    page: int | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run with an outcome for every file."""

    id: int
    started: datetime
    finished: datetime | None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as kept. ``copies`` where both sides are copies of one work, so that whatever
    differs is a doubt about the reading, not news; ``decided`` is the newest decision of a person
    about the rows of either side that it was made with."""

    comparison: Comparison
    copies: bool
    decided: int = 0


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What orders documents without opening them: the earlier file of a tie is the prior one."""

    id: str
    sha256: str
    source: str
    first_run: int

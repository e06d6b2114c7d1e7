"""What the desk of a reviewer keeps and asks for: rows and changes as they stand, and filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from corpus.model.change import Change, ChangeKind
from corpus.model.commitment import Commitment
from corpus.model.review import RowState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents: all that hold every word of ``text`` in header or body, are of ``issuer``
    and ``year``, issued from ``since`` to ``until`` (both included), with a row that ``unit`` is
    to do, and have rows waiting, or none, by ``state`` (open, done)."""

    text: str = ""
    issuer: str = ""
    year: int | None = None
    state: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows of all ledgers. ``due_from`` and ``due_before`` are half-open; ``due`` asks for
    rows with (dated) or without (undated) a last day; ``doubtful`` for those with any doubt."""

    text: str = ""
    unit: str = ""
    document: str = ""
    state: str = ""
    due_from: date | None = None
    due_before: date | None = None
    due: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes; ``label`` is a word of ``outputs.labels``, ``severity`` the name of one,
    ``state`` what was decided, ``indicator`` part of the name of what is measured, folded,
    ``year`` that in which the newer document was issued, 0 for those without a date."""

    text: str = ""
    unit: str = ""
    document: str = ""
    label: str = ""
    severity: str = ""
    state: str = ""
    carried: bool = False
    indicator: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in a list."""

    id: str
    title: str | None
    document_number: str | None
    issuers: str
    date_of_issue: date | None
    source: str
    media_type: str
    pages: int
    rows: int
    open: int
    conflicts: int
    changes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a ledger as it stands; ``units`` and ``text`` are what it is searched by."""

    document_id: str
    commitment: Commitment
    position: int
    state: RowState
    conflict: bool
    doubt: float
    size: int
    units: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change with what was decided about it; ``key`` stays the same over new extractions."""

    document_id: str
    key: str
    position: int
    prior_id: str | None
    weight: int
    labels: tuple[str, ...]
    state: RowState
    units: str
    text: str
    change: Change
    title: str = ""
    indicators: str = ""

    @property
    def carried(self) -> bool:
        """True where nothing changed."""
        return self.change.kind is ChangeKind.CARRIED_OVER


@dataclass(frozen=True, slots=True)
class Renewed:
    """What the desk is to hold of a document from now on; ``basis`` is what it was computed from.

    Where nothing but decisions are new, ``changes`` and ``text`` are None: they stay as they are,
    but for what ``states`` says of changes by their key.
    """

    document_id: str
    basis: str
    entries: tuple[Entry, ...]
    lost: int = 0
    changes: tuple[ChangeEntry, ...] | None = None
    text: str | None = None
    states: dict[str, RowState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a list, and how many there are in all; pages count from 1."""

    items: tuple[T, ...]
    total: int
    page: int = 1
    size: int = 50

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

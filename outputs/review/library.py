"""The library behind the pages: store, desk, decisions and accounts on one database.

``refresh`` brings what the pages filter by up to the newest extraction and decision of every
document: 云岭省民政厅 finds a row whose unit a reviewer corrected a second ago.
"""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.intake import place
from corpus.model.change import Change, Comparison
from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.model.ids import short_id
from corpus.model.review import Decision, ReviewedField, RowState, Verdict
from corpus.review import Conflict, Review, ReviewedRow, doubt, gone_changes, replay, size, standing
from corpus.store import Store
from corpus.store.accounts import Accounts
from corpus.store.change_years import ChangeYears
from corpus.store.decisions import Decisions
from corpus.store.desk import Desk
from corpus.store.desk_fresh import Mark, only_decided
from corpus.store.desk_records import ChangeEntry, Entry, Renewed
from corpus.store.engine import connect
from corpus.store.subscriptions import Subscriptions
from corpus.works import tells_nothing
from outputs import labels, wording
from outputs.labels import Label

# How long what other processes did may stay unseen; what happens here is seen at once.
_SECONDS = 2.0
_THOROUGH = 300.0
# Documents that are written at once where many are new.
_TOGETHER = 20
_BRACKETS = str.maketrans("[【〔〈《", "(((((") | str.maketrans("]】〕〉》", ")))))")


class Library:
    """``home`` is where the bytes of the files are."""

    def __init__(self, database: str, home: Path) -> None:
        engine = connect(database)
        self.home = home
        self.store = Store(engine)
        self.desk = Desk(engine)
        self.decisions = Decisions(engine)
        self.accounts = Accounts(engine)
        self.subscriptions = Subscriptions(engine)
        self.change_years = ChangeYears(engine)
        self._lock = threading.Lock()
        self._checked = 0.0
        self._seen: Mark | None = None
        self._looked_through = -_THOROUGH

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def file(self, sha256: str) -> Path:
        """Where the bytes of a file are."""
        return place(self.home, sha256)

    def review(self, document_id: str) -> Review:
        """The ledger of a document with all decisions replayed over it."""
        rows = self.desk.extracted(document_id)
        return replay(rows, _about_rows(self.decisions.of_document(document_id)))

    def reviewed_ledger(self, document_id: str) -> Ledger:
        """The ledger as it stands: corrected, without what was rejected."""
        document = self.store.document(document_id, lines=False)
        return Ledger(document, self.review(document_id).commitments)

    def decide(self, decision: Decision) -> Decision:
        """Keep a decision; every page shows it from now on."""
        kept = self.decisions.append(decision)
        self.refresh(now=True)
        return kept

    def comparisons(self, document_id: str) -> list[Comparison]:
        """What changed against the prior documents; copies only where they differ."""
        return [
            each.comparison
            for each in self.store.comparisons(document_id)
            if not tells_nothing(each.comparison, copies=each.copies)
        ]

    def gone_changes(self, document_id: str) -> tuple[Conflict, ...]:
        """Decisions about changes of a document that are none any more."""
        decided = self.decisions.of_document(document_id)
        return gone_changes(decided, self.desk.change_keys(document_id))

    def refresh(
        self, *, now: bool = False, report: Callable[[int, int], None] | None = None
    ) -> int:
        """Bring the desk up to date; how many documents had to be."""
        with self._lock:
            if not now and time.monotonic() - self._checked < _SECONDS:
                return 0
            stale, mark = self.desk.stale(self._seen_recently())
            every = list(stale.items())
            for start in range(0, len(every), _TOGETHER):
                part = every[start : start + _TOGETHER]
                self.desk.renew([self._renewed(document, *bases) for document, bases in part])
                if report:
                    report(start + len(part), len(every))
            self._seen = mark
            self._checked = time.monotonic()
            return len(stale)

    def _seen_recently(self) -> Mark | None:
        """What was there when last looked; every few minutes all is looked through: on a database
        server a number may be given before a lower one can be seen."""
        if time.monotonic() - self._looked_through < _THOROUGH:
            return self._seen
        self._looked_through = time.monotonic()
        return None

    def _renewed(self, document_id: str, known: str, basis: str) -> Renewed:
        decisions = self.decisions.of_document(document_id)
        review = replay(self.desk.extracted(document_id), _about_rows(decisions))
        lost = len(review.lost)
        if only_decided(known, basis):
            sizes = self.desk.sizes(document_id)
            entries = _entries(document_id, review, lambda row: sizes.get(row, 1))
            states = change_states(decisions)
            return Renewed(document_id, basis, entries, lost, states=states)
        found = self.comparisons(document_id)
        by_row = {c.new.id: c for each in found for c in each.changes if c.new}
        entries = _entries(document_id, review, lambda row: size(by_row.get(row)))
        changes = tuple(_changes(document_id, found, decisions))
        text = searchable(self.store.document(document_id, lines=False))
        return Renewed(document_id, basis, entries, lost, changes, text)


def fold(text: str) -> str:
    """What texts are searched by: one width, one kind of bracket, no blanks."""
    plain = unicodedata.normalize("NFKC", text.translate(_BRACKETS))
    return "".join(plain.split()).lower()


def searchable(document: Document) -> str:
    """Header and body of a document, folded."""
    header = document.official
    parts = (
        header.title or "",
        header.document_number or "",
        *header.issuers,
        document.provenance.source,
        document.text,
    )
    return "\n".join(fold(part) for part in parts)


def change_key(change: Change) -> str:
    """Stays the same for as long as the change does, whatever is extracted anew."""
    sides = [side.id if side else "" for side in (change.prior, change.new)]
    flags = [f"{f.field}:{f.direction}:{f.before}:{f.after}" for f in change.flags]
    return short_id("x", change.kind.value, *sides, *flags)


def _about_rows(decisions: Sequence[Decision]) -> list[Decision]:
    return [each for each in decisions if not each.subject_id.startswith("x-")]


def _entries(document_id: str, review: Review, sized: Callable[[str], int]) -> tuple[Entry, ...]:
    return tuple(
        _entry(document_id, position, row, sized(row.commitment.id))
        for position, row in enumerate(review.rows)
    )


def _entry(document_id: str, position: int, row: ReviewedRow, size: int) -> Entry:
    commitment = row.commitment
    names = dict.fromkeys(unit.name for unit in commitment.responsible_units)
    words = (
        commitment.task,
        commitment.indicator or "",
        commitment.action or "",
        wording.value(commitment.target),
        wording.deadline(commitment.deadline),
        *(f"{unit.name}\n{unit.raw}" for unit in commitment.responsible_units),
    )
    return Entry(
        document_id,
        commitment,
        position,
        row.state,
        bool(row.conflicts),
        doubt(commitment),
        size,
        "\n".join(names),
        fold("\n".join(words)),
    )


def _changes(
    document_id: str, comparisons: Sequence[Comparison], decisions: Sequence[Decision]
) -> Iterator[ChangeEntry]:
    states = change_states(decisions)
    position = 0
    seen: set[str] = set()
    for comparison in comparisons:
        for change in comparison.changes:
            key = change_key(change)
            if key in seen:
                continue
            seen.add(key)
            position += 1
            state = states.get(key, RowState.OPEN)
            yield _change(document_id, key, position, change, state, comparison)


def _change(
    document_id: str,
    key: str,
    position: int,
    change: Change,
    state: RowState,
    comparison: Comparison,
) -> ChangeEntry:
    from outputs.records import prior_of

    prior = prior_of(change, comparison)
    sides = [side for side in (change.prior, change.new) if side]
    names = dict.fromkeys(u.name for side in sides for u in side.responsible_units)
    words = [wording.one_line(side.task) for side in sides] + list(wording.sentences(change))
    found: tuple[Label, ...] = labels.labels(change)
    indicators = dict.fromkeys(side.indicator for side in sides if side.indicator)
    return ChangeEntry(
        document_id,
        key,
        position,
        prior.id if prior else None,
        labels.weight(change),
        tuple(label.value for label in found),
        state,
        "\n".join(names),
        fold("\n".join([*words, *names])),
        change,
        indicators="\n".join(fold(name) for name in indicators),
    )


def change_states(decisions: Sequence[Decision]) -> dict[str, RowState]:
    """By change what the last decision about it that stands says."""
    words = {Verdict.ACCEPT: RowState.ACCEPTED, Verdict.REJECT: RowState.REJECTED}
    return {
        each.subject_id: words[each.verdict]
        for each in standing(decisions)
        if each.field is ReviewedField.ROW and each.verdict in words
    }

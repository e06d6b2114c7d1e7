"""``lineage``, ``history``, ``counterparts``, ``compare-levels`` and ``check``: what documents are
to each other, and whether one agrees with itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model.commitment import Ledger
from flows.commands.library import opened, wanted_document
from flows.commands.output import deliver, note
from flows.commands.quick import ledger_of

if TYPE_CHECKING:
    from corpus.compare.counterparts import Counterpart, Counterparts
    from corpus.store import Store


def show_lineage(document: str, home: Path | None, format: str, out: Path | None) -> None:
    """What a document is to the others of the library."""
    from corpus.compare.kinship import around
    from outputs.exports import export_lineage

    with opened(home) as store:
        lineage, about = store.index.lineage(wanted_document(store, document))
    deliver(export_lineage(around(lineage, about), format), out)


def show_history(indicator: str, home: Path | None, format: str, out: Path | None) -> None:
    """Every value of an indicator; of a work that is kept several times, once."""
    from corpus.compare.history import history
    from corpus.works import works
    from outputs.exports import export_history

    with opened(home) as store:
        ledgers = [store.corrected.ledger(each) for each in store.index.of_indicator(indicator)]
    first = {work.documents[0] for work in works(ledger.document for ledger in ledgers)}
    found = history(indicator, (each for each in ledgers if each.document.id in first))
    if not found.points and format != "table":
        note("库中没有这个指标 | no such indicator in the library")
    deliver(export_history(found, format), out)


def show_counterparts(document: str, home: Path | None, format: str, out: Path | None) -> None:
    """Commitments of other documents that say the same as those of a file, or of a document of the
    library; its copies left out."""
    from outputs.exports import export_counterparts

    with ExitStack() as stack:
        ledger = _ledger(document, home, stack)
        store = stack.enter_context(opened(home))
        copies = store.index.copies(ledger.document)
        found = _as_reviewed(store, store.index.counterparts(ledger, without=copies))
    if not found.sources and format != "table":
        note("库中没有同类承诺 | no other document says the same")
    deliver(export_counterparts(found, format), out)


def compare_across(
    superiors: Sequence[str], lower: str, home: Path | None, format: str, out: Path | None
) -> None:
    """What the lower document makes of each indicator of the superior ones."""
    from corpus.compare.levels import compare_levels
    from outputs.exports import export_levels

    with ExitStack() as stack:
        ledgers = [_ledger(each, home, stack) for each in (*superiors, lower)]
    deliver(export_levels(compare_levels(ledgers[:-1], ledgers[-1]), format), out)


def check_one(document: str, home: Path | None, format: str, out: Path | None) -> None:
    """Where a file, or a document of the library, doesn't agree with itself."""
    from corpus.compare.consistency import check
    from outputs.exports import export_checks

    with ExitStack() as stack:
        ledger = _ledger(document, home, stack)
    deliver(export_checks(ledger.document, check(ledger), format), out)


def _ledger(wanted: str, home: Path | None, stack: ExitStack) -> Ledger:
    """Of a file where there is one of that name, else of a document of the library."""
    if Path(wanted).is_file():
        return ledger_of(Path(wanted))
    store = stack.enter_context(opened(home))
    return store.corrected.ledger(wanted_document(store, wanted))


def _as_reviewed(store: Store, found: Counterparts) -> Counterparts:
    """With what people made of the other documents; what they rejected is no counterpart."""
    decided = [each for each in found.sources if store.corrected.decided(each)]
    known = {
        (each, commitment.id): commitment
        for each in decided
        for commitment in store.corrected.ledger(each).commitments
    }

    def stands(each: Counterpart) -> Counterpart | None:
        home = each.other.evidence.document_id
        other = known.get((home, each.other.id)) if home in decided else each.other
        return replace(each, other=other) if other else None

    rows = tuple(
        (commitment, tuple(kept for each in others if (kept := stands(each))))
        for commitment, others in found.rows
    )
    return replace(found, rows=rows)

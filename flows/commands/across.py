"""``lineage``, ``history``, ``compare-levels`` and ``check``: what documents are to each other, and
whether one agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model.commitment import Ledger
from flows.commands.library import opened, wanted_document
from flows.commands.output import deliver, note
from flows.commands.quick import ledger_of

if TYPE_CHECKING:
    from corpus.store import Store


def show_lineage(document: str, home: Path | None, format: str, out: Path | None) -> None:
    """What a document is to the others of the library."""
    from corpus.compare.kinship import around, kinship
    from corpus.works import works
    from outputs.exports import export_lineage

    with opened(home) as store:
        wanted = wanted_document(store, document)
        documents = [store.document(entry.id, lines=False) for entry in store.entries()]
    known = works(documents)
    about = next(work.id for work in known if wanted in work.documents)
    deliver(export_lineage(around(kinship(documents, known), about), format), out)


def show_history(indicator: str, home: Path | None, format: str, out: Path | None) -> None:
    """Every value of an indicator; of a work that is kept several times, once."""
    from corpus.compare.history import history
    from outputs.exports import export_history

    with opened(home) as store:
        found = history(indicator, _once(store))
    if not found.points and format != "table":
        note("库中没有这个指标 | no such indicator in the library")
    deliver(export_history(found, format), out)


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


def _once(store: Store) -> Iterator[Ledger]:
    from corpus.works import works

    documents = (store.document(entry.id, lines=False) for entry in store.entries())
    first = {work.documents[0] for work in works(documents)}
    yield from (each for each in store.corrected.ledgers() if each.document.id in first)

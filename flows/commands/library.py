"""``ledger``, ``changes`` and ``documents``: what the library holds, without Prefect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model.errors import DocumentNotFound, SettingsError
from flows.commands.output import deliver, note
from flows.settings import load

if TYPE_CHECKING:
    from corpus.model.change import Comparison
    from corpus.store import Store
    from corpus.store.records import Compared

    Read = Callable[[str], list[Compared]]


def show_ledger(
    home: Path | None,
    format: str,
    out: Path | None,
    *,
    unit: str | None,
    due_before: date | None,
    document: str | None,
) -> None:
    """The commitments that meet every condition, document by document."""
    from outputs.exports import export_ledgers

    with opened(home) as store:
        wanted = wanted_document(store, document) if document else None
        units = _names(unit) if unit else ()
        found = list(store.corrected.ledgers(unit=units, due_before=due_before, document=wanted))
    if unit or due_before:
        kept = [ledger for ledger in found if ledger.commitments]
        # Of one document asked for by name, that there is nothing is the answer.
        found = kept or (found if document else [])
    if not any(ledger.commitments for ledger in found) and format != "table":
        note("没有符合条件的任务 | no commitment meets the conditions")
    deliver(export_ledgers(found, format), out)


def show_changes(home: Path | None, format: str, out: Path | None, *, document: str | None) -> None:
    """What changed against the prior documents, copies of one work left out where they agree."""
    from corpus.comparing import comparisons
    from corpus.works import tells_nothing
    from outputs.exports import export_comparisons

    with opened(home) as store:
        read = comparisons(store)
        wanted = [wanted_document(store, document)] if document else _all(store)
        found = _comparisons(read, wanted, alone=document is not None)
        kept = [_with_originals(read, each) for each in found]
    shown = [c.comparison for c in kept if not tells_nothing(c.comparison, copies=c.copies)]
    if not shown and format != "table":
        note("没有可比对的前序文件，或没有变化 | no prior document to compare with, or no change")
    deliver(export_comparisons(shown, format), out)


def show_documents(home: Path | None, format: str, out: Path | None) -> None:
    """Every document of the library."""
    from outputs.exports import export_documents

    with opened(home) as store:
        found = [store.document(entry.id, lines=False) for entry in store.entries()]
    deliver(export_documents(found, format), out)


def wanted_document(store: Store, wanted: str) -> str:
    """What a person means; where several copies of one work answer, the one that tells most."""
    try:
        return store.find_document(wanted)
    except DocumentNotFound:
        from corpus.compare.catalogue import Catalogue
        from corpus.works import works

        meant = store.index.meant(wanted, wanted)
        documents = [store.document(each, lines=False) for each in sorted(meant)]
        found = {each.document_id for each in Catalogue(documents).find(wanted, wanted)}
        homes = [work for work in works(documents) if found & set(work.documents)]
        if len(homes) != 1:
            raise
        return homes[0].id


def _all(store: Store) -> list[str]:
    return [entry.id for entry in store.entries()]


def _comparisons(read: Read, wanted: Sequence[str], *, alone: bool) -> list[Compared]:
    """Of one document ``alone`` those of the work that it is a copy of, too."""
    own = [each for one in wanted for each in read(one)]
    originals = [each.comparison.priors[0].id for each in own if each.copies and alone]
    return [*(each for one in originals for each in read(one)), *own]


def _with_originals(read: Read, compared: Compared) -> Compared:
    """With the deadlines that earlier versions set, as far back as the library goes."""
    from corpus.compare.slips import with_originals

    earlier: dict[str, list[Comparison]] = {}
    waiting = [prior.id for prior in compared.comparison.priors]
    while waiting:
        document_id = waiting.pop()
        if document_id not in earlier:
            known = [each.comparison for each in read(document_id) if not each.copies]
            earlier[document_id] = known
            waiting += [prior.id for each in known for prior in each.priors]
    every = (comparison for known in earlier.values() for comparison in known)
    return replace(compared, comparison=with_originals(compared.comparison, every))


def _names(unit: str) -> tuple[str, ...]:
    """As given, and as registered: 河南省发改委 is 河南省发展和改革委员会."""
    from corpus.model.organisation import Jurisdiction
    from extractors.nlp.register import resolve

    name, registered = resolve(unit, Jurisdiction())
    return (unit, name) if registered and name != unit else (unit,)


@contextmanager
def opened(home: Path | None) -> Iterator[Store]:
    """The library, if there is one."""
    from corpus.store import open_store

    settings = load(home)
    if not settings.has_library:
        raise SettingsError(
            f"{settings.home} 中还没有台账库，请先运行 taizhang ingest，或用 --home 指定位置",
            f"there is no library in {settings.home}; run `taizhang ingest` first, or name "
            "another place with --home",
        )
    with open_store(settings.database) as store:
        yield store

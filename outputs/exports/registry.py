"""Which formats there are and where each is made: ``table``, ``json``, ``csv``, ``xlsx``, ``docx``,
``html``.

A plain table of import paths, so that ``--format json`` never loads openpyxl.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from corpus.compare.counterparts import Counterparts
from corpus.compare.history import History
from corpus.compare.levels import Levels
from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from corpus.model.consistency import Inconsistency
from corpus.model.document import Document
from corpus.model.errors import UnknownFormat
from corpus.model.lineage import Lineage
from corpus.rereading import Reextraction
from outputs.records import Links

# What is exported -> format -> where it is made. The function takes a sequence, returns bytes;
# for ledgers and comparisons it takes ``links`` to the evidence, too.
EXPORTERS: dict[str, dict[str, str]] = {
    "ledgers": {
        "table": "outputs.exports.table:ledgers",
        "json": "outputs.exports.json:ledgers",
        "csv": "outputs.exports.csv:ledgers",
        "xlsx": "outputs.exports.xlsx:ledgers",
        "docx": "outputs.exports.docx:ledgers",
    },
    "comparisons": {
        "table": "outputs.exports.table:comparisons",
        "json": "outputs.exports.json:comparisons",
        "csv": "outputs.exports.csv:comparisons",
        "xlsx": "outputs.exports.xlsx:comparisons",
        "docx": "outputs.exports.docx:comparisons",
        "html": "outputs.reports.render:comparisons",
    },
    "documents": {
        "table": "outputs.exports.table:documents",
        "json": "outputs.exports.json:documents",
        "csv": "outputs.exports.csv:documents",
        "xlsx": "outputs.exports.xlsx:documents",
    },
    **{
        exported: {
            format: f"outputs.exports.{module}:{format}"
            for format in ("table", "json", "csv", "xlsx", "html")
        }
        for exported, module in (
            ("lineage", "lineage"),
            ("checks", "checks"),
            ("levels", "levels"),
            ("history", "history"),
            ("counterparts", "counterparts"),
            ("reextraction", "reextraction"),
        )
    },
}


def formats(exported: str) -> tuple[str, ...]:
    """The formats of ``ledgers``, ``comparisons`` or ``documents``."""
    return tuple(EXPORTERS[exported])


def export_ledgers(ledgers: Sequence[Ledger], format: str, *, links: Links | None = None) -> bytes:
    """The ledger of one or several documents; JSON of one is an object, of several an array."""
    return _exporter("ledgers", format)(ledgers, links=links)


def export_comparison(comparison: Comparison, format: str) -> bytes:
    """What changed from the prior documents to the new one."""
    return export_comparisons((comparison,), format)


def export_comparisons(
    comparisons: Sequence[Comparison], format: str, *, links: Links | None = None
) -> bytes:
    """Several comparisons; JSON of one is an object, of several an array."""
    return _exporter("comparisons", format)(comparisons, links=links)


def export_documents(documents: Sequence[Document], format: str) -> bytes:
    """A list of documents; JSON is always an array."""
    return _exporter("documents", format)(documents)


def export_lineage(lineage: Lineage, format: str) -> bytes:
    """What a work is to others."""
    return _exporter("lineage", format)(lineage)


def export_checks(document: Document, found: Sequence[Inconsistency], format: str) -> bytes:
    """What a document says against itself."""
    from outputs.exports.checks import of

    return _exporter("checks", format)(of(document, found))


def export_levels(levels: Levels, format: str) -> bytes:
    """What a lower document makes of superior ones."""
    return _exporter("levels", format)(levels)


def export_counterparts(found: Counterparts, format: str) -> bytes:
    """Who else promises what a document does."""
    return _exporter("counterparts", format)(found)


def export_history(history: History, format: str) -> bytes:
    """One indicator over the library."""
    return _exporter("history", format)(history)


def export_reextraction(report: Reextraction, format: str) -> bytes:
    """What new rules or another model made of the library."""
    return _exporter("reextraction", format)(report)


def _exporter(exported: str, format: str) -> Callable[..., bytes]:
    try:
        path = EXPORTERS[exported][format]
    except KeyError:
        raise UnknownFormat(format, formats(exported)) from None
    module, _, name = path.partition(":")
    exporter: Callable[..., bytes] = getattr(import_module(module), name)
    return exporter

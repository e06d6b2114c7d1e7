"""Ledgers, comparisons and lists of documents as files; see ``registry`` for the formats."""

from outputs.exports.registry import (
    EXPORTERS,
    export_comparison,
    export_comparisons,
    export_documents,
    export_ledgers,
    formats,
)

__all__ = [
    "EXPORTERS",
    "export_comparison",
    "export_comparisons",
    "export_documents",
    "export_ledgers",
    "formats",
]

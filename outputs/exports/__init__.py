"""Ledgers, comparisons and lists of documents as files; see ``registry`` for the formats."""

from outputs.exports.registry import (
    EXPORTERS,
    export_checks,
    export_comparison,
    export_comparisons,
    export_counterparts,
    export_documents,
    export_history,
    export_ledgers,
    export_levels,
    export_lineage,
    export_reextraction,
    formats,
)

__all__ = [
    "EXPORTERS",
    "export_checks",
    "export_comparison",
    "export_comparisons",
    "export_counterparts",
    "export_documents",
    "export_history",
    "export_ledgers",
    "export_levels",
    "export_lineage",
    "export_reextraction",
    "formats",
]

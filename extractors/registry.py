"""The extractors by name: the one place to touch when one is added.

A plain table of import paths: greppable, loaded only when asked for, without side effects.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from corpus.model.errors import UnknownExtractor
from extractors.base import Extractor

EXTRACTORS: dict[str, str] = {
    "numeric_target": "extractors.rules.numeric_target:NumericTargets",
    "indicator_table": "extractors.rules.indicator_table:IndicatorTables",
    "due_date": "extractors.rules.due_dates:DueDates",
    "duty": "extractors.rules.duties:Duties",
    "unit_brackets": "extractors.rules.unit_brackets:UnitBrackets",
    "task_table": "extractors.rules.task_table:TaskTables",
}


def load(names: Sequence[str] | None = None) -> list[Extractor]:
    """The extractors of those names, or all of them; UnknownExtractor lists the known ones."""
    loaded: list[Extractor] = []
    for name in EXTRACTORS if names is None else names:
        if name not in EXTRACTORS:
            raise UnknownExtractor(name, tuple(EXTRACTORS))
        module, _, attribute = EXTRACTORS[name].partition(":")
        loaded.append(getattr(importlib.import_module(module), attribute)())
    return loaded

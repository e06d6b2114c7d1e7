"""The ways to extract that are measured against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.model.document import Document
from corpus.model.finding import Finding
from extractors.learned.link import Linker, by_distance
from extractors.learned.ner import Ner
from extractors.learned.tagger import Tagger

Way = Callable[[Document], Sequence[Finding]]
RULES = (
    "numeric_target", "indicator_table", "due_date", "duty", "unit_brackets", "task_table",
)  # fmt: skip


def _baseline(folder: Path | None) -> Way:
    from extractors.training.baseline import Baseline

    return lambda document: list(Baseline().find(document))


def _rules(folder: Path | None) -> Way:
    from extractors.run import find

    return lambda document: find(document, RULES)


def _model(folder: Path | None) -> Way:
    tagger, linker = _loaded(folder)
    ner = Ner(tagger, linker)
    return lambda document: list(ner.find(document))


def _model_by_distance(folder: Path | None) -> Way:
    ner = Ner(_loaded(folder)[0], by_distance)
    return lambda document: list(ner.find(document))


def _both(folder: Path | None) -> Way:
    from extractors.learned.combine import add_model
    from extractors.run import find

    ner = Ner(*_loaded(folder))
    return lambda document: add_model(document, find(document, RULES), ner)


def _loaded(folder: Path | None) -> tuple[Tagger, Linker]:
    from extractors.learned.installed import SHIPPED
    from extractors.learned.shipped import shipped

    return shipped(folder or SHIPPED)


WAYS: dict[str, Callable[[Path | None], Way]] = {
    "baseline": _baseline,
    "rules": _rules,
    "model": _model,
    "model-by-distance": _model_by_distance,
    "both": _both,
}

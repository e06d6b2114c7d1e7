"""The ways to extract that are measured against each other: plain patterns with jieba's tags, the
rules, the model, and rules and model together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.model.document import Document
from corpus.model.errors import UnknownExtractor
from corpus.model.finding import Finding
from extractors.learned.link import by_distance
from extractors.learned.ner import Ner
from extractors.run import find

Way = Callable[[Document], Sequence[Finding]]


def _baseline(ner: Ner) -> Way:
    from extractors.evaluation.baseline import Baseline

    return lambda document: list(Baseline().find(document))


def _rules(ner: Ner) -> Way:
    return find


def _model(ner: Ner) -> Way:
    return lambda document: list(ner.find(document))


def _model_by_distance(ner: Ner) -> Way:
    plain = Ner(ner.tagger, by_distance)
    return lambda document: list(plain.find(document))


def _both(ner: Ner) -> Way:
    return lambda document: find(document, ner=ner)


WAYS: dict[str, Callable[[Ner], Way]] = {
    "baseline": _baseline,
    "rules": _rules,
    "model": _model,
    "model-by-distance": _model_by_distance,
    "both": _both,
}


def way(name: str, ner: Ner) -> Way:
    """The way of that name; ``ner`` is loaded only by those that read with it."""
    if name not in WAYS:
        raise UnknownExtractor(name, tuple(WAYS))
    return WAYS[name](ner)

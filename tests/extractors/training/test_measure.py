"""Measuring: gold against itself is perfect, nothing against it is nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.model.document import Document
from corpus.model.finding import Finding
from extractors.evaluation.baseline import Baseline
from extractors.learned.labels import NAMES, tag
from extractors.learned.link import by_distance
from extractors.learned.ner import Ner
from extractors.training.annotated import Annotated, read_annotated
from extractors.training.examples import example
from extractors.training.measure import lines_of, measure

_TAGGED = (
    '<d c="1">到2027年</d>，全县<a c="1">新建</a><v c="1">40所</v><q c="1">左右</q>'
    '<i c="1">社区托育园</i>，入园人数另行统计。'
)


class GoldTagger:
    """Knows the labels of the paragraphs that it is given."""

    rule = "gold-1"

    def __init__(self, annotated: Sequence[Annotated]) -> None:
        read = [example(each.document, each.paragraph) for each in annotated]
        self._tags = {e.text: tag(len(e.text), [s.span for s in e.spans]) for e in read}

    def read(self, texts: Sequence[str]) -> list[np.ndarray]:
        return [self._read(self._tags.get(text, [0] * len(text))) for text in texts]

    def _read(self, tags: list[int]) -> np.ndarray:
        chances = np.full((len(tags), len(NAMES)), 0.001)
        chances[range(len(tags)), tags] = 0.98
        return chances


def _annotated(tmp_path: Path) -> tuple[Path, list[Annotated]]:
    path = tmp_path / "paragraphs.jsonl"
    line = {"id": "1", "doc": "托育规划", "tagged": _TAGGED}
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    return path, read_annotated(path)


def test_what_the_annotation_says_scores_one(tmp_path: Path) -> None:
    path, annotated = _annotated(tmp_path)
    ner = Ner(GoldTagger(annotated), by_distance)
    found = measure(lambda d: list(ner.find(d)), {"托育规划": annotated}, lines_of(path))
    figures = found.figures
    assert [each.right for each in found.judged] == [True]
    assert figures["row"].f1 == 1.0
    assert figures["target"].f1 == 1.0


def test_what_says_nothing_scores_nothing(tmp_path: Path) -> None:
    path, annotated = _annotated(tmp_path)

    def nothing(document: Document) -> list[Finding]:
        return []

    figures = measure(nothing, {"托育规划": annotated}, lines_of(path)).figures
    assert (figures["row"].right, figures["row"].annotated) == (0, 1)


def test_baseline_finds_the_number_and_its_noun(tmp_path: Path) -> None:
    path, annotated = _annotated(tmp_path)
    way = Baseline().find
    found = measure(lambda d: list(way(d)), {"托育规划": annotated}, lines_of(path))
    assert found.figures["value"].right == 1

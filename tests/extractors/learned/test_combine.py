"""Rules and model together: agreement, conflict, what only one of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest

from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from corpus.model.geometry import Span
from corpus.model.organisation import Role
from extractors.learned.combine import Trust, add_model, combine
from extractors.learned.labels import KINDS
from extractors.learned.link import by_distance
from extractors.learned.ner import Ner
from extractors.rules.quantity import find_quantities
from tests.end_to_end.plain_documents import document_of
from tests.extractors.learned.test_ner import PhraseTagger

TEXT = "新建托育园40所。县民政局制定管理办法。"


_ALL = Trust(
    keep_number=0.3, keep_duty=0.3, keep_deadline=0.3, keep_unit=0.1, add_number=0.5, add_duty=0.6,
    model_names=frozenset({Label.UNIT, Label.DEADLINE}),
)  # fmt: skip


def _rule(
    document: Document, words: str, label: Label, *, group: str = "r:1", value: object = None
) -> Finding:
    start = document.text.index(words)
    evidence = document.cite(Span(start, start + len(words)))
    if label is Label.QUANTITY:
        value = find_quantities(words)[0].quantity
    return Finding(label, value or words, evidence, "numeric_target", "noun_first", 0.8, group)  # type: ignore[arg-type]


def _combined(
    document: Document,
    rules: Sequence[Finding],
    phrases: dict[str, str],
    trust: Trust | None = None,
) -> list[Finding]:
    ner = Ner(PhraseTagger(phrases), by_distance)
    return combine(rules, list(ner.find(document)), ner.read(document), trust=trust or _ALL)


@pytest.fixture
def document() -> Document:
    return document_of(TEXT, "d")


def test_agreement_raises_the_score_and_makes_one_statement(document: Document) -> None:
    rules = [_rule(document, "40所", Label.QUANTITY), _rule(document, "托育园", Label.INDICATOR)]
    found = _combined(document, rules, {"40所": "quantity", "托育园": "indicator"})
    assert len({f.group for f in found}) == 1
    assert {f.label for f in found} == {Label.QUANTITY, Label.INDICATOR}
    assert all(f.score > 0.9 for f in found)


def test_number_that_the_model_rejects_is_dropped(document: Document) -> None:
    rules = [_rule(document, "40所", Label.QUANTITY), _rule(document, "托育园", Label.INDICATOR)]
    assert _combined(document, rules, {}) == []


def test_number_that_the_model_is_not_sure_of_is_kept_with_less_confidence(
    document: Document,
) -> None:
    rules = [_rule(document, "40所", Label.QUANTITY)]
    (found,) = _combined(document, rules, {}, replace(_ALL, keep_number=0.001))
    assert found.score < rules[0].score


def test_duty_that_only_the_model_sees_is_added(document: Document) -> None:
    phrases = {"县民政局": "unit-resp", "制定": "action", "管理办法": "indicator"}
    found = _combined(document, [], phrases)
    assert [f.label for f in found] == [Label.UNIT, Label.ACTION, Label.INDICATOR]
    assert found[0].value == UnitMention("县民政局", Role.RESPONSIBLE)


def test_nothing_is_added_unless_trusted_to(document: Document) -> None:
    phrases = {
        "县民政局": "unit-resp",
        "制定": "action",
        "管理办法": "indicator",
        "40所": "quantity",
    }
    assert _combined(document, [], phrases, Trust()) == []


def test_duty_without_time_and_unit_is_not_added(document: Document) -> None:
    assert _combined(document, [], {"制定": "action", "管理办法": "indicator"}) == []


def test_unit_of_the_model_takes_the_edges_of_the_rules(document: Document) -> None:
    unit = UnitMention("县民政局", Role.RESPONSIBLE)
    rules = [_rule(document, "县民政局", Label.UNIT, group="units@1", value=unit)]
    phrases = {"民政局": "unit-lead", "制定": "action", "管理办法": "indicator"}
    values = [f.value for f in _combined(document, rules, phrases) if f.group.startswith("ner")]
    assert values[0] == unit


def test_other_words_for_the_indicator_lower_its_score(document: Document) -> None:
    rules = [_rule(document, "40所", Label.QUANTITY), _rule(document, "托育园", Label.INDICATOR)]
    found = _combined(
        document,
        rules,
        {"40所": "quantity", "新建": "indicator"},
        Trust(),
    )
    scores = {f.label: f.score for f in found}
    assert scores[Label.INDICATOR] < 0.8 < scores[Label.QUANTITY]


def test_passages_that_the_model_does_not_read_are_the_rules_own() -> None:
    document = document_of("序号\t任务\t责任单位\n1\t新建托育园40所\t县民政局", "d")
    unit = UnitMention("县民政局", Role.RESPONSIBLE)
    rules = [_rule(document, "县民政局", Label.UNIT, group="units@9", value=unit)]
    assert _combined(document, rules, {}) == rules


def test_number_that_was_not_read_keeps_its_score(document: Document) -> None:
    rules = [_rule(document, "40所", Label.QUANTITY)]
    assert combine(rules, [], [], trust=_ALL) == rules


def test_duty_on_which_the_model_is_not_heard_stays_as_it_is(document: Document) -> None:
    rules = [_rule(document, "制定", Label.ACTION, group="r:2")]
    assert _combined(document, rules, {}, Trust()) == rules


def test_judge_of_numbers_reads_only_passages_with_a_number(document: Document) -> None:
    class Counting(PhraseTagger):
        texts: ClassVar[list[str]] = []

        def read(self, texts: Sequence[str]) -> list[np.ndarray]:
            self.texts.extend(texts)
            return super().read(texts)

    two = document_of("新建托育园40所。\n\n县民政局制定管理办法。", "d")
    tagger = Counting({"40所": "quantity"})
    rules = [_rule(two, "40所", Label.QUANTITY)]
    (found,) = add_model(two, rules, Ner(tagger, by_distance))
    assert found.score > rules[0].score
    assert tagger.texts == ["新建托育园40所。"]


def test_every_kind_of_label_can_be_believed() -> None:
    assert {kind.partition("-")[0] for kind in KINDS} == {label.value for label in Label}

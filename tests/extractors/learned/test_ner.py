"""What the learned extractor makes of labels; the labels come from a tagger under test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from corpus.model.organisation import Role
from corpus.model.period import Deadline
from corpus.model.quantity import Bound, Quantity
from extractors.assemble import assemble
from extractors.learned.labels import NAMES, LabelledSpan, tag
from extractors.learned.link import by_distance
from extractors.learned.ner import Ner
from tests.end_to_end.plain_documents import document_of

BELIEF = 0.9


class PhraseTagger:
    """Labels the phrases that it is given wherever they stand, and nothing else."""

    rule = "phrases-1"

    def __init__(self, phrases: dict[str, str]) -> None:
        self._phrases = phrases

    def read(self, texts: Sequence[str]) -> list[np.ndarray]:
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> np.ndarray:
        spans = [
            LabelledSpan(text.index(words), text.index(words) + len(words), kind)
            for words, kind in self._phrases.items()
            if words in text
        ]
        chances = np.full((len(text), len(NAMES)), (1 - BELIEF) / (len(NAMES) - 1))
        chances[range(len(text)), tag(len(text), spans)] = BELIEF
        return chances


PHRASES = {
    "到2027年": "deadline",
    "新建": "action",
    "40所": "quantity",
    "左右": "bound",
    "社区托育园": "indicator",
    "县民政局": "unit-lead",
    "县财政局": "unit-coop",
}
TEXT = "到２０２７年，全县新建社区托育园４０所左右。（县民政局牵头，县财政局配合）"


def _found(text: str, phrases: dict[str, str]) -> tuple[Document, list[Finding]]:
    document = document_of(text, "d")
    return document, list(Ner(PhraseTagger(phrases), by_distance).find(document))


def test_ner_reads_values_and_cites_the_source() -> None:
    document, findings = _found(TEXT, PHRASES)
    values = {f.label: f.value for f in findings if f.label is not Label.UNIT}
    assert values[Label.QUANTITY] == Quantity(Decimal(40), Decimal(40), "所")
    assert values[Label.BOUND] is Bound.ABOUT
    assert values[Label.INDICATOR] == "社区托育园"
    due = values[Label.DEADLINE]
    assert isinstance(due, Deadline)
    assert due.end == date(2027, 12, 31)
    quotes = {f.label: f.evidence.quote for f in findings}
    assert quotes[Label.QUANTITY] == "４０所"
    assert quotes[Label.DEADLINE] == "到２０２７年"
    assert all(document.text[f.evidence.span.start] == f.evidence.quote[0] for f in findings)


def test_ner_ties_one_statement_into_one_group() -> None:
    _, findings = _found(TEXT, PHRASES)
    assert len({f.group for f in findings}) == 1
    units = [f.value for f in findings if f.label is Label.UNIT]
    assert units == [
        UnitMention("县民政局", Role.LEAD),
        UnitMention("县财政局", Role.COOPERATING),
    ]
    assert {f.rule for f in findings} == {"phrases-1"}


def test_ner_drops_a_number_that_cannot_be_read() -> None:
    _, findings = _found("全县新建一批社区托育园。", {"新建": "action", "一批": "quantity"})
    assert [f.label for f in findings] == []


def test_ner_statement_becomes_a_commitment() -> None:
    document, findings = _found(TEXT, PHRASES)
    (commitment,) = assemble(document, findings)
    assert commitment.indicator == "社区托育园"
    assert commitment.deadline is not None
    assert [unit.raw for unit in commitment.responsible_units] == ["县民政局", "县财政局"]


def test_ner_finds_nothing_where_the_model_labels_nothing() -> None:
    assert _found(TEXT, {})[1] == []

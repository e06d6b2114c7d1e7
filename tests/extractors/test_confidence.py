"""Confidence: a chance between 0 and 1, from facts that are always the same ones."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.assemble import assembled
from extractors.confidence import BOTH, FACTS, RULES, Weights, weights
from extractors.run import find
from extractors.training.calibrate import fit
from tests.end_to_end.plain_documents import document_of

_ZERO = Weights(0.0, (0.0,) * len(FACTS))


@pytest.mark.parametrize("way", [RULES, BOTH])
def test_weights_are_there_for_every_fact(way: str) -> None:
    found = weights(way)
    assert len(found.weights) == len(FACTS)
    assert all(abs(weight) < 5 for weight in found.weights)


def test_chance_without_knowledge_is_one_half_and_falls_with_each_doubt() -> None:
    facts = (0.0,) * len(FACTS)
    assert _ZERO(facts) == 0.5
    assert _ZERO(facts, doubts=1) == 0.4
    assert _ZERO(facts, doubts=9) >= 0.05


def test_chance_is_never_certain() -> None:
    sure = Weights(100.0, (0.0,) * len(FACTS))
    assert sure((0.0,) * len(FACTS)) == 0.99


def test_facts_say_what_is_known() -> None:
    text = "2027年底前，新建社区食堂300个。（省民政厅负责）"
    document = document_of(text, "d")
    (each,) = assembled(document, find(document))
    known = dict(zip(FACTS, each.facts, strict=True))
    assert (known["target"], known["own_time"], known["own_units"]) == (1.0, 1.0, 1.0)
    assert (known["duty"], known["inherited_time"], known["table"]) == (0.0, 0.0, 0.0)
    assert 0 < known["governed"] <= 1


def test_fit_finds_what_makes_commitments_right() -> None:
    generator = np.random.default_rng(5)
    facts = generator.normal(size=(4000, 2))
    chance = 1 / (1 + np.exp(-(0.5 + 2.0 * facts[:, 0])))
    right = (generator.random(4000) < chance).astype(float)
    bias, first, second = fit(facts, right, ridge=0.1)
    assert abs(bias - 0.5) < 0.15
    assert abs(first - 2.0) < 0.2
    assert abs(second) < 0.15

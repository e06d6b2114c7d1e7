"""Which spans make one commitment."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest

from corpus.model.finding import Label
from extractors.learned.labels import LabelledSpan
from extractors.learned.link import Link, Scene, by_distance, features, link, read_network


def _scene(marked: str) -> Scene:
    """Spans between | |, as ``|kind:words|``."""
    text, spans = "", []
    for number, part in enumerate(marked.split("|")):
        if number % 2:
            kind, words = part.split(":", 1)
            spans.append(LabelledSpan(len(text), len(text) + len(words), kind))
            text += words
        else:
            text += part
    return Scene.of(text, spans)


def _words(scene: Scene, found: Link) -> list[str]:
    return [scene.text[span.start : span.end] for span in found.members]


def test_each_quantity_takes_what_stands_in_its_clause() -> None:
    scene = _scene(
        "|deadline:到2027年|,|action:新建||quantity:40所||indicator:托育园|,"
        "|action:招收||quantity:900名||indicator:保育员|。"
    )
    first, second = link(scene, by_distance)
    assert _words(scene, first) == ["到2027年", "新建", "40所", "托育园"]
    assert _words(scene, second) == ["到2027年", "招收", "900名", "保育员"]


def test_action_that_no_quantity_claims_is_a_duty() -> None:
    scene = _scene(
        "|action:新建||quantity:40所||indicator:托育园|。"
        "|unit-resp:县民政局||action:制定||indicator:管理办法|。"
    )
    target, duty = link(scene, by_distance)
    assert target.anchor.label is Label.QUANTITY
    assert _words(scene, duty) == ["县民政局", "制定", "管理办法"]


def test_unit_list_in_the_closing_bracket_goes_with_what_stands_before_it() -> None:
    scene = _scene(
        "|action:新建||quantity:40所||indicator:托育园|。"
        "(|unit-lead:县民政局|牵头,|unit-coop:县财政局|配合)"
    )
    (found,) = link(scene, by_distance)
    assert [span.kind for span in found.of(Label.UNIT)] == ["unit-lead", "unit-coop"]


def test_time_of_the_next_sentence_is_not_taken() -> None:
    scene = _scene("|action:新建||quantity:40所||indicator:托育园|。|deadline:到2027年|,形成体系。")
    (found,) = link(scene, by_distance)
    assert found.of(Label.DEADLINE) == []


def test_of_each_label_but_units_one_span_is_taken() -> None:
    scene = _scene("|indicator:学位||quantity:300个||indicator:床位|")
    (found, rest) = link(scene, by_distance)
    assert found.anchor.label is Label.INDICATOR or len(found.of(Label.INDICATOR)) == 1
    assert {span for each in (found, rest) for span in each.members} == set(scene.spans)


def test_features_say_nothing_of_the_words() -> None:
    one = _scene("|action:新建||quantity:40所||indicator:托育园|")
    other = _scene("|action:改扩||quantity:70座||indicator:水泵站|")
    pairs = [features(s, s.spans[1], s.spans[2]) for s in (one, other)]
    assert pairs[0] == pairs[1]
    assert len(features(one, one.spans[1], one.spans[0])) == len(pairs[0])


def test_network_is_read_as_it_was_written() -> None:
    scene = _scene("|action:新建||quantity:40所||indicator:托育园|")
    width = len(features(scene, scene.spans[1], scene.spans[0]))
    kept = BytesIO()
    np.savez(
        kept, hidden=np.zeros((width, 2)), hidden_bias=np.zeros(2), out=np.zeros((2, 1)),
        out_bias=np.array([np.log(3.0)]),
    )  # fmt: skip
    chances = read_network(kept.getvalue())(scene, scene.spans[1], [scene.spans[0]])
    assert chances == pytest.approx([0.75])

"""Augmentation: the words change, the labels stay true."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from extractors.learned.labels import LabelledSpan, tag
from extractors.training.augment import (
    Edit,
    augmented,
    excerpt,
    numbers,
    phrases_of,
    rewrite,
    scanned,
    swapped,
    unpointed,
)
from extractors.training.examples import Example, Linked

_PARTS = [
    ("到2027年", "deadline"), (",", ""), ("新建", "action"), ("40所", "quantity"),
    ("托育园", "indicator"), (",已入园人数不在此列。", ""), ("县民政局", "unit-resp"),
    ("制定", "action"), ("管理办法", "indicator"), ("。", ""),
]  # fmt: skip


def _example() -> Example:
    text, spans = "", []
    for words, kind in _PARTS:
        if kind:
            span = LabelledSpan(len(text), len(text) + len(words), kind)
            spans.append(Linked(span, (1,)))
        text += words
    return Example("规划", "1", text, tuple(spans))


def _words(example: Example) -> list[tuple[str, str]]:
    return [(example.text[e.span.start : e.span.end], e.span.kind) for e in example.spans]


_PHRASES = {"unit-resp": ["市水利局防汛办"], "deadline": ["3年内"], "indicator": ["水库"]}
_CHANGES: list[Callable[[Example, random.Random], Example]] = [
    numbers,
    lambda e, g: swapped(e, g, phrases=_PHRASES),
    scanned,
    unpointed,
    excerpt,
    lambda e, g: augmented(e, g, phrases=phrases_of([e])),
]


@pytest.mark.parametrize("change", _CHANGES)
def test_spans_stay_in_the_text_and_apart(change: Callable[..., Example]) -> None:
    for seed in range(60):
        found = change(_example(), random.Random(seed))
        assert sum(map(bool, tag(len(found.text), [e.span for e in found.spans]))) > 0


def test_edit_moves_what_stands_behind_it() -> None:
    found = rewrite(_example(), [Edit(0, 6, "3年内"), Edit(9, 12, "1200所")])
    assert _words(found)[0] == ("3年内", "deadline")
    assert _words(found)[2:4] == [("1200所", "quantity"), ("托育园", "indicator")]
    assert _words(found)[-1] == ("管理办法", "indicator")


def test_numbers_keep_their_place_and_length() -> None:
    changed = {_words(numbers(_example(), random.Random(seed)))[2][0] for seed in range(20)}
    assert len(changed) > 5
    assert all(len(words) == 3 and words.endswith("所") for words in changed)


def test_years_stay_years() -> None:
    for seed in range(20):
        words = _words(numbers(_example(), random.Random(seed)))[0][0]
        assert 2019 <= int(words[1:5]) <= 2035


def test_swapped_phrases_are_those_of_their_kind() -> None:
    found = {
        w
        for s in range(40)
        for w in _words(swapped(_example(), random.Random(s), phrases=_PHRASES))
    }
    assert ("市水利局防汛办", "unit-resp") in found
    assert ("水库", "indicator") in found
    assert not any(words == "水库" and kind != "indicator" for words, kind in found)


def test_misread_characters_move_nothing() -> None:
    texts = {scanned(_example(), random.Random(seed)).text for seed in range(200)}
    assert len(texts) > 1
    assert {len(text) for text in texts} == {len(_example().text)}

"""The spaCy component: spans of tokens widened, characters kept."""

from __future__ import annotations

import pytest

from extractors.learned.component import FACTORY, SPANS_KEY, CommitmentNer
from tests.extractors.learned.test_ner import PhraseTagger

spacy = pytest.importorskip("spacy")
_TEXT = "到２０２７年，新建社区托育园\n４０所。"


def _component() -> CommitmentNer:
    return CommitmentNer(PhraseTagger({"到2027年": "deadline", "40所": "quantity"}))


def test_component_points_into_the_text_as_it_is() -> None:
    doc = _component()(spacy.blank("zh").make_doc(_TEXT))
    words = [(_TEXT[s.start : s.end], s.kind) for s in doc._.commitment_spans]
    assert words == [("到２０２７年", "deadline"), ("４０所", "quantity")]
    assert [span.label_ for span in doc.spans[SPANS_KEY]] == ["deadline", "quantity"]
    assert "４０所" in doc.spans[SPANS_KEY][1].text


def test_batches_make_no_difference() -> None:
    nlp = spacy.blank("zh")
    texts = [_TEXT, "新建40所。", "", "无"]
    one = [d._.commitment_spans for d in _component().pipe(map(nlp.make_doc, texts), batch_size=1)]
    all_ = [d._.commitment_spans for d in _component().pipe(map(nlp.make_doc, texts))]
    assert one == all_
    assert [len(spans) for spans in all_] == [2, 1, 0, 0]


def test_component_is_registered_by_name() -> None:
    assert spacy.blank("zh").has_factory(FACTORY)

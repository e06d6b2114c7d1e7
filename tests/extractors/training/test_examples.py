"""Tags of the source in the characters of the view; what can't be placed stops everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.model.errors import GoldError
from corpus.model.geometry import Span
from corpus.model.organisation import Role
from extractors.evaluation.gold import Paragraph, Tag, read_paragraphs
from extractors.training.examples import example


def _paragraph(tmp_path: Path, tagged: str) -> Paragraph:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"id": "1", "tagged": tagged}), encoding="utf-8")
    return read_paragraphs(path)[0]


@pytest.mark.parametrize(
    ("tagged", "kind", "words"),
    [
        ('新建<v c="1">40所</v>', "quantity", "40所"),
        ('新建<v c="1">４０ 所</v>托育园', "quantity", "40所"),
        ('<d c="1">到２０２７年</d>，建成', "deadline", "到2027年"),
        ('（<u r="lead" c="1">县民政局</u>牵头）', "unit-lead", "县民政局"),
        ('新建<v c="1">300㎡</v>活动室', "quantity", "300m2"),
    ],
)
def test_tag_stands_at_its_characters_in_the_view(
    tmp_path: Path, tagged: str, kind: str, words: str
) -> None:
    found = example("规划", _paragraph(tmp_path, tagged))
    (linked,) = found.spans
    assert linked.span.kind == kind
    assert found.text[linked.span.start : linked.span.end] == words
    assert linked.commitments == (1,)


def test_spans_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    tagged = '<d c="1,2">到2027年</d>，新建<v c="1">4所</v>、改造<v c="2">5所</v>'
    found = example("规划", _paragraph(tmp_path, tagged))
    assert [linked.commitments for linked in found.spans] == [(1, 2), (1,), (2,)]


@pytest.mark.parametrize(
    "tag",
    [
        Tag("v", Span(2, 3), " ", (1,)),
        Tag("v", Span(0, 2), "改造", (1,)),
        Tag("u", Span(40, 43), "民政局", (1,), Role.LEAD),
    ],
)
def test_tag_that_has_no_place_stops_everything(tag: Tag) -> None:
    with pytest.raises(GoldError, match="can't be placed"):
        example("规划", Paragraph("7", "新建 40所托育园", (tag,)))


def test_overlapping_tags_stop_everything() -> None:
    tags = (Tag("v", Span(2, 5), "40所", (1,)), Tag("i", Span(4, 6), "所托", (1,)))
    with pytest.raises(GoldError, match="overlap"):
        example("规划", Paragraph("7", "新建40所托育园", tags))

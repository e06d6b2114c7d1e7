"""Tags find their place in the text of a reader, and say where they have none."""

from __future__ import annotations

import pytest

from corpus.model.finding import Finding, Label
from corpus.model.geometry import Span
from extractors.evaluation.gold import Paragraph, Tag
from extractors.evaluation.placing import place, spans_of
from extractors.learned.labels import LabelledSpan
from tests.end_to_end.plain_documents import document_of

_WORDS = "到2027年,新建托育园40所"


def _paragraph(words: str, tagged: str, id: str = "1") -> Paragraph:
    at = words.index(tagged)
    return Paragraph(id, words, (Tag("v", Span(at, at + len(tagged)), tagged, (1,)),))


@pytest.mark.parametrize(
    "text",
    [
        "到2027年,新建托育园40所",
        "到2027年，新建托育园４０所",
        "第一章\n到2027年，新建托\n育园 4\n0 所。",
    ],
)
def test_tag_is_found_though_lines_blanks_and_widths_differ(text: str) -> None:
    document = document_of(text, "d")
    (span,) = place([_paragraph(_WORDS, "40所")], document).spans
    assert "".join(document.text[span.start : span.end].split()) in ("40所", "４０所")


def test_paragraph_that_stands_twice_is_found_in_order() -> None:
    document = document_of("新建2所。\n新建2所。", "d")
    spans = place([_paragraph("新建2所", "2所", i) for i in ("1", "2")], document).spans
    assert [span.start for span in spans] == [2, 8]


def test_lost_paragraph_is_named() -> None:
    placed = place([_paragraph(_WORDS, "40所", "7")], document_of("另一份文件", "d"))
    assert (placed.spans, placed.lost) == ((), ("7",))


def test_findings_outside_of_the_paragraphs_do_not_count() -> None:
    document = document_of("新建2所。其他新建3所。", "d")
    placed = place([_paragraph("新建2所。", "2所")], document)
    findings = [
        Finding(Label.QUANTITY, None, document.cite(Span(at, at + 2)), "x", "x", 1.0, "")  # type: ignore[arg-type]
        for at in (2, 9)
    ]
    assert spans_of(findings, placed) == [LabelledSpan(2, 4, "quantity")]

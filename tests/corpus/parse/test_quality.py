"""The record of how far each page can be trusted."""

from __future__ import annotations

import pytest

from corpus.model.document import Document, Doubt, Line, Page, Provenance, Seal, TextSource
from corpus.model.geometry import Box, Span
from corpus.parse.quality import Grade, quality

OCR = TextSource.OCR


def document(*confidences: float, doubts: tuple[Doubt, ...] = (), **page: object) -> Document:
    """A document of one page with a line of ten characters for each confidence."""
    lines = tuple(
        Line(
            Span(11 * n, 11 * n + 10),
            Box(1, 0, 20 * n, 100, 20 * n + 16),
            tuple(range(0, 110, 10)),
            OCR,
            confidence,
        )
        for n, confidence in enumerate(confidences)
    )
    return Document(
        "d-1",
        "\n".join("甲" * 10 for _ in confidences),
        Provenance("x.pdf", "0", "application/pdf"),
        (Page(1, 595, 842, OCR, **page),),
        lines=lines,
        doubts=doubts,
        seals=(Seal(Box(1, 300, 500, 420, 620)),),
    )


@pytest.mark.parametrize(
    ("confidences", "grade"),
    [
        ((0.99, 0.97), Grade.GOOD),
        ((0.95, 0.9), Grade.CHECK),
        ((0.7, 0.8), Grade.POOR),
        ((), Grade.GOOD),
    ],
)
def test_grade_follows_the_average_character(confidences, grade) -> None:
    (page,) = quality(document(*confidences))
    assert page.grade is grade
    assert page.seals == 1


def test_doubts_are_counted_on_their_page_and_ask_for_a_look() -> None:
    doubt = Doubt(Span(12, 14), ("70", "10"), "两次识别的数字不一致")
    (page,) = quality(document(0.99, 0.99, doubts=(doubt,)))
    assert (page.doubts, page.grade) == (1, Grade.CHECK)


def test_failed_page_says_why() -> None:
    (page,) = quality(document(failure="页面已损坏"))
    assert (page.grade, page.failure) == (Grade.FAILED, "页面已损坏")


def test_text_layer_is_certain() -> None:
    plain = Document("d-2", "", Provenance("x", "0", "text/plain"), (Page(1),))
    (page,) = quality(plain)
    assert (page.source, page.confidence, page.grade) == (TextSource.TEXT_LAYER, 1.0, Grade.GOOD)

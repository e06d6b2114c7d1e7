"""Doubts, corrections and seals come with the document, and old documents do without them."""

from __future__ import annotations

import json

import pytest

from corpus.model.document import Document, Doubt, Page, Seal, TextSource
from corpus.model.geometry import Box, Span
from corpus.parse.document import document_of
from corpus.parse.flow import Flow, FlowLine, LineCorrection, LineDoubt, Tilt
from corpus.store import codec

TEXT = "到2025年覆盖率达到70%以上，由省教育厅负责组织实施。"
SEAL = Seal(Box(1, 300, 500, 420, 620))


def scanned(text: str = TEXT, tilt: Tilt | None = None) -> Document:
    at = text.index("70%")
    line = FlowLine(
        text,
        1,
        Box(1, 80, 100, 80 + 16 * len(text), 116),
        tuple(80.0 + 16 * n for n in range(len(text) + 1)),
        16.0,
        source=TextSource.OCR,
        confidence=0.5,
        doubts=(LineDoubt(at, at + 3, ("70%", "10%"), "两次识别的数字不一致"),),
        corrections=(LineCorrection(at + 2, at + 3, "％"),),
        tilt=tilt,
    )
    page = Page(1, 595, 842, TextSource.OCR)
    flow = Flow((line,), (page,), "application/pdf", seals=(SEAL,))
    return document_of(flow, b"scan", source="scan.pdf")


def quoted(document: Document, doubt: Doubt) -> str:
    return document.text[doubt.span.start : doubt.span.end]


@pytest.mark.parametrize("text", [TEXT, "  " + TEXT, "前言。" + TEXT + "  "])
def test_doubt_and_correction_stand_at_their_characters(text: str) -> None:
    document = scanned(text)
    (doubt,) = document.doubts
    assert quoted(document, doubt) == "70%"
    assert doubt.readings == ("70%", "10%")
    (correction,) = document.corrections
    assert document.text[correction.span.start : correction.span.end] == "%"
    assert correction.raw == "％"
    assert document.seals == (SEAL,)


@pytest.mark.parametrize(
    ("words", "found"),
    [("达到70%以上", 1), ("70", 1), ("2025年", 0), ("以上", 0), (TEXT, 1)],
)
def test_doubts_in_a_span(words: str, found: int) -> None:
    document = scanned()
    start = document.text.index(words)
    assert len(document.doubts_in(Span(start, start + len(words)))) == found


def test_boxes_of_a_crooked_page_are_where_it_shows_the_words() -> None:
    document = scanned(tilt=Tilt(5.0, -3.0, 0.05))
    start = document.text.index("70%")
    (box,) = document.cite(Span(start, start + 3)).boxes
    x0 = 85 + 16 * start
    assert (box.x0, box.x1) == pytest.approx((x0, x0 + 48))
    assert box.top == pytest.approx(97 + 0.05 * 16 * start)
    assert box.bottom == pytest.approx(113 + 0.05 * 16 * (start + 3))


def test_document_of_a_scan_is_stored_whole() -> None:
    document = scanned(tilt=Tilt(5.0, -3.0, 0.05))
    assert codec.unpack(codec.pack(document), Document) == document


def test_document_stored_before_there_were_doubts_is_read() -> None:
    plain = json.loads(codec.dumps(scanned()))
    for name in ("doubts", "corrections", "seals"):
        del plain[name]
    for line in plain["lines"]:
        del line["slope"]
    for page in plain["pages"]:
        del page["turned"]
    document = codec.loads(json.dumps(plain), Document)
    assert (document.doubts, document.corrections, document.seals) == ((), (), ())
    assert document.lines[0].slope == 0
    assert document.pages[0].turned == 0

"""What optical recognition read in two ways is told with every commitment built on it."""

from dataclasses import replace

import pytest

from corpus.model.document import Doubt
from corpus.model.geometry import Span
from extractors.run import extract
from tests.end_to_end.plain_documents import document_of

TEXT = "到2025年，全省建成示范基地70所。（省教育厅负责）\n鼓励各地先行先试，办好12个社区食堂。"


def read(words: str, *readings: str):
    document = document_of(TEXT, "scan")
    at = document.text.index(words)
    doubt = Doubt(Span(at, at + len(words)), (words, *readings), "两次识别结果不一致")
    return extract(replace(document, doubts=(doubt,))).commitments


@pytest.mark.parametrize(
    ("words", "reading"), [("70", "76"), ("2025", "2026"), ("教育厅", "教育斤")]
)
def test_doubt_about_a_part_is_told_and_lowers_the_confidence(words, reading):
    sure, doubtful = extract(document_of(TEXT, "scan")).commitments, read(words, reading)
    assert doubtful[0].doubts == (f"识别存疑：“{words}”又读作“{reading}”",)
    assert doubtful[0].confidence < sure[0].confidence
    assert doubtful[1:] == sure[1:]


def test_doubt_beside_the_commitment_says_nothing():
    assert all(c.doubts == () for c in read("先行先试", "先行先式"))

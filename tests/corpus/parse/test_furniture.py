"""Page numbers without dashes and footnotes on digital pages stand beside the text."""

from __future__ import annotations

import pytest

from corpus.model.document import BlockKind, Document
from corpus.parse import parse
from tests.corpus.parse.pdf_files import PROSE, Maker


def beside(document: Document) -> list[str]:
    return [
        document.text[block.span.start : block.span.end]
        for block in document.blocks
        if block.kind is BlockKind.FURNITURE
    ]


def read(made: Maker) -> Document:
    return parse(made.make(), source="x.pdf")


@pytest.mark.parametrize("first", [1, 7])
@pytest.mark.parametrize("heights", [(790, 790), (790, 772)])
def test_bare_numbers_that_count_with_the_pages_are_page_numbers(
    first: int, heights: tuple[int, int]
) -> None:
    made = Maker().prose(20).text(str(first), 295, heights[0], 12)
    made.page().prose(20).text(str(first + 1), 295, heights[1], 12)
    assert beside(read(made)) == [str(first), str(first + 1)]


def test_one_below_the_text_of_a_single_page_is_its_number() -> None:
    assert beside(read(Maker().prose(10).text("1", 295, 790, 12))) == ["1"]


def test_other_bare_numbers_stay_in_the_text() -> None:
    made = Maker().prose(20).text("350", 295, 790, 12)
    made.page().prose(20).text("1200", 295, 790, 12)
    document = read(made.page().prose(3).text("3", 295, 400, 12))
    assert beside(document) == []
    assert "350" in document.text


NOTES = ["①便民服务中心：指设在街道的综合服务场所", "含流动服务点。", "②指常住人口"]


@pytest.mark.parametrize("mark", ["①", "[1]", "注1：", "*", "1"])
def test_footnotes_stand_beside_the_text(mark: str) -> None:
    made = Maker().prose(20, text=PROSE)
    made.text(f"{mark}便民服务中心指街道的综合服务场所，", 80, 730, 10.5)
    made.text("含流动服务点。", 80, 746, 10.5).text("1", 295, 790, 12)
    made.page().prose(20, text=PROSE).text("2", 295, 790, 12)
    document = read(made)
    assert beside(document)[0].startswith(mark)
    assert beside(document)[1] == "含流动服务点。"
    prose = document.text.split(beside(document)[0])[0]
    assert "流动服务点" not in prose


def test_small_type_without_a_mark_and_text_of_usual_size_are_no_footnotes() -> None:
    made = Maker().prose(20).text("云岭省教育厅办公室2024年6月5日印发", 80, 730, 10.5)
    assert beside(read(made)) == []
    made = Maker().prose(20).text("①加强组织领导，压实责任", 80, 730, 16)
    assert beside(read(made)) == []


def test_paragraph_goes_on_over_a_footnote() -> None:
    long = "到二〇二七年底全市建成便民服务中心一百个，由市教育局牵头落"
    made = Maker()
    for number in range(25):
        made.text(long[:26], 80, 100 + 24 * number)
    made.text("①指街道的综合服务场所。", 80, 740, 10.5)
    made.page().text("实，各区县政府按照职责分工负责。", 80, 100)
    document = read(made)
    paragraphs = [b for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    assert document.text[paragraphs[-1].span.start : paragraphs[-1].span.end].count("综合") == 0
    assert len(paragraphs) == 1

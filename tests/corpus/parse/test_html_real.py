"""Pages of a real site, read as their readers read them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.parse.flow import FlowTable
from corpus.parse.html import read
from tests.corpus.parse.web_pages import paragraphs, table_of

SHARED = Path(__file__).parents[4] / "shared" / "documents" / "html"


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/documents/html")
class TestStateCouncilPages:
    """28 pages that lay people read; what is asserted was checked against them by eye."""

    pages = sorted(SHARED.glob("*.html")) if SHARED.is_dir() else []

    @pytest.mark.parametrize("path", pages, ids=lambda path: path.stem)
    def test_every_paragraph_of_the_body_is_there_once_and_nothing_else(self, path: Path) -> None:
        from lxml import html

        code = path.read_text("utf-8")
        body = html.fromstring(code).get_element_by_id("UCAP-CONTENT")
        tables = body.xpath(".//table")
        in_tables = "".join("".join(t.text_content().split()) for t in tables)
        wanted = Counter(
            "".join(line.split())
            for p in body.xpath(".//p[not(ancestor::table[ancestor::*[@id='UCAP-CONTENT']])]")
            if (line := p.xpath("string()")).strip()
        )
        flow = read(path.read_bytes(), source=path.name)
        found = Counter("".join("".join(lines).split()) for lines in paragraphs(flow))
        cells = [cell for i in flow.items if isinstance(i, FlowTable) for cell in i.cells]
        assert "".join("".join(cell.text.split()) for cell in cells) == in_tables
        # zy024 has title and number in one <p>, parted by <br>.
        assert "".join(found.elements()) == "".join(wanted.elements())
        assert len(found - wanted) in {0, 2}

    @pytest.mark.parametrize("path", pages, ids=lambda path: path.stem)
    def test_index_says_what_the_first_line_of_the_file_says(self, path: Path) -> None:
        said = re.match(r"<!-- \S+ \| (.+?) \| (.+?) -->", path.read_text("utf-8"))
        assert said is not None
        metadata = read(path.read_bytes(), source=path.name).metadata
        assert (metadata["标题"], metadata["发文字号"]) == said.groups()
        assert {"索引号", "主题分类", "发文机关", "成文日期", "发布日期"} <= set(metadata)

    def test_table_of_indicators_has_groups_beside_their_rows(self) -> None:
        table = table_of(read((SHARED / "zy003.html").read_bytes(), source="zy003"))
        assert table.header_rows == 1
        groups = [(c.text, c.row, c.row_span) for c in table.cells if c.column == 0 and c.row]
        assert groups[0] == ("一、医疗质量", 1, 24)
        assert sum(span for _, _, span in groups) == 55
        assert [c.text for c in table.cells if c.row == 8][:2] == [
            "（二）质量安全",
            "8.手术患者并发症发生率▲",
        ]

    def test_table_of_measures_has_group_rows_all_across(self) -> None:
        table = table_of(read((SHARED / "zy009.html").read_bytes(), source="zy009"))
        across = [c.text[:2] for c in table.cells if c.column_span == 5]
        assert across == ["一、", "二、", "三、", "四、", "五、"]
        serials = [c.text for c in table.cells if c.column == 0 and c.text.isdigit()]
        assert serials[-1] == "23"

    def test_table_of_places_has_a_head_of_two_rows(self) -> None:
        table = table_of(read((SHARED / "zy051.html").read_bytes(), source="zy051"))
        assert table.header_rows == 2
        years = [c.text for c in table.cells if c.row == 1]
        assert years == ["1996年", "1997年", "1998年"]
        assert [c.text for c in table.cells if c.row == 2] == [
            "总计", "1445", "555", "1600", "1800", "2000",
        ]  # fmt: skip

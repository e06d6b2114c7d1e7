"""Cells of tables without rules, told on scans by the gaps in what was found as one line."""

from __future__ import annotations

from corpus.parse.flow import LineDoubt
from corpus.parse.ocr.engine import Reading
from corpus.parse.ocr.fragments import Fragment, Setter, Tilted, fragment
from corpus.parse.ocr.gaps import unruled_tables
from corpus.parse.pdf_lines import lines

EM, LEFT = 14.0, 80.0


def printed(top: float, *cells: tuple[float, str]) -> Fragment:
    """Cells, each at its place in em, that the engine found as one line."""
    places = [(at + n + 0.5, sign) for at, text in cells for n, sign in enumerate(text)]
    text = "".join(sign for _, sign in places)
    width = places[-1][0] + 0.5
    reading = Reading(text, (0.99,) * len(text), tuple(x / width for x, _ in places))
    made = fragment(reading, x0=LEFT, x1=LEFT + width * EM, middle=top, height=1.16 * EM)
    assert made is not None
    return made


def read(*pieces: Fragment) -> tuple[list[list[str]], list[str]]:
    def setting(glyphs, page):
        return lines(glyphs, page, write=Setter(Tilted(0.0, 595.0, 842.0)).write)

    found = unruled_tables([], list(pieces), 1, lines=setting)
    tables, rest = found.tables, found.rest
    cells = [[cell.text for cell in table.cells] for table in tables]
    return cells, [glyph.text for glyph in rest]


def test_line_found_across_columns_is_cut_at_their_gaps() -> None:
    head = printed(100, (0, "工作任务"), (14, "责任单位"))
    rows = [
        printed(130, (0, "编制总体实施方案"), (14, "省教育厅")),
        printed(160, (0, "建立工作台账"), (14, "省财政厅")),
    ]
    prose = printed(300, (0, "各地要按月报送进展情况"))
    cells, rest = read(head, *rows, prose)
    assert cells == [
        ["工作任务", "责任单位", "编制总体实施方案", "省教育厅", "建立工作台账", "省财政厅"]
    ]
    assert rest == ["各地要按月报送进展情况"]


def test_line_with_a_gap_outside_a_table_stays_whole() -> None:
    signed = printed(100, (0, "云岭省教育厅"), (9, "云岭省财政厅"))
    assert read(signed, printed(130, (0, "请认真贯彻执行"))) == (
        [],
        ["云岭省教育厅云岭省财政厅", "请认真贯彻执行"],
    )


def test_doubt_goes_with_the_cell_that_it_is_in() -> None:
    from dataclasses import replace

    row = printed(130, (0, "培训教师"), (14, "二〇二一年"))
    doubted = replace(row, doubts=(LineDoubt(4, 9, ("二〇二一年", "二〇二七年"), "differs"),))
    pieces = [printed(100, (0, "工作任务"), (14, "完成时限")), doubted]

    def setting(glyphs, page):
        return lines(glyphs, page, write=Setter(Tilted(0.0, 595.0, 842.0)).write)

    (table,) = unruled_tables([], list(pieces), 1, lines=setting).tables
    last = table.cells[-1].lines[0]
    assert (last.text, last.doubts[0].start, last.doubts[0].end) == ("二〇二一年", 0, 5)
    assert table.cells[-2].lines[0].doubts == ()

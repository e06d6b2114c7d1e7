"""Lines with places on pages: indent and line end tell paragraphs, place tells furniture."""

from __future__ import annotations

from dataclasses import replace

from corpus.model.document import Page
from corpus.model.geometry import Box
from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.layout import Arranged, Paragraph, arrange

LEFT, RIGHT, EM = 90.0, 538.0, 16.0
FULL = "推进产业发展教育培训社会治理公共服务体系建设完善机制创新"
INDENTED = FULL[:26]


def line(text: str, row: int, *, page: int = 1, x0: float = LEFT, size: float = EM) -> FlowLine:
    edges = tuple(x0 + size * n for n in range(len(text) + 1))
    top = 100.0 + 28.0 * row
    return FlowLine(text, page, Box(page, x0, top, edges[-1], top + size), edges, size)


def first(text: str, row: int, *, page: int = 1) -> FlowLine:
    return line(text, row, page=page, x0=LEFT + 2 * EM)


def flow(*items: FlowLine | FlowTable, pages: int = 3) -> Flow:
    sheets = tuple(Page(number, 595.0, 842.0) for number in range(1, pages + 1))
    return Flow(items, sheets, "application/pdf")


def texts(arranged: Arranged) -> list[str]:
    return [item.text for item in arranged.items if isinstance(item, Paragraph)]


def test_full_line_goes_on_and_short_line_ends() -> None:
    found = arrange(flow(first(INDENTED, 0), line(FULL, 1), line("到位。", 2), first(INDENTED, 3)))
    assert texts(found) == [INDENTED + FULL + "到位。", INDENTED]


def test_line_that_ends_early_before_a_number_that_did_not_fit_goes_on() -> None:
    short = FULL[:-4]
    broken = arrange(flow(first(INDENTED, 0), line(short, 1), line("18.65%；另有三处在建。", 2)))
    assert texts(broken) == [INDENTED + short + "18.65%；另有三处在建。"]
    fitting = arrange(flow(first(INDENTED, 0), line(short, 1), line("18处在建。", 2)))
    assert texts(fitting) == [INDENTED + short, "18处在建。"]
    ended = short[:-1] + "。"
    apart = arrange(flow(first(INDENTED, 0), line(ended, 1), line("18.65%的企业在建。", 2)))
    assert texts(apart) == [INDENTED + ended, "18.65%的企业在建。"]


def test_paragraph_goes_on_over_a_page_end() -> None:
    found = arrange(flow(first(INDENTED, 20), line(FULL, 21), line(FULL, 0, page=2)))
    assert texts(found) == [INDENTED + FULL + FULL]


def test_indent_begins_a_paragraph_behind_a_full_line_that_ends_a_sentence() -> None:
    full = FULL[:-1] + "。"
    found = arrange(flow(first(INDENTED, 0), line(full, 1), first(INDENTED, 2), line(full, 3)))
    assert texts(found) == [INDENTED + full, INDENTED + full]


def test_date_at_the_right_edge_is_not_glued_to_the_annex_mark() -> None:
    dated = line("2024年3月5日", 3, x0=RIGHT - 9 * EM)
    body = [first(INDENTED, 0), line(FULL, 1), line("到位。", 2)]
    found = arrange(flow(*body, dated, line("附件", 0, page=2)))
    assert texts(found)[1:] == ["2024年3月5日", "附件"]


def test_larger_type_and_centred_lines_stay_apart() -> None:
    title = line("云岭省人民政府关于印发三年行动计", 0, size=22.0)
    centred = replace(line(FULL, 3), centred=True)
    found = arrange(flow(title, first(INDENTED, 1), line(FULL, 2), centred, line(FULL, 4)))
    assert texts(found) == [title.text, INDENTED + FULL, FULL, FULL]


def test_heading_mark_begins_a_paragraph_only_behind_an_end() -> None:
    cut = FULL[:-1] + "第"
    below = "三章所列任务由省教育厅落实。"
    found = arrange(flow(first(INDENTED, 0), line(cut, 1), line(below, 2)))
    assert texts(found) == [INDENTED + cut + below]
    flush = line("二、" + FULL[:10], 2)
    ended = line(FULL[:-1] + "。", 1)
    assert texts(arrange(flow(first(INDENTED, 0), ended, flush)))[1:] == [flush.text]


def test_page_numbers_and_running_heads_are_furniture() -> None:
    pages = range(1, 4)
    heads = [replace(line("云岭省发展规划", -3, page=p)) for p in pages]
    numbers = [line(f"— {p} —", 24, page=p) for p in pages]
    bodies = [first(f"第{p}段内容各不相同。", 5, page=p) for p in pages]
    found = arrange(flow(*(x for trio in zip(heads, bodies, numbers, strict=True) for x in trio)))
    assert texts(found) == [body.text for body in bodies]
    assert sorted(x.text for x in found.furniture) == sorted(x.text for x in (*heads, *numbers))
    assert all(x.furniture for x in found.furniture)


def test_line_that_repeats_in_the_middle_of_pages_is_text() -> None:
    same = [line("附表", 10, page=p) for p in range(1, 4)]
    assert texts(arrange(flow(*same))) == ["附表"] * 3


def test_paragraph_of_a_page_is_joined_around_its_page_number() -> None:
    number = line("— 1 —", 24)
    found = arrange(flow(first(INDENTED, 21), line(FULL, 22), number, line(FULL, 0, page=2)))
    assert texts(found) == [INDENTED + FULL + FULL]
    assert [x.text for x in found.furniture] == ["— 1 —"]


def test_table_ends_a_paragraph() -> None:
    table = FlowTable((), 1)
    found = arrange(flow(first(INDENTED, 0), line(FULL, 1), table, line(FULL, 3)))
    assert [type(item).__name__ for item in found.items] == ["Paragraph", "FlowTable", "Paragraph"]


def test_paragraphs_that_the_format_tells_are_kept_and_long_broken_ones_joined() -> None:
    said = [
        FlowLine("一、总体要求", paragraph=1, heading=2),
        FlowLine("各地要抓好落实", paragraph=2),
        FlowLine("省教育厅负责统筹。", paragraph=2),
        FlowLine("到2027年，全省建成公共实训基地6个，培训产业工人12万人次，带动社会", paragraph=3),
        FlowLine("投资明显增长。", paragraph=4),
        FlowLine("短行，没有句号", paragraph=5),
        FlowLine("另起一段。", paragraph=6),
    ]
    assert [
        len(i.lines)
        for i in arrange(Flow(tuple(said), (), "text/html")).items
        if isinstance(i, Paragraph)
    ] == [1, 2, 2, 1, 1]


def foot(text: str, page: int, *, top: float = 770.0) -> FlowLine:
    return replace(line(text, 0, page=page), box=Box(page, 290.0, top, 300.0, top + 14))


def test_bare_numbers_that_count_the_pages_are_furniture() -> None:
    pages = [item for n in (1, 2, 3) for item in (first(INDENTED, 0, page=n), foot(str(n + 4), n))]
    found = arrange(flow(*pages))
    assert [item.text for item in found.furniture] == ["5", "6", "7"]
    assert "".join(texts(found)) == INDENTED * 3


def test_bare_number_of_its_own_page_is_furniture() -> None:
    found = arrange(flow(first(INDENTED, 0), foot("1", 1), pages=1))
    assert [item.text for item in found.furniture] == ["1"]


def test_bare_numbers_that_count_nothing_stay_in_the_text() -> None:
    found = arrange(flow(foot("2025", 1), foot("38", 2), foot("2", 2, top=400.0)))
    assert found.furniture == ()


def test_line_that_closes_a_bracket_goes_on_whatever_height_a_scan_gives_it() -> None:
    def at(number: int, text: str, *, size: float, x0: float = 80.0) -> FlowLine:
        top = 100.0 + 28 * number
        box = Box(1, x0, top, x0 + 16 * len(text), top + size)
        return FlowLine(text, 1, box, None, size)

    whole = "云岭省加快建设职业教育实训基地和示范性专业点工作安排"
    opened = at(1, "（省教育厅、省财政厅、省工业和信息化厅等按职责分工负", size=15.8)
    rest = [at(2, "责）", size=21.0), at(3, "附件名称", size=21.0)]
    flow = Flow((at(0, whole, size=15.8), opened, *rest), (Page(1, 595, 842),), "application/pdf")
    told = [p.text for p in arrange(flow).items if not isinstance(p, FlowTable)]
    assert any(text.endswith("分工负责）") for text in told)
    assert told[-1] == "附件名称"

"""OFD pages: where characters stand, which lines rule tables, what templates and seals are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import corpus.samples
from corpus.model.errors import UnreadableFile
from corpus.model.geometry import Span
from corpus.parse import ofd as reader
from corpus.parse import parse
from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.limits import Limits
from tests.corpus.parse.docx_files import packed
from tests.corpus.parse.ofd_files import Package, grid, layered, of_pdf, ofd, page, path, text

POINT = 72 / 25.4
SMALL = [("任务", 32, 108), ("单位", 102, 108), ("基地", 32, 118), ("农业厅", 102, 118)]
LINE = "到2027年，森林覆盖率达到45%以上。"


def read(*pages: str, **more: object) -> Flow:
    """The flow of a package with those pages."""
    return reader.read(ofd(Package(list(pages), **more)), source="a.ofd")  # type: ignore[arg-type]


def texts(flow: Flow) -> list[str]:
    """The lines that are no furniture."""
    return [i.text for i in flow.items if isinstance(i, FlowLine) and not i.furniture]


def test_characters_stand_where_the_text_object_says() -> None:
    (line,) = read(page(text(LINE, 28, 60))).items
    assert isinstance(line, FlowLine)
    assert line.box is not None
    assert line.edges is not None
    assert line.text == LINE
    assert line.size == pytest.approx(5.6 * POINT, abs=0.1)
    assert line.box.x0 == pytest.approx(28 * POINT, abs=0.1)
    # 到 is a full square, 2 half of one.
    assert line.edges[1] - line.edges[0] == pytest.approx(5.6 * POINT, abs=0.1)
    assert line.edges[2] - line.edges[1] == pytest.approx(2.8 * POINT, abs=0.1)
    assert line.box.top < 60 * POINT < line.box.bottom
    assert len(line.edges) == len(LINE) + 1


def test_page_has_its_size_in_points_and_its_own_area_before_the_common_one() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area>"
    flow = read(page(text(LINE, 28, 60)), page(text(LINE, 28, 60), area=area))
    assert [round(p.width) for p in flow.pages] == [595, 842]
    assert [round(p.height) for p in flow.pages] == [842, 595]


def test_origin_of_the_page_is_taken_off() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>10 20 210 297</ofd:PhysicalBox></ofd:Area>"
    (line,) = read(page(text(LINE, 38, 80), area=area)).items
    assert isinstance(line, FlowLine)
    assert line.box is not None
    assert line.box.x0 == pytest.approx(28 * POINT, abs=0.1)


@pytest.mark.parametrize(
    "code",
    [
        '<ofd:TextCode X="0" Y="5" DeltaX="5 5 5">达到要求</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5" DeltaX="g 3 5">达到要求</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5" DeltaX="5 g 2 5">达到要求</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5" DeltaX="g 9 5 7">达到要求</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5">达到要求</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5" DeltaX="5">达到</ofd:TextCode>'
        '<ofd:TextCode X="10" DeltaX="5">要求</ofd:TextCode>',
        '<ofd:CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><ofd:Glyphs>12 34 56 78'
        '</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="5" DeltaX="g 3 5">达到要求'
        "</ofd:TextCode>",
    ],
)
def test_steps_are_read_in_every_way_they_are_written(code: str) -> None:
    (line,) = read(page(text("达到要求", 28, 60, size=5, code=code))).items
    assert isinstance(line, FlowLine)
    assert line.edges is not None
    assert line.text == "达到要求"
    widths = [b - a for a, b in zip(line.edges, line.edges[1:], strict=False)]
    assert widths == pytest.approx([5 * POINT] * 4, abs=0.1)


def test_matrix_scales_and_moves() -> None:
    scaled = 'CTM="2 0 0 2 10 5"'
    code = '<ofd:TextCode X="0" Y="2.5" DeltaX="2.5">目标</ofd:TextCode>'
    box = '<ofd:TextObject ID="1" Boundary="20 30 50 20" Font="1" Size="2.5" {}>{}</ofd:TextObject>'
    (line,) = read(page(box.format(scaled, code))).items
    assert isinstance(line, FlowLine)
    assert line.box is not None
    assert line.size == pytest.approx(5 * POINT, abs=0.1)
    assert line.box.x0 == pytest.approx(30 * POINT, abs=0.1)
    assert line.box.x1 == pytest.approx(40 * POINT, abs=0.1)


def test_lines_that_stand_beside_each_other_are_one_and_order_is_that_of_the_page() -> None:
    flow = read(
        page(text("以上。", 84, 70), text("后一行", 28, 80), text("森林覆盖率达到45%", 28, 70))
    )
    assert texts(flow)[-1] == "后一行"
    assert "".join(texts(flow)[:-1]).replace("\u3000", "") == "森林覆盖率达到45%以上。"


@pytest.mark.parametrize(
    "package",
    [
        Package([page(text(LINE, 28, 60, boundary=False))]),
        Package([page(text(LINE, 28, 60))], absolute=True),
        Package([page(text(LINE, 28, 60))], box=""),
        Package(
            [layered(f"<ofd:Layer><ofd:PageBlock><ofd:PageBlock>{text(LINE, 28, 60)}"
                     "</ofd:PageBlock></ofd:PageBlock></ofd:Layer>")]
        ),
        Package([layered(f"<ofd:Layer/><ofd:Layer ID='3'>{text(LINE, 28, 60)}</ofd:Layer>")]),
        Package(
            [page('<ofd:CompositeObject ID="5" Boundary="0 0 210 297" ResourceID="70"/>')],
            units=f'<ofd:CompositeGraphicUnit ID="70" Width="210" Height="297"><ofd:Content>'
            f"{text(LINE, 28, 60)}</ofd:Content></ofd:CompositeGraphicUnit>",
        ),
    ],
    ids=["no boundary", "absolute paths", "no size", "nested blocks", "layers", "composite"],
)  # fmt: skip
def test_odd_packages_are_read(package: Package) -> None:
    (line,) = reader.read(ofd(package), source="a.ofd").items
    assert isinstance(line, FlowLine)
    assert line.box is not None
    assert line.text == LINE
    assert line.box.x0 == pytest.approx(28 * POINT, abs=0.1)


def test_hidden_objects_are_left_out() -> None:
    flow = read(page(text(LINE, 28, 60), text("草稿", 28, 80, more='Visible="false"')))
    assert texts(flow) == [LINE]


def test_template_is_printed_on_every_page_that_uses_it() -> None:
    flow = read(
        page(text(LINE, 28, 60), template=50),
        page(text(LINE, 28, 60)),
        templates=[page(text("云岭省人民政府文件", 60, 40))],
    )
    pages = {(i.page, i.text) for i in flow.items if isinstance(i, FlowLine)}
    assert pages == {(1, "云岭省人民政府文件"), (1, LINE), (2, LINE)}


def test_table_is_found_by_its_ruling_lines() -> None:
    cells = [
        text(words, x, y, size=4)
        for words, x, y in [
            ("工作任务", 32, 108), ("责任单位", 102, 108),
            ("建设基地", 32, 118), ("农业厅", 102, 118),
            ("扩大种植", 32, 128), ("林业局", 102, 128),
        ]
    ]  # fmt: skip
    flow = read(page(text(LINE, 28, 60), grid([30, 100, 170], [100, 110, 120, 130]), *cells))
    line, table = flow.items
    assert isinstance(line, FlowLine)
    assert isinstance(table, FlowTable)
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, "工作任务"), (0, 1, "责任单位"), (1, 0, "建设基地"), (1, 1, "农业厅"),
        (2, 0, "扩大种植"), (2, 1, "林业局"),
    ]  # fmt: skip
    assert table.header_rows == 1


@pytest.mark.parametrize(
    "box",
    [
        "M 30 100 L 100 100 L 100 110 L 30 110 C",
        "S 30 100 L 100 100 L 100 110 L 30 110 C",
        "M30 100L100 100L100 110L30 110C",
    ],
)
def test_boxes_rule_a_table_too(box: str) -> None:
    boxes = [path(box, dx, dy) for dx in (0, 70) for dy in (0, 10)]
    words = [text(w, x, y, size=4) for w, x, y in SMALL]
    (table,) = read(page(*boxes, *words)).items
    assert isinstance(table, FlowTable)
    assert len(table.cells) == 4


def test_thin_filled_boxes_are_rules_and_coloured_areas_are_not() -> None:
    filled = 'Fill="true" Stroke="false"'
    thin = [
        path(f"M 30 {y} L 170 {y} L 170 {y + 0.2} L 30 {y + 0.2} C", more=filled)
        for y in (100, 110, 120)
    ] + [
        path(f"M {x} 100 L {x + 0.2} 100 L {x + 0.2} 120 L {x} 120 C", more=filled)
        for x in (30, 100, 170)
    ]
    words = [text(w, x, y, size=4) for w, x, y in SMALL]
    (table,) = read(page(*thin, *words)).items
    assert isinstance(table, FlowTable)
    coloured = path("M 20 20 L 190 20 L 190 280 L 20 280 C", more=filled)
    assert texts(read(page(coloured, text(LINE, 28, 60)))) == [LINE]


def test_table_goes_on_over_the_page_end() -> None:
    def part(*rows: tuple[str, str], top: float) -> str:
        ys = [top + 10 * n for n in range(len(rows) + 1)]
        words = [
            text(w, x, ys[n] + 8, size=4)
            for n, row in enumerate(rows)
            for w, x in zip(row, (32, 102), strict=True)
        ]
        return page(grid([30, 100, 170], ys), *words)

    head = ("任务", "单位")
    flow = read(part(head, ("甲项", "农业厅"), top=240), part(head, ("乙项", "林业局"), top=30))
    (table,) = [item for item in flow.items if isinstance(item, FlowTable)]
    assert [c.text for c in table.cells] == ["任务", "单位", "甲项", "农业厅", "乙项", "林业局"]


def test_seals_are_kept_with_their_place_and_their_words_are_no_text() -> None:
    stamp = (
        '<ofd:Annot Type="Stamp" ID="1"><ofd:Appearance Boundary="120 200 42 42">'
        f"{text('云岭省人民政府', 0, 10)}</ofd:Appearance></ofd:Annot>"
    )
    by_note = read(page(text(LINE, 28, 60)), annotations={0: stamp})
    signed = '<ofd:StampAnnot ID="1" PageRef="100" Boundary="120 200 42 42"/>'
    by_signature = read(page(text(LINE, 28, 60)), stamps=signed)
    for flow in (by_note, by_signature):
        assert texts(flow) == [LINE]
        (seal,) = flow.seals
        assert seal.box.page == 1
        assert seal.box.x0 == pytest.approx(120 * POINT)
        assert seal.box.bottom == pytest.approx(242 * POINT)


def test_documents_of_one_package_follow_each_other() -> None:
    both = ofd(Package([page(text(LINE, 28, 60))]), Package([page(text("附件", 28, 60))]))
    flow = reader.read(both, source="a.ofd")
    assert [(i.page, i.text) for i in flow.items if isinstance(i, FlowLine)] == [
        (1, LINE),
        (2, "附件"),
    ]


def test_upright_text_stands_beside_the_prose() -> None:
    code = '<ofd:TextCode X="0" Y="5" DeltaY="g 3 6">内部资料</ofd:TextCode>'
    flow = read(page(text(LINE, 28, 60), text("内部资料", 10, 100, code=code)))
    assert texts(flow) == [LINE]
    assert [i.text for i in flow.items if isinstance(i, FlowLine) and i.furniture] == ["内部资料"]


def test_document_of_an_ofd_cites_boxes_on_its_pages() -> None:
    body = [text(f"（{n}）{LINE}", 28, 60 + 10 * n) for n in range(1, 4)]
    document = parse(ofd(Package([page(*body)])), source="a.ofd")
    assert document.provenance.media_type == "application/ofd"
    place = document.text.index("45%")
    (box,) = document.cite(Span(place, place + 3)).boxes
    assert box.page == 1
    assert box.x1 - box.x0 == pytest.approx(3 * 2.8 * POINT, abs=0.5)


@pytest.mark.parametrize("name", ["plan-2021", "tasks-2022"])
def test_document_is_the_same_as_pdf_and_as_ofd(name: str) -> None:
    content = (Path(corpus.samples.__file__).parent / "documents" / f"{name}.pdf").read_bytes()
    as_pdf, as_ofd = parse(content, source="a.pdf"), parse(of_pdf(content), source="a.ofd")
    assert as_ofd.text == as_pdf.text
    assert as_ofd.blocks == as_pdf.blocks
    assert as_ofd.tables == as_pdf.tables
    assert as_ofd.sections == as_pdf.sections
    for ours, theirs in zip(as_ofd.lines, as_pdf.lines, strict=True):
        assert (ours.span, ours.box.page) == (theirs.span, theirs.box.page)
        assert ours.edges[:-1] == pytest.approx(theirs.edges[:-1], abs=1.5)
        # How wide the last sign of a line is, an OFD does not say.
        assert ours.box.x1 == pytest.approx(theirs.box.x1, abs=8)


def test_rubbish_is_refused() -> None:
    lost = "".join(chr(0xE000 + n) for n in range(40))
    with pytest.raises(UnreadableFile) as raised:
        read(page(text(lost, 10, 60, size=3)))
    assert raised.value.reason == "pages_lost"


def test_page_whose_part_is_missing_is_empty() -> None:
    package = Package([page(text(LINE, 28, 60)), page(text("附件", 28, 60))])
    parts = package.parts()
    del parts["Doc_0/Pages/Page_1/Content.xml"]
    root = zipfile.ZipFile(io.BytesIO(ofd(package))).read("OFD.xml")
    flow = reader.read(packed({"OFD.xml": root, **parts}), source="a.ofd")
    assert (texts(flow), len(flow.pages)) == ([LINE], 2)


def test_package_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(page())
    assert raised.value.reason == "empty"


def test_too_many_pages_are_refused_before_they_are_read() -> None:
    package = Package([page()] * 6)
    with pytest.raises(UnreadableFile) as raised:
        reader.read(ofd(package), source="a.ofd", limits=Limits(pages=5))
    assert raised.value.reason == "too_big_pages"

"""Word files as they are printed: what is read, what is left out, and in which order."""

from __future__ import annotations

import pytest

from corpus.model.errors import UnreadableFile
from corpus.parse import docx
from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.limits import Limits
from tests.corpus.parse.docx_files import cell, packed, paragraph, row, run, table
from tests.corpus.parse.docx_files import docx as made

WIDE = "<w:gridSpan w:val='2'/>"
TOP, BELOW = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"


def read(body: str, **parts: str) -> Flow:
    """The flow of a document with that body."""
    return docx.read(made(body, **parts), source="a.docx")


def texts(flow: Flow, *, furniture: bool = False) -> list[str]:
    """The lines that are, or are not, furniture."""
    lines = [item for item in flow.items if isinstance(item, FlowLine)]
    return [line.text for line in lines if line.furniture == furniture]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("森林覆盖率达到") + run("45%"), "森林覆盖率达到45%"),
        (run("达到") + f"<w:ins>{run('45%')}</w:ins>", "达到45%"),
        (run("达到") + "<w:del><w:r><w:delText>4</w:delText></w:r></w:del>" + run("5%"), "达到5%"),
        (f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>", "新处"),
        (run("达到") + run("密", "<w:vanish/>") + run("45%"), "达到45%"),
        (run("达到") + run("45%", "<w:vanish w:val='0'/>"), "达到45%"),
        (f"<w:hyperlink>{run('方案')}</w:hyperlink>", "方案"),
        (f"<w:sdt><w:sdtContent>{run('云岭省')}</w:sdtContent></w:sdt>", "云岭省"),
        (run("签发人") + "<w:r><w:tab/><w:t>李明</w:t></w:r>", "签发人\u3000李明"),
        (run("2021") + "<w:r><w:noBreakHyphen/></w:r>" + run("2025年"), "2021-2025年"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>" + run("90%"), "≥90%"),
        (run("\uf0a3", "<w:rFonts w:ascii='Symbol'/>") + run("5%"), "≤5%"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>" + run("是"), "☑是"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>yun</w:t></w:r></w:rt><w:rubyBase>"
         f"{run('云')}</w:rubyBase></w:ruby></w:r>", "云"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r>"
         "</m:den></m:f></m:oMath>" + run("以上"), "1/3以上"),
        ("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
         "<w:r><w:t>stale</w:t></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
         f"{run('7')}<w:r><w:fldChar w:fldCharType='end'/></w:r>{run('页')}", "7页"),
        (run("数据\u200c的\u00ad规则"), "数据的规则"),
    ],
)  # fmt: skip
def test_words_are_those_that_are_printed(runs: str, text: str) -> None:
    assert texts(read(paragraph(runs=runs))) == [text]


def test_breaks_end_lines_inside_of_a_paragraph_and_page_breaks_do_not() -> None:
    runs = (
        "<w:r><w:t>新增技工</w:t><w:br w:type='page'/><w:t>12万人，</w:t><w:br/>"
        "<w:t>其中</w:t></w:r>"
    )
    flow = read(paragraph(runs=runs))
    assert texts(flow) == ["新增技工12万人，", "其中"]
    assert len({item.paragraph for item in flow.items if isinstance(item, FlowLine)}) == 1


def test_breaks_that_part_paragraphs_part_them() -> None:
    runs = "<w:r><w:t>一、总体要求</w:t><w:br/><w:t>　　到2027年，建成基地20个。</w:t></w:r>"
    flow = read(paragraph(runs=runs))
    assert len({item.paragraph for item in flow.items if isinstance(item, FlowLine)}) == 2


def test_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    deleted = "<w:rPr><w:del w:author='a'/></w:rPr>"
    flow = read(paragraph("到2027年，", deleted) + paragraph("建成基地20个。"))
    assert texts(flow) == ["到2027年，建成基地20个。"]


def test_heading_levels_come_from_outline_levels_and_styles() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='标题二'/><w:pPr>"
        "<w:outlineLvl w:val='1'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>"
    )
    body = (
        paragraph("总体要求", style="1")
        + paragraph("基本原则", style="b")
        + paragraph("说明", "<w:outlineLvl w:val='9'/>", style="a")
        + paragraph("正文")
    )
    found = [item.heading for item in read(body, styles=styles).items if isinstance(item, FlowLine)]
    assert found == [1, 2, 0, 0]


def test_title_is_centred_and_has_its_size() -> None:
    runs = run("云岭省发展规划", "<w:sz w:val='44'/>")
    (line,) = read(paragraph("", "<w:jc w:val='center'/>", runs=runs)).items
    assert isinstance(line, FlowLine)
    assert (line.centred, line.size) == (True, 22.0)


def test_merged_cells_become_one_cell_with_spans() -> None:
    body = table(
        row(cell("工作任务", WIDE), cell("责任单位")),
        row(cell("种植"), cell("扩大面积"), cell("农业厅", TOP)),
        row(cell("养殖"), cell("建设牧场"), cell("", BELOW)),
    )
    (found,) = read(body).items
    assert isinstance(found, FlowTable)
    placed = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in found.cells}
    assert placed == {
        "工作任务": (0, 0, 1, 2),
        "责任单位": (0, 2, 1, 1),
        "种植": (1, 0, 1, 1),
        "扩大面积": (1, 1, 1, 1),
        "农业厅": (1, 2, 2, 1),
        "养殖": (2, 0, 1, 1),
        "建设牧场": (2, 1, 1, 1),
    }
    assert found.header_rows == 1


def test_rows_said_to_be_heads_are_heads_and_deleted_rows_are_gone() -> None:
    head, gone = "<w:tblHeader/>", "<w:del w:author='a'/>"
    body = table(
        row(cell("1"), cell("2"), properties=head),
        row(cell("3"), cell("4"), properties=head),
        row(cell("旧"), cell("旧"), properties=gone),
        row(cell("5"), cell("6")),
    )
    (found,) = read(body).items
    assert isinstance(found, FlowTable)
    assert found.header_rows == 2
    assert [c.text for c in found.cells] == ["1", "2", "3", "4", "5", "6"]


def test_columns_of_a_fine_grid_in_which_no_cell_begins_are_taken_out() -> None:
    body = table(
        row(cell("任务", "<w:gridSpan w:val='3'/>"), cell("单位", "<w:gridSpan w:val='2'/>")),
        row(cell("甲", "<w:gridSpan w:val='3'/>"), cell("乙", "<w:gridSpan w:val='2'/>")),
    )
    (found,) = read(body).items
    assert isinstance(found, FlowTable)
    assert [(c.column, c.column_span) for c in found.cells] == [(0, 1), (1, 1)] * 2


def test_table_in_a_cell_is_read_as_its_lines() -> None:
    inner = table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁")))
    body = table(
        row(cell("任务"), cell("单位")),
        row(cell("", inside=paragraph("前") + inner + paragraph("后")), cell("农业厅")),
    )
    (found,) = read(body).items
    assert isinstance(found, FlowTable)
    assert [line.text for line in found.cells[2].lines] == ["前", "甲", "乙", "丙", "丁", "后"]


def test_frame_of_one_cell_is_text_and_no_table() -> None:
    flow = read(table(row(cell("专栏1 重点工程"))) + paragraph("正文"))
    assert texts(flow) == ["专栏1 重点工程", "正文"]


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
    "<wp:positionV relativeFrom='{by}'><wp:posOffset>{offset}</wp:posOffset></wp:positionV>"
    "<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wp:anchor></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("by", "offset", "order"),
    [
        ("page", 100, ["云岭省人民政府文件", "云政发〔2023〕5号"]),
        ("paragraph", -100, ["云岭省人民政府文件", "云政发〔2023〕5号"]),
        ("paragraph", 100, ["云政发〔2023〕5号", "云岭省人民政府文件"]),
    ],
)
def test_text_box_is_read_once_where_it_stands(by: str, offset: int, order: list[str]) -> None:
    box = BOX.format(by=by, offset=offset, inside=paragraph("云岭省人民政府文件"))
    assert texts(read(paragraph("云政发〔2023〕5号", runs=box))) == order


def test_text_box_of_an_old_file_is_read() -> None:
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{paragraph('专栏')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert texts(read(paragraph("正文", runs=box))) == ["正文", "专栏"]


def test_notes_heads_and_feet_stand_beside_the_prose() -> None:
    mark = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    notes = (
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
        f"<w:footnote w:id='2'>{paragraph('按常住人口计算。')}</w:footnote>"
    )
    ends = (
        "<w:sectPr><w:headerReference w:type='default' r:id='rId-header1'/>"
        "<w:footerReference w:type='default' r:id='rId-footer1'/>"
        "<w:footerReference w:type='even' r:id='rId-footer2'/></w:sectPr>"
    )
    flow = read(
        paragraph("达到45%", runs=mark + run("以上。")) + ends,
        footnotes=notes,
        header1=paragraph("征求意见稿"),
        footer1=paragraph("— 1 —"),
        footer2=paragraph("— 1 —"),
    )
    assert texts(flow) == ["达到45%以上。"]
    assert texts(flow, furniture=True) == ["注1 按常住人口计算。", "征求意见稿", "— 1 —"]


def test_contents_are_furniture() -> None:
    styles = "<w:style w:type='paragraph' w:styleId='t'><w:name w:val='toc 1'/></w:style>"
    flow = read(paragraph("一、总体要求……1", style="t") + paragraph("正文"), styles=styles)
    assert (texts(flow), texts(flow, furniture=True)) == (["正文"], ["一、总体要求……1"])


def test_empty_document_is_refused() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(paragraph())
    assert raised.value.reason == "empty"


def test_tables_too_deep_are_refused() -> None:
    inside = paragraph("底")
    for _ in range(9):
        inside = table(row(cell("", inside=inside), cell("右")), row(cell("左"), cell("右")))
    with pytest.raises(UnreadableFile) as raised:
        docx.read(made(inside), source="a.docx", limits=Limits(tables=5))
    assert raised.value.reason == "too_big_nesting"


def test_xml_that_declares_entities_is_refused() -> None:
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]><d>&a9;</d>'
    files = {"[Content_Types].xml": b"<Types/>", "word/document.xml": bomb.encode()}
    with pytest.raises(UnreadableFile) as raised:
        docx.read(packed(files), source="a.docx")
    assert raised.value.reason == "entities"

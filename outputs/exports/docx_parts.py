"""A Word file in the layout of official papers: A4 on its side, title in 方正小标宋, text in 仿宋,
tables whose head row stands on every page, pages numbered — 1 —.

Rows are written as XML: python-docx reckons a whole table anew for every cell that it is asked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from outputs.exports.cells import clean

TITLE, HEAD, TEXT = "方正小标宋简体", "黑体", "仿宋_GB2312"
# What a machine without those has instead; Word and WPS look the names up in this table.
_INSTEAD = {
    TITLE: "方正小标宋_GBK,华文中宋,宋体",
    HEAD: "SimHei,Noto Sans CJK SC",
    TEXT: "仿宋,FangSong,华文仿宋,宋体",
}
_ROMAN = "Times New Roman"
_TITLE_SIZE, _LEAD_SIZE, _CELL_SIZE = 22.0, 12.0, 10.5  # 二号, 小四, 五号
_WIDTH = 257  # mm between the margins
_FONT_TABLE = "/word/fontTable.xml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of one look; ``address`` makes them a link."""

    text: str
    bold: bool = False
    struck: bool = False
    underlined: bool = False
    address: str = ""


Paragraph = Sequence[Run]
Cell = Sequence[Paragraph]


class Paper:
    """A Word file that grows from top to bottom."""

    def __init__(self, title: str) -> None:
        self._file = docx.Document()
        self._links: dict[str, str] = {}
        self._file.core_properties.title = clean(title)
        self._file.core_properties.author = "taizhang 台账"
        self._page()
        self._fonts()
        self._line(title, TITLE, _TITLE_SIZE, centred=True)

    def heading(self, text: str) -> None:
        """One line in 黑体."""
        self._line(text, HEAD, 14.0)

    def line(self, text: str) -> None:
        """One line of text."""
        self._line(text, TEXT, _LEAD_SIZE)

    def table(self, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> None:
        """A ruled table: heads with their share of the width, then rows; a row of one cell goes
        over all columns."""
        whole = sum(share for _, share in heads)
        widths = [round(share / whole * _WIDTH * 56.7) for _, share in heads]
        table = parse_xml(_TABLE.format(namespaces=nsdecls("w"), width=sum(widths)))
        grid = OxmlElement("w:tblGrid")
        for width in widths:
            grid.append(_with("w:gridCol", w=width))
        table.append(grid)
        table.append(self._row([[[Run(head)]] for head, _ in heads], widths, head=True))
        for cells in rows:
            table.append(self._row(cells, widths))
        self._file.element.body.insert_element_before(table, "w:sectPr")
        self._line("", TEXT, 6.0)

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._file.save(out)
        return out.getvalue()

    def _page(self) -> None:
        section = self._file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm((297 - _WIDTH) / 2)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        section.footer_distance = Mm(10)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot._p.append(_run(Run("— "), TEXT, 12.0))
        field = _with("w:fldSimple", instr="PAGE")
        field.append(_run(Run("1"), TEXT, 12.0))
        foot._p.append(field)
        foot._p.append(_run(Run(" —"), TEXT, 12.0))

    def _fonts(self) -> None:
        """Names that stand in for fonts that a machine hasn't got."""
        parts = self._file.part.package.iter_parts()
        part = next(each for each in parts if each.partname == _FONT_TABLE)
        fonts = parse_xml(part.blob)
        for name, others in _INSTEAD.items():
            font = _with("w:font", name=name)
            font.append(_with("w:altName", val=others))
            font.append(_with("w:charset", val="86"))
            font.append(_with("w:family", val="auto"))
            fonts.append(font)
        from lxml import etree

        part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _line(self, text: str, font: str, size: float, *, centred: bool = False) -> None:
        paragraph = self._file.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(0)
        paragraph.paragraph_format.space_after = Pt(size / 3)
        paragraph.paragraph_format.keep_with_next = bool(text)
        paragraph._p.append(_run(Run(text), font, size))

    def _row(self, cells: Sequence[Cell], widths: Sequence[int], *, head: bool = False) -> Any:
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        across = len(cells) == 1 < len(widths)
        for cell, width in zip(cells, [sum(widths)] if across else widths, strict=True):
            span = len(widths) if across else 1
            row.append(self._cell(cell, width, span, strong=head or across))
        return row

    def _cell(self, cell: Cell, width: int, span: int, *, strong: bool) -> Any:
        made = OxmlElement("w:tc")
        properties = OxmlElement("w:tcPr")
        kind = _with("w:tcW", w=width)
        kind.set(qn("w:type"), "dxa")
        properties.append(kind)
        if span > 1:
            properties.append(_with("w:gridSpan", val=span))
        if strong:
            properties.append(_with("w:shd", val="clear", color="auto", fill="F2F2F2"))
        properties.append(_with("w:vAlign", val="center" if strong else "top"))
        made.append(properties)
        for paragraph in cell or [[Run("")]]:
            made.append(self._paragraph(paragraph, strong=strong, across=span > 1))
        return made

    def _paragraph(self, runs: Paragraph, *, strong: bool, across: bool) -> Any:
        made = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        if across:
            properties.append(OxmlElement("w:keepNext"))
        properties.append(_with("w:spacing", before=0, after=0, line=280, lineRule="auto"))
        if strong and not across:
            properties.append(_with("w:jc", val="center"))
        made.append(properties)
        font = HEAD if strong else TEXT
        for run in runs:
            element = _run(run, font, _CELL_SIZE)
            if run.address:
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), self._link(run.address))
                link.append(element)
                element = link
            made.append(element)
        return made

    def _link(self, address: str) -> str:
        if address not in self._links:
            found: str = self._file.part.relate_to(address, _LINK, is_external=True)
            self._links[address] = found
        return self._links[address]


_TABLE = """<w:tbl {namespaces}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>
<w:top w:val="single" w:sz="8"/><w:left w:val="single" w:sz="8"/>
<w:bottom w:val="single" w:sz="8"/><w:right w:val="single" w:sz="8"/>
<w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders>
<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>
<w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:tbl>"""


def _with(tag: str, **values: str | int) -> Any:
    element = OxmlElement(tag)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _run(run: Run, font: str, size: float) -> Any:
    made = OxmlElement("w:r")
    look = OxmlElement("w:rPr")
    fonts = _with("w:rFonts", ascii=_ROMAN, hAnsi=_ROMAN, eastAsia=font, cs=_ROMAN)
    fonts.set(qn("w:hint"), "eastAsia")
    look.append(fonts)
    if run.bold:
        look.append(OxmlElement("w:b"))
    if run.struck:
        look.append(OxmlElement("w:strike"))
    if run.address:
        look.append(_with("w:color", val="0563C1"))
    look.append(_with("w:sz", val=round(2 * size)))
    if run.underlined or run.address:
        look.append(_with("w:u", val="single"))
    made.append(look)
    text = OxmlElement("w:t")
    text.text = clean(run.text)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(text)
    return made

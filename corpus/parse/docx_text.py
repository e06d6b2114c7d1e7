"""The words of one paragraph of a DOCX as they are printed: what was inserted under tracking is
read, what was deleted is not; of a field (第 PAGE 页) the result; of a formula its signs.

A break ends a line inside of the paragraph; text boxes that hang on it are handed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.parse.docx_styles import Styles
from corpus.parse.docx_symbols import symbol, symbols
from corpus.parse.office_xml import attribute, child, children

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What tracking took away, and what is no text.
_LEFT_OUT = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "ctrlPr", "rt", "proofErr", "instrText")
)
_NOTES = frozenset(("footnoteReference", "endnoteReference"))
_DRAWN = frozenset(("drawing", "pict", "object"))
_XML_BLANKS = " \t\r\n"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WIDE_BLANK = "\u3000"
# Zero-width characters and soft hyphens: nothing is printed, nothing is said.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_LINE_BREAKS = frozenset((None, "textWrapping"))
_ABOVE = re.compile(r"margin-top:\s*-")
_BY_PAGE = re.compile(r"mso-position-vertical-relative:\s*(?:page|margin)|position:\s*fixed")


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box: what is in it, and whether it stands above the paragraph it hangs on (or, with
    ``by_page``, is placed on the page and not at the paragraph)."""

    content: Element
    above: bool = False
    by_page: bool = False


@dataclass(slots=True)
class Words:
    """What was read of a paragraph. ``fields`` goes on over paragraphs: True while a field tells
    its instruction, False while it tells its result."""

    styles: Styles
    fields: list[bool] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=lambda: [[]])
    boxes: list[TextBox] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    size: float | None = None
    paragraph: Element | None = None

    def read(self, paragraph: Element) -> None:
        """Take in a paragraph; a second one goes on in the line of the first."""
        self.paragraph = paragraph
        self._inline(paragraph)

    @property
    def text(self) -> list[str]:
        """The lines as they are printed."""
        return ["".join(line) for line in self.lines]

    def _inline(self, element: Element) -> None:
        for part in element:
            name = part.tag
            if name in _LEFT_OUT or not isinstance(name, str):
                continue
            if name == "r":
                self._run(part)
            elif name == "t":
                self._write(part.text or "")
            elif name == "AlternateContent":
                self._inline(chosen(part))
            elif name == "f":
                self._fraction(part)
            elif name == "ruby":
                self._inline(next(children(part, "rubyBase"), part))
            else:
                self._inline(part)

    def _fraction(self, part: Element) -> None:
        for index, name in enumerate(("num", "den")):
            if index:
                self._write("/")
            self._inline(next(children(part, name), part))

    def _run(self, run: Element) -> None:
        if self.styles.is_hidden(run, self.paragraph):
            return
        fonts = child(run, "rPr", "rFonts")
        font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""
        for part in run:
            if part.tag == "t":
                self._text(part, run, font)
            elif part.tag == "AlternateContent":
                self._drawn(chosen(part))
            elif part.tag in _DRAWN:
                self._drawn(part)
            elif part.tag == "ruby":
                self._inline(next(children(part, "rubyBase"), part))
            else:
                self._sign(part)

    def _text(self, part: Element, run: Element, font: str) -> None:
        text = part.text or ""
        if part.get(_SPACE) != "preserve":
            text = text.strip(_XML_BLANKS)
        if self.size is None and text.strip():
            self.size = self.styles.size_of(run, self.paragraph)
        self._write(symbols(re.sub(r"[\t\r\n]", " ", text), font))

    def _sign(self, part: Element) -> None:
        """The parts of a run that are no text and yet print something, or steer a field."""
        if part.tag in {"tab", "ptab"}:
            self._write(_WIDE_BLANK)
        elif part.tag == "cr" or (part.tag == "br" and attribute(part, "type") in _LINE_BREAKS):
            if self._shows:
                self.lines.append([])
        elif part.tag == "noBreakHyphen":
            self._write("-")
        elif part.tag == "sym":
            code = attribute(part, "char") or ""
            if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
                self._write(symbol(int(code, 16), attribute(part, "font") or ""))
        elif part.tag == "fldChar":
            self._field(attribute(part, "fldCharType"))
        elif part.tag in _NOTES and self._shows:
            self.notes.append(part)

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self.fields.append(True)
        elif self.fields and step == "separate":
            self.fields[-1] = False
        elif self.fields and step == "end":
            self.fields.pop()

    @property
    def _shows(self) -> bool:
        return not any(self.fields)

    def _write(self, text: str) -> None:
        if text and self._shows:
            self.lines[-1].append(text.translate(_UNSEEN))

    def _drawn(self, drawing: Element) -> None:
        above, by_page = _place(drawing)
        for content in _boxes(drawing):
            self.boxes.append(TextBox(content, above, by_page))
        for picture in drawing.iter("blip", "imagedata"):
            name = attribute(picture, "embed") or attribute(picture, "id")
            if name:
                self.pictures.append(name)


def chosen(alternatives: Element) -> Element:
    """Of two ways to write the same thing, the first: the other is for old programs."""
    for name in ("Choice", "Fallback"):
        found = next(children(alternatives, name), None)
        if found is not None:
            return found
    return alternatives


def _boxes(drawing: Element) -> Iterator[Element]:
    """The text boxes of a drawing, groups of shapes included."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == "txbxContent":
            yield element
        elif element.tag == "AlternateContent":
            waiting.append(chosen(element))
        else:
            waiting.extend(reversed(element))


def _place(drawing: Element) -> tuple[bool, bool]:
    """Whether a drawing stands above its paragraph, and whether the page says where it stands."""
    vertical = next(drawing.iter("positionV"), None)
    if vertical is not None:
        by_page = attribute(vertical, "relativeFrom") in {"page", "margin", "topMargin"}
        offset = child(vertical, "posOffset")
        return ((offset.text if offset is not None else "") or "").startswith("-"), by_page
    styles = [shape.get("style") or "" for shape in drawing.iter("shape", "rect", "group")]
    by_page = any(_BY_PAGE.search(style) for style in styles)
    return any(_ABOVE.search(style) for style in styles) and not by_page, by_page

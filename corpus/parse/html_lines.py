"""Blocks of a web page as lines: each <p>, <li>, <h2> is a paragraph, <br> ends a line in it, and a
line that is set in by two ideographic spaces (　　二、主要任务) begins the next paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.parse.flow import FlowLine, FlowTable
from corpus.parse.html_names import is_site_line
from corpus.parse.html_tables import filled, flow_cell, header_rows, is_table, places
from corpus.parse.html_weight import BLOCKS, Weight
from corpus.parse.marks import document_number, fold, read_date, starts_paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_INDENT = re.compile(r"[ \t\r\n\f]*([\u3000\u2000-\u200a\xa0]*)")
# In ens: an ideographic or em space is two, the others one.
_WIDE = frozenset("\u3000\u2001\u2003")
_INDENTED = 4
_ENDS = re.compile(r"[。！？；：!?;:][”’」』）)》]*$")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_ALIGNED = re.compile(r"text-align\s*:", re.I)


def is_indented(line: str) -> bool:
    """True for a line set in by two characters, as the first one of a paragraph is."""
    match = _INDENT.match(line)
    blanks = match[1] if match else ""
    return sum(2 if blank in _WIDE else 1 for blank in blanks) >= _INDENTED


def split_paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """Lines parted by breaks as paragraphs, their outer blanks taken off.

    A new one begins after an empty line, at a line set in, and at a mark (二、 （三） 4.) where the
    line before ends its sentence or is itself a heading.
    """
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        words = line.strip()
        if not words or is_indented(line) or _parts(paragraphs[-1], words):
            paragraphs.append([])
        if words:
            paragraphs[-1].append(words)
    return [paragraph for paragraph in paragraphs if paragraph]


def _parts(before: Sequence[str], words: str) -> bool:
    line = fold(words)
    if not before or not starts_paragraph(line):
        return False
    if read_date(line) or document_number(line):
        return True
    return bool(_ENDS.search(before[-1])) or starts_paragraph(fold(before[-1]))


def _without_blanks(pieces: Sequence[str]) -> str:
    """The text as a browser shows it; a line end between two Chinese signs is none."""
    text = "".join(pieces)
    parts = _BLANKS.split(text)
    joined = parts[:1]
    for blanks, (before, after) in zip(_BLANKS.finditer(text), pairwise(parts), strict=True):
        chinese = before[-1:] > "\u2e80" and after[:1] > "\u2e80"
        joined.append(("" if "\n" in blanks[0] and chinese else " ") + after)
    return "".join(joined)


@dataclass(slots=True)
class Writer:
    """Lines and tables of one part of the page, in order. ``paragraph`` goes on counting."""

    weights: Mapping[Element, Weight]
    apart: Callable[[Element], bool] = lambda _: False
    with_tables: bool = True
    paragraph: int = 0
    items: list[FlowLine | FlowTable] = field(default_factory=list)
    # Elements that stand apart, each with the number of items before it.
    left_out: list[tuple[int, Element]] = field(default_factory=list)
    _lines: list[list[str]] = field(default_factory=lambda: [[]])

    def write(self, root: Element) -> None:
        """Everything inside ``root``, what stands apart collected in ``left_out``."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        passed: Element | None = None
        for event, element in walk:
            if event == "end":
                self._leave(element, root, passed=element is passed)
                continue
            passed = None
            if element is not root and self._takes_whole(element):
                passed = element
                walk.skip_subtree()
                continue
            if element.tag in BLOCKS:
                self._settle(element.getparent())
            if element.tag == "br":
                self._lines.append([])
            self._text(element.text, element)

    def _takes_whole(self, element: Element) -> bool:
        """True where an element is dealt with at once: a table, or what stands apart."""
        if self.apart(element):
            if element.tag in BLOCKS:
                self._settle(element.getparent())
            self.left_out.append((len(self.items), element))
            return True
        if self.with_tables and element.tag == "table" and is_table(element, self.weights):
            self._settle(element.getparent())
            self._table(element)
            return True
        return False

    def _leave(self, element: Element, root: Element, *, passed: bool) -> None:
        if element.tag in BLOCKS and not passed:
            self._settle(element)
        if element is not root:
            self._text(element.tail, element.getparent())

    def _text(self, text: str | None, element: Element | None) -> None:
        if not text:
            return
        if element is not None and _is_preformatted(element):
            first, *rest = text.replace("\t", " ").split("\n")
            self._lines[-1].append(first)
            self._lines += [[line] for line in rest]
        else:
            self._lines[-1].append(text)

    def _settle(self, block: Element | None) -> None:
        """Make lines of the text so far; ``block`` is what it stands in."""
        lines, self._lines = [_without_blanks(line) for line in self._lines], [[]]
        if not any(line.strip() for line in lines):
            return
        for paragraph in split_paragraphs(lines):
            self.paragraph += 1
            self.items += [
                FlowLine(
                    words,
                    paragraph=self.paragraph,
                    heading=_heading(block),
                    furniture=is_site_line("".join("".join(paragraph).split())),
                    centred=_is_centred(block),
                )
                for words in paragraph
            ]

    def _table(self, table: Element) -> None:
        for caption in table.iterchildren("caption"):
            self.write(caption)
        placed, said = places(table)
        cells = filled([flow_cell(place, self._cell(place.element)) for place in placed])
        if cells:
            self.items.append(FlowTable(tuple(cells), header_rows=header_rows(cells, said)))

    def _cell(self, cell: Element) -> Iterator[FlowLine]:
        """The lines of one cell; a table inside of it is read as lines, row by row."""
        inner = Writer(self.weights, self.apart, paragraph=self.paragraph)
        inner.write(cell)
        self.paragraph = inner.paragraph
        self.left_out += [(len(self.items), element) for _, element in inner.left_out]
        for item in inner.items:
            if isinstance(item, FlowLine):
                yield replace(item, furniture=False, heading=0)
            else:
                yield from (line for inside in item.cells for line in inside.lines)


def _is_preformatted(element: Element) -> bool:
    return element.tag == "pre" or next(element.iterancestors("pre"), None) is not None


def _heading(block: Element | None) -> int:
    """1 for anything inside of <h1>, 0 outside of headings."""
    for element in (block, *block.iterancestors()) if block is not None else ():
        if re.fullmatch(r"h[1-6]", str(element.tag)):
            return int(str(element.tag)[1])
    return 0


def _is_centred(block: Element | None) -> bool:
    """As the nearest block says that says anything; where a table stands says nothing."""
    for element in (block, *block.iterancestors()) if block is not None else ():
        style, align = element.get("style", ""), element.get("align", "").lower()
        if _ALIGNED.search(style):
            return _CENTRED.search(style) is not None
        if align in {"left", "right", "center", "justify"} and element.tag != "table":
            return align == "center"
        if element.tag in {"center", "td", "th"}:
            return element.tag == "center"
    return False

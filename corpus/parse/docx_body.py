"""The body of a DOCX, top to bottom: paragraphs with their numbers written out, tables, text boxes.

What stands outside of it (running heads, footnotes) is read in the same way and marked by ``docx``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.parse.docx_numbers import Numbers
from corpus.parse.docx_styles import Styles
from corpus.parse.docx_tables import Place, is_table, places
from corpus.parse.docx_text import TextBox, Words, chosen
from corpus.parse.flow import FlowCell, FlowLine, FlowTable
from corpus.parse.html_lines import split_paragraphs
from corpus.parse.html_tables import filled, header_rows
from corpus.parse.limits import Clock, too_big
from corpus.parse.office_xml import attribute, child, children

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(slots=True)
class Story:
    """What all parts of one file share: styles, lists that go on counting, the number of the last
    paragraph, notes and pictures in the order in which the text names them."""

    styles: Styles
    numbers: Numbers
    clock: Clock
    paragraph: int = 0
    depth: int = 0
    notes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """Lines and tables of one part of the file, in order."""

    story: Story
    items: list[FlowLine | FlowTable] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)
    _open: Words | None = None

    def write(self, container: Element) -> None:
        """Everything inside of ``container``."""
        for block in _blocks(container):
            if block.tag == "tbl":
                self._settle()
                self._table(block)
            else:
                self._paragraph(block)
        self._settle()

    def _paragraph(self, paragraph: Element) -> None:
        if self._open is None:
            self._open = Words(self.story.styles, self._fields)
        self._open.read(paragraph)
        # Under tracking the end of a paragraph may be deleted: the next one goes on with it.
        if child(paragraph, "pPr", "rPr", "del") is None:
            self._settle()

    def _settle(self) -> None:
        """Make lines of the paragraph that is open."""
        words, self._open = self._open, None
        if words is None or words.paragraph is None:
            return
        self.story.notes += words.notes
        self.story.pictures += words.pictures
        before, after = self._parted(words.boxes)
        self._text_boxes(before)
        self._lines(words, words.paragraph)
        self._text_boxes(after)

    def _parted(self, boxes: Sequence[TextBox]) -> tuple[list[TextBox], list[TextBox]]:
        """Text boxes to be read before the paragraph, and those behind it: what the page places
        stands above everything where nothing has been read yet (the red head of a template)."""
        first = not self.items
        before = [box for box in boxes if box.above or (box.by_page and first)]
        return before, [box for box in boxes if box not in before]

    def _text_boxes(self, boxes: Sequence[TextBox]) -> None:
        for box in boxes:
            self.items += self._inner(box.content).items

    def _lines(self, words: Words, paragraph: Element) -> None:
        styles = self.story.styles
        lines = words.text
        mark = self._mark(paragraph) if any(map(str.strip, lines)) else self._count(paragraph)
        lines[0] = mark + (lines[0].lstrip() if mark else lines[0])
        heading, contents = styles.heading(paragraph), styles.is_contents(paragraph)
        for part in split_paragraphs(lines):
            self.story.paragraph += 1
            self.items += [
                FlowLine(
                    text,
                    paragraph=self.story.paragraph,
                    heading=heading,
                    size=words.size,
                    furniture=contents,
                    centred=styles.is_centred(paragraph),
                )
                for text in part
            ]

    def _mark(self, paragraph: Element) -> str:
        """The number that the paragraph's list prints before it."""
        named = self.story.styles.list_of(paragraph)
        if named is None:
            return ""
        list_id, level, style = named
        if level is None:
            level = self.story.numbers.level_of_style(list_id, style)
        return self.story.numbers.mark(list_id, level)

    def _count(self, paragraph: Element) -> str:
        """An empty paragraph is counted, too; its number alone is no text."""
        self._mark(paragraph)
        return ""

    def _table(self, table: Element) -> None:
        self.story.clock.check()
        found, said = places(table)
        cells = [self._cell(place) for place in found]
        kept = filled(cells)
        if is_table(found, kept):
            self.items.append(FlowTable(tuple(kept), header_rows=header_rows(kept, said)))
        else:
            self.items += (line for cell in cells for line in cell.lines)

    def _cell(self, place: Place) -> FlowCell:
        merged = place.row_span > 1 or place.column_span > 1
        lines = tuple(line for content in place.contents for line in self._lines_in(content))
        return FlowCell(lines, place.row, place.column, place.row_span, place.column_span, merged)

    def _lines_in(self, cell: Element) -> Iterator[FlowLine]:
        """The lines of one cell; a table inside of it is read as lines, row by row."""
        for item in self._inner(cell).items:
            if isinstance(item, FlowLine):
                yield item
            else:
                yield from (line for inside in item.cells for line in inside.lines)

    def _inner(self, container: Element) -> Body:
        story = self.story
        if story.depth >= story.clock.limits.tables:
            raise too_big(
                story.clock.source,
                "nesting",
                zh=f"表格或文本框嵌套超过 {story.clock.limits.tables} 层，请另存为 PDF 后再试",
                en=f"tables or text boxes inside each other over {story.clock.limits.tables} deep;"
                " save it as PDF",
            )
        inner = Body(story, _fields=self._fields)
        story.depth += 1
        inner.write(container)
        story.depth -= 1
        return inner


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, whatever they are wrapped in; what was deleted left out."""
    waiting = list(reversed(container))
    while waiting:
        block = waiting.pop()
        if block.tag in {"p", "tbl"}:
            yield block
        elif block.tag in _WRAPPERS:
            waiting.extend(reversed(block))
        elif block.tag == "AlternateContent":
            waiting.extend(reversed(chosen(block)))


def notes_in(root: Element | None, name: str) -> dict[str, Element]:
    """Footnotes or endnotes by their id, without those that only draw the line above them."""
    return {
        attribute(note, "id") or "": note
        for note in children(root, name)
        if attribute(note, "type") in {None, "normal"}
    }

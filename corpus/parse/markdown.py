"""Markdown with Chinese policy text in it: # headings, 1. items with the number as written, pipe
tables, and lines that are broken by hand (到2027年，全省建成 / 示范基地20个).

CommonMark is narrowed where it would change a document: four blanks set a paragraph in and make no
code, “>90%” is a bound and no quotation, 5*3*2 stays as it is, [1]: opens a note, and --- below a
line is a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.model.document import Page
from corpus.parse.flow import Flow, FlowCell, FlowLine, FlowTable
from corpus.parse.html_lines import Writer, split_paragraphs
from corpus.parse.html_tables import filled, header_rows
from corpus.parse.markdown_inline import bounds_escaped, lines_of

if TYPE_CHECKING:
    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"

# Quotations and lists inside each other; the library drops what is deeper than its limit.
_DEEPEST = 100


def read_text(text: str) -> Flow:
    """The lines and tables of a Markdown text."""
    from markdown_it import MarkdownIt

    source = bounds_escaped(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    # text_join would hide which signs are escaped.
    parser.disable(["code", "reference", "text_join"])
    reader = _Reader(source.split("\n"))
    for is_html, group in groupby(parser.parse(source), key=lambda t: t.type == "html_block"):
        if is_html:
            # One after the other: a table in HTML that has empty lines in it.
            reader.html("".join(token.content for token in group))
        else:
            reader.take(list(group))
    return Flow(tuple(reader.items), (Page(1),), MEDIA_TYPE)


@dataclass(slots=True)
class _Reader:
    """What was read so far. ``number`` is the mark of a list item that waits for its text."""

    source: list[str]
    items: list[FlowLine | FlowTable] = field(default_factory=list)
    paragraph: int = 0
    number: str = ""
    heading: int = 0

    def take(self, tokens: Sequence[Token]) -> None:
        """Tokens in order, those of a table together."""
        table: list[Token] = []
        for token in tokens:
            if table or token.type == "table_open":
                table.append(token)
            else:
                self._one(token)
            if token.type == "table_close":
                self._table(table)
                table = []

    def _one(self, token: Token) -> None:
        if token.type == "list_item_open":
            self.number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "heading_open":
            self.heading = self._level(token)
        elif token.type == "inline":
            self._paragraphs(lines_of(token.children or []))
            self.heading = 0
        elif token.type == "fence":
            self._paragraphs(token.content.split("\n"))

    def _level(self, token: Token) -> int:
        """Level of a heading; 0 where a line with a rule below only looks like one."""
        if token.markup.startswith("#"):
            return int(token.tag[1])
        first, end = token.map or (0, 0)
        if end - first != 2:
            return 0
        title, below = self.source[first].strip(), self.source[end - 1].strip()
        return int(token.tag[1]) if token.markup == "=" or len(below) >= len(title) else 0

    def _paragraphs(self, lines: Sequence[str]) -> None:
        numbered = [self.number + lines[0].strip(), *lines[1:]] if lines else []
        for paragraph in split_paragraphs(numbered):
            self.paragraph += 1
            self.items += [
                FlowLine(words, paragraph=self.paragraph, heading=self.heading)
                for words in paragraph
            ]
        self.number = ""

    def _table(self, tokens: Sequence[Token]) -> None:
        cells: list[FlowCell] = []
        row = column = 0
        for token in tokens:
            if token.type == "inline":
                cells.append(FlowCell(tuple(self._cell(token)), row, column))
                column += 1
            elif token.type == "tr_close":
                row, column = row + 1, 0
        named = any(cell.lines for cell in cells if cell.row == 0)
        told = filled(cells)
        if told:
            self.items.append(FlowTable(tuple(told), header_rows=header_rows(told, int(named))))

    def _cell(self, token: Token) -> Iterator[FlowLine]:
        self.paragraph += 1
        for line in lines_of(token.children or []):
            if line.strip():
                yield FlowLine(line.strip(), paragraph=self.paragraph)

    def html(self, code: str) -> None:
        """HTML inside of Markdown: tables that need merged cells, centred titles."""
        from corpus.parse.html_tree import prune, tree_of
        from corpus.parse.html_weight import weigh

        root = tree_of(code, source=MEDIA_TYPE)
        if root is None:
            return
        prune(root)
        writer = Writer(weigh(root), paragraph=self.paragraph)
        writer.write(root)
        self.paragraph = writer.paragraph
        # Nobody prints share bars in Markdown.
        self.items += [
            replace(item, furniture=False) if isinstance(item, FlowLine) else item
            for item in writer.items
        ]

"""Lines put together to paragraphs: 森林覆盖率达 / 到45%以上 is one, over a page break, too.

Where lines have places on a page, their indent and their ends tell; in plain text the length of
the lines, their last sign and the mark that opens the next one. Page numbers and running heads are
set aside, not thrown away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.marks import fold, heading_level, is_page_number, is_title_end, starts_paragraph

_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)》]*$")
_BRACKET_OF_UNITS = re.compile(r"^\([^()]*(?:负责|牵头|配合|责任单位|落实)[^()]*\)[。;]?$")
_OPENS_BODY = re.compile(r"^(?:为(?!主|期|止|例|准)|根据|按照|现将|经.{0,12}(?:同意|研究)|近年来)")
_WRAPPED_FROM = 6  # lines of one length that tell a text broken by hand
_NEAR = 0.12
_FULL_ITEM = 22


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of one paragraph or heading, in order; ``heading`` is the format's own level."""

    lines: tuple[FlowLine, ...]

    @property
    def heading(self) -> int:
        """Heading level where the format says it, else 0."""
        return self.lines[0].heading

    @property
    def text(self) -> str:
        """The characters of the paragraph, its lines joined without a sign."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Arranged:
    """Paragraphs and tables in reading order, and what is printed on pages beside the text."""

    items: tuple[Paragraph | FlowTable, ...]
    furniture: tuple[FlowLine, ...]


def arrange(flow: Flow) -> Arranged:
    """The paragraphs of a flow."""
    running = _running(flow)
    items: list[FlowLine | FlowTable] = []
    furniture: list[FlowLine] = []
    for item in flow.items:
        if isinstance(item, FlowLine) and _is_furniture(item, running):
            furniture.append(replace(item, furniture=True))
        else:
            items.append(item)
    return Arranged(tuple(_grouped(items)), tuple(furniture))


def _is_furniture(line: FlowLine, running: set[tuple[str, int]]) -> bool:
    return line.furniture or is_page_number(fold(line.text)) or _place(line) in running


def _running(flow: Flow) -> set[tuple[str, int]]:
    """Lines that stand in the same place near the top or bottom of three pages or more."""
    heights = {page.number: page.height for page in flow.pages}
    seen: Counter[tuple[str, int]] = Counter()
    for line in flow.items:
        if isinstance(line, FlowLine) and line.box and heights.get(line.page):
            edge = 0.1 * heights[line.page]
            if line.box.bottom < edge or line.box.top > heights[line.page] - edge:
                seen[_place(line)] += 1
    return {place for place, times in seen.items() if times >= min(3, max(2, len(flow.pages)))}


def _place(line: FlowLine) -> tuple[str, int]:
    """A line's words without its digits, and its height on the page."""
    words = re.sub(r"[\d\s—–-]", "", line.text)
    return words, round(line.box.top / 8) if line.box else -1


def _grouped(items: Sequence[FlowLine | FlowTable]) -> Iterator[Paragraph | FlowTable]:
    page = _Measure.of([item for item in items if isinstance(item, FlowLine)])
    waiting: list[FlowLine] = []
    for item in items:
        if isinstance(item, FlowLine) and waiting and page.joins(waiting, item):
            waiting.append(item)
            continue
        if waiting:
            yield Paragraph(tuple(waiting))
        waiting = []
        if isinstance(item, FlowTable):
            yield item
        else:
            waiting = [item]
    if waiting:
        yield Paragraph(tuple(waiting))


@dataclass(frozen=True, slots=True)
class _Measure:
    """The type area: its edges in points, or the usual length of a line in characters."""

    left: float | None
    right: float | None
    length: float | None

    @classmethod
    def of(cls, lines: Sequence[FlowLine]) -> _Measure:
        boxes = [line.box for line in lines if line.box and len(line.text) > 20]
        if boxes:
            lefts = Counter(round(box.x0 / 3) for box in boxes)
            first = lefts.most_common(1)[0][0]
            left = median(box.x0 for box in boxes if round(box.x0 / 3) == first)
            return cls(left, sorted(box.x1 for box in boxes)[int(0.8 * len(boxes))], None)
        return cls(None, None, _usual_length(lines))

    def joins(self, before: Sequence[FlowLine], line: FlowLine) -> bool:
        """True where ``line`` goes on with the paragraph of the lines before it."""
        last = before[-1]
        if last.paragraph is not None and last.paragraph == line.paragraph:
            return True
        if last.heading or line.heading:
            return False
        ends, mark = fold(last.text), fold(line.text)
        if last.box and line.box and self.left is not None:
            return self._joins_on_page(last, line, ends, mark)
        if last.paragraph is not None:
            return _is_broken(before, ends, mark, shortest=30)
        return self._joins_in_text(before, line, ends, mark)

    def _joins_on_page(self, last: FlowLine, line: FlowLine, ends: str, mark: str) -> bool:
        em = last.size or 12.0
        below, above = line.box, last.box
        if below is None or above is None or self.left is None or self.right is None:
            return False
        if last.centred or line.centred or abs(em - (line.size or em)) > 0.08 * em:
            return False
        if line.page == last.page and below.top - above.bottom > 1.6 * em:
            return False
        if above.x1 < self.right - 2.3 * em:
            return False
        if starts_paragraph(mark) and (_ENDS.search(ends) or heading_level(ends)):
            return False
        return below.x0 - self.left < 1.2 * em

    def _joins_in_text(
        self, before: Sequence[FlowLine], line: FlowLine, ends: str, mark: str
    ) -> bool:
        if line.text.startswith("\u3000\u3000"):
            return False
        if _BRACKET_OF_UNITS.match(mark) and len(before) + len(ends) > 20:
            return True
        length = _width(ends)
        if self.length is None:
            return _is_broken(before, ends, mark, shortest=24 if line.gap else 12)
        if _ENDS.search(ends):
            # A full line that happens to end with its sentence; a short one ends the paragraph.
            full = abs(length - self.length) <= 0.07 * self.length
            return full and not starts_paragraph(mark) and not ends.endswith(":")
        return _is_broken(before, ends, mark, shortest=0.75 * self.length)


def _usual_length(lines: Sequence[FlowLine]) -> float | None:
    """Characters in a line of a text that is broken by hand; None where lines are paragraphs."""
    lengths = [
        _width(text)
        for line in lines
        if line.paragraph is None and not _ENDS.search(text := fold(line.text)) and _width(text) > 9
    ]
    if len(lengths) < _WRAPPED_FROM:
        return None
    usual = median(lengths)
    near = sum(abs(length - usual) <= _NEAR * usual for length in lengths)
    return usual if near >= 0.6 * len(lengths) else None


def _width(text: str) -> float:
    """Characters, Latin ones as half."""
    return sum(0.5 if sign.isascii() and sign.isalnum() else 1.0 for sign in text)


def _is_broken(before: Sequence[FlowLine], ends: str, mark: str, *, shortest: float) -> bool:
    """True where a line breaks off within its sentence and the next one can go on."""
    if len(before) == 1 and starts_paragraph(ends):
        # （一）坚持统筹，突出重点 is a heading of its own; an item that runs on fills its line.
        shortest = max(shortest, _FULL_ITEM)
    if _ENDS.search(ends) or starts_paragraph(mark) or _width(ends) < shortest:
        return False
    return not is_title_end(ends) and not (len(before) == 1 and _OPENS_BODY.match(mark))

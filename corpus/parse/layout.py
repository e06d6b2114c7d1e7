"""Lines put together to paragraphs: 森林覆盖率达 / 到45%以上 is one, over a page break, too.

Where lines have places on a page, their indent and their ends tell; in plain text the habits of
who typed it (``wrapping``). Page numbers and running heads are set aside, not thrown away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.furniture import furniture
from corpus.parse.marks import heading_level
from corpus.parse.wrapping import ENDS, Habits, Open, Row, broke_off, rows_of

# Where a format says its paragraphs, only a long one can have been cut in two.
_LONG = 30
# Set in by more than a first line: the date and the names under a document, at its right edge.
_ASIDE = 3.5
_USUAL = 0.15
# A bracket that a line leaves open, and a line that closes it. Of a few characters recognition
# tells the size only so well.
_LEFT_OPEN, _CLOSED = re.compile(r"[（(][^（）()]*$"), re.compile(r"[^（）()]*[）)]")
_ROUGHLY = 0.5
# A number or a word of Latin letters with its sign and the stop behind it, or one letter with its.
_RUN = re.compile(r"(?:[0-9A-Za-z.,/%-]+|[^0-9A-Za-z])[，。；：、）》”%]*")


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
    beside = furniture(flow)
    items: list[FlowLine | FlowTable] = []
    set_aside: list[FlowLine] = []
    for at, item in enumerate(flow.items):
        if isinstance(item, FlowLine) and at in beside:
            set_aside.append(replace(item, furniture=True))
        else:
            items.append(item)
    return Arranged(tuple(_grouped(items)), tuple(set_aside))


def _grouped(items: Sequence[FlowLine | FlowTable]) -> Iterator[Paragraph | FlowTable]:
    rows = rows_of([item for item in items if isinstance(item, FlowLine)])
    joining = _Joining.of(rows)
    following = iter(rows)
    waiting: Open | None = None
    for item in items:
        row = next(following) if isinstance(item, FlowLine) else None
        if row is not None and waiting is not None and joining.joins(waiting, row):
            waiting.add(row)
            continue
        if waiting is not None:
            yield _paragraph(waiting)
        waiting = Open([row]) if row is not None else None
        if isinstance(item, FlowTable):
            yield item
    if waiting is not None:
        yield _paragraph(waiting)


def _paragraph(rows: Open) -> Paragraph:
    return Paragraph(tuple(row.line for row in rows.rows))


@dataclass(frozen=True, slots=True)
class _Joining:
    """What tells whether a line goes on: the edges of the type area in points where lines have
    places, the habits of the typist where they have none."""

    left: float | None
    right: float
    habits: Habits

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Joining:
        boxes = [row.line.box for row in rows if row.line.box and len(row.line.text) > 20]
        if not boxes:
            return cls(None, 0.0, Habits.of(rows))
        lefts = Counter(round(box.x0 / 3) for box in boxes)
        # The leftmost that is usual: where paragraphs are short, most lines are indented ones.
        usual = min(_USUAL * len(boxes), max(lefts.values()))
        first = min(x for x, times in lefts.items() if times >= usual)
        left = median(box.x0 for box in boxes if round(box.x0 / 3) == first)
        return cls(left, sorted(box.x1 for box in boxes)[int(0.8 * len(boxes))], Habits())

    def joins(self, paragraph: Open, row: Row) -> bool:
        """True where ``row`` goes on with the paragraph."""
        last, line = paragraph.last.line, row.line
        if last.paragraph is not None and last.paragraph == line.paragraph:
            return True
        if last.heading or line.heading:
            return False
        if last.box and line.box and self.left is not None:
            return self._joins_on_page(last, paragraph.last.text, row)
        if last.paragraph is not None:
            return paragraph.last.width >= _LONG and broke_off(paragraph, row)
        return self.habits.goes_on(paragraph, row)

    def _joins_on_page(self, last: FlowLine, ends: str, row: Row) -> bool:
        em = last.size or 12.0
        line = row.line
        below, above = line.box, last.box
        if below is None or above is None or self.left is None:
            return False
        if last.centred or line.centred:
            return False
        # 责） closes the bracket that the line before opened, whatever height a scan gives it.
        alike = _LEFT_OPEN.search(ends) and _CLOSED.match(row.text)
        if abs(em - (line.size or em)) > (_ROUGHLY if alike else 0.08) * em:
            return False
        if line.page == last.page and below.top - above.bottom > 1.6 * em:
            return False
        # A number is never broken: before 18.6%； a line that isn't stretched may end early.
        kept = 0.0 if ENDS.search(ends) else _unbroken(line.text) + 0.5
        room = max(2.3, kept) * em
        if above.x1 < self.right - room or above.x0 - self.left > _ASIDE * em:
            return False
        if row.opens and (ENDS.search(ends) or heading_level(ends)):
            return False
        return below.x0 - self.left < 1.2 * em


def _unbroken(text: str) -> float:
    """How wide what can't be broken off from the beginning of a line is, in sizes of its type."""
    run = _RUN.match(text.lstrip())
    return sum(0.55 if sign.isascii() else 1.0 for sign in run[0]) if run else 0.0

"""Lines of a plain text put together to paragraphs, where no place on a page tells: 森林覆盖率达 /
到45%以上 is one.

Some texts are broken by hand at one width, some keep a paragraph a line and break only where a page
ended; some indent the first line, some part paragraphs by blank lines. ``Habits`` reads from the
lines which of these a text does; ``goes_on`` then judges line by line.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.parse.flow import FlowLine
from corpus.parse.marks import fold, heading_level, is_title_end, starts_paragraph

ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)》]*$")
_STOPS = re.compile(r"[。！？；!?;]")
_CLAUSES = re.compile(r"[。！？；，!?;,]")
_COMMAS = re.compile(r"[、，,。;]")
_DANGLES = re.compile(r"[,、，(《“‘〔\[—和与及或]$")
# Signs that no paragraph begins with.
_CLOSING = re.compile(r"^(?:[,，、。;；:：)）》〉”’」』〕\]%‰]|的(?!确))")
_OF_UNITS = re.compile(r"\([^()]*(?:负责|牵头|配合|责任单位|落实|指导|参与)[^()]*\)[。;]?$")
# …格局。（省教育厅、财政厅）: the sentence ended before the bracket.
_ENDED_BRACKET = re.compile(r"[。;!?]\([^()]*\)$")
_OPENS_BODY = re.compile(
    r"^(?:为(?:了|贯彻|深入|进一步|加快|加强|推[进动]|落实|切实|认真|全面|做好|规范|促进)"
    r"|根据《|按照|现将|近年来)"
)
_LEADS_TO_LIST = re.compile(r"(?:如下|以下|下列|下述)[^,。;]{0,12}:$")
_PAIRS = ("()", "《》", "“”")
# Who can't stand alone at the start or end of a line goes with its neighbour.
_STICKS_BEHIND = "，。、；：？！）》”’」』〕】％%,.;:!?)]"
_STICKS_BEFORE = "（《“‘「『〔【(["
_WORD = re.compile(r"[A-Za-z0-9.%％]+")

_ROOM = dict.fromkeys(string.ascii_letters + string.digits + ".%+-/", 0.5)
_ROOM |= dict.fromkeys(" \t\u00a0", 0.0)

_FEWEST_WRAPPED = 6  # full lines that tell a text broken by hand
_SHORTEST_FULL = 15
_NEAR = 2
_BEYOND = 3.5
_NARROW_PAGE = 24
_WIDEST_PAGE = 60
_STANDARD_INDENT = 2.0
# Folding makes ① a plain 1.
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_INDENT = 1.5  # so much of it is enough
_SLACK = 1.25
_HEADING = 40
_CLAUSE = 24
_TAIL = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what joining asks of it: its words folded, its indent and width in full-width
    characters, the indent included in the width. ``reach`` is the width it would have if the next
    line's first character stood on it, too: a line is broken only where that found no room.
    ``opens``: its mark is one of those that paragraphs begin with."""

    line: FlowLine
    text: str
    indent: float
    width: float
    reach: float
    opens: bool


def rows_of(lines: Sequence[FlowLine]) -> list[Row]:
    """The rows of lines that follow each other."""
    firsts = [*(_width(_head(line.text.strip())) for line in lines[1:]), 0.0]
    return [_row(line, first) for line, first in zip(lines, firsts, strict=False)]


def _row(line: FlowLine, first: float) -> Row:
    words = line.text.strip()
    before = line.text[: len(line.text) - len(line.text.lstrip())]
    indent = sum(1.0 if blank in "\u3000\u2003" else 0.5 for blank in before)
    width = indent + _width(words)
    text = fold(words)
    opens = starts_paragraph(text) or words[:1] in _CIRCLED
    return Row(line, text, indent, width, width + first, opens)


@dataclass(slots=True)
class Open:
    """A paragraph whose end is not found yet."""

    rows: list[Row]
    stops: bool = field(init=False)
    clauses: bool = field(init=False)
    tail: str = field(init=False)

    def __post_init__(self) -> None:
        whole = "".join(row.text for row in self.rows)
        self.stops = bool(_STOPS.search(whole))
        self.clauses = bool(_CLAUSES.search(whole))
        self.tail = whole[-_TAIL:]

    def add(self, row: Row) -> None:
        """Take in a line that goes on with it."""
        self.rows.append(row)
        self.stops = self.stops or bool(_STOPS.search(row.text))
        self.clauses = self.clauses or bool(_CLAUSES.search(row.text))
        self.tail = (self.tail + row.text)[-_TAIL:]

    @property
    def last(self) -> Row:
        """Its last line so far."""
        return self.rows[-1]

    @property
    def ends(self) -> bool:
        """True where a sentence is over."""
        return bool(ENDS.search(self.tail) or _ENDED_BRACKET.search(self.tail))

    @property
    def dangles(self) -> bool:
        """True where no paragraph can end: behind 、 or inside a bracket that is still open."""
        return bool(_DANGLES.search(self.tail)) or any(_is_open(self.tail, p) for p in _PAIRS)

    @property
    def is_heading(self) -> bool:
        """True for a line so far alone that opens as headings do and holds no sentence."""
        return len(self.rows) == 1 and not self.stops and heading_level(self.tail) > 0

    @property
    def is_title(self) -> bool:
        """True where the words so far may be a whole title: 关于…的通知."""
        return not self.clauses and len(self.tail) < _TAIL and is_title_end(self.tail)

    @property
    def is_prose(self) -> bool:
        """True where the words so far are too much for a heading without a mark."""
        return self.clauses or self.tail.count("、") > 1


@dataclass(frozen=True, slots=True)
class Habits:
    """How a text is typed. ``width`` is what full lines exceed in reach, None where lines are
    paragraphs; ``indents`` and ``gaps``: whether paragraphs begin with an indent, or behind a
    blank line; ``lost`` is an indent that the copy has lost, so that first lines are shorter."""

    width: float | None = None
    indents: bool = False
    gaps: bool = False
    lost: float = 0.0

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Habits:
        """What the lines of a text show."""
        free = [row for row in rows if row.line.paragraph is None]
        usual = _usual_width(free)
        if usual is None:
            return cls()
        width = _least_reach(free, usual)
        pairs = list(pairwise(free))
        within = [row for last, row in pairs if not ENDS.search(last.text) and last.reach > width]
        behind = [row for last, row in pairs if ENDS.search(last.text)]
        indents = _tells(
            [r.indent >= _INDENT for r in within], [r.indent >= _INDENT for r in behind]
        )
        gaps = _tells([r.line.gap for r in within], [r.line.gap for r in behind])
        return cls(width, indents, gaps, 0.0 if indents else _lost_indent(pairs, usual, width))

    def goes_on(self, paragraph: Open, row: Row) -> bool:
        """True where ``row`` is the next line of ``paragraph``."""
        if row.line.text.startswith("\u3000\u3000") or (self.indents and row.indent >= _INDENT):
            return False
        if len(row.text) < _TAIL and _OF_UNITS.fullmatch(row.text):
            return paragraph.clauses or len(paragraph.tail) > _CLAUSE
        if _CLOSING.match(row.text):
            return True
        if self.width is None:
            return _broke_off(paragraph, row)
        if self.gaps and row.line.gap:
            return False
        return self._wraps(paragraph, row, self.width)

    def _wraps(self, paragraph: Open, row: Row, width: float) -> bool:
        last = paragraph.last
        reach = last.reach + (self.lost if len(paragraph.rows) == 1 else 0.0)
        if paragraph.ends:
            full = reach > (width - _SLACK if self.indents or self.gaps else width)
            return full and self._holds_next_sentence(paragraph, row, width)
        if _OF_UNITS.search(paragraph.tail) or (
            paragraph.is_heading and self._is_first(row, width)
        ):
            return False
        if row.opens:
            prose = paragraph.clauses and not paragraph.is_heading
            return reach > width - _SLACK and (paragraph.dangles or prose)
        # A line that OCR or Latin words made shorter is broken all the same, inside a sentence.
        least = 0.75 * width if paragraph.is_prose and not paragraph.is_heading else width - _SLACK
        return reach > least and _may_go_on(paragraph, row)

    def _is_first(self, row: Row, width: float) -> bool:
        """True for a line broken two characters before the others are, as first lines are."""
        return (
            self.lost > 0
            and width - self.lost < row.reach <= width
            and ENDS.search(row.text) is None
        )

    def _holds_next_sentence(self, paragraph: Open, row: Row, width: float) -> bool:
        """Whether a sentence that ends where its line is full has another one behind it."""
        if row.opens or _OF_UNITS.search(paragraph.tail):
            return False
        if paragraph.tail.endswith(":"):
            return paragraph.stops and not _LEADS_TO_LIST.search(paragraph.tail)
        return not self._is_first(row, width)


def broke_off(paragraph: Open, row: Row) -> bool:
    """True where a text that keeps a paragraph a line has one on two lines, as at a page end."""
    return _CLOSING.match(row.text) is not None or _broke_off(paragraph, row)


def _broke_off(paragraph: Open, row: Row) -> bool:
    if paragraph.ends or _OF_UNITS.search(paragraph.tail) or row.opens:
        return False
    if paragraph.dangles:
        return True
    # Headings without a mark (积极扩大国内需求) have no end sign either, but they are short.
    long = paragraph.stops or paragraph.last.width > _HEADING
    clause = paragraph.is_prose and not paragraph.is_heading and paragraph.last.width > _CLAUSE
    return (long or clause) and _may_go_on(paragraph, row)


def _may_go_on(paragraph: Open, row: Row) -> bool:
    """False behind a title, and where the body begins behind title or recipients."""
    if paragraph.dangles:
        return True
    begins = len(paragraph.rows) == 1 and not paragraph.stops and _OPENS_BODY.match(row.text)
    return not paragraph.is_title and not begins


def _usual_width(rows: Sequence[Row]) -> int | None:
    """The width that lines are broken at; None where lines are paragraphs.

    A text broken by hand has most of its longer lines within two characters of one width that a
    page can hold, and hardly any beyond; few of them end with their sentence, and where they are
    short they hold commas, unlike those of a list of names.
    """
    long = [row for row in rows if row.width >= _SHORTEST_FULL]
    counts = Counter(round(row.width) for row in long)
    usual = counts.most_common(1)[0][0] if counts else 0
    near = [row for row in long if abs(round(row.width) - usual) <= _NEAR]
    beyond = sum(row.width > usual + _BEYOND for row in long)
    if usual > _WIDEST_PAGE or len(near) < max(_FEWEST_WRAPPED, 0.4 * len(long)):
        return None
    ended = sum(ENDS.search(row.text) is not None for row in near)
    prose = sum(_COMMAS.search(row.text) is not None for row in near)
    told = ended <= 0.5 * len(near) and (usual >= _NARROW_PAGE or prose >= 0.5 * len(near))
    return usual if told and beyond <= 0.05 * len(long) else None


def _least_reach(rows: Sequence[Row], usual: int) -> float:
    """What the reach of a full line exceeds.

    In a text typed in full-width signs that is the width itself; a scan read by OCR gives and
    takes a character or two, so nine tenths of its lines within sentences say how far.
    """
    long = 0.75 * usual
    reach = sorted(
        row.reach
        for last, row in pairwise(rows)
        if last.width > long < row.width and not (ENDS.search(last.text) or ENDS.search(row.text))
    )
    return min(float(usual), reach[len(reach) // 10] if reach else usual) - 0.25


def _lost_indent(pairs: Sequence[tuple[Row, Row]], usual: int, width: float) -> float:
    """Two characters, where first lines break off that much before the others."""
    first = [
        row.reach
        for last, row in pairs
        if ENDS.search(last.text) and last.width < 0.75 * usual < row.width
    ]
    full = [reach for reach in first if reach > width - _STANDARD_INDENT]
    short = sum(reach <= width for reach in full)
    return _STANDARD_INDENT if short >= max(2, 0.6 * len(full)) else 0.0


def _tells(within: Sequence[bool], after: Sequence[bool]) -> bool:
    """True where a sign hardly ever stands inside a sentence, and often behind one."""
    return sum(within) <= 0.05 * len(within) and sum(after) >= max(2, 0.1 * len(after))


def _head(words: str) -> str:
    """The first character of a line and what can't be parted from it."""
    end = 0
    while end < len(words) and words[end] in _STICKS_BEFORE:
        end += 1
    word = _WORD.match(words, end)
    end = word.end() if word else end + 1
    while end < len(words) and words[end] in _STICKS_BEHIND:
        end += 1
    return words[:end]


def _width(text: str) -> float:
    """In full-width characters, as the line was printed: OCR reads ， as a narrow comma, but it
    took the room of a character; blanks inside a line are mostly OCR's, too."""
    return sum(_ROOM.get(sign, 1.0) for sign in text)


def _is_open(text: str, pair: str) -> bool:
    opened = text.rfind(pair[0])
    return opened >= 0 and text.find(pair[1], opened) < 0

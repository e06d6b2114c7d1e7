"""What is printed on pages beside the text: page numbers (— 3 —, or a bare 3 that counts with the
pages), running heads, and footnotes (① 指…) in small type at the foot of a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from corpus.parse.flow import Flow, FlowLine
from corpus.parse.marks import fold, is_page_number

_LONGEST_PAGE_NUMBER = 30
_BARE = re.compile(r"\d{1,4}")
# Marks of footnotes: ①, [1], 注1, *, and a small raised 1 that stands on the line in text layers.
_NOTE = re.compile(
    r"[①-⑳❶-❿㈠-㈩]|[\[［〔]\d{1,2}[\]］〕]|注\d{0,2}[:：]?|[*＊※†]|\d{1,2}(?=[^\d.、年月日%％])"
)
_SMALL = 0.88
_LONG = 12


def furniture(flow: Flow) -> set[int]:
    """Which items of the flow, by their place in it, are printed beside the text."""
    lines = {at: item for at, item in enumerate(flow.items) if isinstance(item, FlowLine)}
    running = _running(flow, lines.values())
    found = {at for at, line in lines.items() if _is_furniture(line, running)}
    heights = {page.number: page.height for page in flow.pages}
    pages = _by_page({at: line for at, line in lines.items() if at not in found})
    found |= set(_bare_numbers(pages, heights))
    rest = {n: [(at, x) for at, x in here if at not in found] for n, here in pages.items()}
    return found | set(_footnotes(rest, heights))


def _is_furniture(line: FlowLine, running: set[tuple[str, int]]) -> bool:
    short = len(line.text) <= _LONGEST_PAGE_NUMBER
    return (
        line.furniture
        or (short and is_page_number(fold(line.text)))
        or (bool(running) and _place(line) in running)
    )


def _running(flow: Flow, lines: Iterable[FlowLine]) -> set[tuple[str, int]]:
    """Lines that stand in the same place near the top or bottom of three pages or more."""
    heights = {page.number: page.height for page in flow.pages}
    seen: Counter[tuple[str, int]] = Counter()
    for line in lines:
        if line.box and heights.get(line.page):
            edge = 0.1 * heights[line.page]
            if line.box.bottom < edge or line.box.top > heights[line.page] - edge:
                seen[_place(line)] += 1
    return {place for place, times in seen.items() if times >= min(3, max(2, len(flow.pages)))}


def _place(line: FlowLine) -> tuple[str, int]:
    """A line's words without its digits, and its height on the page."""
    words = re.sub(r"[\d\s—–-]", "", line.text)
    return words, round(line.box.top / 8) if line.box else -1


def _by_page(lines: dict[int, FlowLine]) -> dict[int, list[tuple[int, FlowLine]]]:
    """Lines with places by page, the lowest last."""
    pages: defaultdict[int, list[tuple[int, FlowLine]]] = defaultdict(list)
    for at, line in lines.items():
        if line.box is not None:
            pages[line.page].append((at, line))
    return {n: sorted(here, key=lambda each: _bottom(each[1])) for n, here in pages.items()}


def _bare_numbers(
    pages: dict[int, list[tuple[int, FlowLine]]], heights: dict[int, float]
) -> Iterator[int]:
    """A number alone at the foot of a page, where those of two pages or more count with the pages;
    on the one page of a document, a 1 below the text."""
    feet: dict[int, tuple[int, int]] = {}
    for number, here in pages.items():
        at, line = here[-1]
        words = fold(line.text)
        low = bool(heights.get(number)) and _bottom(line) > 0.85 * heights[number]
        if low and _BARE.fullmatch(words):
            feet[number] = at, int(words)
    shifts = Counter(said - number for number, (_, said) in feet.items())
    for number, (at, said) in feet.items():
        if shifts[said - number] > 1 or (len(pages) == 1 and said == 1):
            yield at


def _footnotes(
    pages: dict[int, list[tuple[int, FlowLine]]], heights: dict[int, float]
) -> Iterator[int]:
    """Lines in smaller type than the text, from a mark of a note down to the foot of the page."""
    sizes = [x.size for here in pages.values() for _, x in here if x.size and len(x.text) > _LONG]
    if not sizes:
        return
    largest = _SMALL * median(sizes)
    for number, here in pages.items():
        if heights.get(number):
            yield from _notes(here, largest, 0.5 * heights[number])


def _notes(here: Sequence[tuple[int, FlowLine]], largest: float, middle: float) -> Iterator[int]:
    waiting: list[int] = []
    for at, line in reversed(here):
        if not line.size or line.size > largest or _bottom(line) < middle or line.centred:
            return
        waiting.append(at)
        if _NOTE.match(line.text.strip()):
            yield from waiting
            waiting = []


def _bottom(line: FlowLine) -> float:
    return line.box.bottom if line.box else 0.0

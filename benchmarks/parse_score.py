"""What a scan says against what its digital file says: characters, digits, cells, commitments."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.parse.flow import Flow, FlowLine, FlowTable
from extractors.evaluation.score import Figures

_FOLDED = str.maketrans({**dict.fromkeys("—–-－―─", "-"), **dict.fromkeys("“”‘’＂'", '"')})


@dataclass
class Score:
    """Counts of one file."""

    characters: int = 0
    wrong: int = 0
    digits: int = 0
    wrong_digits: int = 0
    unmarked: int = 0
    doubts: int = 0
    idle_doubts: int = 0
    cells: int = 0
    wrong_cells: int = 0
    pages: int = 0
    # Commitments against those of the digital file, by label.
    same: dict[str, Figures] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    bare_seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another file in; time and notes stay with it."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for label, told in other.same.items():
            self.same[label] = self.same[label] + told if label in self.same else told

    def f1(self) -> str:
        """The labels' F1 in a row; – where there was nothing to find and nothing was found."""
        told = (f"{x.f1:.3f}" if x.annotated or x.predicted else "–" for x in self.same.values())
        return " ".join(told) or "–"


_COUNTS = (
    "characters", "wrong", "digits", "wrong_digits", "unmarked", "doubts", "idle_doubts",
    "cells", "wrong_cells", "pages",
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """Folded characters, and for each whether it is in doubt."""

    signs: str
    doubted: tuple[bool, ...]


def fold(text: str) -> str:
    """One form for what looks the same: widths, dashes, quotation marks; no blanks."""
    folded = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    return re.sub(r"\s", "", folded.replace("〔", "[").replace("〕", "]"))


def page_texts(flow: Flow) -> dict[int, Text]:
    """What each page says, line by line in reading order."""
    signs: dict[int, list[str]] = {page.number: [] for page in flow.pages}
    flags: dict[int, list[bool]] = {page.number: [] for page in flow.pages}
    for line in _lines(flow):
        for place, sign in enumerate(line.text):
            doubted = any(doubt.start <= place < doubt.end for doubt in line.doubts)
            for folded in fold(sign):
                signs[line.page].append(folded)
                flags[line.page].append(doubted)
    return {page: Text("".join(signs[page]), tuple(flags[page])) for page in signs}


def _lines(flow: Flow) -> Iterator[FlowLine]:
    for item in flow.items:
        if isinstance(item, FlowLine):
            yield item
        else:
            for cell in item.cells:
                yield from cell.lines


def cells(flow: Flow) -> dict[tuple[int, int, int], str]:
    """Text of each cell by table, row and column."""
    tables = [item for item in flow.items if isinstance(item, FlowTable)]
    return {
        (number, cell.row, cell.column): fold(cell.text)
        for number, table in enumerate(tables)
        for cell in table.cells
    }


def compare(true: Text, told: Text, score: Score, name: str) -> None:
    """Add a page to the counts."""
    score.characters += len(true.signs)
    score.digits += sum(map(str.isdigit, true.signs))
    matcher = SequenceMatcher(None, true.signs, told.signs, autojunk=False)
    bad: set[int] = set()
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        score.wrong += max(b - a, d - c)
        here, there = true.signs[a:b], told.signs[c:d]
        digits = max(sum(map(str.isdigit, here)), sum(map(str.isdigit, there)))
        score.wrong_digits += digits
        near = range(max(0, c - 1), min(len(told.doubted), d + 1))
        marked = any(told.doubted[i] for i in near)
        bad.update(near)
        score.unmarked += 0 if marked else digits
        score.notes.append(
            f"{name}: {true.signs[max(0, a - 6) : a]}[{here}|{there}]{true.signs[b : b + 6]}"
            + (" (marked)" if marked else "")
        )
    runs = re.finditer("1+", "".join("1" if d else "0" for d in told.doubted))
    for run in runs:
        score.doubts += 1
        if not bad.intersection(range(*run.span())):
            score.idle_doubts += 1
            start, end = run.span()
            score.notes.append(f"{name}: idle doubt {told.signs[max(0, start - 6) : end + 4]}")


def flows_compared(truth: Flow, flow: Flow, name: str) -> Score:
    """All pages and all cells of one file against those of the true one."""
    score = Score(pages=len(flow.pages))
    true, told = page_texts(truth), page_texts(flow)
    for page in true:
        compare(true[page], told.get(page, Text("", ())), score, f"{name} p{page}")
    wanted, found = cells(truth), cells(flow)
    score.cells = len(wanted)
    for place, text in wanted.items():
        if found.get(place) != text:
            score.wrong_cells += 1
            score.notes.append(f"{name} cell {place}: {text} | {found.get(place)}")
    return score


def misplaced(flow: Flow, pages: list[str]) -> tuple[int, int]:
    """Characters of the pages as typed, and how many of them the flow lacks or has beside them; in
    what order a page is read is left to the tests."""
    total = wrong = 0
    found = page_texts(flow)
    for number, text in enumerate(pages, 1):
        true, told = Counter(fold(text)), Counter(found[number].signs)
        total += true.total()
        wrong += max((true - told).total(), (told - true).total())
    return total, wrong

"""文件沿革 as a drawing: earlier documents to the left, an arrow from each to what followed it.

云政发〔2021〕12号 → 云政发〔2023〕9号, 前一规划; a box leads to its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.lineage import Related
from corpus.store.desk_records import Paper

_BOX_WIDTH, _BOX_HEIGHT = 200, 66
_GAP_X, _GAP_Y = 90, 18
_EDGE = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A document and where it is drawn."""

    paper: Paper
    x: int
    y: int
    here: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a prior document to the one after it; ``rule`` says why, ``copy`` where both are copies
    of one work."""

    x0: int
    y0: int
    x1: int
    y1: int
    rule: str
    copy: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, with its size."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int
    box_width: int = _BOX_WIDTH
    box_height: int = _BOX_HEIGHT


def draw(papers: Mapping[str, Paper], relations: Iterable[Related], here: str) -> Drawing | None:
    """The documents as they follow each other; None for one that stands alone."""
    kept = [
        each
        for each in dict.fromkeys(relations)
        if each.relation.document_id in papers and each.relation.prior_id in papers
    ]
    if not kept:
        return None
    columns = _columns(papers, kept)
    places: dict[str, tuple[int, int]] = {}
    filled: dict[int, int] = {}
    for paper in sorted(papers.values(), key=lambda p: (columns[p.id], str(p.date_of_issue), p.id)):
        column = columns[paper.id]
        row = filled[column] = filled.get(column, -1) + 1
        x, y = column * (_BOX_WIDTH + _GAP_X), row * (_BOX_HEIGHT + _GAP_Y)
        places[paper.id] = (_EDGE + x, _EDGE + y)
    boxes = tuple(Box(papers[key], x, y, key == here) for key, (x, y) in places.items())
    arrows = tuple(_arrow(places, each) for each in kept)
    width = max(box.x for box in boxes) + _BOX_WIDTH + _EDGE
    return Drawing(boxes, arrows, width, max(box.y for box in boxes) + _BOX_HEIGHT + _EDGE)


def _columns(papers: Mapping[str, Paper], relations: Iterable[Related]) -> dict[str, int]:
    """How many documents stand before each, along the longest way; a circle is gone round once."""
    known = list(relations)
    columns = dict.fromkeys(papers, 0)
    for _ in papers:
        for each in known:
            after, before = each.relation.document_id, each.relation.prior_id
            columns[after] = max(columns[after], min(columns[before] + 1, len(papers) - 1))
    used = sorted(set(columns.values()))
    return {key: used.index(column) for key, column in columns.items()}


def _arrow(places: Mapping[str, tuple[int, int]], related: Related) -> Arrow:
    x0, y0 = places[related.relation.prior_id]
    x1, y1 = places[related.relation.document_id]
    half = _BOX_HEIGHT // 2
    return Arrow(
        x0 + _BOX_WIDTH, y0 + half, x1, y1 + half, related.relation.rule, related.same_work
    )

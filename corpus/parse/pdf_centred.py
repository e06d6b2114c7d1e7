"""Which printed lines stand in the middle of the type area, as titles and the red head do."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from corpus.parse.flow import FlowLine
from corpus.parse.pdf_sheets import Sheet


def with_centred(sheets: list[Sheet]) -> list[Sheet]:
    """Mark the lines that stand in the middle of the type area (margins need not be equal)."""
    long = [
        line.box
        for sheet in sheets
        for line in sheet.lines
        if line.box and len(line.text) > 20 and not line.furniture
    ]
    if not long:
        return sheets
    left, right = median(box.x0 for box in long), median(box.x1 for box in long)
    return [
        replace(sheet, lines=tuple(_centred(line, left, right) for line in sheet.lines))
        for sheet in sheets
    ]


def _centred(line: FlowLine, left: float, right: float) -> FlowLine:
    box, em = line.box, line.size or 12.0
    if box is None or line.furniture:
        return line
    middle = abs((box.x0 + box.x1) / 2 - (left + right) / 2) <= 0.6 * em
    free = min(box.x0 - left, right - box.x1) > 0.9 * em
    return replace(line, centred=middle and free)

"""The characters of one PDF page as the reader needs them: 省 at (79.5, 432.4), 15.8 pt.

What the file only pretends is undone here: radicals for ideographs, a bold face made by printing
the same character twice. A glyph whose character the file doesn't tell ("(cid:2253)", a private
code, a control code) is marked lost, so that a page with many of them is never taken for text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.parse.radicals import real

UNKNOWN = "\ufffd"
# Zero-width characters and soft hyphens: nothing is printed, nothing is said.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Fonts of bullets, ticks and arrows have private codes by design.
_SYMBOLS = re.compile(r"dings|symbol", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed glyph; ``text`` may be two characters (a ligature). Blanks are glyphs, too."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    font: str = ""
    turned: bool = False
    lost: bool = False

    @property
    def blank(self) -> bool:
        """True for a space of the text layer."""
        return self.text.isspace()


def glyphs(page: Any) -> list[Glyph]:
    """The glyphs of a pdfplumber page that lie on the page, in the order of the file."""
    _spare(page)
    x0, top, x1, bottom = page.bbox
    found: list[Glyph] = []
    for char in page.chars:
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if x0 <= across <= x1 and top <= down <= bottom:
            glyph = _glyph(char)
            if glyph is not None:
                found.append(glyph)
    return found


def _spare(page: Any) -> None:
    """Let pdfplumber tell of a character what is asked here and no more: its colours, its path
    through the structure tree and the like take as long as all that is done with it later."""
    from pdfminer.layout import LTChar

    all_of_it = page.process_object
    left, floor = page.mediabox[0], page.height + page.mediabox[1]

    def told(item: Any) -> dict[str, Any]:
        if not isinstance(item, LTChar):
            return dict(all_of_it(item))
        return {
            "object_type": "char",
            "text": item.get_text(),
            "fontname": str(item.fontname),
            "size": item.size,
            "matrix": item.matrix,
            "x0": item.x0 + left,
            "x1": item.x1 + left,
            "top": floor - item.y1,
            "bottom": floor - item.y0,
            "y0": item.y0,
        }

    page.process_object = told


def _glyph(char: dict[str, Any]) -> Glyph | None:
    text, lost = _text(char["text"], char["fontname"])
    if not text:
        return None
    a, b, _, d, _, rise = char["matrix"]
    turned = a <= 0 or d == 0 or abs(b) > 0.05 * abs(a)
    height = char["bottom"] - char["top"]
    return Glyph(
        text,
        char["x0"],
        char["x1"],
        char["top"],
        char["bottom"],
        char["bottom"] if turned else char["bottom"] - (rise - char["y0"]),
        char["size"] or height,
        char["fontname"],
        turned,
        lost,
    )


def _text(raw: str, font: str) -> tuple[str, bool]:
    """What a glyph says, and whether the file fails to tell. A control code prints a blank."""
    if len(raw) == 1 and "\u4e00" <= raw <= "\u9fa5":  # most of them: nothing to undo
        return raw, False
    if raw.startswith("(cid:") and raw.endswith(")"):
        return UNKNOWN, True
    if raw.isspace():
        return "\u3000" if raw == "\u3000" else " ", False
    if any(unicodedata.category(sign) == "Cc" for sign in raw):
        return " ", True
    text = real(raw.translate(_UNSEEN)).strip()
    lost = any(sign == UNKNOWN or unicodedata.category(sign) in {"Co", "Cn"} for sign in text)
    return text, lost and not _SYMBOLS.search(font)


def without_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs of one row from left to right, a character printed twice in one place once."""
    kept: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        if glyph.blank or not _doubled(glyph, kept):
            kept.append(glyph)
    return kept


def _doubled(glyph: Glyph, kept: list[Glyph]) -> bool:
    for near in kept[-2:]:
        if near.text == glyph.text and glyph.x0 - near.x0 < 0.2 * glyph.size:
            return True
    return False

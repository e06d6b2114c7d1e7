"""The characters of one PDF page as the reader needs them: 省 at (79.5, 432.4), 15.8 pt.

What the file only pretends is undone here: radicals for ideographs, a bold face made by printing
the same character twice. A glyph whose character the file doesn't tell ("(cid:2253)", a private
code, a control code) is marked lost, so that a page with many of them is never taken for text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
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
    x0, top, x1, bottom = page.bbox
    found: list[Glyph] = []
    for char in page.chars:
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if x0 <= across <= x1 and top <= down <= bottom:
            found.extend(_glyph(char))
    return found


def _glyph(char: dict[str, Any]) -> Iterator[Glyph]:
    text, lost = _text(char["text"], char["fontname"])
    if not text:
        return
    a, b, _, d, _, rise = char["matrix"]
    turned = a <= 0 or d == 0 or abs(b) > 0.05 * abs(a)
    height = char["bottom"] - char["top"]
    yield Glyph(
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
        doubled = any(
            near.text == glyph.text and glyph.x0 - near.x0 < 0.2 * glyph.size for near in kept[-2:]
        )
        if not doubled or glyph.blank:
            kept.append(glyph)
    return kept

"""How wide text stands and where its lines may break: 1.2 stays whole, no line begins with ）."""

from __future__ import annotations

import re
import unicodedata

_NEVER_FIRST = set("、，。；：！？）】》〉〕”’％%,.;:!?)]}…")
_NEVER_LAST = set("（【《〈〔“‘([{")
_WHOLE = re.compile(
    r"[0-9]{1,4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|"
    r"[0-9A-Za-z０-９]+(?:[.,:/_\-][0-9A-Za-z]+)*[%％]?|.",
    re.DOTALL,
)


def columns(text: str, *, ambiguous: int = 1) -> int:
    """Width in Latin characters; a Chinese one takes two, a quotation mark ``ambiguous``."""
    return sum(_column(character, ambiguous) for character in text)


def _column(character: str, ambiguous: int) -> int:
    if unicodedata.combining(character):
        return 0
    kind = unicodedata.east_asian_width(character)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns; numbers whole, closing signs never first in a line."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for piece in _pieces(part, width):
            if line and columns(line) + columns(piece) > width:
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
    return lines


def _pieces(text: str, width: int) -> list[str]:
    """What is never parted, cut where it alone is wider than a line."""
    pieces: list[str] = []
    for token in _WHOLE.findall(text):
        glued = pieces and (token in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST)
        if glued and columns(pieces[-1] + token) <= width:
            pieces[-1] += token
        else:
            pieces += [token] if columns(token) <= width else list(token)
    return pieces

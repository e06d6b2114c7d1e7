"""A copy of the text to search in, with the way back: 达\n到４５％ is searched as 达到45%.

Chinese lines break anywhere, digits come in two widths, ㎡ becomes two characters under NFKC.
The text itself is never cleaned; rules read a View and cite from the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model.geometry import Span

# Unified so that rules need one form only. Brackets stay as they are written: NFKC already
# narrows （ to (, and quotation marks carry meaning (“双高计划”).
_SAME = str.maketrans(
    {
        "—": "—",
        "–": "—",
        "－": "—",
        "―": "—",
        "─": "—",
        "﹣": "—",
        "﹪": "%",
        "；": ";",
        "：": ":",
        "，": ",",
        "！": "!",
        "？": "?",
        "﹐": ",",
        "﹔": ";",
        "﹕": ":",
        "•": "·",
        "・": "·",
        "‧": "·",
        "［": "[",
        "］": "]",
        "【": "[",
        "】": "]",
        "「": "“",
        "」": "”",
        "『": "“",
        "』": "”",
        "＂": '"',
    }
)

_ASCII = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class View:
    """``text`` is what to search; ``origin[i]`` is where its i-th character stood.

    ``origin`` never decreases; it may repeat where one source character became several.
    """

    text: str
    origin: tuple[int, ...]

    def locate(self, start: int, end: int) -> Span:
        """Source span of ``text[start:end]``; the range must not be empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is no range of a view of {len(self.text)}")
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def narrow(self, start: int, end: int) -> View:
        """The part ``text[start:end]`` as a view of its own, still pointing at the source."""
        return View(self.text[start:end], self.origin[start:end])


def tidy(text: str, span: Span | None = None) -> View:
    """View of ``text[span]`` (or all of it): NFKC, one form per sign, blanks and breaks dropped.

    A blank survives, as one space, only between two Latin letters or digits, where dropping it
    would glue words together (``1+X Level 2``). Tabs survive: they part the cells of a row.
    """
    whole = span or Span(0, len(text))
    characters: list[str] = []
    origin: list[int] = []
    blank_at = -1
    for position in range(whole.start, whole.end):
        source = text[position]
        if source == "\t":
            characters.append("\t")
            origin.append(position)
            blank_at = -1
            continue
        if source.isspace() or source in "\u200b\ufeff\u00ad":
            blank_at = position if characters and blank_at < 0 else blank_at
            continue
        for character in unicodedata.normalize("NFKC", source.translate(_SAME)).translate(_SAME):
            if (
                blank_at >= 0
                and characters
                and _ASCII.match(characters[-1])
                and _ASCII.match(character)
                and not (
                    characters[-1].isdigit() and character.isdigit() and _wraps(text, blank_at)
                )
            ):
                characters.append(" ")
                origin.append(blank_at)
            blank_at = -1
            if not character.isspace():
                characters.append(character)
                origin.append(position)
    return View("".join(characters), tuple(origin))


def _wraps(text: str, position: int) -> bool:
    """True where the blank at ``position`` is a line break: a number may be broken there."""
    return text[position] == "\n"


def join(views: Iterable[View]) -> View:
    """Several views read as one, in the order given."""
    parts = list(views)
    return View("".join(p.text for p in parts), tuple(o for p in parts for o in p.origin))

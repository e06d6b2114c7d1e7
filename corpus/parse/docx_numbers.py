"""Automatic numbering written out: the 一、 that Word prints before 总体要求 stands nowhere in the
text of the file, only in how numbering.xml counts.

Lists that share a definition (abstractNum) go on counting together; a list that overrides its start
begins anew where it is first used; a deeper level begins anew behind a higher one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.parse.docx_numerals import numeral
from corpus.parse.docx_symbols import symbols
from corpus.parse.office_xml import attribute, child, children, switched_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ENDS_WIDE = re.compile(r"[^\x00-\xff]$|[、）)〕］】]$")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is printed: %1 in ``text`` is the number of the first level."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    apart: bool = True
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A list that paragraphs name: which definition it counts with, and what it overrides."""

    definition: str
    levels: dict[int, Level]
    restarts: frozenset[int]


@dataclass(slots=True)
class Numbers:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: Element | None, style_lists: dict[str, str]) -> Numbers:
        """Out of numbering.xml; ``style_lists`` says which list a list style stands for."""
        definitions = {
            attribute(e, "abstractNumId") or "": e for e in children(numbering, "abstractNum")
        }
        names = {
            attribute(e, "numId") or "": value(e, "abstractNumId") or ""
            for e in children(numbering, "num")
        }
        lists: dict[str, _List] = {}
        for num in children(numbering, "num"):
            own = value(num, "abstractNumId") or ""
            linked = value(definitions.get(own), "numStyleLink")
            name = names.get(style_lists.get(linked, ""), own) if linked else own
            if name in definitions:
                lists[attribute(num, "numId") or ""] = _list(name, definitions[name], num)
        return cls(lists)

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a paragraph style takes in its list."""
        found = self.lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((number for number, level in levels if level.style == style), 0)

    def mark(self, list_id: str, number: int) -> str:
        """Count one paragraph of that list and level; what is printed before it."""
        found = self.lists.get(list_id)
        level = found.levels.get(number) if found else None
        if found is None or level is None:
            return ""
        counts = self._count(found, list_id, number)
        words = _PLACE.sub(lambda place: _numeral(found, counts, level, int(place[1])), level.text)
        return f"{words} " if words and level.apart and not _ENDS_WIDE.search(words) else words

    def _count(self, found: _List, list_id: str, number: int) -> list[int | None]:
        counts = self._counts.setdefault(found.definition, [None] * _LEVELS)
        if number in found.restarts and (list_id, number) not in self._begun:
            counts[number] = None
        self._begun.add((list_id, number))
        before = counts[number]
        counts[number] = found.levels[number].start if before is None else before + 1
        for higher in range(number):
            if counts[higher] is None:
                counts[higher] = found.levels.get(higher, Level()).start
        for deeper in range(number + 1, _LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or number < restart:
                counts[deeper] = None
        return counts


def _numeral(found: _List, counts: list[int | None], level: Level, place: int) -> str:
    at = found.levels.get(place - 1, Level())
    count = counts[place - 1]
    format = "decimal" if level.legal else at.format
    if format in {"none", "bullet"}:
        return ""
    return numeral(at.start if count is None else count, format)


def _list(name: str, definition: Element, num: Element) -> _List:
    levels = dict(_levels(definition))
    restarts: set[int] = set()
    for override in children(num, "lvlOverride"):
        number = _int(attribute(override, "ilvl"), 0)
        if (own := child(override, "lvl")) is not None:
            levels[number] = _level(own)
        if (start := value(override, "startOverride")) is not None:
            levels[number] = replace(levels.get(number, Level()), start=_int(start, 1))
            restarts.add(number)
    return _List(name, levels, frozenset(restarts))


def _levels(definition: Element) -> Iterator[tuple[int, Level]]:
    for level in children(definition, "lvl"):
        number = _int(attribute(level, "ilvl"), 0)
        if 0 <= number < _LEVELS:
            yield number, _level(level)


def _level(level: Element) -> Level:
    format = value(level, "numFmt") or value(level, "AlternateContent", "Fallback", "numFmt")
    fonts = child(level, "rPr", "rFonts")
    restart = value(level, "lvlRestart")
    return Level(
        start=_int(value(level, "start"), 0 if child(level, "start") is None else 1),
        format=format or "decimal",
        text=symbols(value(level, "lvlText") or "", attribute(fonts, "ascii") or ""),
        restart=None if restart is None else _int(restart, 0),
        legal=switched_on(child(level, "isLgl")),
        apart=value(level, "suff") != "nothing",
        style=value(level, "pStyle"),
    )


def _int(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else default

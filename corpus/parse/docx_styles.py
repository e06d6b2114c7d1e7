"""What the styles of a DOCX say of a paragraph: 标题 1 makes it a heading, 居中 centres it.

A property stands on the paragraph or run itself, else on its style, else on the style that one is
based on; the first that says anything holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.parse.office_xml import attribute, child, children, switched_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_BODY_LEVEL = 9
# Points where neither file nor style says any: the default of the standard.
_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, and which paragraphs have where none is named."""

    by_id: dict[str, Element] = field(default_factory=dict)
    usual: str = ""
    size: float = _SIZE

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Out of styles.xml."""
        found = {attribute(e, "styleId") or "": e for e in children(root, "style")}
        usual = next(
            (
                name
                for name, e in found.items()
                if attribute(e, "type") == "paragraph" and attribute(e, "default") in {"1", "true"}
            ),
            "",
        )
        default = value(root, "docDefaults", "rPrDefault", "rPr", "sz")
        return cls(found, usual, _points(default) or _SIZE)

    def list_styles(self) -> dict[str, str]:
        """Which list (numId) each list style stands for."""
        lists = {name: value(e, "pPr", "numPr", "numId") for name, e in self.by_id.items()}
        return {name: list_id for name, list_id in lists.items() if list_id}

    def heading(self, paragraph: Element) -> int:
        """Outline level from 1, 0 for text."""
        for properties, name in self._of_paragraph(paragraph):
            level = value(properties, "outlineLvl")
            if level is not None and level.isdigit():
                return int(level) + 1 if int(level) < _BODY_LEVEL else 0
            named = _HEADING.fullmatch(name)
            if named:
                return int(named[1])
        return 0

    def is_contents(self, paragraph: Element) -> bool:
        """True for a line of the table of contents."""
        return any(_CONTENTS.fullmatch(name) for _, name in self._of_paragraph(paragraph))

    def is_centred(self, paragraph: Element) -> bool:
        """True where the paragraph stands in the middle."""
        return self._first(paragraph, "jc") == "center"

    def list_of(self, paragraph: Element) -> tuple[str, int | None, str] | None:
        """List, level (None where the style's own holds) and style of a numbered paragraph."""
        list_id = level = None
        for properties, _ in self._of_paragraph(paragraph):
            level = level or value(properties, "numPr", "ilvl")
            list_id = list_id or value(properties, "numPr", "numId")
        if not list_id or list_id == "0":
            return None
        number = int(level) if level and level.isdigit() else None
        return list_id, number, value(paragraph, "pPr", "pStyle") or self.usual

    def is_hidden(self, run: Element, paragraph: Element | None) -> bool:
        """True for text that is not printed."""
        for properties in self._of_run(run, paragraph):
            hidden = child(properties, "vanish")
            if hidden is not None:
                return switched_on(hidden)
        return False

    def size_of(self, run: Element, paragraph: Element | None) -> float:
        """Size of type in points."""
        for properties in self._of_run(run, paragraph):
            size = _points(value(properties, "sz"))
            if size:
                return size
        return self.size

    def _first(self, paragraph: Element, name: str) -> str | None:
        said = (value(properties, name) for properties, _ in self._of_paragraph(paragraph))
        return next((v for v in said if v is not None), None)

    def _of_paragraph(self, paragraph: Element) -> Iterator[tuple[Element | None, str]]:
        """The paragraph's own properties and those of its styles, each with the style's name."""
        own = child(paragraph, "pPr")
        yield own, ""
        for style in self._chain(value(own, "pStyle") or self.usual):
            yield child(style, "pPr"), value(style, "name") or ""

    def _of_run(self, run: Element, paragraph: Element | None) -> Iterator[Element]:
        own = child(run, "rPr")
        styles = [*self._chain(value(own, "rStyle") or "")]
        styles += self._chain(value(paragraph, "pPr", "pStyle") or self.usual)
        said = (own, *(child(style, "rPr") for style in styles))
        return (properties for properties in said if properties is not None)

    def _chain(self, name: str) -> Iterator[Element]:
        """The style of that id and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while name in self.by_id and name not in seen:
            seen.add(name)
            style = self.by_id[name]
            yield style
            name = value(style, "basedOn") or ""


def _points(half: str | None) -> float | None:
    """Sizes are kept in half points."""
    digits = (half or "").strip()
    return int(digits) / 2 if digits.isascii() and digits.isdigit() and len(digits) < 6 else None

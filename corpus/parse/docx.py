"""Word files (DOCX, and what WPS saves under that name): the document as its program prints it.

The text of the file is not what is printed: 一、 before a heading is counted by a list, what was
deleted under tracking is still there, 责任单位 of five rows is five cells. Read by lxml and not by
python-docx, that unpacks any part of any size, refuses what WPS leaves out, and knows of none of
these.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from corpus.model.document import Page
from corpus.parse.archive_parts import Parts, damaged
from corpus.parse.encoding import empty
from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.limits import DEFAULT, Clock, Limits
from corpus.parse.office_xml import attribute, child, children, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from corpus.parse.docx_body import Story
    from corpus.parse.image import Picture

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(content: bytes, *, source: str, limits: Limits = DEFAULT, first: bool = False) -> Flow:
    """The lines and tables of a DOCX; UnreadableFile where it has none."""
    from corpus.parse.docx_body import Body, Story
    from corpus.parse.docx_numbers import Numbers
    from corpus.parse.docx_styles import Styles

    package = _Package.of(Parts.of(content, source=source, limits=limits))
    styles = Styles.of(package.related("styles"))
    numbers = Numbers.of(package.related("numbering"), styles.list_styles())
    story = Story(styles, numbers, Clock(source, limits))
    body = Body(story)
    root = child(package.root, "body")
    if root is None:
        raise damaged(source)
    body.write(root)
    if not body.items and story.pictures:
        return _scanned(package, story, first=first)
    items = [*body.items, *_notes(package, story), *_running(package, story)]
    if not items:
        raise empty(source)
    return Flow(tuple(items), (Page(1),), MEDIA_TYPE)


@dataclass(frozen=True, slots=True)
class _Package:
    """The parts of a DOCX and how its document names them."""

    parts: Parts
    folder: str
    root: Element
    relations: tuple[Element, ...]

    @classmethod
    def of(cls, parts: Parts) -> _Package:
        """Find the document by the relations of the package, else where it always is."""
        main = next(
            (
                attribute(relation, "Target") or ""
                for relation in _relations(parts, "_rels/.rels")
                if (attribute(relation, "Type") or "").endswith("/officeDocument")
            ),
            "word/document.xml",
        )
        name = parts.find(main) or parts.find("word/document.xml")
        if name is None:
            raise damaged(parts.source)
        folder, file = posixpath.split(name)
        root = parse_xml(parts.read(name), source=parts.source)
        return cls(parts, folder, root, tuple(_relations(parts, f"{folder}/_rels/{file}.rels")))

    def related(self, kind: str) -> Element | None:
        """The root of the first part of that kind, None where there is none."""
        return next((self._part(r) for r in self.relations if _is(r, kind)), None)

    def named(self, relation_id: str | None) -> Element | None:
        """The root of the part that a relation of that id names."""
        for relation in self.relations:
            if attribute(relation, "Id") == relation_id:
                return self._part(relation)
        return None

    def picture(self, relation_id: str) -> bytes | None:
        """The bytes of the picture that a relation of that id names."""
        relation = next((r for r in self.relations if attribute(r, "Id") == relation_id), None)
        name = None if relation is None else self._name(relation)
        return self.parts.read(name) if name else None

    def _part(self, relation: Element) -> Element | None:
        name = self._name(relation)
        return parse_xml(self.parts.read(name), source=self.parts.source) if name else None

    def _name(self, relation: Element) -> str | None:
        """The part inside of the file that a relation leads to; nothing outside is fetched."""
        if attribute(relation, "TargetMode") == "External":
            return None
        target = attribute(relation, "Target") or ""
        path = target if target.startswith("/") else posixpath.join(self.folder, target)
        return self.parts.find(posixpath.normpath(path))


def _relations(parts: Parts, name: str) -> Iterator[Element]:
    found = parts.find(name)
    if found is not None:
        yield from children(parse_xml(parts.read(found), source=parts.source), "Relationship")


def _is(relation: Element, kind: str) -> bool:
    return (attribute(relation, "Type") or "").endswith(f"/{kind}")


def _scanned(package: _Package, story: Story, *, first: bool) -> Flow:
    """Scans put into a Word file page by page, and no text: each picture is a page."""
    from corpus.parse.image import flow_of, pictures

    def pages() -> Iterator[Picture]:
        for name in story.pictures:
            content = package.picture(name)
            if content is not None:
                yield from pictures(content, source=story.clock.source, limits=story.clock.limits)

    return flow_of(islice(pages(), 1) if first else pages(), story.clock, media_type=MEDIA_TYPE)


def _notes(package: _Package, story: Story) -> Iterator[FlowLine]:
    """Footnotes and endnotes in the order of the text, beside the prose as on the page."""
    from corpus.parse.docx_body import Body, notes_in

    found = {
        "footnoteReference": notes_in(package.related("footnotes"), "footnote"),
        "endnoteReference": notes_in(package.related("endnotes"), "endnote"),
    }
    named = list(story.notes)
    for number, reference in enumerate(named, 1):
        note = found[str(reference.tag)].get(attribute(reference, "id") or "")
        if note is None:
            continue
        body = Body(story)
        body.write(note)
        for index, line in enumerate(_lines(body.items)):
            words = line.text.strip()
            yield replace(line, text=words if index else f"注{number} {words}", furniture=True)


def _running(package: _Package, story: Story) -> Iterator[FlowLine]:
    """Running heads and feet of all sections, each once."""
    from corpus.parse.docx_body import Body

    told: set[str] = set()
    for reference in package.root.iter("headerReference", "footerReference"):
        part = package.named(attribute(reference, "id"))
        if part is None:
            continue
        body = Body(story)
        body.write(part)
        for line in _lines(body.items):
            if line.text.strip() not in told:
                told.add(line.text.strip())
                yield replace(line, furniture=True, heading=0)


def _lines(items: list[FlowLine | FlowTable]) -> Iterator[FlowLine]:
    for item in items:
        if isinstance(item, FlowLine):
            yield item
        else:
            yield from (line for cell in item.cells for line in cell.lines)

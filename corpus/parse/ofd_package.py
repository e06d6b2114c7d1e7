"""How an OFD (GB/T 33190) is put together: OFD.xml names the documents, a document its pages, its
templates (a red head printed on every page) and its resources, and the signatures their seals.

Places are kept in millimetres from the top left corner; paths may be absolute or relative to the
part that names them, and programs disagree about both.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.parse.archive_parts import Parts, damaged, encrypted
from corpus.parse.office_xml import attribute, child, children, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_A4 = (0.0, 0.0, 210.0, 297.0)
Rectangle = tuple[float, float, float, float]


@dataclass(slots=True)
class Resources:
    """Fonts by id (their names), pictures by id (their parts), and drawings used more than once."""

    fonts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PagePart:
    """One page: its content, the templates it is printed over, its size, and seals set on it."""

    id: str
    contents: tuple[Element, ...]
    box: Rectangle
    resources: Resources
    seals: tuple[Rectangle, ...] = ()


@dataclass(slots=True)
class _Opened:
    """One document of the package."""

    parts: Parts
    name: str
    root: Element
    resources: Resources
    usual: Rectangle


def page_parts(parts: Parts) -> Iterator[PagePart]:
    """The pages of all documents of the package, in order."""
    if parts.find("Encryptions.xml") is not None:
        raise encrypted(parts.source)
    root = _part(parts, parts.find("OFD.xml"))
    if root is None:
        raise damaged(parts.source)
    for body in root.iter("DocBody"):
        document = _open(parts, _text(child(body, "DocRoot")))
        if document is not None:
            seals = _signed(parts, _text(child(body, "Signatures")))
            yield from _pages(document, seals)


def count_pages(parts: Parts) -> int:
    """How many pages the package names, before any of them is read."""
    root = _part(parts, parts.find("OFD.xml"))
    bodies = root.iter("DocBody") if root is not None else ()
    opened = (_part(parts, parts.find(_text(child(body, "DocRoot")))) for body in bodies)
    return sum(
        sum(1 for _ in children(child(found, "Pages"), "Page"))
        for found in opened
        if found is not None
    )


def _open(parts: Parts, location: str) -> _Opened | None:
    name = parts.find(location)
    root = _part(parts, name)
    if name is None or root is None:
        return None
    common = child(root, "CommonData")
    resources = Resources()
    for named in children(common, "PublicRes", "DocumentRes"):
        _read_resources(parts, _resolve(parts, name, _text(named)), resources)
    usual = rectangle(_text(child(common, "PageArea", "PhysicalBox"))) or _A4
    return _Opened(parts, name, root, resources, usual)


def _pages(document: _Opened, signed: dict[str, list[Rectangle]]) -> Iterator[PagePart]:
    templates = {
        attribute(e, "ID") or "": attribute(e, "BaseLoc") or ""
        for e in children(child(document.root, "CommonData"), "TemplatePage")
    }
    stamps = _annotated(document)
    for page in children(child(document.root, "Pages"), "Page"):
        identity = attribute(page, "ID") or ""
        content = _at(document, attribute(page, "BaseLoc"))
        if content is None:
            yield PagePart(identity, (), document.usual, document.resources)
            continue
        under = [
            template
            for used in children(content, "Template")
            if (template := _at(document, templates.get(attribute(used, "TemplateID") or "")))
            is not None
        ]
        _page_resources(document, content, attribute(page, "BaseLoc") or "")
        yield PagePart(
            identity,
            (*under, content),
            _area([content, *under]) or document.usual,
            document.resources,
            tuple(signed.get(identity, ()) or stamps.get(identity, ())),
        )


def _area(pages: list[Element]) -> Rectangle | None:
    """The size that a page, or the template under it, says it has."""
    for page in pages:
        for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
            said = rectangle(_text(child(page, "Area", name)))
            if said is not None:
                return said
    return None


def _page_resources(document: _Opened, content: Element, location: str) -> None:
    base = _resolve(document.parts, document.name, location)
    for named in children(content, "PageRes"):
        found = _resolve(document.parts, base or document.name, _text(named))
        _read_resources(document.parts, found, document.resources)


def _read_resources(parts: Parts, name: str | None, resources: Resources) -> None:
    root = _part(parts, name)
    if root is None or name is None:
        return
    base = posixpath.join(posixpath.dirname(name), attribute(root, "BaseLoc") or "")
    for font in root.iter("Font"):
        said = attribute(font, "FontName") or attribute(font, "FamilyName") or ""
        resources.fonts[attribute(font, "ID") or ""] = said
    for unit in root.iter("CompositeGraphicUnit"):
        resources.units[attribute(unit, "ID") or ""] = unit
    for medium in root.iter("MultiMedia"):
        file = _text(child(medium, "MediaFile"))
        found = parts.find(posixpath.normpath(posixpath.join(base, file)))
        found = found or _resolve(parts, name, file)
        if file and found:
            resources.pictures[attribute(medium, "ID") or ""] = found


def _annotated(document: _Opened) -> dict[str, list[Rectangle]]:
    """Stamps among the annotations, by page."""
    found: dict[str, list[Rectangle]] = {}
    name = _resolve(document.parts, document.name, _text(child(document.root, "Annotations")))
    index = _part(document.parts, name)
    for page in children(index, "Page"):
        location = _resolve(document.parts, name or "", _text(child(page, "FileLoc")))
        annotations = _part(document.parts, location)
        for annotation in children(annotations, "Annot"):
            box = rectangle(attribute(child(annotation, "Appearance"), "Boundary") or "")
            if attribute(annotation, "Type") == "Stamp" and box:
                found.setdefault(attribute(page, "PageID") or "", []).append(box)
    return found


def _signed(parts: Parts, location: str) -> dict[str, list[Rectangle]]:
    """Where the signatures print their seals, by page."""
    found: dict[str, list[Rectangle]] = {}
    name = parts.find(location) if location else None
    index = _part(parts, name)
    for signature in index.iter("Signature") if index is not None else ():
        file = _resolve(parts, name or "", attribute(signature, "BaseLoc") or "")
        root = _part(parts, file)
        for stamp in root.iter("StampAnnot") if root is not None else ():
            box = rectangle(attribute(stamp, "Boundary") or "")
            if box:
                found.setdefault(attribute(stamp, "PageRef") or "", []).append(box)
    return found


def _at(document: _Opened, location: str | None) -> Element | None:
    return _part(document.parts, _resolve(document.parts, document.name, location or ""))


def _resolve(parts: Parts, base: str, location: str) -> str | None:
    """The part that ``base`` names by ``location``: beside it, else from the root."""
    if not location:
        return None
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(base), location))
    return parts.find(beside) or parts.find(posixpath.normpath(location))


def _part(parts: Parts, name: str | None) -> Element | None:
    return parse_xml(parts.read(name), source=parts.source) if name else None


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def rectangle(text: str) -> Rectangle | None:
    """Left, top, width and height as written; None where they are not four, or nothing is in it."""
    found = numbers(text)
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    return found[0], found[1], found[2], found[3]


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; those that are none are left out."""
    found: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            number = float(word)
        except ValueError:
            continue
        if abs(number) < 1e7:
            found.append(number)
    return found

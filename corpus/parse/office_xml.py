"""XML of office files (DOCX, OFD) without what XML is attacked with, and by its plain names.

No document type, so no entities that unfold to gigabytes; no network; no depth beyond libxml2's
own bound. WPS and Word, and the editions of one standard, differ in namespaces, not in names: ``p``
is a paragraph in each of them, so elements are asked for by local name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.model.errors import UnreadableFile
from corpus.parse.archive_parts import damaged

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.IGNORECASE)


def parse_xml(content: bytes, *, source: str) -> Element:
    """The root; UnreadableFile for what is no XML, or declares a document type."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if _DOCTYPE.search(content):
        raise _entities(source)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(source) from error
    for element in root.iter(etree.Element):
        plain = etree.QName(element).localname
        if plain != element.tag:
            element.tag = plain
    return root


def _entities(source: str) -> UnreadableFile:
    """Neither OOXML nor OFD allows a document type; who declares one means harm."""
    return UnreadableFile(
        source,
        "entities",
        zh="文件内的 XML 声明了文档类型或实体（标准不允许，可能有害），已拒绝"
        "；请用原软件另存后再试",
        en="its XML declares a document type or entities, which no office file may; save it anew",
    )


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by local name; None where there is none."""
    if element is None:
        return None
    end = "}" + name
    return next(
        (str(v) for k, v in element.attrib.items() if k == name or str(k).endswith(end)), None
    )


def child(element: Element | None, *path: str) -> Element | None:
    """The first child by local names, one step a name."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(name), None)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """Attribute ``val`` of the child under ``path``."""
    return attribute(child(element, *path), "val")


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Children by local names, in order."""
    if element is not None:
        yield from element.iterchildren(*names)


def switched_on(element: Element | None) -> bool:
    """A property that stands alone means yes: <vanish/>; val="0" means no."""
    return element is not None and attribute(element, "val") not in {"0", "false", "off", "none"}

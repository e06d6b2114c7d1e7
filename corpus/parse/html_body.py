"""Which part of a web page is the document: the container that its system names, else the
smallest one that holds nearly all running text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.parse.html_names import is_around_body, is_body, is_furniture, word_set
from corpus.parse.html_weight import Weight

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    Weights = Mapping[Element, Weight]

# A body holds this much of the page's running text; the rest is introductions and notes.
_NEARLY_ALL = 0.8
_HALF = 0.5
# Less running text than this is no document: "您访问的页面不存在，请返回首页。"
_LEAST_PROSE = 30
_LEAST_NAMED = 10
_MANY_LINKS = 3
_NO_BODIES = word_set("p h1 h2 h3 h4 h5 h6 pre tr thead tbody tfoot table li dt dd ul ol dl")


@dataclass(frozen=True, slots=True)
class Body:
    """The article's element; ``named`` where the page itself says that it is the article."""

    element: Element
    named: bool


def find_body(root: Element, weights: Weights) -> Body | None:
    """The element that holds the document; None where the page is no article."""
    net = _without_furniture(root, weights)
    named = _named(root, weights, net)
    if named is not None:
        return Body(named, named=True)
    if net[root] < _LEAST_PROSE:
        return None
    element = _densest(root, net)
    return Body(_widened(element, weights), named=False)


def stands_apart(element: Element, body: Body, weights: Weights) -> bool:
    """True for what inside the body is not the document: share bars, lists of related pages."""
    weight, whole = weights.get(element), weights[body.element]
    if is_furniture(element):
        share = weight.prose if weight else 0
        return share <= _HALF * whole.prose
    if weight is None or body.named or element.tag in {"p", "tr", "td", "th"}:
        return False
    return weight.links >= _MANY_LINKS and weight.linked >= _NEARLY_ALL * weight.text


def _without_furniture(root: Element, weights: Weights) -> dict[Element, int]:
    """Running text of every block, that of navigation and the like not counted."""
    net = {element: weight.prose for element, weight in weights.items()}
    total = net[root]
    for element in _outermost(root, is_furniture):
        prose = net.get(element, 0)
        # Names mislead: "page-nav-wrap" may hold the whole page.
        if 0 < prose <= _HALF * total:
            for block in (element, *element.iterancestors()):
                if block in net:
                    net[block] -= prose
    return net


def _outermost(root: Element, wanted: Callable[[Element], bool]) -> Iterator[Element]:
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is not root and wanted(element):
            walk.skip_subtree()
            yield element


def _named(root: Element, weights: Weights, net: Mapping[Element, int]) -> Element | None:
    """The container named as the article; of several the one that holds them all."""
    found = [e for e in root.iter("*") if e in weights and is_body(e)]
    found = [e for e in found if weights[e].text - weights[e].linked >= _LEAST_NAMED]
    heavy = [e for e in found if net[e] >= 0.1 * net[root]]
    outer = [e for e in heavy if not any(a in heavy for a in e.iterancestors())]
    if not outer:
        return None
    element = outer[0] if len(outer) == 1 else _common(outer)
    return element if net[element] >= _HALF * net[root] else None


def _common(elements: list[Element]) -> Element:
    """The innermost element that holds all of them."""
    paths: list[list[Element]] = [[*reversed(list(e.iterancestors())), e] for e in elements]
    common = paths[0][0]
    for steps in zip(*paths, strict=False):
        if any(step is not steps[0] for step in steps):
            break
        common = steps[0]
    return common


def _densest(root: Element, net: Mapping[Element, int]) -> Element:
    """The innermost block that holds nearly all running text."""
    element = root
    while True:
        inner = [c for c in _blocks_in(element, net) if net[c] >= _NEARLY_ALL * net[root]]
        if not inner or inner[0].tag in {"p", "pre"}:
            break
        element = inner[0]
    # Tables and lists belong to what stands around them.
    while element.tag in _NO_BODIES and (parent := element.getparent()) is not None:
        element = parent
    return element


def _blocks_in(element: Element, net: Mapping[Element, int]) -> Iterator[Element]:
    """The next blocks below ``element``, inline elements between them passed over."""
    waiting = list(element)
    while waiting:
        child = waiting.pop()
        if child in net:
            yield child
        else:
            waiting.extend(child)


def _widened(element: Element, weights: Weights) -> Element:
    """The container around it whose name says article, unless it is full of links: an annex table
    is often a neighbour of the running text."""
    for around in element.iterancestors():
        weight = weights.get(around)
        if weight is None or weight.linked * 2 > weight.text:
            return element
        if is_around_body(around):
            return around
    return element

"""How much of each block of a web page is running text: 为深入贯彻…，现提出如下意见。 weighs,
首页 > 政务公开 > 正文 does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.parse.html_names import is_site_line, word_set

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BLOCKS = word_set(
    "html body p div section article main header footer nav aside blockquote center form fieldset "
    "figure figcaption address pre hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead "
    "tbody tfoot tr td th details summary dir menu"
)
_SENTENCE = re.compile(r"[。；，！？]")
# A link to one of these is an annex of the document, not a way to another page.
_ATTACHED = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|txt|zip|rar|7z|jpe?g|png)(?:[?#]|$)", re.I
)


@dataclass(slots=True)
class Weight:
    """Characters without blanks: all of them, those in links, those of sentences. ``links`` counts
    the links, ``paragraphs`` the blocks with text of their own."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    paragraphs: int = 0

    def add(self, other: Weight) -> None:
        """Count what stands inside."""
        self.text += other.text
        self.linked += other.linked
        self.prose += other.prose
        self.links += other.links
        self.paragraphs += other.paragraphs


@dataclass(slots=True)
class _Scale:
    """The walk's state: the blocks that are open, and the text since the last block began."""

    open: list[Weight] = field(default_factory=lambda: [Weight()])
    words: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0

    def text(self, text: str | None, *, in_link: bool) -> None:
        bare = "".join((text or "").split())
        self.words.append(bare)
        self.linked += len(bare) if in_link else 0

    def settle(self) -> None:
        """Give the text so far to the innermost open block."""
        words = "".join(self.words)
        length = len(words)
        says = bool(_SENTENCE.search(words)) and self.linked * 2 < length
        prose = length if says and not is_site_line(words) else 0
        self.open[-1].add(Weight(length, self.linked, prose, self.links, 1 if words else 0))
        self.words, self.linked, self.links = [], 0, 0


def weigh(root: Element) -> dict[Element, Weight]:
    """The weight of every block of the page, what stands inside it included."""
    from lxml import etree

    weights: dict[Element, Weight] = {}
    scale = _Scale()
    inside = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_block, is_link = element.tag in BLOCKS, _leads_away(element)
        if is_block:
            scale.settle()
        if event == "start":
            inside += is_link
            scale.links += is_link
            if is_block:
                scale.open.append(Weight())
            scale.text(element.text, in_link=inside > 0)
            continue
        inside -= is_link
        if is_block:
            weights[element] = scale.open.pop()
            scale.open[-1].add(weights[element])
        if element is not root:
            scale.text(element.tail, in_link=inside > 0)
    return weights


def _leads_away(element: Element) -> bool:
    return element.tag == "a" and "href" in element.attrib and not is_attached(element)


def is_attached(element: Element) -> bool:
    """True for a link to a file: 附件：重点任务分工表.docx."""
    return _ATTACHED.search(element.get("href", "")) is not None

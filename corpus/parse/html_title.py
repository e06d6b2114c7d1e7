"""The title of an article where it stands outside of its body: the page's <h1> above the share
bar, with the document number (云政〔2024〕9号) below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.parse.flow import FlowLine
from corpus.parse.html_weight import Weight
from corpus.parse.marks import document_number, fold

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# 关于印发…的通知_云岭省教育厅; 关于印发…的通知 - 政务公开 - 云岭省人民政府
_SITE_NAME = re.compile(r"\s*(?:_|\||｜|\s[-–—]\s|-(?=[^-]*$)).*", re.S)
_TITLES = ("h1", "h2", "h3")
_SHORTEST = 4
_BEGINNING = 400


def page_title(root: Element) -> str:
    """The page's <title>, in one line."""
    return _words(next(root.iter("title"), root.makeelement("title")))


def title_of(root: Element, weights: Mapping[Element, Weight], named: str) -> str:
    """The document's title: the heading that the page's title ``named`` begins with, else the only
    <h1>, else ``named`` without the site's name; empty where there is nothing."""
    headings = [_words(e) for e in root.iter(*_TITLES) if e in weights and weights[e].text]
    for heading in headings:
        if len(heading) >= _SHORTEST and fold(heading) in fold(named):
            return heading
    first = [_words(e) for e in root.iter("h1") if e in weights and weights[e].text]
    return first[0] if len(first) == 1 else _SITE_NAME.sub("", named)


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def headline(before: Sequence[FlowLine], body: Sequence[FlowLine], title: str) -> list[FlowLine]:
    """The lines ``before`` the body that are its title and the number below it, as its first lines;
    none of what the body begins with anyhow."""
    beginning = fold("".join(line.text for line in body[:12]))[:_BEGINNING]
    found: list[FlowLine] = []
    titled = False
    for lines in _paragraphs(before):
        words = fold("".join(line.text for line in lines))
        is_title = bool(title) and words == fold(title)
        is_number = titled and document_number(words) is not None
        if ((is_title and not titled) or is_number) and words not in beginning:
            level = 1 if is_title else 0
            found += [replace(x, furniture=False, heading=level, centred=True) for x in lines]
        titled = titled or is_title
    return found


def _paragraphs(lines: Sequence[FlowLine]) -> Iterator[list[FlowLine]]:
    together: list[FlowLine] = []
    for line in lines:
        if together and together[-1].paragraph != line.paragraph:
            yield together
            together = []
        together.append(line)
    if together:
        yield together

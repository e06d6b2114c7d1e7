"""Article pages of government sites: the document's lines and tables, what the page's index says of
it, and the rest of the page (首页 > 政务公开 > 正文, 版权所有 …) as furniture.

trafilatura was tried for finding the body: it keeps every paragraph, but takes index tables and
"扫一扫在手机打开当前页" for text and knows no row spans; a task table without them names the wrong
units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.model.document import Page
from corpus.model.errors import UnreadableFile
from corpus.parse.flow import Flow, FlowLine, FlowTable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from corpus.parse.html_body import Body, Weights
    from corpus.parse.html_lines import Writer

MEDIA_TYPE = "text/html"


def read(content: bytes, *, source: str) -> Flow:
    """The article of a page; UnreadableFile where it has none."""
    from corpus.parse.html_body import find_body
    from corpus.parse.html_index import meta_of
    from corpus.parse.html_title import page_title, title_of
    from corpus.parse.html_tree import parse, prune
    from corpus.parse.html_weight import weigh

    root = parse(content, source=source)
    meta, named = meta_of(root), page_title(root)
    prune(root)
    weights = weigh(root)
    body = find_body(root, weights)
    if body is None:
        raise _no_text(source)
    text = _text(body, weights)
    before, after = _around(root, body, weights, text)
    metadata = meta | _index(root, body, text, weights)
    metadata.setdefault("标题", title_of(root, weights, named))
    items = _ordered(text.items, before, after, metadata["标题"])
    if not any(isinstance(item, FlowTable) or not item.furniture for item in items):
        raise _no_text(source)
    return Flow(tuple(items), (Page(1),), MEDIA_TYPE, {k: v for k, v in metadata.items() if v})


def _text(body: Body, weights: Weights) -> Writer:
    """The body's lines and tables; what in it is not the document is left out."""
    from corpus.parse.html_body import stands_apart
    from corpus.parse.html_index import is_index
    from corpus.parse.html_lines import Writer

    def apart(element: Element) -> bool:
        return stands_apart(element, body, weights) or is_index(element, weights)

    text = Writer(weights, apart)
    text.write(body.element)
    return text


def _around(
    root: Element, body: Body, weights: Weights, text: Writer
) -> tuple[list[FlowLine], list[FlowLine]]:
    """The page's lines before and after the body, then those left out of it, all as furniture."""
    from corpus.parse.html_index import is_index
    from corpus.parse.html_lines import Writer

    holders = set(body.element.iterancestors())

    def apart(element: Element) -> bool:
        if element in holders:
            return False
        return element is body.element or is_index(element, weights)

    rest = Writer(weights, apart, with_tables=False, paragraph=text.paragraph)
    if root is not body.element:
        rest.write(root)
    here = next((place for place, e in rest.left_out if e is body.element), 0)
    for _, element in (*rest.left_out, *text.left_out):
        if element is not body.element:
            rest.write(element)
    lines = [replace(item, furniture=True) for item in rest.items if isinstance(item, FlowLine)]
    return lines[:here], lines[here:]


def _index(root: Element, body: Body, text: Writer, weights: Weights) -> dict[str, str]:
    """What the index says, in its own blocks first, then in the lines above the body."""
    from corpus.parse.html_index import find_indexes, labelled

    said: dict[str, str] = {}
    for element in (*find_indexes(root, weights), *(e for _, e in text.left_out)):
        said = labelled(element) | said
    return labelled(root, until=body.element) | said


def _ordered(
    items: Sequence[FlowLine | FlowTable],
    before: list[FlowLine],
    after: list[FlowLine],
    title: str,
) -> list[FlowLine | FlowTable]:
    """Title, body, and at the end all furniture."""
    from corpus.parse.html_title import headline

    own = [item for item in items if isinstance(item, FlowTable) or not item.furniture]
    aside = [item for item in items if isinstance(item, FlowLine) and item.furniture]
    head = headline(before, [item for item in own if isinstance(item, FlowLine)], title)
    used = {line.paragraph for line in head}
    return [*head, *own, *(x for x in before if x.paragraph not in used), *aside, *after]


def _no_text(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "no_text",
        zh="网页中没有找到文件正文（可能是栏目页、出错页，或正文由脚本载入），请打开文件页面后另存为网页",
        en="no document text in the web page (a list of pages, an error page, or text loaded by"
        " script); open the document's own page and save that",
    )

"""One article: its text, what the page says of it (索引号, 发文机关, 成文日期 …), its attachments,
and a digest of all that counts, which visitor counters and today's date do not change.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from corpus.compare.fold import letters
from corpus.model.document import BlockKind, Document
from corpus.model.errors import UnreadableFile
from corpus.model.official import OfficialHeader
from corpus.parse import html
from corpus.parse.document import document_of
from corpus.parse.html_index import labelled, meta_of
from corpus.parse.html_title import title_of
from corpus.parse.html_tree import prune, tree_of
from corpus.parse.html_weight import weigh
from corpus.sources.attachments import attachments_of
from corpus.sources.charset import text_of
from corpus.sources.listing import address_in, day_in, text_at
from corpus.sources.site import Fields, Site
from corpus.store.crawl_records import Link

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from corpus.sources.fetch import Fetched

# The site's file calls them so, the index table so.
_KEYS = {
    "title": "标题",
    "number": "发文字号",
    "issuer": "发文机关",
    "issued": "成文日期",
    "published": "发布日期",
    "index_number": "索引号",
}


@dataclass(frozen=True, slots=True)
class Article:
    """What an article page says. ``has_text`` is false where the attachments are all there is."""

    title: str
    official: OfficialHeader
    published: date | None
    attachments: tuple[Link, ...]
    digest: str
    has_text: bool
    characters: int = 0


def read_article(fetched: Fetched, site: Site) -> Article:
    """The article of a page; UnreadableFile where it has neither text nor attachments."""
    root = tree_of(text_of(fetched.content, fetched.charset), source=fetched.url)
    if root is None:
        raise _nothing(fetched.url)
    base = next((e.get("href") for e in root.iter("base") if e.get("href")), None)
    attachments = tuple(
        attachments_of(root, address_in(base, fetched.final) or fetched.final, site.attachments)
    )
    own = _selected(root, site.article)
    try:
        return _with_text(fetched, attachments, own)
    except UnreadableFile as error:
        if error.reason not in ("no_text", "empty") or not attachments:
            raise
    return _without_text(root, attachments, own)


def _selected(root: Element, fields: Fields) -> dict[str, str]:
    """What the site's own XPaths find, under the keys of an index table."""
    paths = {key: getattr(fields, name) for name, key in _KEYS.items()}
    found = {key: text_at(root, path) for key, path in paths.items() if path}
    return {key: value for key, value in found.items() if value}


def _with_text(fetched: Fetched, attachments: tuple[Link, ...], own: dict[str, str]) -> Article:
    content = text_of(fetched.content, fetched.charset).encode("utf-8", "replace")
    flow = html.read(content, source=fetched.url)
    flow = replace(flow, metadata={**flow.metadata, **own})
    document = document_of(flow, content, source=fetched.url)
    text = _text(document)
    published = day_in(flow.metadata.get("发布日期", "")) or _published(document)
    return Article(
        title=document.official.title or "",
        official=document.official,
        published=published,
        attachments=attachments,
        digest=_digest(document.official, text, attachments),
        has_text=True,
        characters=len(text),
    )


def _without_text(root: Element, attachments: tuple[Link, ...], own: dict[str, str]) -> Article:
    """A page that only hands out files still says whose they are."""
    said = meta_of(root)
    prune(root)
    said = {**said, **labelled(root), **own}
    title = said.get("标题") or title_of(root, weigh(root), "") or ""
    issuer = said.get("发文机关")
    official = OfficialHeader(
        title=title or None,
        document_number=said.get("发文字号"),
        issuers=(issuer,) if issuer else (),
        date_of_issue=day_in(said.get("成文日期", "")),
        index_number=said.get("索引号"),
    )
    published = day_in(said.get("发布日期", ""))
    digest = _digest(official, "", attachments)
    return Article(title, official, published, attachments, digest, has_text=False)


def _text(document: Document) -> str:
    """The letters of the document, the page's furniture left out."""
    return "".join(
        letters(document.text[block.span.start : block.span.end])
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    )


def _published(document: Document) -> date | None:
    """2021-01-04 10:48 … 来源: 教育厅办公室, a line of the page that has no label for its date."""
    for block in document.blocks:
        line = document.text[block.span.start : block.span.end]
        if block.kind is BlockKind.FURNITURE and "来源" in line and day_in(line):
            return day_in(line)
    return None


def _digest(official: OfficialHeader, text: str, attachments: tuple[Link, ...]) -> str:
    said = (
        official.title,
        official.document_number,
        "、".join(official.issuers),
        official.date_of_issue,
        official.index_number,
        text,
        *(link.title for link in attachments),
    )
    joined = "\x1f".join("" if each is None else str(each) for each in said)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()


def _nothing(url: str) -> UnreadableFile:
    return UnreadableFile(
        url,
        "no_text",
        zh="网页中没有正文，也没有附件",
        en="neither text nor attachments in the page",
    )

"""Lists of articles: which entries a page has, with their dates, and where the list goes on.

Government systems page by name (index.html, index_1.html), by query (list.jsp?page=2), by a link
下一页, or load everything as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from corpus.model.errors import UnreadableFile
from corpus.parse.html_names import is_furniture
from corpus.parse.html_tree import tree_of
from corpus.sources.addresses import normal, with_query
from corpus.sources.charset import text_of
from corpus.sources.reasons import NotFetched
from corpus.sources.site import Lists, Paging, Site
from corpus.store.crawl_records import Link

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from corpus.sources.fetch import Fetched

_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_SHORTEST = 4
_ROWS = ("li", "tr", "dl", "dd", "div", "p", "article")
# How far above a link its date may stand.
_HIGHEST = 4
_NEXT = re.compile(r"^(?:下一?页|后一?页|next|[>＞»›])$", re.IGNORECASE)
# TRS: createPageHTML(12, 0, "index", "html"); the first number is how many pages there are.
_TOTAL = re.compile(r"createPageHTML\w*\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?(\d+)\s*,\s*(\d+)")
_NUMBERED = re.compile(r"_(\d+)(?=\.\w+$)")


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of one page of a list in its order, and the address of the next page."""

    links: tuple[Link, ...]
    next: str | None = None


def read_list(fetched: Fetched, site: Site, page: int) -> Listing:
    """One page of a list; ``page`` counts from 1. UnreadableFile where it is none."""
    text = text_of(fetched.content, fetched.charset)
    if site.lists.paging is Paging.JSON:
        return _from_json(text, fetched.final, site.lists, page)
    root = tree_of(text, source=fetched.url)
    if root is None:
        raise _unreadable(fetched.url)
    base = _base(root, fetched.final)
    links = tuple(_unique(_links(root, base, site.lists)))
    return Listing(links, _next(root, text, base, fetched.final, site.lists, page))


def day_in(text: str) -> date | None:
    """The first date of a text: 2024-01-05, 2024年1月5日."""
    for match in _DATE.finditer(text):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None


def words(element: Element) -> str:
    """The text of an element in one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def found(element: Element, xpath: str) -> list[Element]:
    """The elements that an XPath of the site's file finds; NotFetched for one that is none."""
    from lxml import etree

    try:
        result = element.xpath(xpath)
    except etree.XPathError as error:
        raise NotFetched(xpath, "unreadable_list", note=str(error)) from error
    return (
        [each for each in result if isinstance(each, etree._Element)]
        if (isinstance(result, list))
        else []
    )


def text_at(element: Element, xpath: str) -> str:
    """The words at an XPath, which may name an element, an attribute or a string."""
    from lxml import etree

    try:
        result = element.xpath(xpath)
    except etree.XPathError as error:
        raise NotFetched(xpath, "unreadable_list", note=str(error)) from error
    first = result[0] if isinstance(result, list) and result else result
    if isinstance(first, etree._Element):
        return words(first)
    return " ".join(first.split()) if isinstance(first, str) else ""


def address_in(href: str | None, base: str) -> str | None:
    """The address that a link leads to; None for script, mail, anchors and rubbish."""
    if not href or href.strip().startswith("#"):
        return None
    try:
        return normal(href, base)
    except NotFetched:
        return None


def _base(root: Element, final: str) -> str:
    """<base href> moves every link of the page."""
    for element in root.iter("base"):
        if element.get("href"):
            return address_in(element.get("href"), final) or final
    return final


def _links(root: Element, base: str, lists: Lists) -> Iterator[Link]:
    if lists.items:
        for row in found(root, lists.items):
            yield from _chosen(row, base, lists)
        return
    for anchor in root.iter("a"):
        url = address_in(anchor.get("href"), base)
        day = _day_beside(anchor)
        title = anchor.get("title") or words(anchor)
        if url and day and len(title) >= _SHORTEST and not _in_furniture(anchor):
            yield Link(url, _without_date(title), day)


def _chosen(row: Element, base: str, lists: Lists) -> Iterator[Link]:
    """The entry of a row that the site's own XPath found."""
    anchors = found(row, lists.link) if lists.link else list(row.iter("a"))
    for anchor in anchors:
        url = address_in(anchor.get("href"), base)
        if url:
            said = text_at(row, lists.date) if lists.date else words(row)
            yield Link(url, _without_date(anchor.get("title") or words(anchor)), day_in(said))
            return


def _day_beside(anchor: Element) -> date | None:
    """The date in the row of a link: the smallest thing around it that has a date and no other
    entry."""
    own = day_in(words(anchor))
    if own:
        return own
    element = anchor
    for _ in range(_HIGHEST):
        parent = element.getparent()
        if parent is None or sum(len(words(a)) >= _SHORTEST for a in parent.iter("a")) > 1:
            return None
        day = day_in(words(parent))
        if day:
            return day
        element = parent
    return None


def _without_date(title: str) -> str:
    """2024-01-05 关于…的通知 [2024-01-05] is 关于…的通知."""
    bare = re.sub(r"[\[(（【]?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?", "", title)
    return bare.strip(" ·•\u3000") or title


def _in_furniture(anchor: Element) -> bool:
    return any(is_furniture(element) for element in anchor.iterancestors())


def _unique(links: Iterator[Link]) -> Iterator[Link]:
    seen: set[str] = set()
    for link in links:
        if link.url not in seen:
            seen.add(link.url)
            yield link


def _next(root: Element, text: str, base: str, final: str, lists: Lists, page: int) -> str | None:
    """Where the next page would be; for paging by name and query it may turn out not to exist."""
    if lists.paging is Paging.LINK:
        return _next_link(root, base, lists)
    if lists.paging is Paging.INDEX:
        total = _TOTAL.search(text)
        if total is not None and page >= int(total[1]):
            return None
        return numbered(final, page - 1 + lists.first)
    if lists.paging is Paging.QUERY:
        return with_query(final, lists.parameter, str(page - 1 + lists.first))
    return None


def _next_link(root: Element, base: str, lists: Lists) -> str | None:
    if lists.next:
        anchors = found(root, lists.next)
    else:
        anchors = [a for a in root.iter("a") if _NEXT.match(words(a) or a.get("title", ""))]
    return next((url for a in anchors if (url := address_in(a.get("href"), base))), None)


def numbered(url: str, number: int) -> str:
    """…/tzgg/, …/tzgg/index.html and …/tzgg/index_1.html lead to …/tzgg/index_2.html."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    name = _NUMBERED.sub("", name or "index.html")
    stem, dot, suffix = name.rpartition(".")
    path = f"{folder}/{stem}_{number}{dot}{suffix}" if dot else f"{folder}/{name}_{number}"
    return urlunsplit(parts._replace(path=path))


def _from_json(text: str, final: str, lists: Lists, page: int) -> Listing:
    """Entries at a dotted name, data.list; each with its address, title and date."""
    try:
        rows = _at(json.loads(text), lists.entries)
    except ValueError as error:
        raise _unreadable(final) from error
    if not isinstance(rows, list):
        raise _unreadable(final)
    links = []
    for row in rows:
        url = address_in(_text(_at(row, lists.address)), final)
        if url:
            day = day_in(_text(_at(row, lists.dated)))
            links.append(Link(url, _text(_at(row, lists.title)), day))
    following = with_query(final, lists.parameter, str(page - 1 + lists.first))
    return Listing(tuple(_unique(iter(links))), following if links else None)


def _at(value: Any, path: str) -> Any:
    for name in filter(None, path.split(".")):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _unreadable(url: str) -> UnreadableFile:
    return UnreadableFile(
        url,
        "unreadable_list",
        zh="列表无法读取，请检查站点文件中的 lists",
        en="the list can't be read; check `lists` in the site's file",
    )

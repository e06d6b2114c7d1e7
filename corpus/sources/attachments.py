"""The files that belong to an article: linked (附件：1.实施方案.docx), shown in a frame, or fetched
by a script: onclick="download('/u/1.pdf','实施方案')".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from corpus.parse.html_names import is_furniture
from corpus.sources.listing import address_in, found, words
from corpus.sources.site import Attachments
from corpus.store.crawl_records import Link

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FRAMES = {"iframe": "src", "embed": "src", "object": "data"}
_CALLS = ("onclick", "href")
_STRING = re.compile(r"""(?P<sign>["'])(?P<text>[^"'\n]{1,500}?)(?P=sign)""")
_MARK = re.compile(r"^[【\[(（]?(?:附件|附表|附录|下载)")
_DOWNLOAD = re.compile(r"down|attach|annex|file", re.IGNORECASE)
# A picture is an attachment only where its link says so: most are there to be looked at.
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?|webp)(?:[?#]|$)", re.IGNORECASE)
_VIEWER = re.compile(r"\.html?$", re.IGNORECASE)


def attachments_of(root: Element, base: str, options: Attachments) -> list[Link]:
    """Every attachment once, in the page's order."""
    parts = found(root, options.within) if options.within else [root]
    suffixes = re.compile(rf"\.(?:{'|'.join(map(re.escape, options.suffixes))})$", re.IGNORECASE)
    links: dict[str, Link] = {}
    for part in parts:
        for link in (*_linked(part, base, suffixes), *_scripted(part, base, suffixes, options)):
            known = links.get(link.url)
            if known is None or not known.title:
                links[link.url] = link
    return list(links.values())


def _linked(root: Element, base: str, suffixes: re.Pattern[str]) -> Iterator[Link]:
    for element in root.iter("a", *_FRAMES):
        href = element.get(_FRAMES.get(str(element.tag), "href"))
        url = address_in(href, base)
        if url is None or _in_furniture(element):
            continue
        inner = _wrapped(url, suffixes)
        title = element.get("download") or words(element) or element.get("title") or ""
        if inner and _VIEWER.search(urlsplit(url).path):
            yield Link(address_in(inner, base) or url, title)
        elif _says_file(element, title, suffixes) or (
            (inner or suffixes.search(urlsplit(url).path)) and not _IMAGE.search(inner or url)
        ):
            yield Link(url, title)


def _says_file(element: Element, title: str, suffixes: re.Pattern[str]) -> bool:
    """A link without a file's name in it, whose words name one: 附件1.实施方案.docx, or 附件1 where
    the address is of a download."""
    if element.tag != "a":
        return False
    if any(suffixes.search(said.strip()) for said in (title, element.get("title") or "")):
        return True
    href = element.get("href") or ""
    return bool(_MARK.match(title) and (_DOWNLOAD.search(href) or _IMAGE.search(href)))


def _wrapped(url: str, suffixes: re.Pattern[str]) -> str | None:
    """viewer.html?file=/u/1.pdf shows 1.pdf; down.jsp?name=1.pdf sends it itself."""
    values = (value for _, value in parse_qsl(urlsplit(url).query))
    return next((value for value in values if suffixes.search(value)), None)


def _scripted(
    root: Element, base: str, suffixes: re.Pattern[str], options: Attachments
) -> Iterator[Link]:
    for element in root.iter("*"):
        if _in_furniture(element):
            continue
        for name in _CALLS:
            code = element.get(name) or ""
            if name == "onclick" or code.lower().startswith("javascript:"):
                yield from _in_code(code, base, suffixes, options, words(element))
        if element.tag == "script" and element.text:
            yield from _in_code(element.text, base, suffixes, options, "")


def _in_code(
    code: str, base: str, suffixes: re.Pattern[str], options: Attachments, label: str
) -> Iterator[Link]:
    """Addresses in a script: what the site's pattern finds, else strings that are one."""
    if options.script:
        for match in re.finditer(options.script, code):
            names = match.groupdict()
            url = address_in(names.get("url"), base)
            if url:
                yield Link(url, names.get("name") or label)
        return
    strings = [match["text"].strip() for match in _STRING.finditer(code)]
    for place, text in enumerate(strings):
        if not suffixes.search(text.partition("?")[0]) or not _is_address(text):
            continue
        if _IMAGE.search(text):
            continue
        url = address_in(text, base)
        beside = strings[place + 1] if place + 1 < len(strings) else ""
        if url:
            yield Link(url, label or (beside if _is_name(beside) else ""))


def _is_address(text: str) -> bool:
    """With a path, or plain as TRS names its files (P020240105.pdf); 实施方案.pdf is a name."""
    return "/" in text or (text.isascii() and " " not in text)


def _is_name(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _in_furniture(element: Element) -> bool:
    return any(is_furniture(each) for each in (element, *element.iterancestors()))

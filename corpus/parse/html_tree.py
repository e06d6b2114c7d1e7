"""A web page's bytes as a tree: its encoding, its repair, and what nobody can see taken out.

Government pages declare gb2312 and use signs that only GB18030 has, keep the declaration after they
were saved again as UTF-8, and leave tags open. lxml repairs them; what it can't is refused.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from corpus.model.errors import UnreadableFile
from corpus.parse.encoding import decode, empty
from corpus.parse.html_names import word_set

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_HEAD = 4096
# Summaries cut in the middle of a sign break a byte or two; they show as \ufffd.
_FEW = 1 / 200
# Both are parts of GB18030, and pages that declare them use the rest as well.
_CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030", "euc-cn"})
# Never text, whatever stands in them.
_UNSEEN = word_set(
    "script style noscript template iframe object embed applet canvas svg math audio video map "
    "select datalist textarea input button head link meta base"
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
# A page that hides most of its text shows it by script.
_MOST = 0.5


def parse(content: bytes, *, source: str) -> Element:
    """The root of the page; UnreadableFile where it is empty, or nested beyond all sense."""
    root = tree_of(decode_html(content, source=source), source=source)
    if root is None:
        raise empty(source)
    return root


def tree_of(text: str, *, source: str) -> Element | None:
    """The tree of a page or a piece of one; None where there is no element in it."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        # As bytes: lxml refuses text that declares an encoding of its own.
        content = text.replace("\0", "").encode("utf-8", "replace")
        root: Element | None = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    # libxml2 stops at its limit and hands on what it has; half a document is none.
    if any("depth" in entry.message for entry in parser.error_log):
        raise _too_deep(source)
    return root


def decode_html(content: bytes, *, source: str) -> str:
    """The text of the page: its mark, UTF-8 where it is that, what it declares, or GB18030."""
    if not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        declared = _DECLARED.search(content[:_HEAD])
        # UTF-8 first: text of some length in another encoding is never UTF-8 by chance, and
        # declarations are often left as they were when a page is saved anew.
        names = ["utf-8", _codec(declared[1].decode("ascii"))] if declared else ["utf-8"]
        for errors in ("strict", "replace"):
            for name in names:
                text = _decoded(content, name, errors)
                if text is not None:
                    return text
    return decode(content, source=source).removeprefix("\ufeff")


def _codec(declared: str) -> str:
    # A page whose declaration can be read byte by byte is never UTF-16.
    if declared.lower().startswith("utf-16"):
        return "utf-8"
    return "gb18030" if declared.lower() in _CHINESE else declared


def _decoded(content: bytes, name: str, errors: str) -> str | None:
    """None where the bytes are not of that encoding, a few broken ones apart."""
    try:
        text = content.decode(name, errors)
    except (LookupError, ValueError):
        return None
    told = sum(sign > "\x7f" for sign in text) if errors == "replace" else 0
    return text if text.count("\ufffd") <= _FEW * told or errors == "strict" else None


def _too_deep(source: str) -> UnreadableFile:
    return UnreadableFile(
        source,
        "damaged",
        zh="网页代码已损坏（标签嵌套过深），请在浏览器中打开后另存，或复制正文为文本文件",
        en="the page's code is damaged (tags nested too deep); save it anew from a browser,"
        " or copy its text to a text file",
    )


def prune(root: Element) -> None:
    """Take out scripts, forms and hidden parts, in place; the text behind each of them stays."""
    unseen = [e for e in root.iter("*") if e.tag in _UNSEEN and e is not root]
    for element in unseen:
        _drop(element)
    hidden = [e for e in root.iter("*") if _is_hidden(e) and e is not root]
    whole = _length(root) if hidden else 0
    for element in hidden:
        if _length(element) <= _MOST * whole:
            _drop(element)


def _is_hidden(element: Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _length(element: Element) -> int:
    return sum(len("".join(str(text).split())) for text in element.itertext())


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)

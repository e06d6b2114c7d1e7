"""The text inside of a Markdown paragraph without its marks: **到2027年**建成[示范区](a.html) reads
到2027年建成示范区, 5*3*2 米 and （豫政[2021](2号)） stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it.token import Token

# ">90%" at the beginning of a line or an item.
_BOUND = re.compile(r"^([ \t]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?)>(?=[=＝≥\d])", re.M)
_BREAK = re.compile(r"<br\s*/?>", re.I)
# CommonMark does not close **“双高”**建设: it takes ” for punctuation of an English sentence.
_LEFT_OPEN = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S)
# Stands for a star that is none of emphasis; no character, so no text has it.
_STAR = "\ufdd0"
_ADDRESS = re.compile(r"[./#:?@]|^$")
_LATIN = re.compile(r"[0-9A-Za-z]$")


def bounds_escaped(text: str) -> str:
    """The text with ``>`` as a bound told from ``>`` as the mark of a quotation."""
    return _BOUND.sub(r"\1\\>", text)


def lines_of(children: Sequence[Token]) -> list[str]:
    """The lines of a paragraph, as its author or <br> broke them."""
    kept = _products(children)
    links: list[str] = []
    text = ""
    for index, child in enumerate(children):
        if child.type in {"softbreak", "hardbreak"} or _is_break(child):
            text += "\n"
        elif child.type in {"text_special", "code_inline"}:
            text += child.content.replace("*", _STAR)
        elif child.type == "text":
            text += child.content
        elif child.type == "link_open":
            links.append(_no_address(child))
            text += "[" if links[-1] else ""
        elif child.type == "link_close":
            text += links.pop()
        elif index in kept:
            text += _STAR
    text = _LEFT_OPEN.sub(r"\1", text).replace(_STAR, "*").replace("\t", " ")
    return text.split("\n")


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and _BREAK.fullmatch(token.content) is not None


def _products(children: Sequence[Token]) -> set[int]:
    """The stars that multiply, 5*3*2 and 长5*宽3: the first one follows a digit or a letter."""
    found: set[int] = set()
    opened: list[tuple[int, bool]] = []
    for index, child in enumerate(children):
        if child.type == "em_open":
            before = children[index - 1].content if index else ""
            opened.append((index, child.markup == "*" and bool(_LATIN.search(before))))
        elif child.type == "em_close":
            start, multiplies = opened.pop()
            if multiplies:
                found |= {start, index}
    return found


def _no_address(link: Token) -> str:
    """What to write behind a bracket that is no link, as in [2021](2号); empty where it is one."""
    target = unquote(str(link.attrGet("href") or ""))
    return "" if _ADDRESS.search(target) else f"]({target})"

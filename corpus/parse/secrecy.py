"""Files that carry a mark of state secrecy, 机密★1年 at the head of the first page, are refused
before anything of them is kept; 内部资料 and 此件不公开 are noted and let through.

Only the mark counts, on a line with no other words than those that stand beside it there (份号,
紧急程度): 严守国家秘密 in a sentence, or a table of what is 机密 and what 秘密, is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from corpus.model.errors import UnreadableFile
from corpus.parse.flow import Flow, FlowLine
from corpus.parse.limits import DEFAULT, Limits
from corpus.parse.marks import document_number, fold, heading_level

CLASSIFIED = "classified"
_STAR = "[★☆✩✪✭✮✯⋆*]"
_TERM = (
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:年|个?月|天|日)|长期|(?:启用|公布|印发|解密)[前后]?"
)
_URGENCY = r"(?:紧急程度:?)?(?:特急|特提|加急|平急|急件)"
_COPY = r"(?:份号:?|No\.?)?\d{5,7}"
_BESIDE = rf"(?:{_COPY}|{_URGENCY})"
_LEVEL = re.compile(
    rf"{_BESIDE}*[(\[【]?(?:密级(?:和保密期限)?:?)?(?P<level>绝密|机密|秘密)"
    rf"(?:{_STAR}.{{0,12}}?|{_TERM})?[)\]】]?{_BESIDE}*"
)
# What is not for everybody, but no secret.
_INTERNAL = re.compile(
    r"\(?(?:内部(?:资料|文件|材料|传阅|使用|刊物|发行)?"
    r"(?:[,、;.·]?(?:注意保存|请勿外传|不得外传|严禁外传|请妥善保管))?"
    r"|(?:此件|本件|本文)?(?:不予?公开|不宜公开|依申请公开)"
    r"|(?:公开(?:方式|形式|属性|选项|类别)|信息公开选项):(?:不予?公开|依申请公开))\)?"
)
# The mark stands above the letterhead; a page of text ends the search.
_LINES = 16
_BODY = 60


def level_in(line: str) -> str | None:
    """绝密, 机密 or 秘密 where the folded line is its mark."""
    match = _LEVEL.fullmatch(line)
    return match["level"] if match else None


def internal(line: str) -> str | None:
    """内部资料, 此件不公开 where the folded line is such a note."""
    return line.strip("()") if _INTERNAL.fullmatch(line) else None


def marking(lines: Iterable[str]) -> str | None:
    """The level of secrecy that the head of a first page is marked with."""
    for line in _head(lines):
        level = level_in(line)
        if level is not None:
            return level
    return None


def _head(lines: Iterable[str]) -> Iterator[str]:
    """The folded lines above the text: letterhead, number and title."""
    folded = (words for line in lines if (words := fold(line)))
    for words in islice(folded, _LINES):
        opens_text = "。" in words or len(words) > _BODY or heading_level(words) > 0
        if opens_text or words.endswith(":"):
            return
        yield words
        if document_number(words):
            return


def check(content: bytes, *, source: str, limits: Limits = DEFAULT) -> None:
    """Refuse a file whose first page is marked; of a ZIP, any of its files. What can't be read is
    let through: reading it in earnest says what is wrong."""
    for flow in _first_pages(content, source, limits):
        level = marking(_lines(flow))
        if level is not None:
            raise refused(level, source=source)


def refused(level: str, *, source: str) -> UnreadableFile:
    """The error of a file that must not be here."""
    return UnreadableFile(
        source,
        CLASSIFIED,
        zh=f"文件标有密级“{level}”，不得在本系统中处理，已拒绝且未留存；请按保密规定处置该文件",
        en=f"the file is marked as classified ({level}); it was refused and not kept;"
        " handle it as the rules on state secrets demand",
    )


def _first_pages(content: bytes, source: str, limits: Limits) -> Iterator[Flow]:
    from corpus.parse.archive import members
    from corpus.parse.formats import detect, read

    try:
        if detect(content, source=source, limits=limits) != "zip":
            yield read(content, source=source, limits=limits, first=True)
            return
        held = list(members(content, source=source, limits=limits))
    except UnreadableFile:
        return
    for member in held:
        try:
            yield read(member.load(), source=member.label, limits=limits, first=True)
        except UnreadableFile:
            continue


def _lines(flow: Flow) -> Iterator[str]:
    """What stands on the first page, frames of tables or not."""
    for item in flow.items:
        lines = (item,) if isinstance(item, FlowLine) else _cells(item.cells)
        for line in lines:
            if line.page > 1:
                return
            yield from line.text.split("\n")


def _cells(cells: Iterable[object]) -> Iterator[FlowLine]:
    for cell in cells:
        yield from getattr(cell, "lines", ())


def refuse(flow: Flow, *, source: str) -> None:
    """Refuse a file that was read whole and is marked."""
    level = marking(_lines(flow))
    if level is not None:
        raise refused(level, source=source)

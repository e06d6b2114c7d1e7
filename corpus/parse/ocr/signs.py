"""Signs that recognition mixes up, put right where the rules of the field decide: [2021] in a
document number is 〔2021〕, a bracket around Chinese is （）, 一3一 at the foot of a page is — 3 —.

Every change keeps the number of characters; what was read stays with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from corpus.parse.flow import LineCorrection

_HAN = r"[\u3400-\u9fff\uf900-\ufaff〇]"
_WIDE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇，。、；：！？（）《》〈〉“”‘’〔〕【】—…·]")
_NUMBER = re.compile(
    rf"(?<={_HAN})([\[(〔【（［{{])((?:19|20)\d\d)([\])〕】）］}}])(?=第?\d{{1,5}}号)"
)
_PAGE_NUMBER = re.compile(r"([一—–\-－_~·]{1,2})(\s*\d{1,4}\s*)([一—–\-－_~·]{1,2})")
_LEADING_DASH = re.compile(rf"^[一—–\-－]{{2}}(?={_HAN})")
_RANGE = re.compile(r"(?<=\d)[一](?=\d)|(?<=\d年)[一](?=\d)|(?<=[%％])[一](?=\d)")
_WORN = re.compile(r"(?<![A-Za-z0-9])[0-9OoIl|]{2,}(?=[年号%％万亿个所家项人])")
_DIGIT_LIKE = str.maketrans("OoIl|", "00111")
_SIGNS = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_OPENING, _CLOSING = "(（", ")）"
_TITLE_OPENING, _TITLE_CLOSING = "<〈《", ">〉》"


def put_right(text: str) -> tuple[str, tuple[LineCorrection, ...]]:
    """The line with its signs put right, and what stood there before."""
    right = text
    for rule in _RULES:
        right = rule(right)
    return right, tuple(_corrections(text, right))


def _corrections(before: str, after: str) -> Iterator[LineCorrection]:
    start = 0
    while start < len(after):
        end = start
        while end < len(after) and before[end] != after[end]:
            end += 1
        if end > start:
            yield LineCorrection(start, end, before[start:end])
        start = end + 1


def _narrow_digits(text: str) -> str:
    """０–９, Ａ–Ｚ and ％ in the width in which official documents set them."""
    return re.sub(
        r"[０-９Ａ-Ｚａ-ｚ％．]", lambda m: unicodedata.normalize("NFKC", m[0]), text
    ).replace("℅", "%")


def _worn_digits(text: str) -> str:
    """2O21年 is 2021年: a letter in a number that a measure word follows is a digit."""
    return _WORN.sub(lambda m: m[0].translate(_DIGIT_LIKE) if _has_digits(m[0]) else m[0], text)


def _has_digits(run: str) -> bool:
    return sum(sign.isdigit() for sign in run) * 2 >= len(run)


def _document_number(text: str) -> str:
    """发文字号 has its year in 〔〕 (GB/T 9704)."""
    return _NUMBER.sub(r"〔\2〕", text)


def _page_number(text: str) -> str:
    match = _PAGE_NUMBER.fullmatch(text.strip())
    if match is None:
        return text
    return _PAGE_NUMBER.sub(lambda m: "—" * len(m[1]) + m[2] + "—" * len(m[3]), text)


def _dashes(text: str) -> str:
    """—— before an item, and the dash of 2021—2025, read as 一."""
    return _RANGE.sub("—", _LEADING_DASH.sub("——", text))


def _brackets(text: str) -> str:
    """Brackets by pairs: wide where the inside or the outside is Chinese."""
    return _pairs(text, _OPENING, _CLOSING, "（）", _is_chinese)


def _titles(text: str) -> str:
    """<…》 is 《…》: one half of a pair tells the other."""
    return _pairs(text, _TITLE_OPENING, _TITLE_CLOSING, "《》", _is_title)


def _is_chinese(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start] + text[start + 1 : end] + text[end + 1 : end + 2]
    return bool(_WIDE.search(around))


def _is_title(text: str, start: int, end: int) -> bool:
    return "《" in text[start] or "》" in text[end]


def _pairs(
    text: str, opening: str, closing: str, wide: str, decides: Callable[[str, int, int], bool]
) -> str:
    signs = list(text)
    waiting: list[int] = []
    for place, sign in enumerate(text):
        if sign in opening:
            waiting.append(place)
        elif sign in closing:
            start = waiting.pop() if waiting else -1
            if start < 0:
                # Its other half is on the line before; what stands at it decides.
                signs[place] = wide[1] if _beside_han(text, place) and wide[0] == "（" else sign
            elif decides(text, start, place):
                signs[start], signs[place] = wide[0], wide[1]
    for start in waiting:
        signs[start] = wide[0] if _beside_han(text, start) and wide[0] == "（" else signs[start]
    return "".join(signs)


def _beside_han(text: str, place: int) -> bool:
    return bool(_WIDE.search(text[max(0, place - 1) : place] + text[place + 1 : place + 2]))


def _punctuation(text: str) -> str:
    """Signs beside Chinese are wide ones: ，：；."""
    return "".join(
        _SIGNS[sign] if sign in _SIGNS and _beside_han(text, place) else sign
        for place, sign in enumerate(text)
    )


def _quotes(text: str) -> str:
    """Straight marks by turns; a second opening mark after an open one closes it."""
    signs = list(text)
    is_open = False
    for place, sign in enumerate(signs):
        if sign not in '"“”＂':
            continue
        if sign in '"＂' and not _beside_han(text, place):
            continue
        opens = not is_open if sign in '"＂' or is_open else sign == "“"
        signs[place] = "“" if opens else "”"
        is_open = opens
    return "".join(signs)


_RULES: tuple[Callable[[str], str], ...] = (
    _narrow_digits,
    _worn_digits,
    _page_number,
    _dashes,
    _brackets,
    _document_number,
    _titles,
    _punctuation,
    _quotes,
)

"""Texts as comparing reads them: ２００门“示范” 课程 and 200门示范课程 are the same words.

Width, blanks, quotation marks, dashes, brackets and the numbering of headings carry no meaning
between two versions of a document; everything else does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Typesetting, not meaning: every dash is one dash, every bracket a round one, no quotation marks.
_SIGNS = str.maketrans(
    dict.fromkeys("‐‑‒–—―─－~～﹣", "-")
    | dict.fromkeys("〔【［[﹝〖", "(")
    | dict.fromkeys("〕】］]﹞〗", ")")
    | dict.fromkeys("“”‘’「」『』\"'＂＇﹁﹂", None)
    | dict.fromkeys("\u200b\ufeff\u00ad", None)
)
_BLANKS = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[^\w%‰+]|_")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_NUMBERING = re.compile(
    r"^(?:第[\d一二三四五六七八九十百]+[编章节条部分]+|[\d一二三四五六七八九十百]+[、.]"
    r"|\([\d一二三四五六七八九十百]+\)[、.]?|[\d.]+(?=[^\d年月日]))"
)
# The same words with the letters left out that everybody leaves out.
_SHORTER = (
    ("中等职业", "中职"),
    ("高等职业", "高职"),
    ("普通高等学校", "普通高校"),
    ("高等学校", "高校"),
    ("规模以上", "规上"),
    ("国内生产总值", "GDP"),
    ("地区生产总值", "GDP"),
    ("生产总值", "GDP"),
    ("信息通信技术", "ICT"),
    ("人工智能", "AI"),
)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Width, blanks, quotation marks, dashes and brackets made one."""
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    return _BLANKS.sub("", text)


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """The characters and digits alone, common abbreviations made one."""
    folded = _NOT_LETTERS.sub("", fold(text))
    for long, short in _SHORTER:
        folded = folded.replace(long, short)
    return folded


@lru_cache(maxsize=8192)
def words(text: str) -> str:
    """The letters of a sentence with its numbers masked: what is said apart from how much."""
    return _NUMBERS.sub("#", letters(text))


@lru_cache(maxsize=8192)
def heading(text: str) -> str:
    """The letters of a heading without its number: （七）巩固中职教育 is 巩固中职教育."""
    folded = fold(text)
    return letters(_NUMBERING.sub("", folded) or folded)


def is_abbreviation(short: str, long: str) -> bool:
    """True where ``short`` is ``long`` with letters left out: 高水平中职校, 高水平中等职业学校.

    At least half must be left, and the last letter must be the same: the head of a Chinese noun
    stands at its end. A piece of the other (院校 of 职业院校) is a wider word, no abbreviation.
    """
    if len(short) < 4 or not len(short) < len(long) <= 2 * len(short):
        return False
    if short[-1] != long[-1] or short in long:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)

"""Reads annotated quantities: 5-10所, 1.2万人次, 百分之三十, 300多亿元, and what bounds them.

It shares nothing with the rules on purpose: a figure that both read by the same code would hide
the code's mistakes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import prod

from corpus.model.quantity import Bound, Quantity
from extractors.evaluation.alike import fold

_DIGITS = "零一二三四五六七八九"
_SPOKEN = str.maketrans("〇两俩", "零二二")
_POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGIT, _POWER = "[〇零一二三四五六七八九两俩]", "[十百千万亿]"
_SOME = rf"(?:[多余几]{_POWER}*)?"
NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?{_POWER}*{_SOME}|(?:{_DIGIT}|{_POWER})+{_SOME})"
RANGE = r"[-‐-―~至到]"

_PERCENT = re.compile(rf"百分之(?P<low>{NUMBER})(?:{RANGE}(?:百分之)?(?P<high>{NUMBER}))?")
_HALF = re.compile("一半|半数|减半")
_COUPLE = re.compile(rf"(?P<low>{_DIGIT})(?P<high>{_DIGIT})(?P<unit>(?!{_DIGIT}|{_POWER}).*)")
_AMOUNT = re.compile(rf"(?P<low>{NUMBER})(?:[^\d\-]{{0,4}}?{RANGE}(?P<high>{NUMBER}))?(?P<unit>.*)")

_NOT = "不(?:得|能|应|可|宜|要)?"
# In this order: 不超过 holds 超过, 不低于 holds 低于.
_BOUNDS = (
    (Bound.AT_LEAST, rf"{_NOT}(?:低于|少于|小于)|至少|最少|最低|以上|起"),
    (Bound.AT_MOST, rf"{_NOT}(?:超|高于|大于|多于|突破)|以内|之内|以下|至多|最多|最高|封顶|上限"),
    (Bound.ABOVE, r"超|高于|大于|多于|突破"),
    (Bound.BELOW, r"低于|少于|小于|不足|不满"),
)
_ABOUT = re.compile(r"左右|上下|约|近|多|余")


def read_number(words: str) -> Decimal:
    """The value of what NUMBER matches; 多, 余 and 几 (300多亿) are left out."""
    words = re.sub("[,多余几]", "", words).translate(_SPOKEN)
    figures = re.match(r"[\d.]+", words)
    if figures:
        return Decimal(figures[0]) * prod(_POWERS[sign] for sign in words[figures.end() :])
    return Decimal(_spoken(words))


def _spoken(words: str) -> int:
    """一千二百三十万: what stands before 亿 or 万 is counted in them; 二零二五 is read by place."""
    for sign in "亿万":
        before, found, after = words.rpartition(sign)
        if found:
            many = _spoken(before) if before else 1
            return many * _POWERS[sign] + (_spoken(after) if after else 0)
    if not re.search("[十百千]", words):
        return int("".join(str(_DIGITS.index(digit)) for digit in words))
    parts = re.findall(f"([{_DIGITS}]?)([十百千]?)", words.replace("零", ""))
    return sum(
        (_DIGITS.index(digit) if digit else 1) * _POWERS.get(sign, 1)
        for digit, sign in parts
        if digit or sign
    )


def read_quantity(raw: str) -> Quantity | None:
    """The quantity that ``raw`` names, comparator left out; None where it names no number."""
    words = fold(raw)
    if _HALF.match(words):
        return Quantity(Decimal(50), Decimal(50), "%")
    percent = _PERCENT.match(words)
    if percent:
        return _between(percent["low"], percent["high"], "%")
    couple = _COUPLE.match(words)
    if couple and read_number(couple["low"]) < read_number(couple["high"]):
        return _between(couple["low"], couple["high"], couple["unit"])
    amount = _AMOUNT.match(words)
    return _between(amount["low"], amount["high"], amount["unit"]) if amount else None


def _between(low_words: str, high_words: str | None, unit: str) -> Quantity:
    low = read_number(low_words)
    if high_words is None:
        return Quantity(low, low, unit)
    shared = re.search(rf"{_POWER}*$", high_words)
    if shared and high_words[0].isdigit() and not re.search(_POWER, low_words):
        # 15-20万元: 万 belongs to both.
        low *= prod(_POWERS[sign] for sign in shared[0])
    return Quantity(low, read_number(high_words), unit)


def read_bound(comparator: str, raw: str, quantity: Quantity) -> Bound:
    """What the words around the quantity ``raw`` make of it; an annotator marks them apart."""
    words = fold(comparator)
    for bound, pattern in _BOUNDS:
        if re.search(pattern, words):
            return bound
    if quantity.low != quantity.high:
        return Bound.RANGE
    about = _ABOUT.search(words) or re.search(r"\d[十百千万亿]*[多余几]|[十百千万亿][多余几]", raw)
    return Bound.ABOUT if about else Bound.EXACTLY

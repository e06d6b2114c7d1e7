"""Numbers as people write them: 1,000 · 1.2万 · 一百二十 · 两 · 百分之十."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

ARABIC = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN = r"[零〇一二两三四五六七八九十百千万亿]"


def read_number(words: str) -> Decimal | None:
    """The value of ``words``, folded as a view folds them; None where they are no number."""
    words = words.replace(",", "").strip()
    if not words:
        return None
    if words[0].isdigit():
        return _arabic(words)
    return _han(words)


def scale_of(words: str) -> Decimal:
    """The factor of the scale words at the end: 1.2万 is 10000, 5 is 1."""
    factor = Decimal(1)
    for character in reversed(words):
        if character not in _SCALES:
            break
        factor *= _SCALES[character]
    return factor


def _arabic(words: str) -> Decimal | None:
    digits = words.rstrip("十百千万亿")
    try:
        return Decimal(digits) * scale_of(words[len(digits) :])
    except ArithmeticError:
        return None


def _han(words: str) -> Decimal | None:
    total = section = digit = 0
    for character in words:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character not in _SCALES:
            return None
        elif _SCALES[character] >= 10_000:
            total = (total + section + digit) * _SCALES[character]
            section = digit = 0
        else:
            # 十二 is 12: a scale word without a digit before it counts once.
            section += (digit or 1) * _SCALES[character]
            digit = 0
    return Decimal(total + section + digit)

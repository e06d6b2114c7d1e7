"""Numbers as people write them: 1,000 · 1.2万 · 1万6千 · 一百二十 · 两 · 二〇二五.

What names no single number (三四十, 五六) is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_PART = rf"{_PLAIN}[十百千万亿]+"
# Digits, with or without scale words; all that stands before the last part has its own scale.
ARABIC = rf"(?:{_PART}(?:\d+[十百千万亿]+)*|{_PLAIN})"
HAN = r"[零〇一二两三四五六七八九十百千万亿]"
# What parts the two ends of a range. A scan often makes a 一 of the dash: 5一10所.
TO = r"(?:[-~∼〜‐‒−—]{1,2}|至|到|一(?=\d))"


def read_number(words: str) -> Decimal | None:
    """The value of ``words``, folded as a view folds them; None where they are no number."""
    words = words.strip()
    if not words:
        return None
    return _arabic(words) if words[0].isdigit() else _han(words)


def scale_of(words: str) -> Decimal:
    """The factor of the scale words at the end: 1.2万 is 10000, 5 is 1."""
    factor = Decimal(1)
    for character in reversed(words):
        if character not in _SCALES:
            break
        factor *= _SCALES[character]
    return factor


def _arabic(words: str) -> Decimal | None:
    if not re.fullmatch(ARABIC, words):
        return None
    parts = re.findall(r"([\d.]+)([十百千万亿]*)", words.replace(",", ""))
    factors = [scale_of(scale) for _, scale in parts]
    if factors != sorted(factors, reverse=True):
        return None
    return sum(
        (Decimal(digits) * factor for (digits, _), factor in zip(parts, factors, strict=True)),
        Decimal(0),
    )


def _han(words: str) -> Decimal | None:
    if any(c not in _DIGITS and c not in _SCALES for c in words):
        return None
    if len(words) > 1 and all(c in _DIGITS for c in words):
        return _year_like(words)
    if re.search(r"[一二两三四五六七八九]{2}", words):
        return None
    top = middle = section = digit = 0
    for character in words:
        scale = _SCALES.get(character, 1)
        if scale == 1:
            digit = _DIGITS[character]
        elif scale == 100_000_000:
            top, middle = (top + (middle + section + digit or 1)) * scale, 0
        elif scale == 10_000:
            middle = (middle + section + digit or 1) * scale
        else:
            # 十二 is 12: a scale word without a digit before it counts once.
            section += (digit or 1) * scale
        if scale > 1:
            digit = 0
        if scale >= 10_000:
            section = 0
    return Decimal(top + middle + section + digit * _dropped(words))


def _year_like(words: str) -> Decimal | None:
    """二〇二五 is read digit by digit; 五六 is about five or six."""
    if len(words) < 3 and not set(words) & {"零", "〇"}:
        return None
    return Decimal("".join(str(_DIGITS[character]) for character in words))


def _dropped(words: str) -> int:
    """一百二 is 120: the scale that speech drops from the last digit."""
    before = words[-2:-1]
    return _SCALES[before] // 10 if _SCALES.get(before, 1) >= 100 else 1

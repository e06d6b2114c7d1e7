"""Numerals of automatic lists as a word processor prints them: 3 is 三 in 三、, ③, 丙 or c.

Names of the formats are those of ECMA-376, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_LEGAL_SIMPLE, _LEGAL_FULL = "零壹贰叁肆伍陆柒捌玖", "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# The longest list in any document; beyond it a counter is a mistake of the file.
_LARGEST = 30_000


def numeral(number: int, format: str) -> str:
    """``number`` in the format of that name; digits where the format is none that is known."""
    if not 0 <= number <= _LARGEST:
        return str(number)
    write = _FORMATS.get(format)
    return (write(number) if write else None) or str(number)


def _counting(number: int, digits: str = _HAN, units: str = "十百千万") -> str:
    """十二, 一百零三: read out; 一十二 is written 十二."""
    if number == 0:
        return digits[0]
    words, zero = "", False
    for power in range(4, -1, -1):
        digit = number // 10**power % 10
        if power == 4:
            digit = number // 10**4
        if digit:
            words += ("零" if zero else "") + digits[digit] + (units[power - 1] if power else "")
            zero = False
        elif words:
            zero = True
    return words.removeprefix("一") if words.startswith("一十") else words


def _by_digits(number: int, digits: str = _HAN) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def _short_counting(number: int) -> str:
    """一 to 九十九 read out, 一〇〇 from a hundred on digit by digit."""
    return _counting(number) if number < 100 else _by_digits(number)


def _letters(number: int) -> str:
    """a to z, then aa, bb."""
    if number < 1:
        return ""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    words = ""
    for amount, sign in _ROMAN:
        words += sign * (number // amount)
        number %= amount
    return words


def _circled(number: int) -> str:
    """① to ㊿."""
    for first, start, count in ((1, 0x2460, 20), (21, 0x3251, 15), (36, 0x32B1, 15)):
        if first <= number < first + count:
            return chr(start + number - first)
    return "⓪" if number == 0 else ""


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


def _from(start: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(start + number - 1) if 1 <= number <= count else ""


def _padded(width: int) -> Callable[[int], str]:
    return lambda number: str(number).zfill(width)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _legal(digits: str, units: str) -> Callable[[int], str]:
    return lambda number: _counting(number, digits, units)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": _padded(2),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _short_counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _short_counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "taiwaneseDigital": _by_digits,
    "chineseLegalSimplified": _legal(_LEGAL_SIMPLE, "拾佰仟万"),
    "ideographLegalTraditional": _legal(_LEGAL_FULL, "拾佰仟萬"),
    "japaneseLegal": _legal(_LEGAL_FULL, "拾佰仟萬"),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographEnclosedCircle": _from(0x3280, 10),
}

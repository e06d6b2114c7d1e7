"""Signs of symbol fonts as signs that can be read: the ≥ of ≥90% may be a character of the font
Symbol, the ☑ of a form one of Wingdings.

Word keeps them by the place in the font, F0B3 for B3. What such a font has and the tables have not
is left out: it is ornament.
"""

from __future__ import annotations

import re

_SYMBOL = {
    0xA2: "′",
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB5: "∝",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xBC: "…",
    0xC5: "⊕",
    0xD0: "∠",
    0xD2: "®",
    0xD3: "©",
    0xD4: "™",
    0xD5: "∏",
    0xD6: "√",
    0xD7: "·",
    0xE5: "∑",
}
_SYMBOL |= dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SYMBOL |= dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= {code: chr(code) for code in (*range(0x20, 0x40), 0x5B, 0x5D, 0x5F, 0x7B, 0x7C, 0x7D)}
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x73: "◆",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9E: "·",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xB2: "☆",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS |= {0x81 + index: chr(0x2460 + index) for index in range(10)}
_WINGDINGS |= {0x8C + index: chr(0x2776 + index) for index in range(10)}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x98: "●"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = re.compile(r"[\uf000-\uf0ff]")


def symbol(code: int, font: str) -> str:
    """The sign at that place of a symbol font; another font's sign is its code's."""
    table = _FONTS.get(font.strip().lower())
    if table is None:
        return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
    return table.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code, "")


def symbols(text: str, font: str) -> str:
    """Text in which private characters of a symbol font are signs again."""
    return _PRIVATE.sub(lambda match: symbol(ord(match[0]), font), text)

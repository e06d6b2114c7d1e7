"""Radical code points read as the characters they stand for: ⼈⺠政府 → 人民政府.

Browsers and some printers write the text layer of a PDF from the font's glyphs, and where a radical
and an ideograph share one glyph they may name the radical. NFKC knows the Kangxi block but hardly
any of the CJK Radicals Supplement, so that block has its own table here (the facts are those of the
Unicode property Equivalent_Unified_Ideograph). Every replacement is one character for one.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧"
    "⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍"
    "⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# Where NFKC names the traditional form, but mainland fonts draw the simplified one with that glyph.
_MAINLAND = {"⼾": "户", "⾭": "青", "⿈": "黄"}
_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBILITY = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))


def _table() -> dict[int, str]:
    table = {
        code: folded
        for code in (*_KANGXI, *_COMPATIBILITY)
        if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1 and folded != chr(code)
    }
    # U+FB00–FB4F never get here; U+FA0E and its like are unified already and stay.
    table |= {ord(old): new for old, new in zip(_SUPPLEMENT, _IDEOGRAPHS, strict=True)}
    return table | {ord(old): new for old, new in _MAINLAND.items()}


_TABLE = _table()


def real(text: str) -> str:
    """``text`` with every radical and compatibility ideograph as the unified one; same length."""
    return text if text.isascii() else text.translate(_TABLE)

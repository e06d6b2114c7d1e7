"""Whether a text layer says what the page shows.

Fonts without a character map, or with a wrong one, give what looks like text: 俁坔叾 for 教育厅.
Rubbish must never pass for a policy, so each page and each font is held against what Chinese prose
always has: in any text of some length, most characters are among the few hundred commonest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.parse.pdf_glyphs import Glyph

# The five hundred commonest characters of written Chinese: about 80 % of an official document, over
# 30 % in traditional script, over 20 % of a list of names, under 10 % of wrongly mapped characters.
_COMMON = frozenset(
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之"
    "对得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定"
    "开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将"
    "员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向"
    "治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科"
    "金先声提品设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活"
    "几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五京河接条规式县白它改风光运信受"
    "什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增"
    "历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英"
    "克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃"
    "观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早"
    "况病境证编越局推满且列觉服双未居除乐企引标确织初青"
)
_FEWEST = 30
_LEAST_COMMON = 0.15
# Names are rare characters, too, but nearly all in the first level of GB 2312 (3755 characters);
# wrongly mapped ones lie anywhere. Below both of these a font is rubbish as well.
_DOUBTFUL_COMMON, _LEAST_USUAL = 0.25, 0.6
# A stray sign may be lost (a bullet, a rare name); one in a hundred is a font that can't be read.
_MOST_LOST = 0.01


@dataclass(slots=True)
class FontCount:
    """Ideographs of one font, the commonest among them, and those of GB 2312's first level."""

    ideographs: int = 0
    common: int = 0
    usual: int = 0

    def add(self, other: FontCount) -> None:
        """Count those of another page, too."""
        self.ideographs += other.ideographs
        self.common += other.common
        self.usual += other.usual

    @property
    def is_rubbish(self) -> bool:
        """Enough ideographs to tell, and hardly any that prose or names would have."""
        if self.ideographs < _FEWEST:
            return False
        common, usual = self.common / self.ideographs, self.usual / self.ideographs
        return common < _LEAST_COMMON or (common < _DOUBTFUL_COMMON and usual < _LEAST_USUAL)


@dataclass(slots=True)
class PageCount:
    """What was counted on one page. ``image_share`` is the part of it that its images cover."""

    signs: int = 0
    lost: int = 0
    turned: int = 0
    foreign: int = 0
    image_share: float = 0.0
    fonts: dict[str, FontCount] = field(default_factory=dict)


def count(glyphs: Iterable[Glyph], *, image_share: float = 0.0) -> PageCount:
    """Count what ``failures`` needs to judge a page."""
    page = PageCount(image_share=image_share)
    for glyph in glyphs:
        page.lost += glyph.lost
        if glyph.blank:
            continue
        page.signs += 1
        page.turned += glyph.turned
        if not "\u4e00" <= glyph.text <= "\u9fff":  # most are no foreign letters, and ideographs
            page.foreign += any(map(_is_foreign, glyph.text))
            if not any("\u3400" <= sign <= "\u9fff" for sign in glyph.text):
                continue
        font = page.fonts.setdefault(glyph.font, FontCount())
        font.ideographs += 1
        font.common += glyph.text in _COMMON
        font.usual += _is_usual(glyph.text)
    return page


def _is_usual(sign: str) -> bool:
    """True for the first level of GB 2312, rows 16 to 55."""
    return 0xB0 <= (sign.encode("gb2312", "ignore") or b"\0")[0] <= 0xD7


def _is_foreign(sign: str) -> bool:
    """Letters that Chinese and English texts don't use, but bytes read in a wrong code do."""
    return "\u00a1" <= sign <= "\u02ff" and sign not in "·×÷±°§²³µ«»üāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"


def failures(pages: list[PageCount]) -> list[str | None]:
    """For each page, why its text can't be trusted, or None."""
    fonts: dict[str, FontCount] = {}
    for page in pages:
        for name, font in page.fonts.items():
            fonts.setdefault(name, FontCount()).add(font)
    rubbish = {name for name, font in fonts.items() if font.is_rubbish}
    return [_failure(page, rubbish) for page in pages]


def _failure(page: PageCount, rubbish: set[str]) -> str | None:
    if page.signs < _FEWEST and page.image_share > 0.5:
        return SCAN
    garbled = sum(font.ideographs for name, font in page.fonts.items() if name in rubbish)
    whole = FontCount()
    for font in page.fonts.values():
        whole.add(font)
    if garbled > 0.05 * page.signs or whole.is_rubbish:
        return GARBLED
    if page.lost + page.foreign > max(4, _MOST_LOST * page.signs):
        return UNMAPPED
    return TURNED if page.turned > 0.5 * max(page.signs, _FEWEST) else None


SCAN = "扫描页，没有文本层 | a scanned page without a text layer"
GARBLED = "文本层为乱码，与页面所示文字不符 | the text layer is rubbish, not what the page shows"
UNMAPPED = "字体缺少字符映射，部分文字无法读出 | a font without character map, text is lost"
TURNED = "页面文字方向旋转，无法按行读取 | the text runs sideways and can't be read in lines"

"""Numbers with a measure word, and what bounds them: 70所左右, 不低于10%, 5-10所, 1.2万人次.

A number in the name of a thing (“1+X”, 《…2035》, 5G), an ordinal (第3条), a date and a list
numeral are no quantities; a duration (3年内) is a deadline's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.model.quantity import Bound, Quantity
from extractors.nlp.register_tables import places
from extractors.rules.numbers import ARABIC, HAN, TO, read_number, scale_of

# Longest first, so that 人次 is not read as 人. Counting and measuring words of official prose.
_MEASURES = (
    "个百分点|个基点|个工作日|个学时|个课时|个小时|个自然日|个月|万千瓦时|千瓦时|千瓦小时|"
    "吨标准煤|标准立方米|立方米|平方公里|平方千米|平方米|亩次|公里|千米|海里|毫米|厘米|"
    "兆瓦时|兆瓦|吉瓦|千瓦|公顷|公斤|千克|毫克|微克|毫升|千卡|千伏安|千伏|"
    "人次|人天|人年|户次|架次|剂次|场次|班次|台次|批次|例次|车次|件次|家次|标箱|标准箱|"
    "美元|欧元|港元|学时|课时|学分|学期|小时|分钟|世纪|摄氏度|"
    "%|‰|元|角|人|名|位|所|个|家|项|门|种|套|部(?!门|委|分|队|署|位)|件|台|辆|座|处|条|米|亩|吨|斤|克|升|倍|"
    "次|户|村|天|日|周(?!年)|月|年|级|届|班|床|张|册|本|篇|期|场|轮|批|支|只|头|株|棵|艘|架|列|间|"
    "栋|幢|片|块|类|对|双|组|份|例|起|宗|票|档|段|层|岁|秒|瓦|码|字|页|题|分|成|番|盏|口|眼|"
    "枚|具|副|顶|把|根|股|样|方|尾|羽|箱|桶|袋|包|瓶|盒|把|颗|趟|班|节|师|团|℃|°C|"
    "GW|MW|kW|kWh|GWh|TWh|km|kg|mg|mL|ml|PB|TB|GB|MB|EFLOPS|PFLOPS|Gbps|Mbps|TEU"
)
# Chinese numerals are too often words (一批, 三教, 一体): only before words that count.
_COUNTERS = (
    "个百分点|个工作日|个月|个小时|小时|年|人次|批次|课时|学时|倍|次|所|家|项|门|名|座|处|套|个|"
    "人|场|期|种|条|批|件|户|轮|类|番|支|部(?!门|委|分|队|署|位)|台|天"
)
# 300万元/年, 35微克/立方米, 60间/万人口
_PER = (
    r"(?:平方米|立方米|平方公里|万?人口?|万元|年|月|天|日|小时|生|亩|吨|公里|公斤|千克|升|毫升|千瓦时|"
    r"度|次|户|名|件|台|套|个)"
)
# Not inside a longer number, a code (PM2.5), or digits that a text layer sets apart (1 2 0个).
_APART = r"(?<![\d.A-Za-z+])(?<!\d )"

_ARABIC_QUANTITY = re.compile(
    rf"{_APART}(?P<low>{ARABIC})(?P<few>[多余几])?"
    rf"(?:(?:%|‰|个百分点|[万亿]?元|[个所家项名])?{TO}(?P<high>{ARABIC}))?"
    rf"(?P<more>[多余几])?(?P<unit>(?:万|亿)?(?:{_MEASURES})(?:/{_PER})?)(?P<over>[多余](?![万千百十亿]))?"
)
# 第三批, 每三户, 几十家 count nothing, or not one number.
_UNNAMED = rf"(?<!{HAN})(?<![第每某各逐同统几数])"
_HAN_QUANTITY = re.compile(
    rf"{_UNNAMED}(?P<low>{HAN}+)(?P<few>[多余])?"
    rf"(?:{TO}(?P<high>{HAN}+))?(?P<more>[多余])?(?P<unit>{_COUNTERS})"
)
_PER_HUNDRED = re.compile(rf"百分之(?P<low>{HAN}+|{ARABIC})(?:{TO}(?:百分之)?(?P<high>{HAN}+))?")
# 两三个, 五六家: a range.
_COUPLE = re.compile(
    rf"{_UNNAMED}(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<unit>{_COUNTERS})"
)
_FRACTION = re.compile(rf"(?P<low>{HAN}+)(?P<unit>分之{HAN}+)")
# 增加500万沼气用户: a bare scale counts the noun behind it.
_BARE = re.compile(rf"{_APART}(?P<low>\d+(?:\.\d+)?[万亿])(?P<more>[多余])?(?=[\u4e00-\u9fff“])")
_HALF = re.compile(r"(?P<low>减半|一半|半数|零增长)")
_MULTIPLE = re.compile(r"翻(?P<low>[一两二三])番")

_NOT = r"不(?:得|能|应|可|宜|要)?"
_BEFORE = re.compile(
    rf"(?:(?P<at_least>{_NOT}(?:低于|少于|小于)|至少|最少|最低|下限为?)|"
    rf"(?P<at_most>(?:最高|最多|原则上)?{_NOT}(?:超过|高于|大于|突破|多于)"
    r"|控制在|压减?到|至多|最多|最高|上限为?)|"
    r"(?P<above>超过|高于|大于|超|多于)|(?P<below>低于|少于|小于|不足|不满)|"
    r"(?P<about>大约|约为|(?<![节集契签制])约|(?<![最附邻靠])近|将近|接近|平均约))"
    r"(?:要|应|应当|需|须|有|为|达到?|到)?$"
)
_AFTER = re.compile(
    r"^(?:(?P<about>左右|上下)|(?P<at_least>(?:\(含[^()]{0,8}\)|及|或)?以上|起(?=[,。;、)]|$))|"
    r"(?P<at_most>(?:\(含[^()]{0,8}\)|及|或)?(?:以下|以内|之内)|封顶))"
)

# What makes a number part of a name or of a date. Looked at in the view, around the match.
_NAME_BEFORE = re.compile(r"(?:第|×|\(含|[A-Za-z+]|[\d.]|〔|\[|No\.?|代号|编号)$")
_NAME_AFTER = re.compile(r"^(?:\+|X|号(?!线)|%?\s*\+)")


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity in a view: ``start``–``end`` the number with its measure word, ``bound_span``
    its comparator if one is said; ``whole`` covers both."""

    start: int
    end: int
    quantity: Quantity
    bound: Bound
    bound_span: tuple[int, int] | None
    rule: str

    @property
    def whole(self) -> tuple[int, int]:
        """From the first to the last character, comparator included."""
        if self.bound_span is None:
            return self.start, self.end
        return min(self.start, self.bound_span[0]), max(self.end, self.bound_span[1])


def find_quantities(text: str) -> list[QuantityMention]:
    """Every quantity of a view's text, in order. Durations and dates are left out."""
    found: list[QuantityMention] = []
    taken = _names(text)
    for match, rule in _candidates(text):
        start, end = match.start(), match.end()
        if any(a < end and start < b for a, b in taken):
            continue
        mention = _read(text, match, rule)
        if mention is not None:
            found.append(mention)
            taken.append((start, end))
    return sorted(found, key=lambda m: m.start)


def _candidates(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for pattern, rule in (
        (_PER_HUNDRED, "per_hundred"),
        (_MULTIPLE, "multiple"),
        (_ARABIC_QUANTITY, "arabic"),
        (_HAN_QUANTITY, "han"),
        (_HALF, "half"),
        (_COUPLE, "couple"),
        (_FRACTION, "fraction"),
        (_BARE, "bare"),
    ):
        for match in pattern.finditer(text):
            yield match, rule


def _names(text: str) -> list[tuple[int, int]]:
    """Ranges in which numbers belong to names: titles, document numbers, quoted short names."""
    found = [m.span() for m in re.finditer(r"《[^》]*》|〔\d+〕\s*\d+号|\[\d{4}\]\d+号", text)]
    for match in re.finditer(r"[“\"]([^”\"]{1,14})[”\"]", text):
        inner = match[1]
        # “7天集中隔离” promises; “1+X”, “双高计划”, “一校一品”, “3+2” are names.
        if not re.match(rf"{ARABIC}(?:{_MEASURES})", inner) or "+" in inner:
            found.append(match.span())
    found += [m.span() for m in re.finditer(r"\d+\s*\+\s*(?:X|\d+)|\d+G(?!W|b)", text)]
    found += [m.span() for m in re.finditer(_DATE, text)]
    return found


# 2025年, 2023年3月底前, 3月5日, “十四五”: dates, which deadlines read.
_DATE = (
    r"(?:19|20)\d\d\s*年?\s*(?:[-—~至]\s*(?:19|20)\d\d)?\s*年度?(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|(?<!\d)\d{1,2}月(?:\d{1,2}日|份|底|上旬|中旬|下旬|初|末)?(?!以上|龄)"
    r"|(?<!\d)\d{1,2}日(?=前|起|至|,|。|印发|发布)"
)


def _read(text: str, match: re.Match[str], rule: str) -> QuantityMention | None:
    start, end = match.start(), match.end()
    if _NAME_BEFORE.search(text[max(0, start - 4) : start]) and rule != "per_hundred":
        return None
    if _NAME_AFTER.match(text[end:]):
        return None
    quantity = _quantity(match, rule)
    if quantity is None or not _counts(text, match, rule, quantity):
        return None
    bound, bound_span = _bound(text, match, quantity)
    return QuantityMention(start, end, quantity, bound, bound_span, rule)


def _quantity(match: re.Match[str], rule: str) -> Quantity | None:
    if rule == "half":
        if match["low"] == "零增长":
            return Quantity(Decimal(0), Decimal(0), "%")
        return Quantity(Decimal(50), Decimal(50), "%")
    low = read_number(match["low"])
    if low is None:
        return None
    if rule == "multiple":
        return Quantity(low, low, "番")
    if rule in ("fraction", "bare"):
        return Quantity(low, low, match["unit"] if rule == "fraction" else "")
    high_words = match["high"]
    high = read_number(high_words) if high_words else low
    if high is None:
        return None
    unit = "%" if rule == "per_hundred" else match["unit"]
    factor = Decimal(1)
    if unit[0] in "万亿" and len(unit) > 1 and not unit.startswith("万千瓦时"):
        factor = scale_of(unit[0])
        unit = unit[1:]
    if high_words and rule == "arabic":
        shared = scale_of(high_words[len(high_words.rstrip("十百千万亿")) :])
        if shared > 1 and scale_of(match["low"]) == 1:
            low *= shared
    return Quantity(low * factor, high * factor, unit)


_DURATIONS = re.compile(r"年|月|日|个月|个工作日|个自然日|周|天|小时|个小时")
# 3年内, 5年来, 30日前 are times, 3年期, 2年级 are kinds.
_TIME_AFTER = re.compile(
    r"内|以内|之内|前|后|起|来|间|的?时间|的?努力|制|期|龄|度|级|份|底|初|末|以前"
)
_LENGTH_BEFORE = re.compile(
    r"(?:不少于|不低于|至少|不超过|不得超过|不得少于|延长|缩短|提高到|达到)$"
)


@cache
def _numbered_places() -> re.Pattern[str]:
    """三门峡, 九江, 六安: places whose names hold a numeral."""
    names = {name for name in places().cities if re.search(HAN, name) and len(name) > 2}
    return re.compile("|".join(sorted(names, key=lambda name: (-len(name), name))))


_ONE_COUNTS = (
    r"至少|不少于|每[^,。;]{1,8}$|[年月周季度]$"
    r"|(?:开展|组织|召开|修订|举办|进行|培训|检查|评估|更新|报送|通报|调度|演练|评价|考核|研究|巡查|轮训)$"
)


def _in_place_name(text: str, match: re.Match[str]) -> bool:
    start = max(0, match.start() - 6)
    found = _numbered_places().finditer(text, start, match.end() + 6)
    return any(place.start() < match.end() and match.start() < place.end() for place in found)


def _counts(text: str, match: re.Match[str], rule: str, quantity: Quantity) -> bool:
    """False for numbers that count nothing promised: durations, ages, ordinals, 一个整体."""
    after = text[match.end() : match.end() + 4]
    before = text[max(0, match.start() - 8) : match.start()]
    unit = quantity.unit
    if unit == "岁":
        # 预期寿命达到79岁 counts; 为65岁以上老年人 says for whom.
        return bool(re.search(r"(?:到|至|达|高|加|长|于|超过|少|约)$", before))
    if _DURATIONS.fullmatch(unit):
        return _duration_is_promised(before, after, unit)
    if unit in ("级", "届", "期", "班", "成", "段", "方", "分", "团", "师", "字", "码"):
        return rule == "arabic" and not after.startswith(("制", "以上", "会", "次", "工程"))
    if rule in ("han", "couple"):
        if _in_place_name(text, match):
            return False
        return _han_counts(match, before, after)
    return not before.endswith("每")


def _duration_is_promised(before: str, after: str, unit: str) -> bool:
    """A length of time is a quantity only where it is itself what is bounded: 期限不超过48个月."""
    if _TIME_AFTER.match(after):
        return False
    if unit in ("年", "月", "日"):
        return bool(_LENGTH_BEFORE.search(before))
    return bool(re.search(r"[于少过为到达至行展施取续长短满隔高低加减]$|超$", before))


# 中央八项规定, 三次产业: names and terms made with a number.
_TERM_AFTER = re.compile(
    r"方面|层次|层面|维度|环节|原则|导向|关系|规定|产业(?!园|项目|集群|基地)|性|化|律"
)
# 省人大五次会议 is the fifth; 召开五次会议 counts them.
_SESSION_AFTER = re.compile(r"会议|全会|党代会|代表大会|党的|全国")
# As a count, 二 stands only in 二十 and before 以上: 二次供水, 二期, 二类 are names.
_SECOND = re.compile(r"(?:次|期|类|轮|部|场|门)(?!以上|以下)")


def _han_counts(match: re.Match[str], before: str, after: str) -> bool:
    words = match["low"]
    if words[0] in "零〇":
        return False
    if set(words) <= set("万千百亿十"):
        # 百家争鸣, 千家万户 are words; 突破百项关键技术 counts.
        return match["unit"] in ("项", "家", "个", "件", "名", "所", "种", "门") and not (
            after.startswith(("万", "争")) or words[0] == "万"
        )
    if match["unit"] == "批" or _TERM_AFTER.match(after):
        return False
    if _SESSION_AFTER.match(after) and not re.search(r"开|举[办行]|至少|不少于", before):
        return False
    if words == "二" and _SECOND.match(match["unit"] + after):
        return False
    if words == "一":
        if re.search(r"[新这那上下前后另]$", before):
            return False
        # 一个 is mostly an article; 每…至少一次 counts.
        if match["unit"] in ("次", "轮") and before.endswith(("完成", "增加")):
            return True
        return match["unit"] == "倍" or bool(re.search(_ONE_COUNTS, before))
    return True


def _bound(
    text: str, match: re.Match[str], quantity: Quantity
) -> tuple[Bound, tuple[int, int] | None]:
    head = text[max(0, match.start() - 12) : match.start()]
    tail = text[match.end() : match.end() + 14]
    after = _AFTER.match(tail)
    before = _BEFORE.search(head)
    if before and not _controls(before, after):
        name = next(k for k, v in before.groupdict().items() if v)
        offset = match.start() - len(head)
        return Bound(name), (offset + before.start(name), offset + before.end(name))
    if after:
        name = next(k for k, v in after.groupdict().items() if v)
        return Bound(name), (match.end() + after.start(name), match.end() + after.end(name))
    if quantity.low != quantity.high:
        return Bound.RANGE, None
    fuzzy = any(match.groupdict().get(key) for key in ("few", "more", "over"))
    return (Bound.ABOUT if fuzzy else Bound.EXACTLY), None


def _controls(before: re.Match[str], after: re.Match[str] | None) -> bool:
    """控制在, 压到 bound only together with 以内: alone they are actions."""
    words = before["at_most"] or ""
    return words.startswith(("控制", "压"))

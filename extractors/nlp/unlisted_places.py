"""Places that are in no table, read from the names of their offices: 云岭省 of 云岭省民政厅, 义乌市
of 义乌市人民政府办公室.

The table of places has provinces and prefecture-level cities; a county-level city, a new province
or an invented one is known only by what stands behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.nlp.register_tables import places


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """``rest`` is what stands behind the place: 民政厅 of 云岭省民政厅."""

    province: str | None
    city: str | None
    rest: str


# 各省, 我市 are no names; neither are the verbs and prepositions before 省教育厅: 会同省教育厅.
_NO_NAME = (
    r"(?!会同|商请|提请|支持|配合|协助|指导|督促|协调|组织|根据|按照|依照|依据|依托|规范|做好|加强"
    r"|落实|完善|推动|推进|支撑|建立|健全|制定|编制|属于|对接|相关|其他|所有|国家|中央|自治|直辖|省辖"
    r"|地级|县级|全国|本级|上级|下级)"
)
_SIGN = r"(?![省市团各有报经由向请及与按把被让我跨的])[\u4e00-\u9fff]"
_PROVINCE = rf"(?:{_SIGN}){{2}}(?:省|[\u4e00-\u9fff]{{0,5}}自治区)"
# 海绵城市, 超市, 股市 and the like end in 市 and are no city.
_CITY = (
    rf"(?:{_SIGN}){{1,3}}(?![城都超股门集楼夜菜上]){_SIGN}市"
    r"(?!场|级|直|容|域|区化|化)"
)
_OFFICE = (
    r"(?:人民政府|政府(?=办|$|关于)|委(?=办|$|员会|[\u4e00-\u9fff]{2,3}部)"
    r"|(?!级|直|辖|属|内|份|长)[\u4e00-\u9fff]{2,14}?(?:厅|局|委员会|委(?!托|派|员)|办公室))"
)
_PROVINCE_OF_NAME = rf"(?P<province>{_PROVINCE})(?={_OFFICE}|{_CITY}{_OFFICE})"
_CITY_OF_NAME = rf"(?P<city>{_CITY})(?={_OFFICE})"
_BEFORE_ISSUER = r"(?:^|(?<=[部局署委会厅、《“\"]))"
_ISSUER = re.compile(
    rf"{_BEFORE_ISSUER}(?:中共)?{_NO_NAME}"
    rf"(?:{_PROVINCE_OF_NAME}(?:{_CITY_OF_NAME})?|{_CITY_OF_NAME.replace('city', 'only_city')})"
)
_IN_TITLE = re.compile(rf"[《“\"]{_NO_NAME}(?P<place>{_PROVINCE}|{_CITY})(?=.{{2,}})")
_IN_TEXT = re.compile(
    rf"(?:(?<=[^\u4e00-\u9fff])|^){_NO_NAME}(?P<province>{_PROVINCE})(?={_OFFICE})"
)


def place_of_name(name: str) -> NamedPlace | None:
    """The place that the name of an office begins with; None where it begins with none."""
    match = _ISSUER.match(name)
    return _named(match) if match else None


def places_in_issuer(issuer: str) -> Iterator[NamedPlace]:
    """Of 教育部云岭省人民政府 the second, too."""
    return (_named(match) for match in _ISSUER.finditer(issuer))


def _named(match: re.Match[str]) -> NamedPlace:
    city = match["city"] or match["only_city"]
    return NamedPlace(match["province"], city, match.string[match.end() :])


def place_in_title(title: str) -> NamedPlace | None:
    """Of 关于印发《云岭省养老服务规划》的通知."""
    match = _IN_TITLE.search(title)
    if match is None:
        return None
    place = match["place"]
    if place.endswith("市"):
        return NamedPlace(None, place, "")
    return NamedPlace(place, None, "")


def unlisted_provinces(text: str) -> Counter[str]:
    """How often each province that is in no table is named with an office: “云岭省民政厅”."""
    found = Counter(match["province"] for match in _IN_TEXT.finditer(text))
    return Counter({name: n for name, n in found.items() if name not in places().provinces})

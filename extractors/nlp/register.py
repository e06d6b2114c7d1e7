"""Full names of government units in the issuer's jurisdiction (责任单位规范名称).

In a document of 郑州市, 省教育厅 is 河南省教育厅, 市工信局 is 郑州市工业和信息化局, 市委组织部 is
中共郑州市委组织部; open groups (各省辖市政府, 有关院校) stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.model.organisation import Jurisdiction
from extractors.nlp.register_tables import (
    Level,
    Office,
    by_form,
    form_key,
    is_municipality,
    offices,
    places,
)
from extractors.nlp.unit_kinds import UnitKind, begins_otherwise, is_group, is_unit, unit_kind
from extractors.nlp.unlisted_places import place_of_name

__all__ = [
    "UnitKind",
    "begins_otherwise",
    "is_group",
    "is_unit",
    "level_word",
    "resolve",
    "unit_kind",
]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a name: level, place, and what is left of the name."""

    level: Level
    place: str
    rest: str
    certain: bool = True  # a place or level word was written, not guessed


_LEVEL_WORD = re.compile(
    r"(?P<nation>国家|国务院|中央|全国|中华人民共和国)|(?:全|我|本|该)?(?P<province>自治区|省)(?!级|直(?!机关)|辖|属|际)"
    r"|(?:全|我|本|该)?(?P<city>市|州|盟)"
    r"(?!级|直(?!机关)|辖|属|场|容|民(?![政族宗])|政(?![府协法务数]))"
    r"|(?:全|我|本|该)?(?P<county>县|区|旗)"
    r"(?!级|直(?!机关)|属|域|块)"
)
# 中牟县教育局, 金水区政府: counties are not in the register, their offices are.
_COUNTY = re.compile(
    r"(?P<place>(?![各省市县区]|有关|国家)[\u4e00-\u9fff]{1,8}?(?:自治县|县|区|旗|市))(?P<rest>.+)"
)
_YOUTH_LEAGUE = re.compile(r"^团(自治区|[省市县区州旗])委$")
_REGULATOR_NAMES = {
    "金融监管局": "国家金融监督管理总局",
    "银保监局": "中国银行保险监督管理委员会",
    "证监局": "中国证券监督管理委员会",
}
_REGULATORS = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{2,4}}?)(?P<office>{'|'.join(_REGULATOR_NAMES)})$"
)
_BRANCH = re.compile(r"^(?:人民银行|人行)(?=.)")
_HEAD_OF_OFFICE = re.compile(
    r"(?:局|厅|委|办|部|署|院|会|中心|队|社|馆|所|台|站|处|室|公司|集团|银行|学校|学院|大学|联|政府)$"
)


@lru_cache(maxsize=4096)
def resolve(raw: str, jurisdiction: Jurisdiction) -> tuple[str, bool]:
    """Full name of ``raw``, and whether the register knows it.

    A name that the register doesn't know is only completed with its place (市政府口岸物流办), or
    left as written.
    """
    name = re.sub(r"\s", "", raw)
    if not name or is_group(name):
        return raw, False
    if _is_official(name):
        return name, True
    branch = _branch_of_regulator(name, jurisdiction)
    if branch is not None:
        return branch, True
    name = _YOUTH_LEAGUE.sub(r"\1团委", name.removeprefix("中共"))
    readings = list(_readings(name, jurisdiction))
    for reading in readings:
        office = _office(reading)
        if office is not None:
            return _full_name(office, reading.place), True
    for reading in readings:
        if reading.certain and _HEAD_OF_OFFICE.search(reading.rest):
            return _completed(reading), False
    return _BRANCH.sub("中国人民银行", raw), False


def _branch_of_regulator(name: str, jurisdiction: Jurisdiction) -> str | None:
    """河南证监局, 上海金融监管局: with the short name of a place it is the nation's branch there,
    where 省金融监管局 is the province's own."""
    match = _REGULATORS.match(name)
    if match is None:
        return None
    known = places()
    own = {(p or "").rstrip("省市") for p in (jurisdiction.province, jurisdiction.city)}
    place = match["place"]
    short = known.provinces.get(place, known.cities.get(place, place)) != place or place in own
    return f"{_REGULATOR_NAMES[match['office']]}{place}监管局" if short else None


def level_word(raw: str) -> str:
    """What a list's next names inherit: 省 of 省教育厅, 郑州市 of 郑州市教育局, "" of 财政厅."""
    for names in (places().provinces, places().cities):
        place = _longest(raw, names)
        if place is not None and place != raw:
            return place
    league = _YOUTH_LEAGUE.match(raw)
    if league is not None:
        return league[1]
    unlisted = place_of_name(raw)
    if unlisted is not None:
        return raw.removesuffix(unlisted.rest)
    county = _COUNTY.match(raw)
    if county is not None and (Level.COUNTY, form_key(county["rest"])) in by_form():
        return county["place"]
    match = _LEVEL_WORD.match(raw)
    return match[0] if match and match.end() < len(raw) else ""


def _is_official(name: str) -> bool:
    """共青团河南省委, 国家税务总局郑州市税务局: full names that don't begin with the place."""
    heads = {office.name.split("~")[0] for office in offices() if "~" in office.name} - {""}
    names = {office.name for office in offices()}
    known = places()
    for head in heads:
        rest = name.removeprefix(head)
        place = _longest(rest, known.provinces) or _longest(rest, known.cities)
        if rest != name and place and f"{head}~{rest.removeprefix(place)}" in names:
            return True
    return False


def _readings(name: str, jurisdiction: Jurisdiction) -> Iterator[_Reading]:
    yield from _placed(name)
    yield from _unlisted(name)
    match = _LEVEL_WORD.match(name)
    if match is not None and match.end() < len(name):
        yield from _levelled(match, name[match.end() :], jurisdiction)
    county = _COUNTY.match(name)
    if county is not None and (Level.COUNTY, form_key(county["rest"])) in by_form():
        yield _Reading(Level.COUNTY, county["place"], county["rest"])
    yield from _bare(name, jurisdiction)


def _placed(name: str) -> Iterator[_Reading]:
    """Names that begin with a province or city: 河南省教育厅, 驻马店市政府, 河南省郑州市教育局."""
    known = places()
    province = _longest(name, known.provinces)
    city = _longest(name.removeprefix(province or ""), known.cities)
    if province and not city:
        full = known.provinces[province]
        rest = name.removeprefix(province)
        for level in (Level.PROVINCE, Level.CITY) if is_municipality(full) else (Level.PROVINCE,):
            yield _Reading(level, full, rest, certain=province == full)
    if city:
        rest = name.removeprefix(province or "").removeprefix(city)
        yield _Reading(Level.CITY, known.cities[city], rest, certain=known.cities[city] == city)


def _unlisted(name: str) -> Iterator[_Reading]:
    """Names that begin with a place in no table: 云岭省民政厅, 云岭省青禾市民政局, 义乌市教育局."""
    place = place_of_name(name)
    known = places()
    if place is None:
        return
    if place.city is not None:
        if place.city not in known.cities and place.city not in known.provinces:
            yield _Reading(Level.CITY, place.city, place.rest)
    elif place.province is not None and place.province not in known.provinces:
        yield _Reading(Level.PROVINCE, place.province, place.rest)


def _longest(name: str, known: dict[str, str]) -> str | None:
    fitting = [place for place in known if name.startswith(place)]
    return max(fitting, key=len, default=None)


def _levelled(match: re.Match[str], rest: str, jurisdiction: Jurisdiction) -> Iterator[_Reading]:
    """Names that begin with a level word; its place is the issuer's, else the word itself."""
    province, city = jurisdiction.province, jurisdiction.city
    if match["nation"]:
        yield _Reading(Level.NATION, "", rest, certain=False)
    elif match["province"]:
        yield _Reading(Level.PROVINCE, province or match["province"], rest)
    elif match["city"]:
        if city is None and province is not None and is_municipality(province):
            yield _Reading(Level.CITY, province, rest)
            yield _Reading(Level.PROVINCE, province, rest)
        else:
            yield _Reading(Level.CITY, city or match["city"], rest)
    else:
        yield _Reading(Level.COUNTY, match["county"], rest)


def _bare(name: str, jurisdiction: Jurisdiction) -> Iterator[_Reading]:
    """Names with no place: the issuer's own level first, then those above."""
    province, city = jurisdiction.province, jurisdiction.city
    if city is not None:
        yield _Reading(Level.CITY, city, name, certain=False)
    if province is not None:
        if is_municipality(province):
            yield _Reading(Level.CITY, province, name, certain=False)
        yield _Reading(Level.PROVINCE, province, name, certain=False)
    yield _Reading(Level.NATION, "", name, certain=False)


def _office(reading: _Reading) -> Office | None:
    return by_form().get((reading.level, form_key(reading.rest)))


def _full_name(office: Office, place: str) -> str:
    template = office.name
    if place.endswith("自治区") and "~委" in template and "~委员会" not in template:
        template = template.replace("~委", "~委员会")
    return template.replace("~", place)


def _completed(reading: _Reading) -> str:
    rest = re.sub(r"^政府", "人民政府", reading.rest)
    if re.match(r"委(?!员会).", rest):
        return f"中共{reading.place}{rest}"
    return reading.place + rest

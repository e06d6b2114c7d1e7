"""Whose names a document uses: in 郑政办〔2022〕8号, 市 is 郑州市 and 省 is 河南省.

Asked in turn: who issued it, its title, the letters of its number (豫政 is 河南省), to whom it
goes, and at last which places its text names most. A letter is a weak sign: 云政发 of 云岭省 (in no
table) is not 云南省's, so a place that is named goes before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.model.document import Document
from corpus.model.organisation import Jurisdiction
from corpus.model.view import tidy
from extractors.nlp.register_tables import places
from extractors.nlp.unlisted_places import (
    NamedPlace,
    place_in_title,
    places_in_issuer,
    unlisted_provinces,
)

# A short name counts only where an office follows: 河南教育厅, not 海南岛 or 中山装.
_OFFICE_FOLLOWS = (
    r"(?!省|市|自治|州|地区)"
    r"(?=[\u4e00-\u9fff]{0,4}(?:省委|市委|州委|人民政府|政府|[\u4e00-\u9fff]{2,8}[厅局委办]))"
)
_NATIONAL = re.compile(
    r"国务院|中共中央|^中央|国家|全国|中华人民共和国|[\u4e00-\u9fff]部(?:办公厅)?$|总局|^国办|^国发"
)
_LETTERS = re.compile(r"^(?P<letter>[\u4e00-\u9fff])")
_NUMBER = re.compile(r"(?P<code>[\u4e00-\u9fff]{2,8})[〔\[(]\d{4}[〕\])]\d+号")
# The text of a provincial plan names 河南省 again and again; a mention or two prove nothing.
_OFTEN = 3
_HEAD_OF_TEXT = 3000
_TITLE_WITHIN = 600
_ISSUES = re.compile(
    r"[\u4e00-\u9fff]{2,10}[省市州区](?:委|人民政府|[\u4e00-\u9fff]{2,12}[厅局委])(?:办公[厅室])?关于"
)


def jurisdiction_of(document: Document) -> Jurisdiction:
    """The province and city whose offices the document means; both None for the State Council."""
    official = document.official
    title = _issuer_of_title(official.title or "")
    issued = _named((*official.issuers, title), full_only=False)
    if issued is not None:
        return _with_province(issued, document)
    number = official.document_number or ""
    if any(_NATIONAL.search(issuer) for issuer in (*official.issuers, title)):
        return Jurisdiction()
    if number.startswith("国"):
        return Jurisdiction()
    return (
        _by_number(number, document)
        or _named_recipient(official.main_recipients)
        or _named(_issuers_in_head(document), full_only=True)
        or _of_title(official.title or document.text[:_TITLE_WITHIN])
        or _most_named(document)
    )


def _with_province(found: Jurisdiction, document: Document) -> Jurisdiction:
    """A city that is in no table, with the province that the text names: 义乌市 of 浙江省."""
    if found.province is not None:
        return found
    return Jurisdiction(_leader(_provinces_named(tidy(document.text).text)), found.city)


def _by_number(number: str, document: Document) -> Jurisdiction | None:
    """What the letters say, unless the document speaks of a place in no table and never of theirs:
    云政发 in a plan of 云岭省."""
    found = _of_number(number)
    text = tidy(document.text).text
    if found is None or _spoken_of(found, text):
        return found
    place = place_in_title(tidy(document.official.title or "").text)
    if place is not None and not _is_listed(place):
        return Jurisdiction(place.province, place.city)
    strange = unlisted_provinces(text).most_common(1)
    return Jurisdiction(strange[0][0]) if strange else found


def _spoken_of(found: Jurisdiction, text: str) -> bool:
    """True where the text has the province by its full or short name."""
    names = (name for name, full in places().provinces.items() if full == found.province)
    return any(name in text for name in names)


def _named_recipient(recipients: Iterable[str]) -> Jurisdiction | None:
    """The province of those it goes to; their city only in 洛阳市各县区, for a province writes to
    all of its cities and names some of them (各市州、神农架林区)."""
    found = _named(recipients, full_only=True)
    if found is None or found.city is None:
        return found
    own = any(
        re.search(rf"{found.city}(?:人民政府)?(?:各|[直属]属)", tidy(r).text) for r in recipients
    )
    return found if own else Jurisdiction(found.province)


def _of_title(title: str) -> Jurisdiction | None:
    """The place that a title's 《…》 begins with: 《云岭省养老服务规划》."""
    known = places()
    place = place_in_title(tidy(title).text)
    if place is None:
        return None
    if place.city in known.provinces:
        return Jurisdiction(place.city)
    return Jurisdiction(place.province or known.province_of.get(place.city or ""), place.city)


def _issuer_of_title(title: str) -> str:
    """河南省教育厅 of 河南省教育厅关于…的通知; all of a title without 关于."""
    return tidy(title).text.split("关于", 1)[0]


def _issuers_in_head(document: Document) -> Iterator[str]:
    """Who issues, where no header was read: 郑州市人民政府办公厅 关于… in the first lines."""
    head = tidy(document.text[:_HEAD_OF_TEXT]).text[:_TITLE_WITHIN]
    yield from (match[0] for match in _ISSUES.finditer(head))


def _named(words: Iterable[str], *, full_only: bool) -> Jurisdiction | None:
    """The first city of ``words``, else the first province; 教育部 beside 河南省 is no place."""
    known = places()
    provinces: list[str] = []
    for word in words:
        text = tidy(word).text
        cities = list(_found(text, known.cities, full_only=full_only))
        if cities:
            return Jurisdiction(known.province_of[cities[0]], cities[0])
        # What stands at the end of a line before is no part of a name: …的通知|市教育局关于.
        strange = [] if full_only else [p for p in places_in_issuer(text) if not _is_listed(p)]
        for place in strange:
            if place.city is not None:
                return Jurisdiction(place.province, place.city)
        provinces.extend(_found(text, known.provinces, full_only=full_only))
        provinces.extend(place.province for place in strange if place.province)
    return Jurisdiction(provinces[0]) if provinces else None


def _is_listed(place: NamedPlace) -> bool:
    """True for 天津市市场监督管理委员会, and for a province of the table without a city."""
    known = places()
    if place.city is not None:
        return place.city in known.cities or place.city in known.provinces
    return place.province in known.provinces


def _found(text: str, names: dict[str, str], *, full_only: bool) -> Iterator[str]:
    """Places of ``text`` in the order they stand."""
    places_found = []
    for name, full in names.items():
        if name not in text or (full_only and name != full):
            continue
        pattern = re.escape(name) + ("" if name == full else _OFFICE_FOLLOWS)
        match = re.search(pattern, text)
        if match is not None:
            places_found.append((match.start(), -len(name), full))
    yield from (full for _, _, full in sorted(places_found))


def _of_number(number: str) -> Jurisdiction | None:
    """豫政〔2021〕2号 → 河南省; 郑政办〔2022〕8号 → 郑州市; 教职成〔2020〕1号 → unknown."""
    known = places()
    first = _LETTERS.match(number)
    if first is None or number.startswith(("国", "中", "新出", "新闻")):
        return None
    province = known.letters.get(first["letter"])
    if province is not None:
        return Jurisdiction(province)
    if not re.match(r".{1,2}(?:政|发|办|委)", number):
        return None
    cities = {full for full in known.cities.values() if full.startswith(first["letter"])}
    if len(cities) == 1:
        city = cities.pop()
        return Jurisdiction(known.province_of[city], city)
    return None


def _most_named(document: Document) -> Jurisdiction:
    """The place that text and cited numbers (豫政〔2019〕23号) name most; unknown if seldom."""
    text = tidy(document.text).text
    cities = _counts(text[:_HEAD_OF_TEXT], set(places().cities.values()))
    city = _leader(cities)
    if city is not None and re.search("市[直级委]|我市|全市", text):
        return Jurisdiction(places().province_of[city], city)
    return Jurisdiction(_leader(_provinces_named(text)))


def _provinces_named(text: str) -> Counter[str]:
    """How often each province is named, in full, in short or by the letter of a number; letters
    count for nothing where a province in no table is named."""
    provinces = _counts(text, set(places().provinces.values())) + Counter(_short_provinces(text))
    strange = unlisted_provinces(text)
    for match in _NUMBER.finditer(text):
        found = _of_number(match[0])
        if not strange and found is not None and found.province and found.city is None:
            provinces[found.province] += 1
    return provinces + strange


def _leader(counts: Counter[str]) -> str | None:
    """The place named most: often enough, and at least twice as often as the second."""
    (first, often), (_, next_often), *_ = [*counts.most_common(2), ("", 0), ("", 0)]
    return first if often >= _OFTEN and often >= 2 * next_often else None


def _counts(text: str, names: Iterable[str]) -> Counter[str]:
    return Counter({name: text.count(name) for name in names if name in text})


def _short_provinces(text: str) -> Iterator[str]:
    """河南 in 技能河南, counted once for each time it stands without its 省."""
    known = places()
    for name, full in known.provinces.items():
        if name != full:
            yield from (full for _ in range(text.count(name) - text.count(full)))

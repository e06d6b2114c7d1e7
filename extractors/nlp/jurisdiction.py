"""Whose names a document uses: in 郑政办〔2022〕8号, 市 is 郑州市 and 省 is 河南省.

Asked in turn: who issued it, its title, the letters of its number (豫政 is 河南省), to whom it
goes, and at last which places its text names most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.model.document import Document
from corpus.model.organisation import Jurisdiction
from corpus.model.view import tidy
from extractors.nlp.register_tables import places

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
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
# 义乌市人民政府: a city that is not of prefecture level is in no table.
_SMALL_CITY = re.compile(
    r"^(?:中共)?(?P<province>[\u4e00-\u9fff]{2,3}省)?(?P<city>[\u4e00-\u9fff]{2,3}市)"
    r"(?:人民政府|委(?:办公室)?$|委员会|[\u4e00-\u9fff]{2,14}(?:局|委|委员会|办公室)$)"
)


def jurisdiction_of(document: Document) -> Jurisdiction:
    """The province and city whose offices the document means; both None for the State Council."""
    official = document.official
    title = _issuer_of_title(official.title or "")
    issued = _named((*official.issuers, title), full_only=False)
    if issued is not None:
        return issued
    number = official.document_number or ""
    if any(_NATIONAL.search(issuer) for issuer in (*official.issuers, title)):
        return Jurisdiction()
    if (found := _of_number(number)) is not None or number.startswith("国"):
        return found or Jurisdiction()
    return (
        _named(official.main_recipients, full_only=True)
        or _named(_issuers_in_head(document), full_only=True)
        or _most_named(document)
    )


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
        small = _SMALL_CITY.match(text)
        if small is not None and not text.startswith(_MUNICIPALITIES):
            return Jurisdiction(small["province"], small["city"])
        provinces.extend(_found(text, known.provinces, full_only=full_only))
    return Jurisdiction(provinces[0]) if provinces else None


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
    provinces = _counts(text, set(places().provinces.values()))
    for match in _NUMBER.finditer(text):
        found = _of_number(match[0])
        if found is not None and found.province is not None and found.city is None:
            provinces[found.province] += 1
    short = Counter(_short_provinces(text))
    for province, count in short.items():
        provinces[province] += count
    cities = _counts(text[:_HEAD_OF_TEXT], set(places().cities.values()))
    city = _leader(cities)
    if city is not None and re.search("市[直级委]|我市|全市", text):
        return Jurisdiction(places().province_of[city], city)
    return Jurisdiction(_leader(provinces))


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

"""The register of government units as tables: 教育厅 exists in provinces, 工信局 is 工业和信息化局.

``register_offices.tsv`` has one office a line, ``register_places.tsv`` one province a line. Names
are plain facts; ``~`` stands for the place, so that 中共~委组织部 is 中共河南省委组织部 in 河南省.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


class Level(enum.StrEnum):
    """Levels of government, by the letters of the table."""

    NATION = "国"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县"


@dataclass(frozen=True, slots=True)
class Office:
    """One office: its full name with ``~`` for the place, where it exists, how else it is written.

    ``forms`` are what may follow 省, 市 or 县, the full one included.
    """

    name: str
    levels: tuple[Level, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """``provinces`` and ``cities`` map full and short names to full names."""

    provinces: dict[str, str]
    cities: dict[str, str]
    province_of: dict[str, str]
    letters: dict[str, str]


# Left out in the short form of one name and kept in that of the next: 住房(和)城乡建设.
_JOINTS = re.compile(r"[和与及、·]")
_SHORTER = (("委员会", "委"), ("监督管理", "监管"), ("办公室", "办"))


def form_key(form: str) -> str:
    """住房和城乡建设委员会, 住房城乡建设委 and 住房与城乡建设委 have one key."""
    key = _JOINTS.sub("", form)
    for long, short in _SHORTER:
        key = key.replace(long, short)
    return key


def _lines(name: str) -> list[list[str]]:
    text = files("extractors.nlp").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _forms(name: str, words: list[str]) -> tuple[str, ...]:
    """What may follow the level word. 省政府国资委, 省人民政府国资委 and 省国资委 are one."""
    if words[:1] == ["="]:
        return tuple(words[1:])
    if name.startswith("中共~委"):
        shorts = [name.removeprefix("中共~委"), *words]
        return tuple(lead + short for short in shorts for lead in ("", "委", "党委"))
    if name.startswith("~人民政府"):
        shorts = [name.removeprefix("~人民政府"), *words]
        return tuple(lead + short for short in shorts for lead in ("", "政府", "人民政府"))
    return (name.removeprefix("~"), *words)


@cache
def offices() -> tuple[Office, ...]:
    """Every office of the register."""
    found = []
    for name, levels, *rest in _lines("register_offices.tsv"):
        words = rest[0].split() if rest else []
        found.append(Office(name, tuple(Level(x) for x in levels), _forms(name, words)))
    return tuple(found)


@cache
def by_form() -> dict[tuple[Level, str], Office]:
    """Offices by level and key of form. Full names go before short ones (粮食局 is itself, not
    粮食和物资储备局), earlier lines of the table before later ones."""
    found: dict[tuple[Level, str], Office] = {}
    for rank in (slice(0, 1), slice(1, None)):
        for office in offices():
            names = (office.name, *office.forms) if Level.NATION in office.levels else office.forms
            for form in names[rank]:
                for level in office.levels:
                    found.setdefault((level, form_key(form)), office)
    return found


_HEADS = re.compile(r"(?:厅|局|委|委员会|总局|部)$")


@cache
def functions() -> frozenset[str]:
    """Branches of government as lists of 部门 name them: 教育, 财政, 发展改革."""
    stems = {
        form_key(_HEADS.sub("", form.removeprefix("国家")))
        for office in offices()
        for form in (*office.forms, office.name)
        if _HEADS.search(form) and "~" not in form
    }
    return frozenset(stem for stem in stems if len(stem) > 1)


_NATIONALITY = re.compile(
    r"(?:朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|维吾尔)族?"
)


def _short_city(city: str) -> str:
    """郑州 for 郑州市, 阿坝州 for 阿坝藏族羌族自治州."""
    if city.endswith("自治州"):
        return _NATIONALITY.sub("", city.removesuffix("自治州")) + "州"
    return re.sub(r"(?:市|地区|盟|林区)$", "", city)


@cache
def places() -> Places:
    """The provinces and their prefecture-level divisions."""
    found = Places({}, {}, {}, {})
    for province, shorts, letters, cities in (line[:4] for line in _lines("register_places.tsv")):
        found.provinces.update(dict.fromkeys((province, *shorts.split()), province))
        found.letters.update(dict.fromkeys(letters.split(), province))
        for city in cities.split():
            found.cities[city] = city
            found.cities.setdefault(_short_city(city), city)
            found.province_of[city] = province
    return found


def is_municipality(province: str | None) -> bool:
    """True for 北京市, 天津市, 上海市, 重庆市: provinces that call themselves 市."""
    return province is not None and province.endswith("市")

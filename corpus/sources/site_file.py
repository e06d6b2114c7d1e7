"""Site files: those that ship (``corpus/sources/sites``) and those of a library (``sites`` in its
home), which may hold a whole site or only what differs, such as ``contact``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from corpus.model.errors import SettingsError
from corpus.sources.adapters import load_adapter
from corpus.sources.addresses import host_of, normal
from corpus.sources.reasons import NotFetched
from corpus.sources.site import Attachments, Fields, Lists, Manners, Paging, Recheck, Site

_TABLES: dict[str, type] = {
    "lists": Lists,
    "article": Fields,
    "attachments": Attachments,
    "manners": Manners,
    "recheck": Recheck,
}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})")
_MAY_BE_ZERO = frozenset({"jitter", "retries", "redirects", "first", "young"})
T = TypeVar("T")


def load_site(name: str, home: Path) -> Site:
    """The site of that name; SettingsError where there is none or its file can't be used."""
    if _NAME.fullmatch(name) is None or name not in known_sites(home):
        raise SettingsError(
            f"没有名为“{name}”的站点，可用的有：{'、'.join(known_sites(home)) or '无'}"
            f"；站点文件放在 {home / 'sites'}",
            f"no site '{name}'; there are: {', '.join(known_sites(home)) or 'none'}; "
            f"site files go into {home / 'sites'}",
        )
    own = home / "sites" / f"{name}.toml"
    found = _merged(_shipped().get(name, {}), _read(own) if own.exists() else {})
    return site_of(name, found)


def startable(name: str, home: Path) -> Site:
    """The site of that name; SettingsError where its file names no list to start with."""
    site = load_site(name, home)
    if not site.starts:
        own = home / "sites" / f"{name}.toml"
        raise SettingsError(
            f"站点 {name} 没有列表地址，请在 {own} 中设置 starts 和 manners.contact",
            f"site {name} has no lists; set starts and manners.contact in {own}",
        )
    return site


def known_sites(home: Path) -> list[str]:
    """Names of all sites."""
    return sorted({*_shipped(), *(path.stem for path in (home / "sites").glob("*.toml"))})


def site_of(name: str, found: Mapping[str, Any]) -> Site:
    """The site that a file's content describes."""
    tables: dict[str, Any] = {
        key: _table(name, key, kind, found.get(key, {})) for key, kind in _TABLES.items()
    }
    plain = {key: value for key, value in found.items() if key not in _TABLES}
    for key in ("include", "exclude"):
        plain[key] = tuple(_pattern(name, key, each) for each in plain.get(key, ()))
    hosts = tuple(str(host).lower() for host in plain.pop("hosts", ()))
    if not hosts:
        raise _wrong(name, "hosts", "至少要有一个主机名", "needs one host at least")
    starts = tuple(_start(name, url, hosts) for url in plain.pop("starts", ()))
    title = plain.pop("title", name)
    load_adapter(plain.get("adapter", "government"))
    return _made(name, "", Site, {"name": name, "title": title, "hosts": hosts, "starts": starts}
                 | plain | tables)  # fmt: skip


@cache
def _shipped() -> dict[str, dict[str, Any]]:
    folder = files("corpus.sources") / "sites"
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"无法读取站点文件 {path}：{error}", f"can't read the site file {path}: {error}"
        ) from error


def _merged(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The library's own words go before those that ship, table by table."""
    tables = {
        key: {**shipped.get(key, {}), **own.get(key, {})}
        for key in _TABLES
        if key in shipped or key in own
    }
    return {**shipped, **own, **tables}


def _table(name: str, key: str, kind: type[T], found: Mapping[str, Any]) -> T:
    values = dict(found)
    if key == "manners":
        if "hours" in values:
            values["hours"] = _hours(name, values["hours"])
        _zone(name, values.get("timezone", "Asia/Shanghai"))
    if key == "lists" and "paging" in values:
        if values["paging"] not in [*Paging]:
            raise _wrong(name, "paging", f"可用的有：{'、'.join(Paging)}",
                         f"there are: {', '.join(Paging)}")  # fmt: skip
        values["paging"] = Paging(values["paging"])
    if "suffixes" in values:
        values["suffixes"] = tuple(str(each).lower().lstrip(".") for each in values["suffixes"])
    if values.get("script"):
        _pattern(name, "script", values["script"])
    return _made(name, key, kind, values)


def _made(name: str, key: str, kind: type[T], values: Mapping[str, Any]) -> T:
    """The dataclass of those values; every name must be one of its own and of its kind."""
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    for field, value in values.items():
        if field not in known:
            raise _wrong(name, f"{key}.{field}".lstrip("."), f"可用的有：{'、'.join(known)}",
                         f"is no setting; there are: {', '.join(known)}")  # fmt: skip
        default = known[field].default
        number = isinstance(default, int | float)
        alike = isinstance(value, int | float) if isinstance(default, float) else (
            type(value) is type(default))  # fmt: skip
        if default not in (MISSING, None) and not alike:
            raise _wrong(name, f"{key}.{field}".lstrip("."), "值的类型不对", "is of a wrong type")
        if number and (value < 0 or (value == 0 and field not in _MAY_BE_ZERO)):
            raise _wrong(name, f"{key}.{field}".lstrip("."), "须大于 0", "must be above 0")
    return kind(**values)


def _start(name: str, url: str, hosts: Iterable[str]) -> str:
    try:
        found = normal(url)
    except NotFetched as error:
        raise _wrong(name, "starts", error.zh, error.en) from error
    if host_of(found) not in hosts:
        raise _wrong(name, "starts", f"{url} 的主机不在 hosts 中", f"{url} is of no allowed host")
    return found


def _pattern(name: str, key: str, text: Any) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, TypeError) as error:
        raise _wrong(name, key, f"正则表达式有误：{error}", f"is no pattern: {error}") from error


def _hours(name: str, text: Any) -> tuple[time, time]:
    match = _HOURS.fullmatch(str(text))
    wrong = _wrong(name, "hours", "应写作 22:00-06:00", "is to be written 22:00-06:00")
    if match is None:
        raise wrong
    try:
        return time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError as error:
        raise wrong from error


def _zone(name: str, text: str) -> None:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise _wrong(name, "timezone", "没有这个时区", "is no time zone") from error


def _wrong(name: str, key: str, zh: str, en: str) -> SettingsError:
    return SettingsError(f"站点 {name} 的设置 {key}：{zh}", f"site {name}, setting {key}: {en}")

"""Site files: what ships, what a library adds, and what is wrong in one, said in a line."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from corpus.model.errors import SettingsError
from corpus.sources.adapters import ADAPTERS, load_adapter
from corpus.sources.reasons import NotFetched
from corpus.sources.site import Manners, Paging
from corpus.sources.site_file import known_sites, load_site, site_of, startable


def test_shipped_site_names_no_list_that_is_not_known(tmp_path: Path) -> None:
    site = load_site("henan-jyt", tmp_path)
    assert site.hosts == ("jyt.henan.gov.cn",)
    assert site.starts == ()
    assert site.manners.hours == (time(22), time(6))
    with pytest.raises(SettingsError, match="starts"):
        startable("henan-jyt", tmp_path)


def test_library_adds_to_a_shipped_site_value_by_value(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "henan-jyt.toml").write_text(
        'starts = ["https://jyt.henan.gov.cn/a/"]\n[manners]\ncontact = "office@x.example"\n'
    )
    site = startable("henan-jyt", tmp_path)
    assert site.title == "河南省教育厅"
    assert site.starts == ("https://jyt.henan.gov.cn/a/",)
    assert (site.manners.contact, site.manners.hours) == ("office@x.example", (time(22), time(6)))
    assert known_sites(tmp_path) == ["henan-jyt"]


def test_default_rate_is_that_of_the_house() -> None:
    site = site_of("x", {"hosts": ["a.example"]})
    assert (site.manners.rate, site.lists.paging) == (0.7, Paging.INDEX)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"hosts": []}, "hosts"),
        ({"starts": ["http://b.example/"]}, "starts"),
        ({"starts": ["file:///etc/"]}, "starts"),
        ({"colour": "red"}, "colour"),
        ({"lists": {"paging": "magic"}}, "paging"),
        ({"lists": {"pages": "ten"}}, "lists.pages"),
        ({"lists": {"pages": 0}}, "lists.pages"),
        ({"lists": {"item": "//li"}}, "lists.item"),
        ({"exclude": ["("]}, "exclude"),
        ({"attachments": {"script": "("}}, "script"),
        ({"manners": {"hours": "at night"}}, "hours"),
        ({"manners": {"hours": "25:00-06:00"}}, "hours"),
        ({"manners": {"timezone": "Asia/Yunling"}}, "timezone"),
        ({"manners": {"rate": 0}}, "manners.rate"),
        ({"adapter": "none"}, "adapter"),
    ],
)
def test_mistake_in_a_site_file_is_named(more: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        site_of("x", {"hosts": ["a.example"], **more})


@pytest.mark.parametrize("name", ["../../etc/passwd", "none", "", "A B"])
def test_site_that_is_none_lists_those_that_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="henan-jyt"):
        load_site(name, tmp_path)


@pytest.mark.parametrize(
    ("hours", "hour", "is_open"),
    [
        (None, 12, True),
        ((time(22), time(6)), 23, True),
        ((time(22), time(6)), 5, True),
        ((time(22), time(6)), 6, False),
        ((time(22), time(6)), 12, False),
        ((time(1), time(5)), 3, True),
        ((time(1), time(5)), 23, False),
    ],
)
def test_hours_are_those_of_the_site(hours: Any, hour: int, is_open: bool) -> None:
    manners = Manners(hours=hours)
    moment = datetime(2026, 6, 8, hour, 30, tzinfo=manners.zone).astimezone(UTC)
    assert manners.open_at(moment) is is_open


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_adapter_can_be_loaded(name: str) -> None:
    assert callable(load_adapter(name).read_list)


def test_reason_is_said_in_both_languages() -> None:
    error = NotFetched("http://a.example/", "robots")
    assert error.zh == "http://a.example/：网站的 robots.txt 不允许"
    assert "robots.txt" in error.en

"""云岭省 is in no table, and 云岭省民政厅 is its office all the same."""

import pytest

from extractors.nlp.unlisted_places import (
    NamedPlace,
    place_in_title,
    place_of_name,
    places_in_issuer,
    unlisted_provinces,
)


@pytest.mark.parametrize(
    ("name", "province", "city", "rest"),
    [
        ("云岭省民政厅", "云岭省", None, "民政厅"),
        ("云岭省人民政府办公厅", "云岭省", None, "人民政府办公厅"),
        ("中共云岭省委办公厅", "云岭省", None, "委办公厅"),
        ("云岭省青禾市教育局", "云岭省", "青禾市", "教育局"),
        ("青禾市市场监管局", None, "青禾市", "市场监管局"),
        ("青禾市人民政府", None, "青禾市", "人民政府"),
    ],
)
def test_place_of_name_is_read(
    name: str, province: str | None, city: str | None, rest: str
) -> None:
    assert place_of_name(name) == NamedPlace(province, city, rest)


@pytest.mark.parametrize(
    "name",
    ["省教育厅", "各省人民政府", "会同省教育厅", "市场监管总局", "国家市场监督管理总局",
     "城市管理局", "全市教育局", "省团省委", "省市场监管局", "云岭省各市政府", "教学质量"],
)  # fmt: skip
def test_place_of_name_ignores(name: str) -> None:
    assert place_of_name(name) is None


def test_places_in_issuer_finds_the_second_of_a_joint_issue() -> None:
    assert [place.province for place in places_in_issuer("教育部云岭省人民政府")] == ["云岭省"]


@pytest.mark.parametrize(
    ("title", "province", "city"),
    [
        ("关于印发《云岭省养老服务规划》的通知", "云岭省", None),
        ("关于印发《青禾市旧城改造方案》的通知", None, "青禾市"),
    ],
)
def test_place_in_title_is_read(title: str, province: str | None, city: str | None) -> None:
    assert place_in_title(title) == NamedPlace(province, city, "")


@pytest.mark.parametrize(
    "title", ["关于印发《海绵城市建设方案》的通知", "关于印发《农贸市场管理办法》的通知"]
)
def test_place_in_title_ignores(title: str) -> None:
    assert place_in_title(title) is None


def test_unlisted_provinces_are_counted_with_their_offices_only() -> None:
    text = "由“云岭省民政厅”审定，云岭省财政厅拨付，云岭省风光好，会同省教育厅、河南省教育厅办理。"
    assert unlisted_provinces(text) == {"云岭省": 2}

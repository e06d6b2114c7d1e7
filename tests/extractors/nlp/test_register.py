"""省教育厅 in a document of 河南省 is 河南省教育厅."""

import pytest

from corpus.model.organisation import Jurisdiction
from extractors.nlp.register import is_group, level_word, resolve
from extractors.nlp.register_tables import Level, by_form, offices, places
from extractors.nlp.unit_kinds import UnitKind, begins_otherwise, is_unit, unit_kind

HENAN = Jurisdiction("河南省")
LUOYANG = Jurisdiction("河南省", "洛阳市")
CHONGQING = Jurisdiction("重庆市")
GUANGXI = Jurisdiction("广西壮族自治区")
STATE = Jurisdiction()
YUNLING = Jurisdiction("云岭省")
QINGHE = Jurisdiction("云岭省", "青禾市")


@pytest.mark.parametrize(
    ("raw", "jurisdiction", "name"),
    [
        ("省教育厅", HENAN, "河南省教育厅"),
        ("财政厅", HENAN, "河南省财政厅"),
        ("人力资源社会保障厅", HENAN, "河南省人力资源和社会保障厅"),
        ("省人社厅", HENAN, "河南省人力资源和社会保障厅"),
        ("住房城乡建设厅", HENAN, "河南省住房和城乡建设厅"),
        ("省发改委", HENAN, "河南省发展和改革委员会"),
        ("省政府国资委", HENAN, "河南省人民政府国有资产监督管理委员会"),
        ("省国资委", HENAN, "河南省人民政府国有资产监督管理委员会"),
        ("省委编办", HENAN, "中共河南省委机构编制委员会办公室"),
        ("省残联", HENAN, "河南省残疾人联合会"),
        ("团省委", HENAN, "共青团河南省委"),
        ("省税务局", HENAN, "国家税务总局河南省税务局"),
        ("省人民政府", HENAN, "河南省人民政府"),
        ("河南省教育厅", HENAN, "河南省教育厅"),
        ("国家发展改革委", HENAN, "国家发展和改革委员会"),
        ("教育部", HENAN, "教育部"),
        ("市工信局", LUOYANG, "洛阳市工业和信息化局"),
        ("市委组织部", LUOYANG, "中共洛阳市委组织部"),
        ("市政府办公室", LUOYANG, "洛阳市人民政府办公室"),
        ("市政府", LUOYANG, "洛阳市人民政府"),
        ("市民政局", LUOYANG, "洛阳市民政局"),
        ("市场监管局", LUOYANG, "洛阳市市场监督管理局"),
        ("市市场监管局", LUOYANG, "洛阳市市场监督管理局"),
        ("市文广旅局", LUOYANG, "洛阳市文化广电和旅游局"),
        ("省教育厅", LUOYANG, "河南省教育厅"),
        ("信阳市政府", HENAN, "信阳市人民政府"),
        ("嵩县教育局", LUOYANG, "嵩县教育局"),
        ("县工信局", LUOYANG, "县工业和信息化局"),
        ("市教委", CHONGQING, "重庆市教育委员会"),
        ("市发展改革委", CHONGQING, "重庆市发展和改革委员会"),
        ("自治区工业和信息化厅", GUANGXI, "广西壮族自治区工业和信息化厅"),
        ("自治区党委组织部", GUANGXI, "中共广西壮族自治区委员会组织部"),
        ("广西财政厅", GUANGXI, "广西壮族自治区财政厅"),
        ("卫生健康委", STATE, "国家卫生健康委员会"),
        ("国务院国资委", STATE, "国务院国有资产监督管理委员会"),
        ("市场监管总局", STATE, "国家市场监督管理总局"),
        ("省教育厅", STATE, "省教育厅"),
        ("省民政厅", YUNLING, "云岭省民政厅"),
        ("云岭省人社厅", STATE, "云岭省人力资源和社会保障厅"),
        ("市工信局", QINGHE, "青禾市工业和信息化局"),
        ("青禾市工信局", HENAN, "青禾市工业和信息化局"),
        ("团省委", YUNLING, "共青团云岭省委"),
        ("上海金融监管局", Jurisdiction("上海市"), "国家金融监督管理总局上海监管局"),
        ("云岭证监局", YUNLING, "中国证券监督管理委员会云岭监管局"),
        ("省金融监管局", HENAN, "河南省地方金融监督管理局"),
        ("省直机关工委", HENAN, "中共河南省委省直机关工作委员会"),
        ("共青团河南省委", STATE, "共青团河南省委"),
    ],
)
def test_resolve_knows_the_unit(raw: str, jurisdiction: Jurisdiction, name: str) -> None:
    assert resolve(raw, jurisdiction) == (name, True)


@pytest.mark.parametrize(
    "raw",
    ["各省辖市政府", "有关省直管县（市）政府", "各部门", "省直有关部门", "有关院校", "各地",
     "省、市、县级工会", "县级以上人民政府", "试点城市政府", "某某职业学院", "财政局"],
)  # fmt: skip
def test_resolve_leaves_groups_and_strangers_as_written(raw: str) -> None:
    assert resolve(raw, HENAN) == (raw, False)


def test_resolve_completes_an_unknown_office_with_its_place() -> None:
    assert resolve("市政府蓝莓产业办", LUOYANG) == ("洛阳市人民政府蓝莓产业办", False)


def test_resolve_ignores_blanks_inside_a_name() -> None:
    assert resolve("市 工 信局", LUOYANG) == ("洛阳市工业和信息化局", True)


def test_level_word_is_what_a_list_passes_on() -> None:
    assert [level_word(x) for x in ("省教育厅", "洛阳市教育局", "财政厅", "国家能源局",
                                      "云岭省教育厅", "嵩县教育局", "团省委")] == [
        "省", "洛阳市", "", "国家", "云岭省", "嵩县", "省",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("省教育厅", UnitKind.OFFICE),
        ("市委网信办", UnitKind.OFFICE),
        ("洛阳市人民政府", UnitKind.GOVERNMENT),
        ("滨河新区管委会", UnitKind.GOVERNMENT),
        ("各县（市、区）政府", UnitKind.GROUP),
        ("有关院校", UnitKind.GROUP),
        ("省农业担保公司", UnitKind.INSTITUTION),
        ("市公共资源交易中心", UnitKind.OFFICE),
        ("各区县", UnitKind.PLACE),
        ("发展改革", UnitKind.FUNCTION),
        ("市、区", None),
        ("试行", None),
        ("全社会", None),
        ("就业质量", None),
        ("工作格局", None),
        ("以下简称行动计划", None),
    ],
)
def test_unit_kind(text: str, kind: UnitKind | None) -> None:
    assert unit_kind(text) is kind
    assert is_unit(text) is (kind not in (None, UnitKind.FUNCTION))


def test_is_group_takes_no_single_unit() -> None:
    assert is_group("各职业院校")
    assert not is_group("河南省教育厅")


def test_every_office_has_a_name_a_level_and_forms() -> None:
    for office in offices():
        assert office.levels
        assert office.forms
        assert ("~" in office.name) is (Level.NATION not in office.levels), office.name


def test_every_full_name_resolves_to_itself() -> None:
    for office in offices():
        if Level.PROVINCE in office.levels and not office.name.startswith("中共"):
            name = office.name.replace("~", "河南省")
            assert resolve(name, HENAN) == (name, True)


def test_places_cover_the_country() -> None:
    known = places()
    assert len(set(known.provinces.values())) == 31
    assert len(known.province_of) >= 333
    assert known.cities["阿坝州"] == "阿坝藏族羌族自治州"
    assert known.letters["豫"] == "河南省"


def test_by_form_prefers_the_first_line() -> None:
    assert by_form()[Level.PROVINCE, "发展改革委"].name == "~发展和改革委员会"


@pytest.mark.parametrize(
    "text", ["充分发挥高等学校", "加强基层供销社", "报考人员为职业院校", "督促各县区政府"]
)
def test_begins_otherwise_where_something_stands_before_the_name(text: str) -> None:
    assert begins_otherwise(text)


@pytest.mark.parametrize(
    "text", ["发展改革委", "建设投资集团", "支援合作局", "指导中心", "省教育厅", "高等学校"]
)
def test_begins_otherwise_ignores_names(text: str) -> None:
    assert not begins_otherwise(text)

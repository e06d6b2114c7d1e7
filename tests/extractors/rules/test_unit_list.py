"""Lists of units: every unit once, as written, with its role."""

import pytest

from corpus.model.organisation import Jurisdiction, Role
from corpus.model.view import tidy
from extractors.rules.unit_list import UnitSpan, read_units, restore


def _read(text: str) -> list[tuple[str, str]]:
    view = tidy(text)
    return [(unit.raw, unit.role.value) for unit in read_units(view, 0, len(view.text))]


def _raws(text: str) -> list[str]:
    return [raw for raw, _ in _read(text)]


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("省教育厅、水利厅", ["省教育厅", "水利厅"]),
        (
            "省教育厅、商务厅等省直有关部门，各省辖市政府、各省直管县（市）政府",
            ["省教育厅", "商务厅", "省直有关部门", "各省辖市政府", "各省直管县（市）政府"],
        ),
        ("省文化和旅游厅和省工业和信息化厅", ["省文化和旅游厅", "省工业和信息化厅"]),
        ("市住房和城乡建设局以及市自然资源和规划局", ["市住房和城乡建设局", "市自然资源和规划局"]),
        ("省、市、县级工会、团委", ["省、市、县级工会", "团委"]),
        ("各市、州、县人民政府", ["各市、州、县人民政府"]),
        ("各县（市、区）政府、各开发区管委会", ["各县（市、区）政府", "各开发区管委会"]),
        (
            "各省辖市、临港示范区、省直管县（市）教育局，各高校",
            ["各省辖市、临港示范区、省直管县（市）教育局", "各高校"],
        ),
        ("教育、财政、文化和旅游等部门", ["教育", "财政", "文化和旅游"]),
        ("市教育、产业主管部门", ["市教育、产业主管部门"]),
        ("省财政厅等5个部门", ["省财政厅"]),
        ("各地区各部门", ["各地区", "各部门"]),
        ("有关部门和单位", ["有关部门和单位"]),
        ("省级人民政府及其有关部门", ["省级人民政府", "有关部门"]),
        ("省委、省政府有关部门", ["省委、省政府有关部门"]),
        ("市督查和考核办、市规划和自然资源局", ["市督查和考核办", "市规划和自然资源局"]),
        ("高等学校、中等职业学校", ["高等学校", "中等职业学校"]),
        ("12个工作专班牵头单位和有关区县政府", ["12个工作专班牵头单位", "有关区县政府"]),
        ("下同", []),
        ("—", []),
    ],
)  # fmt: skip
def test_read_units_splits(text: str, raws: list[str]) -> None:
    assert _raws(text) == raws


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("市教育局负责", [("市教育局", "responsible")]),
        ("市教育局牵头负责", [("市教育局", "lead")]),
        ("由市水利局负责", [("市水利局", "responsible")]),
        (
            "市教育局牵头，市财政局、市体育局按职责分工配合",
            [("市教育局", "lead"), ("市财政局", "cooperating"), ("市体育局", "cooperating")],
        ),
        (
            "牵头单位：市商务局；责任单位：市科技局、市水利局；配合单位：各县区",
            [("市商务局", "lead"), ("市科技局", "responsible"), ("市水利局", "responsible"),
             ("各县区", "cooperating")],
        ),
        ("督办单位：市政府督查室", [("市政府督查室", "supervising")]),
        (
            "财政部会同有关部门负责",
            [("财政部", "responsible"), ("有关部门", "cooperating")],
        ),
        (
            "省发展改革委会同省财政厅牵头，省水利厅参与",
            [("省发展改革委", "lead"), ("省财政厅", "cooperating"), ("省水利厅", "cooperating")],
        ),
        ("市教育局（牵头）、市财政局", [("市教育局", "lead"), ("市财政局", "responsible")]),
        (
            "公安部、司法部负责。列第一位者为牵头单位，下同",
            [("公安部", "lead"), ("司法部", "responsible")],
        ),
        ("9月底完成，牵头单位：市民政局", [("市民政局", "lead")]),
        ("持续推进，责任单位：市民政局", [("市民政局", "responsible")]),
        ("责任单位：市科技局，完成时限：2026年6月", [("市科技局", "responsible")]),
        ("教学指导委员会负责", [("教学指导委员会", "responsible")]),
        (
            "省教育厅会同省水利厅、省民政厅，各市政府负责",
            [("省教育厅", "responsible"), ("省水利厅", "cooperating"), ("省民政厅", "cooperating"),
             ("各市政府", "responsible")],
        ),
        (
            "市水利局负责河道、堤防管护，市财政局配合做好资金保障",
            [("市水利局", "responsible"), ("市财政局", "cooperating")],
        ),
        (
            "牵头单位：市水利局 责任单位：市财政局、市科技局 完成时限：2027年底",
            [("市水利局", "lead"), ("市财政局", "responsible"), ("市科技局", "responsible")],
        ),
        ("责任单位：市水利局 联系人：张某", [("市水利局", "responsible")]),
    ],
)  # fmt: skip
def test_read_units_gives_roles(text: str, units: list[tuple[str, str]]) -> None:
    assert _read(text) == units


def test_read_units_though_blanks_stand_in_words_and_width_differs() -> None:
    assert _raws("市 教 育局 、 市工 信局 , 各 县(市) 政府等按职责分\n工 负责") == [
        "市教育局", "市工信局", "各县（市）政府",
    ]  # fmt: skip


def test_read_units_though_each_stands_on_its_line() -> None:
    assert _raws("省教育厅\n省财政厅\n发展改革委") == ["省教育厅", "省财政厅", "发展改革委"]


def test_read_units_spans_point_into_the_view() -> None:
    view = tidy("由市教育局、 市财政局负责")
    units = read_units(view, 0, len(view.text))
    assert [view.text[u.start : u.end] for u in units] == ["市教育局", "市财政局"]


def test_restore_puts_the_dropped_level_back() -> None:
    raws = ["省教育厅", "财政厅", "各省辖市政府", "残联", "某某学院"]
    units = [UnitSpan(0, 0, raw, Role.RESPONSIBLE) for raw in raws]
    assert [unit.name for unit in restore(units, Jurisdiction("河南省", "郑州市"))] == [
        "河南省教育厅", "河南省财政厅", "各省辖市政府", "河南省残疾人联合会", "某某学院",
    ]  # fmt: skip


def test_restore_keeps_the_units_of_several_levels_as_written() -> None:
    units = [UnitSpan(0, 0, raw, Role.RESPONSIBLE) for raw in ("省、市、县级工会", "妇联")]
    assert [unit.name for unit in restore(units, Jurisdiction("河南省"))] == [
        "省、市、县级工会", "妇联",
    ]  # fmt: skip

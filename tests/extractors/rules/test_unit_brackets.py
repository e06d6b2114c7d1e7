"""Closing brackets and labelled lines that say who is responsible."""

import pytest

from corpus.model.document import Block, BlockKind, Document, Provenance
from corpus.model.finding import UnitMention
from corpus.model.geometry import Span
from corpus.model.organisation import Role
from corpus.model.view import tidy
from extractors.rules.unit_brackets import UnitBrackets, closing_units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("新建6所学校。（市教育局、市财政局等按职责分工负责）", ["市教育局", "市财政局"]),
        ("新建6所学校（省教育厅牵头，省财政厅配合）。", ["省教育厅", "省财政厅"]),
        ("建成平台。（责任单位：市数据局、各县区政府）", ["市数据局", "各县区政府"]),
        ("建成平台。【责任单位：市数据局】", ["市数据局"]),
        ("建成平台。责任单位：省教育厅、财政厅。", ["省教育厅", "财政厅"]),
        ("责任单位：省水利厅、各市政府", ["省水利厅", "各市政府"]),
        ("扩大种植。（农业农村部指导）再扩大。（商务部负责）", ["农业农村部", "商务部"]),
        ("修好道路。（市交通局、市财政局）", ["市交通局", "市财政局"]),
        ("修好道路。（各县（市、区）政府负责）", ["各县（市、区）政府"]),
        ("修好道路。〔市交通局和各县区（自治县，以下简称区县）政府负责〕",
         ["市交通局", "各县区（自治县，以下简称区县）政府"]),
        ("修好道路。（河南省水利厅、云岭省财政厅，各市人民政府）",
         ["河南省水利厅", "云岭省财政厅", "各市人民政府"]),
        ("修好道路。（由县级政府统筹负责）", ["县级政府"]),
        ("修好道路。（市交通局抓总，各区政府抓落实；持续推进）", ["市交通局", "各区政府"]),
        ("修好道路。（充分发挥高等学校作用，由省水利厅负责）", ["省水利厅"]),
        ("修好道路。（省水利厅指导，各市政府负责。以下均需各市政府落实，不再列出）",
         ["省水利厅", "各市政府"]),
        ("修好道路。（市交通局牵头，高新区、经开区配合）", ["市交通局", "高新区", "经开区"]),
        ("1.责任单位：市交通局；2.完成时限：2027年底。", ["市交通局"]),
    ],
)  # fmt: skip
def test_closing_units_finds(text: str, units: list[str]) -> None:
    assert [unit.raw for found in closing_units(tidy(text)) for unit in found.units] == units


@pytest.mark.parametrize(
    "text",
    [
        "每个县（市、区）建1所。",
        "行动计划（以下简称“计划”）。",
        "职业院校（含技工院校）要落实。",
        "管理办法（试行）。",
        "名单（详见附件）。",
        "通知（教育厅2020年印发）。",
        "由教育主管部门（教育局）审核后办理。",
        "集中观察点（负责隔离观察的单位）设置。",
        "责任单位要加强领导。",
        "牵头单位和配合单位要主动对接。",
        "形成格局（党委领导、政府负责、社会协同、公众参与）。",
        "健全机制（政府主导、部门协同、社会参与）。",
        "健全机制（政府统筹、行业参与、企业主体）。",
        "给予补助（持续推进落实）。",
    ],
)
def test_closing_units_ignores(text: str) -> None:
    assert closing_units(tidy(text)) == []


def test_closing_units_though_broken_over_lines_with_blanks() -> None:
    (found,) = closing_units(tidy("建设基地 。 ( 市 教育局 、 市工 信\n局等按职责分工 负责)"))
    assert [unit.raw for unit in found.units] == ["市教育局", "市工信局"]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("建成。（牵头单位：市商务局；完成时限：2027年底）", "2027年底"),
        ("建成。（9月底完成，牵头单位：市商务局）", "9月底完成"),
        ("责任单位：市商务局。完成时限：2027年6月底前。", "2027年6月底前"),
        ("建成。（市商务局负责）", None),
    ],
)
def test_closing_units_marks_the_deadline(text: str, deadline: str | None) -> None:
    view = tidy(text)
    (found,) = closing_units(view)
    stretch = found.deadline
    assert (None if stretch is None else view.text[slice(*stretch)]) == deadline


def test_unit_brackets_cites_each_unit() -> None:
    text = "建成基地。（市教育局牵头，\n市财政局配合）"
    document = Document(
        "doc",
        text,
        Provenance("x.txt", "", "text/plain"),
        (),
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
    )
    findings = list(UnitBrackets().find(document))
    assert [(f.value, f.evidence.quote) for f in findings] == [
        (UnitMention("市教育局", Role.LEAD), "市教育局"),
        (UnitMention("市财政局", Role.COOPERATING), "市财政局"),
    ]
    assert len({f.group for f in findings}) == 1

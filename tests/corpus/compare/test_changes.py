"""What became of a commitment, field by field."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.compare.changes import changes
from corpus.compare.targets import bound_direction
from corpus.model.change import ChangedField, ChangeKind, Direction
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound
from tests.corpus.compare.ledgers import by, commitment, target, units

ROW = commitment(
    "到2025年，每个县（市）至少建设3所公办养老机构",
    "公办养老机构",
    goal=target("至少3所", 3, "所", Bound.AT_LEAST, per="每个县（市）"),
    deadline=by(2025),
    responsible=units("某省民政厅", "某省财政厅"),
)
EVERY_3 = Deadline("每3年", DeadlineKind.EVERY, period="P3Y")
SAME_DAY = (
    Deadline("“十四五”期间", DeadlineKind.DURING, date(2021, 1, 1), date(2025, 12, 31)),
    Deadline("2025年底前", DeadlineKind.BY, end=date(2025, 12, 31), inherited=True),
)
EVERY_2 = Deadline("每2年", DeadlineKind.EVERY, period="P2Y")


def flags(before, after):
    return [(f.field, f.direction, f.before, f.after) for f in changes(before, after, 1.0).flags]


@pytest.mark.parametrize(
    ("low", "unit", "raw", "bound", "expected"),
    [
        (5, "所", "至少5所", Bound.AT_LEAST, ("target.value", "raised", "3所", "5所")),
        (2, "所", "至少2所", Bound.AT_LEAST, ("target.value", "lowered", "3所", "2所")),
        (3, "所", "3所左右", Bound.ABOUT, ("target.bound", "loosened", "至少3所", "3所左右")),
        (3, "所", "超过3所", Bound.ABOVE, ("target.bound", "tightened", "至少3所", "超过3所")),
        (3, "%", "至少3%", Bound.AT_LEAST, ("target.unit", "replaced", "所", "%")),
    ],
)
def test_a_target_that_differs_is_named_with_its_direction(low, unit, raw, bound, expected):
    task = ROW.task.replace("至少", "").replace("3所", raw)
    after = replace(ROW, target=target(raw, low, unit, bound, per="每个县（市）"), task=task)
    assert flags(ROW, after) == [expected]


@pytest.mark.parametrize(
    "goal",
    [
        target("不少于3家", 3, "家", Bound.AT_LEAST, per="每县（市）"),
        target("３所以上", "3.0", "所", Bound.AT_LEAST, per="各县(市)"),
    ],
)
def test_a_target_said_otherwise_is_the_same(goal):
    assert flags(ROW, replace(ROW, target=goal)) == []


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (Bound.ABOUT, Bound.EXACTLY, Direction.TIGHTENED),
        (Bound.ABOUT, Bound.AT_LEAST, Direction.TIGHTENED),
        (Bound.ABOUT, Bound.AT_MOST, Direction.TIGHTENED),
        (Bound.EXACTLY, Bound.AT_LEAST, Direction.TIGHTENED),
        (Bound.AT_LEAST, Bound.ABOVE, Direction.TIGHTENED),
        (Bound.AT_MOST, Bound.BELOW, Direction.TIGHTENED),
        (Bound.AT_LEAST, Bound.AT_MOST, Direction.LOOSENED),
        (Bound.AT_MOST, Bound.AT_LEAST, Direction.TIGHTENED),
        (Bound.RANGE, Bound.ABOUT, Direction.TIGHTENED),
        (Bound.ABOUT, Bound.ABOUT, None),
    ],
)
def test_bounds_are_ordered_by_how_much_they_oblige(before, after, direction):
    assert bound_direction(before, after) == direction
    back = {Direction.TIGHTENED: Direction.LOOSENED, Direction.LOOSENED: Direction.TIGHTENED}
    assert bound_direction(after, before) == (back[direction] if direction else None)


def test_a_narrower_range_is_tightened_and_converted_units_are_equal():
    wide = replace(ROW, target=target("5-10所", 5, "所", Bound.RANGE, high=10))
    narrow = replace(ROW, target=target("7-8所", 7, "所", Bound.RANGE, high=8))
    assert flags(wide, narrow) == [("target.bound", "tightened", "5-10所", "7-8所")]
    mu = replace(ROW, target=target("1500亩", 1500, "亩"))
    hectares = replace(ROW, target=target("100公顷", 100, "公顷"))
    assert flags(mu, hectares) == []


def test_a_number_that_came_or_went_is_a_value_added_or_removed():
    without = replace(ROW, target=None)
    assert flags(without, ROW) == [("target.value", "added", None, "至少3所")]
    assert flags(ROW, without) == [("target.value", "removed", "至少3所", None)]


@pytest.mark.parametrize(
    ("per", "task", "expected"),
    [
        ("每个县（市、区）", "到2025年，每个县（市、区）至少建设3所公办养老机构", "replaced"),
        (None, "到2025年，至少建设3所公办养老机构", "removed"),
        (None, "到2025年，每个县（市）都要建设至少3所公办养老机构", None),
    ],
)
def test_per_what_is_compared_unless_only_the_reader_missed_it(per, task, expected):
    after = replace(ROW, target=replace(ROW.target, per=per), task=task)
    assert [f[1] for f in flags(ROW, after)] == ([expected] if expected else [])


def test_another_base_is_replaced():
    ratio = commitment(
        "不低于在校生数的10%", "年培训人次", goal=target("10%", 10, "%", base="在校生数")
    )
    other = replace(
        ratio, target=target("10%", 10, "%", base="毕业生数"), task="不低于毕业生数的10%"
    )
    assert flags(ratio, other) == [("target.base", "replaced", "在校生数", "毕业生数")]


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (by(2025), by(2026), "postponed"),
        (by(2025), by(2025, 6, 30), "brought_forward"),
        (None, by(2025), "added"),
        (by(2025), None, "removed"),
        (by(2025), SAME_DAY[0], None),
        (by(2025), SAME_DAY[1], None),
        (EVERY_3, EVERY_2, "brought_forward"),
        (EVERY_2, EVERY_3, "postponed"),
        (EVERY_3, by(2025), "replaced"),
        (Deadline("24个月内", DeadlineKind.WITHIN, period="P24M"),
         Deadline("2年内", DeadlineKind.WITHIN, period="P2Y"), None),
    ],
)  # fmt: skip
def test_deadlines_are_compared_by_their_last_day_or_length(before, after, direction):
    left = replace(ROW, deadline=before, task="建设养老机构")
    right = replace(ROW, deadline=after, task="建设养老机构")
    assert [f[1] for f in flags(left, right)] == ([direction] if direction else [])


FINANCE = ResponsibleUnit("财政厅", "财政厅", Role.RESPONSIBLE)
ALL_FINANCE = ResponsibleUnit("各省财政厅", "各省财政厅", Role.RESPONSIBLE)


@pytest.mark.parametrize(
    ("after", "direction"),
    [
        (units("某省财政厅", "某省民政厅"), None),
        (units("某省民政厅"), "removed"),
        (units("某省民政厅", "某省财政厅", "某省卫生健康委员会"), "added"),
        (units("某省民政厅", "某省审计厅"), "replaced"),
        ((), "removed"),
        ((*units("某省民政厅", role=Role.LEAD), *units("某省财政厅")), "replaced"),
        ((*units("某省民政厅"), FINANCE), None),
        ((*units("某省民政厅"), ALL_FINANCE), "replaced"),
    ],
)  # fmt: skip
def test_units_are_compared_by_name_and_role_whatever_their_order(after, direction):
    found = flags(ROW, replace(ROW, responsible_units=after))
    assert [f[:2] for f in found] == ([(ChangedField.UNITS, direction)] if direction else [])


@pytest.mark.parametrize(
    ("read", "same"),
    [("省省民政厅", True), ("省民民政厅", True), ("省审计厅", False), ("省林业局", False)],
)
def test_a_letter_that_a_scan_read_twice_makes_no_other_unit(read, same):
    """Where a line ends, recognition may read its last letter again on the next."""
    before = ResponsibleUnit("省民政厅", "某省民政厅", Role.RESPONSIBLE, registered=True)
    after = ResponsibleUnit(read, f"某省{read}", Role.RESPONSIBLE)
    found = flags(
        replace(ROW, responsible_units=(before,)), replace(ROW, responsible_units=(after,))
    )
    assert (found == []) is same


def test_a_doubtful_digit_makes_the_change_doubtful_and_does_not_hide_it():
    read = target("至少8所", 8, "所", Bound.AT_LEAST, per="每个县（市）")
    doubt = "两次识别结果不同：8、3，请对照原文核实"
    change = changes(ROW, replace(ROW, target=read, doubts=(doubt,)), 1.0)
    assert [(f.field, f.direction) for f in change.flags] == [(ChangedField.VALUE, "raised")]
    assert change.doubtful
    assert change.doubts == (f"新：{doubt}",)


def test_units_are_shown_whole_on_both_sides():
    after = replace(ROW, responsible_units=units("某省民政厅", role=Role.LEAD))
    (flag,) = changes(ROW, after, 1.0).flags
    assert (flag.before, flag.after) == ("某省民政厅、某省财政厅", "某省民政厅（牵头）")


@pytest.mark.parametrize(
    ("before", "after", "reworded"),
    [
        ("省级高水平中等职业学校", "高水平中职学校", False),
        ("“双师型”教师占比", "双师型 教师占比", False),
        ("省级示范基地", "国家级示范基地", True),
        ("公办养老机构床位", "养老机构床位", True),
        ("城镇居民人均收入", "农村居民人均收入", True),
    ],
)
def test_an_indicator_is_reworded_only_where_its_scope_changes(before, after, reworded):
    left = commitment(f"建设{before}", before)
    right = commitment(f"打造{after}", after, action="打造")
    assert [f[0] for f in flags(left, right)] == ([ChangedField.INDICATOR] if reworded else [])


def test_an_indicator_cut_elsewhere_by_the_reader_is_not_reworded():
    task = "面向社会开放新增的省级职业体验基地"
    left, right = commitment(task, "新增的省级职业体验基地"), commitment(task, "职业体验基地")
    assert flags(left, right) == []


@pytest.mark.parametrize(
    ("before", "after", "reworded"),
    [
        ("建设", "打造", False),
        ("完善", "健全", False),
        ("研究", "出台", True),
        ("新建", "改造", True),
        ("提高", "降低", True),
        ("建设", "取消", True),
        ("新增", "达到", True),
    ],
)
def test_an_action_is_reworded_only_where_it_does_something_else(before, after, reworded):
    left, right = (commitment("管理办法", "管理办法", action=action) for action in (before, after))
    assert [f[0] for f in flags(left, right)] == ([ChangedField.ACTION] if reworded else [])


def test_what_only_moved_or_was_renumbered_is_carried_over():
    after = replace(ROW, section=("五、保障措施", "（十二）养老"), id="elsewhere")
    change = changes(ROW, after, 0.97)
    assert (change.kind, change.flags, change.similarity) == (ChangeKind.CARRIED_OVER, (), 0.97)
    assert change.prior_document == ROW.evidence.document_id

"""Scope, basis and strength named; what asks for more or less; how grave; where it stands now."""

from dataclasses import replace

import pytest

from corpus.compare.changes import added, changes, dropped
from corpus.model.change import Aspect, Effect, Place, Severity
from corpus.model.quantity import Basis, Bound
from tests.corpus.compare.ledgers import by, commitment, target, units

AT_LEAST, AT_MOST = Bound.AT_LEAST, Bound.AT_MOST


def row(task, indicator, raw, low, unit, bound=Bound.EXACTLY, **more):
    goal = target(raw, low, unit, bound, per=more.pop("per", None))
    if "basis" in more:
        goal = replace(goal, basis=more.pop("basis"))
    return commitment(task, indicator, goal=goal, **more)


def only(before, after):
    (flag,) = changes(before, after, 1.0).flags
    return flag


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ("每个县（市）", "有条件的县（市）", Effect.WEAKER),
        ("各县", "试点县", Effect.WEAKER),
        ("部分社区", "所有社区", Effect.STRICTER),
        ("符合条件的企业", "全部企业", Effect.STRICTER),
    ],
)
def test_another_scope_is_named(before, after, effect):
    left = row(f"{before}建设3所养老机构", "养老机构", "3所", 3, "所")
    right = row(f"{after}建设3所养老机构", "养老机构", "3所", 3, "所")
    flag = only(left, right)
    assert (flag.aspect, flag.effect, flag.field) == (Aspect.SCOPE, effect, "target.per")


@pytest.mark.parametrize(("before", "after"), [("每个县", "各县"), ("有条件的县", "试点县")])
def test_the_same_scope_in_other_words_is_no_change(before, after):
    left = row(f"{before}建设3所养老机构", "养老机构", "3所", 3, "所")
    right = row(f"{after}建设3所养老机构", "养老机构", "3所", 3, "所")
    assert changes(left, right, 1.0).flags == ()


def test_raised_by_is_not_raised_to():
    by_how_much = row("入住率提高5%", "入住率", "5%", 5, "%", basis=Basis.CHANGE)
    where_to = row("入住率提高到5%", "入住率", "5%", 5, "%")
    flag = only(by_how_much, where_to)
    assert (flag.field, flag.aspect) == ("target.base", Aspect.BASIS)
    points = row("入住率提高5个百分点", "入住率", "5个百分点", 5, "个百分点", basis=Basis.CHANGE)
    assert (only(points, where_to).field, only(points, where_to).aspect) == (
        "target.unit",
        Aspect.BASIS,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("建设30所学校", "新建30所学校"),
        ("新增床位30张", "增加床位30张"),
        ("达到30张", "稳定在30张"),
        ("产值年均增长30张", "产值保持年均30张的增长速度"),
        ("增速保持30张", "增速提高30张"),
    ],
)
def test_another_verb_of_the_same_basis_is_no_change(before, after):
    unit = "张" if "张" in before else "所"
    name = "增速" if "增速" in before else "学校"
    left, right = (row(task, name, f"30{unit}", 30, unit) for task in (before, after))
    assert [f for f in changes(left, right, 1.0).flags if f.aspect is Aspect.BASIS] == []


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [("确保", "力争", Effect.WEAKER), ("力争", "确保", Effect.STRICTER), ("确保", "", None)],
)
def test_how_firmly_it_is_promised(before, after, effect):
    left, right = (
        row(f"{word}建成3所养老机构", "养老机构", "3所", 3, "所") for word in (before, after)
    )
    found = changes(left, right, 1.0).flags
    assert [(f.aspect, f.effect) for f in found] == ([(Aspect.STRENGTH, effect)] if effect else [])


@pytest.mark.parametrize(
    ("indicator", "bound", "low", "high", "effect"),
    [
        ("养老床位", AT_LEAST, 30, 20, Effect.WEAKER),
        ("养老床位", AT_LEAST, 20, 30, Effect.STRICTER),
        ("城镇登记失业率", Bound.ABOUT, 5, 4, Effect.STRICTER),
        ("行政成本", AT_MOST, 5, 6, Effect.WEAKER),
        ("财政赤字率", Bound.EXACTLY, 3, 4, Effect.OTHER),
        ("单位产值能耗下降", Bound.EXACTLY, 13, 12, Effect.WEAKER),
    ],
)
def test_more_is_not_always_stricter(indicator, bound, low, high, effect):
    left, right = (row(f"{indicator}{n}%", indicator, f"{n}%", n, "%", bound) for n in (low, high))
    assert only(left, right).effect is effect


def test_a_lowered_binding_target_is_graver_than_a_reworded_action():
    plan = row("约束性指标：养老床位30张", "养老床位", "30张", 30, "张", action="研究")
    less = row("约束性指标：养老床位20张", "养老床位", "20张", 20, "张", action="研究")
    other = replace(plan, action="出台")
    assert changes(plan, less, 1.0).severity is Severity.GRAVE
    assert changes(plan, other, 1.0).severity is Severity.SLIGHT
    anticipatory = replace(less, task="养老床位20张", evidence=replace(less.evidence, quote=""))
    loose = replace(plan, task="养老床位30张", evidence=replace(plan.evidence, quote=""))
    assert changes(loose, anticipatory, 1.0).severity is Severity.SERIOUS


@pytest.mark.parametrize(
    ("new", "severity"),
    [
        (by(2026), Severity.SERIOUS),
        (by(2024), Severity.MODERATE),
        (by(2025), Severity.NONE),
    ],
)
def test_a_deadline_put_off_is_graver_than_one_brought_forward(new, severity):
    before = commitment("建设养老机构", "养老机构", deadline=by(2025))
    after = replace(before, deadline=new)
    assert changes(before, after, 1.0).severity is severity


def test_what_is_dropped_is_graver_where_it_had_a_number():
    with_number = row("建设3所养老机构", "养老机构", "3所", 3, "所")
    without = commitment("出台办法", "办法", responsible=units("某省民政厅"))
    assert dropped(with_number).severity > dropped(without).severity
    assert added(with_number).severity is Severity.MODERATE


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (("二、任务", "（七）加强培训"), ("二、任务", "（七）加强培训"), Place.SAME),
        (("二、任务", "（七）加强培训"), ("三、任务", "（九）加强培训"), Place.RENUMBERED),
        (("二、任务", "（七）加强培训"), ("附件2重点分工表",), Place.MOVED),
        (("（七）加强技能培训",), ("（七）切实加强职业技能培训",), Place.SAME),
    ],
)
def test_moved_and_renumbered_are_seen_and_are_no_change(before, after, place):
    left = commitment("建设养老机构", "养老机构", section=before)
    change = changes(left, replace(left, section=after), 1.0)
    assert (change.place, change.flags) == (place, ())


def test_doubt_on_either_side_makes_the_change_doubtful():
    sure = row("建设3所养老机构", "养老机构", "3所", 3, "所")
    unsure = replace(sure, doubts=("未能确定指标名称",))
    assert not changes(sure, sure, 1.0).doubtful
    assert changes(sure, unsure, 1.0).doubts == ("新：未能确定指标名称",)
    assert dropped(unsure).doubts == ("原：未能确定指标名称",)

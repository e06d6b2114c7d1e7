"""What a lower document makes of the superior one's indicators."""

import pytest

from corpus.compare.levels import compare_levels
from corpus.model.quantity import Bound
from tests.corpus.compare.ledgers import by, commitment, document, ledger, target

AT_LEAST = Bound.AT_LEAST


def row(indicator, raw, n, unit, bound=AT_LEAST, *, deadline=None, per=None, section=()):
    return commitment(f"{per or ''}{indicator}{raw}", indicator, deadline=deadline, section=section,
                      goal=target(raw, n, unit, bound, per=per))  # fmt: skip


def verdicts(superior, *lower):
    tops = superior if isinstance(superior, list) else [superior]
    made = compare_levels([ledger(tops, of=document("top"))], ledger(lower, of=document("low")))
    return [each.verdict.value for each in made.rows]


SHARE = row("全省护理型床位占比", "不低于55%", 55, "%", deadline=by(2025))


@pytest.mark.parametrize(
    ("lower", "verdict"),
    [
        (row("全市护理型床位占比", "不低于60%", 60, "%", deadline=by(2025)), "stricter"),
        (row("护理型床位占比", "不低于55%", 55, "%", deadline=by(2025)), "equal"),
        (row("护理型床位占比", "不低于50%", 50, "%", deadline=by(2025)), "weaker"),
        (row("护理型床位占比", "不低于55%", 55, "%", deadline=by(2027)), "weaker"),
        (row("护理型床位占比", "不低于60%", 60, "%", deadline=by(2027)), "weaker"),
        (row("护理型床位占比", "55%左右", 55, "%", Bound.ABOUT, deadline=by(2025)), "weaker"),
        (row("社区食堂", "不少于55个", 55, "个", deadline=by(2025)), "missing"),
    ],
)
def test_a_share_is_compared(lower, verdict):
    assert verdicts(SHARE, lower) == [verdict]


def test_the_totals_of_two_levels_are_not_compared_but_what_each_county_must_do_is():
    top = row("高水平养老护理学校", "70所左右", 70, "所", Bound.ABOUT)
    assert verdicts(top, row("高水平养老护理学校", "25所左右", 25, "所", Bound.ABOUT)) == [
        "incomparable"
    ]
    each = row("养老护理学校", "至少2所", 2, "所", per="每个县")
    assert verdicts(each, row("养老护理学校", "至少1所", 1, "所", per="每个县")) == ["weaker"]


def test_another_measure_is_not_compared():
    top = row("养老护理学校入学率", "提高5个百分点", 5, "个百分点")
    assert verdicts(top, row("养老护理学校入学率", "提高5%", 5, "%")) == ["incomparable"]


def test_what_the_annex_repeats_is_asked_for_once():
    again = row("全省护理型床位占比", "不低于55%", 55, "%", section=("附件 任务表",))
    lower = row("护理型床位占比", "不低于55%", 55, "%", deadline=by(2025))
    assert verdicts([SHARE, again], lower) == ["equal"]

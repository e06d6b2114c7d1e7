"""Sentences as an office would write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from corpus.model.change import (
    Aspect,
    Change,
    ChangedField,
    ChangeForm,
    ChangeKind,
    Comparison,
    Direction,
    Effect,
    Flag,
    OriginalDeadline,
)
from corpus.model.commitment import Commitment, Ledger
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound, Quantity, Target
from outputs import labels, wording, wording_en
from outputs.counts import ComparisonCounts


def _said(before: Commitment, after: Commitment, *flags: Flag) -> list[str]:
    return list(wording.sentences(Change(ChangeKind.CHANGED, flags, before, after)))


def test_every_field_of_a_change_has_its_sentence(comparison: Comparison) -> None:
    assert list(wording.sentences(comparison.changes[1])) == [
        "目标值由不少于1.2万人次降低到不少于1万人次",
        "完成时限由2025年6月30日推迟到2026年12月31日",
        "责任单位减少：云岭省财政厅",
    ]


def test_what_is_dropped_is_never_called_cancelled(comparison: Comparison) -> None:
    said = " ".join(s for change in comparison.changes for s in wording.sentences(change))
    assert "不再提及：出台老年助餐服务管理办法，2022年底前" in said
    assert "取消" not in said


@pytest.mark.parametrize(
    ("bound", "low", "high", "unit", "zh", "en"),
    [
        (Bound.ABOUT, "70", "70", "所", "约70所", "about 70 所"),
        (Bound.AT_LEAST, "10", "10", "%", "不低于10%", "at least 10 %"),
        (Bound.RANGE, "5", "10", "所", "5—10所", "5–10 所"),
        (Bound.EXACTLY, "12000.50", "12000.50", "元", "12000.5元", "12000.5 元"),
    ],
)
def test_values_from_their_numbers(
    bound: Bound, low: str, high: str, unit: str, zh: str, en: str
) -> None:
    target = Target("", Quantity(Decimal(low), Decimal(high), unit), bound)
    assert wording.measured(target) == zh
    assert wording_en.measured(target) == en


def test_a_length_of_time_is_not_compared_by_its_last_day(ledger: Ledger) -> None:
    three = Deadline("3年内", DeadlineKind.WITHIN, date(2021, 5, 1), date(2024, 5, 1), "P3Y")
    two = Deadline("2年内", DeadlineKind.WITHIN, date(2024, 5, 1), date(2026, 5, 1), "P2Y")
    before, after = (replace(ledger.commitments[0], deadline=d) for d in (three, two))
    flag = Flag(ChangedField.DEADLINE, Direction.BROUGHT_FORWARD, "3年内", "2年内")
    assert _said(before, after, flag) == ["完成时限由3年内提前到2年内"]
    assert wording_en.sentence(flag, Change(ChangeKind.CHANGED, (flag,), before, after)) == (
        "deadline brought forward from 3年内 to 2年内"
    )


@pytest.mark.parametrize(
    ("before", "after", "direction", "said"),
    [
        ("财政厅", "财政厅 民政厅", Direction.ADDED, "责任单位增加：云岭省民政厅"),
        ("财政厅 民政厅", "民政厅", Direction.REMOVED, "责任单位减少：云岭省财政厅"),
        (
            "财政厅",
            "民政厅",
            Direction.REPLACED,
            "责任单位由云岭省财政厅调整为云岭省民政厅",
        ),
        (
            "财政厅*",
            "财政厅",
            Direction.REPLACED,
            "责任单位由云岭省财政厅（牵头）调整为云岭省财政厅（负责）",
        ),
    ],
)
def test_units_that_changed_are_named_alone(
    ledger: Ledger, before: str, after: str, direction: Direction, said: str
) -> None:
    def having(names: str) -> Commitment:
        units = tuple(
            ResponsibleUnit(
                name, f"云岭省{name.rstrip('*')}", Role.LEAD if "*" in name else Role.RESPONSIBLE
            )
            for name in names.split()
        )
        return replace(ledger.commitments[0], responsible_units=units)

    flag = Flag(ChangedField.UNITS, direction, before, after)
    assert _said(having(before), having(after), flag) == [said]


def test_a_field_that_came_or_went(ledger: Ledger) -> None:
    having = ledger.commitments[0]
    without = replace(having, deadline=None)
    came = Flag(ChangedField.DEADLINE, Direction.ADDED, None, "到2025年")
    went = Flag(ChangedField.DEADLINE, Direction.REMOVED, "到2025年", None)
    assert _said(without, having, came) == ["新设完成时限：到2025年"]
    assert _said(having, without, went) == ["不再设完成时限，原为到2025年"]


def test_inherited_is_marked(ledger: Ledger) -> None:
    _, nurses, share, *_ = ledger.commitments
    assert wording.deadline(share.deadline) == "“十四五”末（上文）"
    assert wording.units(nurses) == "云岭省人力资源和社会保障厅、云岭省财政厅（上文）"


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("新建养老\n服务中心", "新建养老服务中心"),
        ("达\n到 ４５ ％ 以上", "达到４５％以上"),
        ("推广 Smart\nCare 平台", "推广Smart Care平台"),
        ("任务\t10所\t民政厅\n财政厅", "任务 ｜ 10所 ｜ 民政厅财政厅"),
        ("", ""),
    ],
)
def test_quotations_on_one_line(quote: str, line: str) -> None:
    assert wording.one_line(quote) == line


def test_a_row_is_named_by_what_it_does_in_the_order_of_its_words(ledger: Ledger) -> None:
    beds, _, share, meals, *_ = ledger.commitments
    assert wording.name(beds) == "新建社区养老服务中心"
    assert wording.name(replace(share, action="不低于")) == "护理型床位占比"
    assert wording.name(replace(meals, indicator=None)) == meals.task
    quote = "养老床位总数达到3万张，护理型床位占比达到60%"
    second = replace(share, action="达到", evidence=replace(share.evidence, quote=quote))
    assert wording.name(second) == "护理型床位占比"


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        (
            Flag(
                ChangedField.PER, Direction.REPLACED, "每个县", "有条件的县", Aspect.SCOPE,
                Effect.WEAKER,
            ),
            "适用范围由每个县调整为有条件的县（要求更松）",
        ),
        (
            Flag(ChangedField.BASE, Direction.REPLACED, "提高5%", "提高到5%", Aspect.BASIS),
            "口径由提高5%调整为提高到5%",
        ),
        (
            Flag(
                ChangedField.ACTION, Direction.REWORDED, "确保", "力争", Aspect.STRENGTH,
                Effect.WEAKER,
            ),
            "表述强度由“确保”调整为“力争”（要求更松）",
        ),
    ],
)  # fmt: skip
def test_scope_basis_and_strength_are_named(ledger: Ledger, flag: Flag, said: str) -> None:
    row = ledger.commitments[0]
    assert _said(row, row, flag) == [said]


def test_a_lower_burden_is_told_to_be_stricter(ledger: Ledger) -> None:
    share = ledger.commitments[2]
    low = Quantity(Decimal(50), Decimal(50), "%")
    less = replace(share, target=replace(share.target, raw="不超过50%", quantity=low))
    flag = Flag(ChangedField.VALUE, Direction.LOWERED, "55%", "50%", effect=Effect.STRICTER)
    assert _said(share, less, flag) == ["目标值由不低于55%降低到不超过50%（要求更严）"]


def test_parts_and_first_deadlines_are_told(ledger: Ledger) -> None:
    beds = ledger.commitments[0]
    part = Change(ChangeKind.CARRIED_OVER, (), beds, beds, form=ChangeForm.SPLIT, whole=beds.id)
    assert list(wording.sentences(part)) == [
        "拆分：由70所左右拆出70所左右；各部分合计与原目标值相等"
    ]
    assert list(wording_en.sentences(part)) == ["split: the parts add up to the whole"]
    first = OriginalDeadline(ledger.commitments[3].deadline, "d", 2)
    slipped = Change(ChangeKind.CARRIED_OVER, (), beds, beds, original=first)
    assert list(wording.sentences(slipped))[-1] == "原定完成时限：2022年底前，此后已调整2次"
    assert labels.labels(part) == (labels.Label.SPLIT,)


def test_a_whole_that_was_split_counts_once(comparison: Comparison, ledger: Ledger) -> None:
    beds = ledger.commitments[0]
    part = Change(ChangeKind.CARRIED_OVER, (), beds, beds, form=ChangeForm.SPLIT, whole=beds.id)
    counts = ComparisonCounts.of(replace(comparison, changes=(part, part, part)))
    assert (counts.prior, counts.new) == (1, 3)
    assert counts.sums[0].endswith("延续 3 - 拆分重复计 2")

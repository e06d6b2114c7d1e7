"""Which commitments are the same one: by what is measured, never by equal numbers or by place."""

import time

import pytest

from corpus.compare import align
from corpus.model.quantity import Bound
from tests.corpus.compare.ledgers import commitment, target, units

MEDIUM = commitment("重点建设70所左右省级高水平中等职业学校", "省级高水平中等职业学校",
                    goal=target("70所左右", 70, "所", Bound.ABOUT))  # fmt: skip


@pytest.mark.parametrize(
    ("task", "indicator", "raw", "low", "unit"),
    [
        ("重点建设60所左右省级高水平中等职业学校", "省级高水平中等职业学校", "60所左右", 60, "所"),
        ("着力打造70所左右高水平中职学校", "高水平中职学校", "70所左右", 70, "所"),
        ("建成省级高水平中等职业学校（含技工）9个", "省级高水平中等职业学校", "9个", 9, "个"),
        ("支持７０所省级 高水平中等职业学校", "省级 高水平中等职业学校", "７０所", 70, "所"),
    ],
)  # fmt: skip
def test_the_same_indicator_pairs_whatever_its_number_and_wording(task, indicator, raw, low, unit):
    after = commitment(task, indicator, goal=target(raw, low, unit))
    (pair,) = align([MEDIUM], [after])
    assert pair.after is after


@pytest.mark.parametrize(
    ("task", "indicator", "unit"),
    [
        ("培育70所左右应用型普通本科学校", "应用型普通本科学校", "所"),
        ("新增托育机构70所左右", "托育机构", "所"),
        ("森林覆盖率提高70%左右", "森林覆盖率", "%"),
        ("认定70所左右省级示范性产教融合型企业", "省级示范性产教融合型企业", "所"),
    ],
)
def test_another_indicator_does_not_pair_because_its_number_agrees(task, indicator, unit):
    other = commitment(task, indicator, goal=target(f"70{unit}左右", 70, unit, Bound.ABOUT))
    assert align([MEDIUM], [other]) == []


def test_siblings_of_one_sentence_find_their_own_counterparts_though_their_numbers_are_swapped():
    task = "建设{}所高水平中职学校和{}所高水平高职学校"
    before = [
        commitment(task.format(70, 30), "高水平中职学校", goal=target("70所", 70, "所")),
        commitment(task.format(70, 30), "高水平高职学校", goal=target("30所", 30, "所")),
    ]
    after = [
        commitment(task.format(30, 70), "高水平高职学校", goal=target("70所", 70, "所")),
        commitment(task.format(30, 70), "高水平中职学校", goal=target("30所", 30, "所")),
    ]
    named = {(pair.before.indicator, pair.after.indicator) for pair in align(before, after)}
    assert named == {("高水平中职学校",) * 2, ("高水平高职学校",) * 2}


def test_the_same_words_in_body_and_annex_are_kept_apart_by_section_and_units():
    body = commitment("建设20个实训基地", "实训基地", goal=target("20个", 20, "个"),
                      section=("二、重点任务", "（三）建设实训基地"))  # fmt: skip
    annex = commitment("建设20个实训基地", "实训基地", goal=target("20个", 20, "个"),
                       section=("附件2任务表",), responsible=units("某省教育厅"))  # fmt: skip
    pairs = align([body, annex], [annex, body])
    assert [(pair.before, pair.after) for pair in pairs] == [(annex, annex), (body, body)]
    (left,) = align([body, annex], [annex])
    assert left.before is annex


def test_equal_indicators_are_told_apart_by_their_sentences():
    task = "建设{}和{}高水平专业群"
    medium, higher = (
        commitment(task.format(school, n), "高水平专业群", goal=target(n, n[:-1], "个"))
        for school, n in (("高水平中等职业学校", "100个"), ("高水平高等职业学校", "50个"))
    )
    (pair,) = align([medium, higher], [higher])
    assert pair.before is higher


def test_a_duty_without_a_number_pairs_by_what_is_to_be_done():
    before = commitment("教育厅要研究制定实训基地管理办法", "实训基地管理办法", action="制定")
    same = commitment("教育厅牵头出台实训基地管理办法", "实训基地管理办法", action="出台")
    other = commitment("教育厅要定期发布人才需求预测", "人才需求预测", action="发布")
    (pair,) = align([before], [other, same])
    assert pair.after is same


def test_nothing_pairs_with_nothing():
    assert align([], [MEDIUM]) == [] == align([MEDIUM], [])


def test_two_ledgers_of_200_are_aligned_within_a_second():
    rows = [
        commitment(f"建设{n}个第{n}类特色产业示范园区与基地", f"第{n}类特色产业示范园区与基地",
                   goal=target(f"{n}个", n + 1, "个"))
        for n in range(200)
    ]  # fmt: skip
    align(rows[:2], rows[:2])  # the first import of scipy is not part of it
    start = time.perf_counter()
    pairs = align(rows, rows)
    assert time.perf_counter() - start < 1
    assert len(pairs) == 200

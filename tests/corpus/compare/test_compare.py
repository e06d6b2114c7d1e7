"""Whole ledgers: what a faultless reader would say of edited copies, and of copies that only look
different."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.compare import compare
from corpus.model.change import ChangeKind
from corpus.model.quantity import Bound
from tests.corpus.compare.ledgers import (
    SHARED,
    by,
    commitment,
    document,
    gold_ledger,
    ledger,
    target,
    units,
)
from tests.corpus.compare.mutations import f1, mutate, reworded, said

annotated = pytest.mark.skipif(
    not (SHARED / "gold" / "002.jsonl").exists(), reason="annotated documents are not here"
)

_THINGS = [
    "养老服务综合体",
    "家庭托育点",
    "城市书房",
    "社区食堂",
    "口袋公园",
    "充电桩",
    "雨污分流管网",
    "老旧小区",
    "农村公路",
    "高标准农田",
    "乡镇卫生院",
    "全科医生",
    "普惠性幼儿园",
    "学位",
    "中小河流堤防",
    "再生水厂",
    "科技企业孵化器",
    "博士后工作站",
    "专精特新企业",
    "数字化车间",
    "跨境电商综试区",
    "国际货运班列",
    "文物保护单位",
    "非遗工坊",
]


def _plan(name: str = "prior"):
    rows = []
    for place, thing in enumerate(_THINGS):
        section = (f"{'二三四'[place % 3]}、重点任务", f"（{place + 1}）推进{thing}建设")
        task = f"到2025年，全市新建成{thing}{place + 3}0个左右，重点向新城区布局"
        goal = target(f"{place + 3}0个左右", (place + 3) * 10, "个", Bound.ABOUT)
        rows.append(
            commitment(task, thing, goal=goal, section=section, deadline=by(2025),
                       responsible=units(f"某市{thing[:2]}局", "某市财政局"),
                       identity=f"{name}-{place}")
        )  # fmt: skip
    task = "民政局要加强对{}的宣传，每年开展一次回访"
    rows += [
        commitment(task.format(thing), f"{thing}的宣传", action="加强", section=("五、保障措施",),
                   responsible=units("某市民政局"), identity=f"{name}-duty-{place}")
        for place, thing in enumerate(_THINGS[:6])
    ]  # fmt: skip
    return ledger(rows, of=document(name, issued=date(2021, 5, 1)))


PLAN = _plan()


@given(st.permutations(range(len(PLAN.commitments))))
@settings(max_examples=15, deadline=None)
def test_a_copy_in_another_order_is_carried_over(order):
    copy = replace(PLAN, commitments=tuple(PLAN.commitments[i] for i in order))
    found = compare([PLAN], copy).changes
    assert {change.kind for change in found} == {ChangeKind.CARRIED_OVER}
    assert all(change.prior == change.new for change in found)


@given(st.sets(st.integers(0, len(PLAN.commitments) - 1)))
@settings(max_examples=15, deadline=None)
def test_what_is_dropped_is_reported_and_nothing_else(gone):
    kept = tuple(c for i, c in enumerate(PLAN.commitments) if i not in gone)
    found = compare([PLAN], replace(PLAN, commitments=kept)).changes
    dropped = {change.prior.id for change in found if change.kind is ChangeKind.DROPPED}
    assert dropped == {PLAN.commitments[i].id for i in gone}
    assert {change.kind for change in found} <= {ChangeKind.DROPPED, ChangeKind.CARRIED_OVER}


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_other_words_numbering_and_typesetting_are_no_change(seed):
    copy = reworded(PLAN, seed)
    rows = list(copy.commitments)
    random.Random(seed).shuffle(rows)
    assert said(compare([PLAN], replace(copy, commitments=tuple(rows))).changes) == set()


def test_edits_are_named_with_row_kind_field_and_direction():
    copies = [mutate(PLAN, seed) for seed in range(10)]
    found = f1((copy.expected, said(compare([PLAN], copy.ledger).changes)) for copy in copies)
    assert found[2] >= 0.97


def test_changes_come_in_the_order_of_the_new_document_and_then_what_was_dropped():
    rows = PLAN.commitments
    extra = commitment("新设3个口岸", "口岸", goal=target("3个", 3, "个"))
    new = ledger([extra, rows[5], rows[2]])
    kinds = [change.kind for change in compare([ledger(rows[:6])], new).changes]
    assert kinds == ["added", "carried_over", "carried_over", *["dropped"] * 4]


def test_of_several_priors_the_nearest_counts_and_of_equals_the_latest():
    row = PLAN.commitments[0]
    early = ledger([row], of=document("early", issued=date(2016, 1, 1)))
    late = ledger([row], of=document("late", issued=date(2020, 1, 1)))
    raised = replace(
        row, target=replace(row.target, raw="99个", quantity=target("", 99, "个").quantity)
    )
    (change,) = compare([early, late], ledger([raised])).changes
    assert change.prior_document == "late"
    (change,) = compare([early, ledger([raised], of=late.document)], ledger([row])).changes
    assert change.prior_document == "early"


def test_what_only_a_cited_document_has_is_not_dropped():
    cited = ledger(PLAN.commitments[:4], of=document("cited"))
    succeeded = ledger(PLAN.commitments[4:8], of=document("old"))
    new = ledger(PLAN.commitments[:1])
    found = compare([cited, succeeded], new, dropped_from={"old"}).changes
    assert [c.prior_document for c in found if c.kind is ChangeKind.DROPPED] == ["old"] * 4
    assert len([c for c in compare([cited, succeeded], new).changes if c.new is None]) == 7


def test_a_dropped_clause_is_reported_although_the_annex_still_says_it():
    table = tuple(
        replace(row, section=("附件1", "重点任务分工表"), deadline=None, id=f"table-{row.id}",
                responsible_units=units("某市住房和城乡建设局"))
        for row in PLAN.commitments
    )  # fmt: skip
    both = replace(PLAN, commitments=PLAN.commitments + table)
    found = compare([both], replace(both, commitments=both.commitments[1:])).changes
    assert [c.prior.id for c in found if c.kind is not ChangeKind.CARRIED_OVER] == ["prior-0"]


@annotated
@pytest.mark.parametrize("name", ["001", "002"])
def test_annotated_documents_copied_with_edits(name):
    prior, other = gold_ledger(name), gold_ledger({"001": "002", "002": "001"}[name])
    copies = [mutate(prior, seed, reserve=other.commitments) for seed in range(5)]
    found = f1((copy.expected, said(compare([prior], copy.ledger).changes)) for copy in copies)
    assert found[2] >= 0.97


@annotated
@pytest.mark.parametrize("name", ["001", "002"])
def test_annotated_documents_copied_in_other_words(name):
    prior = gold_ledger(name)
    for seed in range(5):
        assert said(compare([prior], reworded(prior, seed)).changes) == set()


def test_what_a_document_promises_beside_one_it_only_cites_is_not_news():
    shared = commitment("新建社区食堂30个", "社区食堂", goal=target("30个", 30, "个"))
    other = commitment("新建口袋公园50个", "口袋公园", goal=target("50个", 50, "个"))
    cited = ledger([shared], of=document("cited"))
    new = ledger([shared, other], of=document("new"))
    found = compare([cited], new, dropped_from=()).changes
    assert [change.kind for change in found] == [ChangeKind.CARRIED_OVER]
    assert compare([cited], ledger([other], of=document("new")), dropped_from=()).changes == ()

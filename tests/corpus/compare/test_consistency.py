"""A document against itself: what must be found, and what only looks like a contradiction."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from corpus.compare.consistency import check
from corpus.model.change import Severity
from corpus.model.commitment import Ledger
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.quantity import Bound
from tests.corpus.compare.ledgers import by, commitment, document, ledger, target, units
from tests.end_to_end.plain_documents import document_of

BODY, ANNEX = ("二、重点任务", "（三）培训"), ("附件2 重点任务分工表",)


def row(indicator, n, unit="所", *, section=BODY, task=None, bound=Bound.EXACTLY, **more):
    goal = target(f"{n}{unit}", str(n), unit, bound, per=more.pop("per", None))
    task = task or f"建设{n}{unit}{indicator}"
    return commitment(task, indicator, goal=goal, section=section, **more)


def kinds(*rows, issued=None):
    made = ledger(rows, of=document("d", issued=issued))
    return [(each.kind.value, each.said) for each in check(made)]


SCHOOLS = "省级高水平养老护理学校"


@pytest.mark.parametrize(
    ("body", "annex", "expected"),
    [
        (row(SCHOOLS, 70), row(SCHOOLS, 60, section=ANNEX), ("70所", "60所")),
        (
            row(SCHOOLS, 70, bound=Bound.ABOUT, task="建设70所左右省级高水平养老护理学校"),
            row(SCHOOLS, 70, section=ANNEX, bound=Bound.AT_LEAST),
            ("70所", "70所"),
        ),
        (
            row("安全专题教育", 16, "个学时"),
            row("安全专题教育", 16, "个学时", per="每学期", section=ANNEX),
            ("", "每学期"),
        ),
        (
            row(SCHOOLS, 70, deadline=by(2024)),
            row(SCHOOLS, 70, deadline=by(2025), section=ANNEX),
            ("到2024年", "到2025年"),
        ),
    ],
)
def test_the_same_task_bounded_otherwise_in_the_annex(body, annex, expected):
    assert kinds(body, annex) == [("body_and_annex", expected)]


@pytest.mark.parametrize(
    "annex",
    [
        row(SCHOOLS, 70, section=ANNEX),
        row(SCHOOLS, 70, section=ANNEX, responsible=units("某省民政厅"), deadline=by(2025)),
        row("县级社区食堂", 60, section=ANNEX),
    ],
)
def test_what_the_annex_repeats_adds_or_says_of_others_is_fine(annex):
    assert kinds(row(SCHOOLS, 70), annex) == []


def test_one_target_with_two_values_in_the_body():
    late = row(SCHOOLS, 90, section=("五、保障", "（九）投入"), task=f"扶持{SCHOOLS}90所")
    assert kinds(row(SCHOOLS, 70), late) == [("earlier_and_later", ("70所", "90所"))]


@pytest.mark.parametrize(
    "later",
    [
        {"task": "公办机构中建设90所省级高水平养老护理学校"},
        {"deadline": by(2030)},
        {"per": "每个市", "task": "每个市建设90所省级高水平养老护理学校"},
        {"unit": "%"},
    ],
)
def test_another_day_scope_or_measure_is_another_target(later):
    unit = later.pop("unit", "所")
    assert kinds(row(SCHOOLS, 70), row(SCHOOLS, 90, unit, **later)) == []


def test_parts_that_exceed_their_total():
    task = "建设30个示范基地，其中省级20个、市级15个"
    rows = [
        row("示范基地", 30, "个", task=task),
        row("省级示范基地", 20, "个", task=task),
        row("市级示范基地", 15, "个", task=task),
    ]
    assert kinds(*rows) == [("total_and_parts", ("30个", "20个、15个，合计35个"))]
    small = task.replace("15", "10")
    fitting = [replace(r, task=small) for r in rows[:2]] + [
        row("市级示范基地", 10, "个", task=small)
    ]
    assert kinds(*fitting) == []


def test_an_amount_compared_with_last_year_is_no_part():
    task = "安排资金90亿元，比上年增加50亿元，其中省级70亿元"
    rows = [
        row(name, n, "亿元", task=task) for name, n in (("资金", 90), ("增加", 50), ("省级", 70))
    ]
    assert kinds(*rows) == []


def test_a_table_whose_total_is_not_the_sum():
    table = "一、任务\n地区\t床位\n甲市\t300\n乙市\t200\n合计\t510\n"
    (found,) = check(Ledger(document_of(table, "d"), ()))
    assert (found.kind.value, found.said) == ("total_and_parts", ("合计510", "各行相加500"))
    assert check(Ledger(document_of(table.replace("510", "500"), "d"), ())) == ()


def test_a_list_that_is_shorter_than_the_text_says():
    text = (
        "一、任务\n组建3个养老服务联盟（详见附件）。\n附件 名单\n序号\t名称\n1\t甲联盟\n2\t乙联盟\n"
    )
    paper = document_of(text, "d")
    said = replace(row("养老服务联盟", 3, "个", task="组建3个养老服务联盟（详见附件）"))
    (found,) = check(Ledger(paper, (said,)))
    assert found.said == ("3个", "附件列出2项")
    two = replace(said, target=replace(said.target, quantity=replace(
        said.target.quantity, low=Decimal(2), high=Decimal(2))))  # fmt: skip
    assert check(Ledger(paper, (two,))) == ()


def test_a_deadline_before_the_date_of_issue():
    task = commitment("2022年6月底前出台养老办法", "养老办法", deadline=by(2022, 6, 30))
    assert kinds(task, issued=date(2022, 9, 1)) == [
        ("deadline_passed", ("2022年6月底前", "成文日期2022-09-01"))
    ]
    assert kinds(task, issued=date(2022, 3, 1)) == [] == kinds(task)


@pytest.mark.parametrize(
    ("raw", "registered", "expected"),
    [
        ("云岭省养老产业发展局", False, True),
        ("省民政厅", True, False),
        ("各省辖市政府", False, False),
        ("有关部门", False, False),
        ("省级政府", False, False),
        ("甲县民政局", False, False),
        ("龙头企业", False, False),
    ],
)
def test_units_that_the_register_does_not_know(raw, registered, expected):
    unit = ResponsibleUnit(raw, raw, Role.RESPONSIBLE, registered=registered)
    found = kinds(commitment("出台养老办法", "养老办法", responsible=(unit,)))
    assert [kind for kind, _ in found] == (["unknown_unit"] if expected else [])


def test_two_lead_units_in_one_place_or_in_two():
    both = units("某省民政厅", "某省财政厅", role=Role.LEAD)
    assert kinds(commitment("出台养老办法", "养老办法", responsible=both)) == [
        ("two_leads", ("某省民政厅", "某省财政厅"))
    ]
    first = row(SCHOOLS, 70, responsible=both[:1])
    other = row(SCHOOLS, 70, responsible=both[1:], section=ANNEX)
    assert kinds(first, other) == [("two_leads", ("某省民政厅", "某省财政厅"))]


PAPER = """一、重点任务
每个县（市）建设1个医养结合的社区照护中心。制定居家照护服务标准和认定办法，建立护理员培训档案，完善各级财政补贴办法。
附件2 任务表
序号\t任务
1\t{row}
"""


@pytest.mark.parametrize(
    ("annex", "said"),
    [
        ("每个县（市）建设1个医教结合的社区照护中心。", ("医养结", "医教结")),
        ("制定居家照护服务标准和办法。", ("认定", "")),
        ("每个县（市）建设2个医养结合的社区照护中心。", ("设1个", "设2个")),
    ],
)
def test_other_words_in_the_task_table(annex, said):
    (found,) = check(Ledger(document_of(PAPER.format(row=annex), "d"), ()))
    assert (found.kind.value, found.said) == ("wording", said)
    assert found.second is not None
    assert found.second.quote in annex


@pytest.mark.parametrize(
    "annex",
    [
        "每个县(市)建设１个医养结合的社区照护中心；制定居家照护服务标准和认定办法。",
        "建立护理员的培训档案。",  # 的 says nothing
        "制定居家照护服务标准。",  # cut short
        "开展老年人反诈骗宣传进社区。",  # only in the annex
    ],
)
def test_the_same_words_otherwise_set_cut_or_added_are_fine(annex):
    assert check(Ledger(document_of(PAPER.format(row=annex), "d"), ())) == ()


def test_the_gravest_comes_first():
    annex = "每个县（市）建设2个医养结合的社区照护中心，制定居家照护服务标准和办法。"
    found = check(Ledger(document_of(PAPER.format(row=annex), "d"), ()))
    assert [each.severity for each in found] == [Severity.SERIOUS, Severity.SLIGHT]

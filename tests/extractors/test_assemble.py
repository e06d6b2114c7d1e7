"""Commitments out of findings: what they cite, how they are numbered, what is doubtful."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model.commitment import Commitment
from corpus.model.organisation import Role
from corpus.model.quantity import Basis, Bound
from extractors.assemble import assemble
from extractors.run import extract
from tests.end_to_end.plain_documents import document_of

_PLAN = (
    "一、主要目标\n"
    "到2025年，新建社区食堂300个左右，护理型床位占比不低于60%。（省民政厅牵头，省财政厅配合）\n"
    "二、保障措施\n"
    "省民政厅要在2022年6月底前制定实施细则。\n"
    "工作任务\t责任单位\t完成时限\n培训护理员2万人次\t省人力资源社会保障厅\t2024年底前"
)


def _commitments(text: str, name: str = "d") -> tuple[Commitment, ...]:
    return extract(document_of(text, name)).commitments


def test_commitment_has_every_column_of_the_ledger() -> None:
    first, second, third, fourth = _commitments(_PLAN)
    assert (first.action, first.indicator) == ("新建", "社区食堂")
    assert first.target is not None
    assert (first.target.raw, first.target.bound) == ("300个左右", Bound.ABOUT)
    assert first.deadline is not None
    assert first.deadline.end == date(2025, 12, 31)
    assert [(u.raw, u.role) for u in first.responsible_units] == [
        ("省民政厅", Role.LEAD),
        ("省财政厅", Role.COOPERATING),
    ]
    assert first.section == ("一、主要目标",)
    assert (second.indicator, third.action) == ("护理型床位", "制定")
    assert (fourth.indicator, fourth.deadline and fourth.deadline.raw) == ("护理员", "2024年底前")


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("健全体系；新建社区食堂300个；优化布局。", "新建社区食堂300个"),
        ("新建社区\n 食堂300个。".replace("\n", " "), "新建社区食堂300个"),
        ("实施Level 2评估，新建社区食堂300个。", "实施Level 2评估，新建社区食堂300个"),
    ],
)
def test_commitment_says_its_task_on_one_line(text: str, task: str) -> None:
    assert [c.task for c in _commitments(text)] == [task]


@pytest.mark.parametrize(
    "text", [_PLAN, _PLAN.replace("，", "， "), _PLAN.replace("新建", "新 建")]
)
def test_evidence_is_what_stands_at_its_span(text: str) -> None:
    document = document_of(text, "d")
    found = extract(document).commitments
    assert found != ()
    for commitment in found:
        evidence = commitment.evidence
        assert evidence.quote == text[evidence.span.start : evidence.span.end]
        assert evidence == document.cite(evidence.span)


def test_evidence_reaches_from_the_time_to_the_closing_bracket() -> None:
    first, second, *_ = _commitments(_PLAN)
    assert first.evidence.quote.startswith("到2025年")
    assert first.evidence.quote.endswith("省财政厅配合）")
    assert second.evidence.quote.endswith("省财政厅配合）")


def test_evidence_of_a_row_holds_its_cells() -> None:
    *_, last = _commitments(_PLAN)
    assert last.evidence.quote == "培训护理员2万人次\t省人力资源社会保障厅\t2024年底前"


def test_ids_are_the_same_on_every_run_and_none_twice() -> None:
    first, again = _commitments(_PLAN), _commitments(_PLAN)
    assert [c.id for c in first] == [c.id for c in again]
    assert len({c.id for c in first}) == len(first)


def test_ids_come_from_what_is_said_not_from_where_it_stands() -> None:
    moved = "前言。\n三、其他\n健全机制。\n" + _PLAN
    assert [c.id for c in _commitments(moved)] == [c.id for c in _commitments(_PLAN)]


def test_ids_of_another_document_are_others() -> None:
    here, there = _commitments(_PLAN), _commitments(_PLAN, "e")
    assert {c.id for c in here} & {c.id for c in there} == set()


def test_ids_of_what_is_said_twice_differ() -> None:
    first, second = _commitments("新建社区食堂300个。\n新建社区食堂300个。")
    assert first.id != second.id


@given(st.sampled_from(["300个", "３００个", "300 个"]), st.sampled_from(["左右", "以上", ""]))
def test_target_raw_is_as_the_view_reads_it(number: str, bound: str) -> None:
    (commitment,) = _commitments(f"新建{number}{bound}社区食堂。")
    assert commitment.target is not None
    assert commitment.target.raw == f"300个{bound}"


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("护理型床位占比提高到60%。", Basis.LEVEL),
        ("护理型床位占比提高5个百分点。", Basis.CHANGE),
        ("新增社区食堂300个。", Basis.INCREMENT),
        ("累计培训护理员至少5万人次。", Basis.CUMULATIVE),
        ("每年培训护理员2万人次。", Basis.ANNUAL),
    ],
)
def test_target_says_how_its_value_is_meant(text: str, basis: Basis) -> None:
    (commitment,) = _commitments(text)
    assert commitment.target is not None
    assert commitment.target.basis is basis


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("新建社区食堂300个。", ()),
        ("收到申请之日起20日内，新建社区食堂300个。", ("完成时限：起算日未定，未推算截止日",)),
        ("确保达到80%以上。", ("未能确定指标名称",)),
        (
            "新建社区食堂300个。（省民政厅、省财政厅、省教育厅牵头）",
            ("同一任务有多个牵头单位",),
        ),
    ],
)
def test_doubts_are_told(text: str, doubts: tuple[str, ...]) -> None:
    (commitment,) = _commitments(text)
    assert commitment.doubts == doubts


def test_confidence_is_lower_for_a_doubt() -> None:
    (sure,) = _commitments("2027年底前，新建300个社区食堂。")
    (doubtful,) = _commitments("收到申请之日起20日内，新建300个社区食堂。")
    assert 0 < doubtful.confidence < sure.confidence < 1


def test_rules_name_every_rule_that_had_a_part() -> None:
    first, *_ = _commitments(_PLAN)
    assert {rule.split("/")[0] for rule in first.rules} == {
        "numeric_target",
        "due_date",
        "unit_brackets",
    }


def test_nothing_is_made_of_no_findings() -> None:
    assert assemble(document_of(_PLAN, "d"), []) == ()

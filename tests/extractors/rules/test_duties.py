"""Duties without a number, as findings: subjects, times, outcomes, the main duty of a paragraph."""

from dataclasses import dataclass

import pytest

from corpus.model.finding import Finding, Label, UnitMention
from extractors.rules.duties import Duties
from tests.end_to_end.plain_documents import document_of


@dataclass(frozen=True)
class Duty:
    """A duty in words, and by which rule it was read."""

    rule: str
    action: str | None
    object: str | None
    units: tuple[str, ...] = ()


def _duties(text: str) -> list[Duty]:
    groups: dict[str, list[Finding]] = {}
    for finding in Duties().find(document_of(text, "d")):
        groups.setdefault(finding.group, []).append(finding)
    return [_duty(findings) for findings in groups.values()]


def _duty(findings: list[Finding]) -> Duty:
    words = {f.label: str(f.value) for f in findings if f.label is not Label.UNIT}
    units = tuple(f.value.raw for f in findings if isinstance(f.value, UnitMention))
    return Duty(findings[0].rule, words.get(Label.ACTION), words.get(Label.INDICATOR), units)


_UNITS = "（省民政厅牵头，省财政厅配合）"


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("省民政厅要制定实施细则。", [Duty("subject", "制定", "实施细则", ("省民政厅",))]),
        # the target says what the subject does
        (
            "各县（市、区）政府要建设养老服务中心1个以上。",
            [Duty("subject", None, None, ("各县（市、区）政府",))],
        ),
        ("2023年底前出台实施细则。", [Duty("deadline_duty", "出台", "实施细则")]),
        (
            "全省统一的服务平台于2024年6月底前建成。",
            [Duty("deadline_duty", "建成", "全省统一的服务平台")],
        ),
        ("实施方案自印发之日起30日内报省民政厅备案。", [Duty("deadline_duty", "报", "实施方案")]),
        # outcomes that can be checked, and none that can't
        (
            "到2025年，服务网络基本建成，综合能力明显增强，照护服务实现全覆盖。",
            [Duty("outcome", "建成", "服务网络"), Duty("outcome", "实现", "照护服务")],
        ),
        # a time that opens the paragraph is that of its later sentences
        (
            "到2025年，服务网络基本建成。多方协同机制基本建立。",
            [Duty("outcome", "建成", "服务网络"), Duty("outcome", "建立", "多方协同机制")],
        ),
        # verb first, and what is to be there by the second of two times
        (
            "到2025年，服务体系更加完善。基本形成覆盖城乡的照护网络。"
            "到2027年，服务能力明显增强。培育一批骨干企业，健全长效机制。",
            [
                Duty("outcome", "形成", "覆盖城乡的照护网络"),
                Duty("outcome", "培育", "骨干企业"),
                Duty("outcome", "健全", "长效机制"),
            ],
        ),
        # the main duty of a paragraph that names units
        (f"健全评估制度，完善标准体系。{_UNITS}", [Duty("main_duty", "健全", "评估制度")]),
        (
            f"（三）发展普惠服务。支持社会力量参与。制定扶持办法。{_UNITS}",
            [Duty("main_duty", "制定", "扶持办法")],
        ),
    ],
)
def test_duty_is_found(text: str, duties: list[Duty]) -> None:
    assert _duties(text) == duties


@pytest.mark.parametrize(
    "text",
    [
        # exhortation with no number, time or unit
        "健全评估制度，完善标准体系。",
        # what is permitted
        "各地可结合实际制定办法。",
        # what was
        "2020年建成了服务平台。",
        "截至2021年，服务网络基本建成。",
        # can't be checked
        "到2025年，服务能力明显增强，服务体系更加完善。",
        # nothing but a target
        f"新建社区食堂300个。{_UNITS}",
        # the sentence of a notice
        "省民政厅制定了《实施方案》，现印发给你们。",
        "一、2023年底前出台实施细则",
    ],
)
def test_duty_ignores(text: str) -> None:
    assert _duties(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "２０２３年底前出台实施细则。",
        "2023 年 底 前 出 台 实 施 细 则 。",
        "（四）2023年底前出台实施细则。",
        "2023年底前，研究出台实施细则；",
    ],
)
def test_duty_is_found_though(text: str) -> None:
    (duty,) = _duties(text)
    assert (duty.rule, duty.object) == ("deadline_duty", "实施细则")
    assert duty.action is not None
    assert duty.action.endswith("出台")


@pytest.mark.parametrize(
    ("row", "duties"),
    [
        ("健全评估制度。\t省民政厅\t", [Duty("main_duty", "健全", "评估制度")]),
        ("2023年底前出台实施细则。\t省民政厅\t", [Duty("deadline_duty", "出台", "实施细则")]),
        ("新建社区食堂300个。\t省民政厅\t", []),
        # what is made before it comes to numbers
        (
            "出台认定办法，对获评企业给予30万元奖励。\t省民政厅\t",
            [Duty("main_duty", "出台", "认定办法")],
        ),
        # the column names the units, not the subject inside the cell
        ("省财政厅要安排专项资金。\t省民政厅\t", [Duty("main_duty", "安排", "专项资金")]),
    ],
)
def test_duty_of_a_task_row(row: str, duties: list[Duty]) -> None:
    found = _duties(f"工作任务\t责任单位\t备注\n{row}")
    assert [d for d in found if d.units == ()] == duties


def test_duty_of_a_row_that_names_nobody_is_none() -> None:
    assert _duties("工作任务\t备注\n健全评估制度。\t无") == []


def test_duty_of_a_row_with_a_value_of_its_own_is_none() -> None:
    assert _duties("工作任务\t目标值\t责任单位\n健全评估制度\t30项\t省民政厅") == []

"""Outcomes without a number: those that can be ticked off, and those that can't."""

import pytest

from corpus.model.view import tidy
from extractors.rules.outcome import outcome_duty


def _outcome(clause: str) -> tuple[str, str] | None:
    """The outcome and what comes about."""
    text = tidy(clause).text
    found = outcome_duty(text, 0, len(text))
    if found is None or found.action is None or found.object is None:
        return None
    return text[slice(*found.object)], text[slice(*found.action)]


@pytest.mark.parametrize(
    ("clause", "outcome"),
    [
        ("多方协同机制基本建立", ("多方协同机制", "建立")),
        ("居家社区服务网络初步形成，", ("居家社区服务网络", "形成")),
        ("城乡照护服务实现全覆盖", ("城乡照护服务", "实现")),
        ("全省统一平台建成", ("全省统一平台", "建成")),
        ("消防设施全部达标", ("消防设施", "达标")),
        ("办学条件达到国家标准", ("办学条件", "达到")),
        ("综合实力进入全国前十", ("综合实力", "进入")),
    ],
)
def test_outcome_is_read(clause: str, outcome: tuple[str, str]) -> None:
    assert _outcome(clause) == outcome


@pytest.mark.parametrize(
    "clause",
    [
        "服务体系更加完善",
        "服务能力明显增强",
        "养老服务网络进一步健全",
        "改革取得新成效",
        "达到良好水平",
        "养老事业实现高质量发展",
        "工作机制不断建立健全",
    ],
)
def test_outcome_ignores(clause: str) -> None:
    assert _outcome(clause) is None


@pytest.mark.parametrize(
    "clause",
    ["多方协同\n机制基本建立", "多方协同机制 基 本 建 立", "多方协同机制基本建立；"],
)
def test_outcome_is_read_though(clause: str) -> None:
    assert _outcome(clause) == ("多方协同机制", "建立")

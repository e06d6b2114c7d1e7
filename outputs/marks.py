"""What of a row is a person's, in words: 张敏于2025年6月1日修改目标值."""

from __future__ import annotations

from corpus.model.change import Change
from corpus.model.commitment import Commitment
from corpus.model.mark import Mark
from corpus.model.review import ReviewedField, Verdict
from outputs import wording

_COLUMNS = {
    ReviewedField.ROW: "整条",
    ReviewedField.INDICATOR: "指标",
    ReviewedField.ACTION: "措施",
    ReviewedField.TARGET: "目标值",
    ReviewedField.DEADLINE: "完成时限",
    ReviewedField.UNITS: "责任单位",
}
_VERDICTS = {Verdict.CORRECT: "修改", Verdict.REJECT: "删去", Verdict.ADD: "补录"}


def sentence(mark: Mark) -> str:
    """Who did what to which column, and on which day by the clock here."""
    day = wording.day(mark.when.astimezone().date())
    column = _COLUMNS[ReviewedField(mark.column)]
    return f"{mark.reviewer}于{day}{_VERDICTS[Verdict(mark.verdict)]}{column}"


def of(commitment: Commitment | None) -> str:
    """All of a row; empty for what an extraction made alone."""
    return "；".join(sentence(mark) for mark in commitment.marks) if commitment else ""


def of_change(change: Change) -> str:
    """Of both sides."""
    sides = (("原", of(change.prior)), ("新", of(change.new)))
    return "；".join(f"{side}：{said}" for side, said in sides if said)

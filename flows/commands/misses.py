"""What ``taizhang evaluate --misses`` lists below its figures: 漏抽 “建成20所示范性养老院” …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.model.commitment import Commitment
from corpus.model.organisation import Role
from corpus.model.period import Deadline
from corpus.model.quantity import Target
from extractors.evaluation.gold import AnnotatedCommitment
from extractors.evaluation.misses import Miss, MissKind
from outputs import wording

HEADS = {
    MissKind.MISSED: "漏抽 missed",
    MissKind.INVENTED: "多抽 invented",
    MissKind.TARGET: "目标值不同 target",
    MissKind.INDICATOR: "指标不同 indicator",
    MissKind.DUTY: "任务不同 duty",
    MissKind.DEADLINE: "完成时限不同 deadline",
    MissKind.UNITS: "责任单位不同 units",
    MissKind.ROLES: "职责不同 roles",
}
_NONE = "无"
_QUOTE = 80


def listing(misses: Sequence[Miss]) -> Iterator[str]:
    """Lines, kind by kind; each with a quotation of the sentence."""
    if not misses:
        yield "与标注完全一致 | exactly as annotated"
    for kind, same in groupby(misses, key=lambda miss: miss.kind):
        group = list(same)
        yield f"{HEADS[kind]}（{len(group)}）"
        for miss in group:
            yield f"  {place(miss)}  {said(miss)}"
            yield f"      “{_quote(miss)}”"


def place(miss: Miss) -> str:
    """Paragraph and number of the annotation, or the page of what was invented."""
    if miss.annotated is not None:
        return f"{miss.annotated.paragraph}#{miss.annotated.number}"
    return wording.place(miss.predicted.evidence) if miss.predicted else ""


def _quote(miss: Miss) -> str:
    return wording.shorten(about(miss)[0], _QUOTE)


def about(miss: Miss) -> tuple[str, str]:
    """The sentence, and the words in it that the commitment is known by: its number, else its
    indicator."""
    if miss.annotated is not None:
        quote: str = miss.annotated.sentence
    else:
        quote = miss.predicted.evidence.quote if miss.predicted else ""
    stated = miss.annotated or miss.predicted
    target = stated.target if stated else None
    words = target.raw if target else (stated.indicator if stated else None)
    return quote, words or ""


def said(miss: Miss) -> str:
    """What one says, or both."""
    mine, its = miss.annotated, miss.predicted
    if mine is None or its is None:
        return "，".join(_gist(mine or its))
    return f"标注：{_field(miss.kind, mine)}  抽取：{_field(miss.kind, its)}"


def _gist(commitment: AnnotatedCommitment | Commitment | None) -> Iterator[str]:
    if commitment is None:
        return
    yield _duty(commitment)
    if commitment.target is not None:
        yield wording.one_line(commitment.target.raw)
    if commitment.deadline is not None:
        yield wording.deadline(commitment.deadline)
    if _units(commitment) != _NONE:
        yield _units(commitment)


def _field(kind: MissKind, commitment: AnnotatedCommitment | Commitment) -> str:
    if kind is MissKind.TARGET:
        return _target(commitment.target)
    if kind is MissKind.INDICATOR:
        return commitment.indicator or _NONE
    if kind is MissKind.DEADLINE:
        return _deadline(commitment.deadline)
    if kind in (MissKind.UNITS, MissKind.ROLES):
        return _units(commitment, roles=kind is MissKind.ROLES)
    return _duty(commitment)


def _duty(commitment: AnnotatedCommitment | Commitment) -> str:
    return wording.one_line(f"{commitment.action or ''}{commitment.indicator or ''}") or _NONE


def _target(target: Target | None) -> str:
    """As written and as read: 不低于1.2万人（不低于12000人）."""
    if target is None:
        return _NONE
    return f"{wording.one_line(target.raw)}（{wording.measured(target)}）"


def _deadline(deadline: Deadline | None) -> str:
    """As written and as read: 到2025年（2025年12月31日）, 每3年（P3Y）."""
    if deadline is None:
        return _NONE
    read = deadline.period or wording.period(deadline) or "未能读出日期"
    return f"{wording.deadline(deadline)}（{read}）"


def _units(commitment: AnnotatedCommitment | Commitment, *, roles: bool = False) -> str:
    if isinstance(commitment, AnnotatedCommitment):
        said = [(unit.raw, unit.role) for unit in commitment.units]
    else:
        units = (unit for unit in commitment.responsible_units if not unit.inherited)
        said = [(unit.raw, unit.role) for unit in units]
    return "、".join(_unit(name, role if roles else None) for name, role in said) or _NONE


def _unit(name: str, role: Role | None) -> str:
    words = wording.one_line(name)
    return words if role is None else f"{words}（{wording.ROLES[role]}）"

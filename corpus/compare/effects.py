"""Whether a change asks for more or for less than before, and how grave it is (严重程度).

A lower number usually asks for less; not where it is a cap (不超过5%), nor where what is measured
is a burden (失业率, 单位能耗), unless the number says by how much the burden is to fall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.compare.fold import fold
from corpus.compare.scope_words import narrowing
from corpus.compare.stance import stance
from corpus.model.change import (
    Aspect,
    Change,
    ChangedField,
    ChangeKind,
    Direction,
    Effect,
    Flag,
    Severity,
)
from corpus.model.commitment import Commitment
from corpus.model.quantity import Bound

_BURDEN = re.compile(
    r"失业|死亡|发病|事故|能耗|水耗|物耗|用水量|排放|浓度|PM|污染|负债|杠杆率|空置|辍学|流失率"
    r"|贫困发生|不良率|损耗|漏损|时限|等待|成本|费用率|占用|死淘|违规|投诉|发案"
)
# A policy choice: neither more nor less of it is a stricter promise.
_EITHER = re.compile(r"赤字|物价|消费价格|CPI|货币|M2|债务|汇率|利率|国债|税率")
_FALLS = re.compile(r"下降|降低|减少|压减|缩减|压缩|削减|降耗|下调")
_DIRECTIONS = {
    Direction.RAISED: Effect.STRICTER,
    Direction.TIGHTENED: Effect.STRICTER,
    Direction.BROUGHT_FORWARD: Effect.STRICTER,
    Direction.ADDED: Effect.STRICTER,
    Direction.LOWERED: Effect.WEAKER,
    Direction.LOOSENED: Effect.WEAKER,
    Direction.POSTPONED: Effect.WEAKER,
    Direction.REMOVED: Effect.WEAKER,
}
_OPPOSITE = {Effect.STRICTER: Effect.WEAKER, Effect.WEAKER: Effect.STRICTER}
_PLAIN = (ChangedField.VALUE, ChangedField.BOUND, ChangedField.DEADLINE)
_BINDING = re.compile(r"约束性|(?<!不)作为约束指标|硬性")


def less_is_stricter(commitment: Commitment) -> bool | None:
    """None where neither is."""
    target = commitment.target
    words = fold(commitment.indicator or commitment.task)
    if _EITHER.search(words):
        return None
    if target is not None and target.bound in (Bound.AT_MOST, Bound.BELOW):
        return True
    falls = _FALLS.search(fold(commitment.action or "") + words)
    by_how_much = stance(commitment) == "change" or (falls and stance(commitment) != "level")
    return bool(_BURDEN.search(words)) and not by_how_much


def with_effects(flags: Iterator[Flag], before: Commitment, after: Commitment) -> Iterator[Flag]:
    """The same flags, each with whether it asks for more or less."""
    for flag in flags:
        yield replace(flag, effect=_effect(flag, before, after))


def _effect(flag: Flag, before: Commitment, after: Commitment) -> Effect:
    if flag.aspect in (Aspect.SCOPE, Aspect.STRENGTH):
        return flag.effect
    if flag.field is ChangedField.INDICATOR:
        return _indicator_effect(before, after)
    if flag.field not in _PLAIN:
        return Effect.OTHER
    effect = _DIRECTIONS.get(flag.direction, Effect.OTHER)
    if flag.field is ChangedField.VALUE and flag.direction in (Direction.RAISED, Direction.LOWERED):
        less = less_is_stricter(after)
        if less is None:
            return Effect.OTHER
        return _OPPOSITE[effect] if less else effect
    return effect


def _indicator_effect(before: Commitment, after: Commitment) -> Effect:
    """公办养老机构 instead of 养老机构 promises fewer things."""
    old, new = narrowing(before.indicator or ""), narrowing(after.indicator or "")
    if old < new:
        return Effect.WEAKER
    return Effect.STRICTER if new < old else Effect.OTHER


def binding(commitment: Commitment) -> bool:
    """True where the document calls it 约束性: in its sentence, its table row or its heading."""
    said = f"{commitment.evidence.quote}{commitment.task}{''.join(commitment.section)}"
    return bool(_BINDING.search(fold(said)))


_SERIOUS = (ChangedField.VALUE, ChangedField.UNIT, ChangedField.BASE, ChangedField.DEADLINE)


def severity(change: Change) -> Severity:
    """By what differs; one step more where a binding target asks for less than before."""
    about = change.prior or change.new
    if about is None or change.kind is ChangeKind.CARRIED_OVER:
        return Severity.NONE
    if change.kind is ChangeKind.CHANGED:
        level = max((_severity(flag) for flag in change.flags), default=Severity.SLIGHT)
        weaker = any(flag.effect is Effect.WEAKER for flag in change.flags)
    else:
        weaker = change.kind is ChangeKind.DROPPED
        weighty = about.target is not None or about.deadline is not None
        level = Severity.SERIOUS if weaker and weighty else Severity.MODERATE
    if weaker and level >= Severity.MODERATE and binding(about):
        return Severity.GRAVE
    return level


def _severity(flag: Flag) -> Severity:
    if flag.aspect in (Aspect.SCOPE, Aspect.BASIS):
        return Severity.SERIOUS
    if flag.field in _SERIOUS:
        less = flag.effect is not Effect.STRICTER
        return Severity.SERIOUS if less else Severity.MODERATE
    if flag.field is ChangedField.INDICATOR or flag.aspect is Aspect.STRENGTH:
        return Severity.MODERATE
    return Severity.SLIGHT if flag.field is ChangedField.ACTION else Severity.MODERATE

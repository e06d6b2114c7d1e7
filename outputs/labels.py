"""What became of a commitment, in one word each: 提高, 推迟, 责任调整, 不再提及.

A change has as many labels as it has flags that differ in kind; reports filter and sort by them.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

from corpus.model.change import (
    Aspect,
    Change,
    ChangedField,
    ChangeForm,
    ChangeKind,
    Direction,
    Effect,
    Flag,
)


class Label(enum.StrEnum):
    """变化类型, in order of weight: what asks less than before comes first."""

    LOWERED = "lowered"
    LOOSENED = "loosened"
    POSTPONED = "postponed"
    UNSET = "unset"
    DROPPED = "dropped"
    RAISED = "raised"
    TIGHTENED = "tightened"
    BROUGHT_FORWARD = "brought_forward"
    SET = "set"
    REASSIGNED = "reassigned"
    REBASED = "rebased"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    CARRIED_OVER = "carried_over"

    @property
    def zh(self) -> str:
        """The Chinese word; dropped means not found, so it never says 取消."""
        return _ZH[self]


_ZH = {
    Label.LOWERED: "降低",
    Label.LOOSENED: "放宽",
    Label.POSTPONED: "推迟",
    Label.UNSET: "不再设",
    Label.DROPPED: "不再提及",
    Label.RAISED: "提高",
    Label.TIGHTENED: "收紧",
    Label.BROUGHT_FORWARD: "提前",
    Label.SET: "新设",
    Label.REASSIGNED: "责任调整",
    Label.REBASED: "口径调整",
    Label.REWORDED: "表述调整",
    Label.SPLIT: "拆分",
    Label.MERGED: "合并",
    Label.ADDED: "新增",
    Label.CARRIED_OVER: "延续",
}

_WHOLE = {
    ChangeKind.ADDED: Label.ADDED,
    ChangeKind.DROPPED: Label.DROPPED,
    ChangeKind.CARRIED_OVER: Label.CARRIED_OVER,
}

_REBASED = {ChangedField.UNIT, ChangedField.PER, ChangedField.BASE}

_EFFECTS = {Effect.WEAKER: Label.LOOSENED, Effect.STRICTER: Label.TIGHTENED}

_FORMS = {ChangeForm.SPLIT: Label.SPLIT, ChangeForm.MERGED: Label.MERGED}

_DIRECTIONS = {
    Direction.RAISED: Label.RAISED,
    Direction.LOWERED: Label.LOWERED,
    Direction.TIGHTENED: Label.TIGHTENED,
    Direction.LOOSENED: Label.LOOSENED,
    Direction.BROUGHT_FORWARD: Label.BROUGHT_FORWARD,
    Direction.POSTPONED: Label.POSTPONED,
    Direction.ADDED: Label.SET,
    Direction.REMOVED: Label.UNSET,
    Direction.REPLACED: Label.REWORDED,
    Direction.REWORDED: Label.REWORDED,
}


def label_of(flag: Flag) -> Label:
    """The word for one field that differs."""
    if flag.field is ChangedField.UNITS:
        return Label.REASSIGNED
    if flag.aspect in (Aspect.SCOPE, Aspect.STRENGTH):
        return _EFFECTS.get(flag.effect, Label.REWORDED)
    if flag.field in _REBASED:
        return Label.REBASED
    if flag.field in (ChangedField.INDICATOR, ChangedField.ACTION):
        return Label.REWORDED
    return _DIRECTIONS[flag.direction]


def labels(change: Change) -> tuple[Label, ...]:
    """All words that apply to a change, weightiest first, none twice."""
    form = _FORMS.get(change.form)
    if change.kind is not ChangeKind.CHANGED:
        return (form or _WHOLE[change.kind],)
    found = {label_of(flag) for flag in change.flags} or {Label.REWORDED}
    found |= {form} if form else set()
    return tuple(label for label in Label if label in found)


def weight(change: Change) -> int:
    """Place in a report: 0 for what was lowered, last for what was carried over."""
    return tuple(Label).index(labels(change)[0])


def by_weight(changes: Iterable[Change]) -> list[Change]:
    """Weightiest first, of one weight the gravest; the rest keep the order of the text."""
    return sorted(changes, key=lambda change: (weight(change), -change.severity))

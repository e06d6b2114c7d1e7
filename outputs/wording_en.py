"""The same sentences in English, for readers of the JSON who don't read Chinese:
"target raised from 70所左右 to 80所左右". Values and names stay as the document has them."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.model.change import (
    Aspect,
    Change,
    ChangedField,
    ChangeForm,
    ChangeKind,
    Direction,
    Flag,
)
from corpus.model.quantity import Bound, Target
from outputs import wording

BOUNDS = {
    Bound.EXACTLY: "exactly",
    Bound.ABOUT: "about",
    Bound.AT_LEAST: "at least",
    Bound.ABOVE: "above",
    Bound.AT_MOST: "at most",
    Bound.BELOW: "below",
    Bound.RANGE: "range",
}

_FIELDS = {
    ChangedField.VALUE: "target",
    ChangedField.BOUND: "bound",
    ChangedField.UNIT: "measure word",
    ChangedField.PER: "frequency or scope",
    ChangedField.BASE: "base",
    ChangedField.DEADLINE: "deadline",
    ChangedField.UNITS: "responsible unit",
    ChangedField.INDICATOR: "indicator",
    ChangedField.ACTION: "action",
}

_ASPECTS = {
    Aspect.SCOPE: "scope",
    Aspect.BASIS: "basis",
    Aspect.STRENGTH: "strength of wording",
}

_VERBS = {
    Direction.BROUGHT_FORWARD: "brought forward",
    Direction.ADDED: "changed",
    Direction.REMOVED: "changed",
    Direction.REPLACED: "changed",
}

_WHOLE = {
    ChangeKind.ADDED: "added",
    ChangeKind.DROPPED: "no longer mentioned (not found in the new document)",
    ChangeKind.CARRIED_OVER: "carried over: target, deadline and units are the same",
}


def measured(target: Target) -> str:
    """The value from its numbers: about 70 所, at least 10 %, 5–10 所."""
    low, high = wording.figure(target.quantity.low), wording.figure(target.quantity.high)
    amount = low if low == high else f"{low}–{high}"
    word = "" if target.bound in (Bound.EXACTLY, Bound.RANGE) else f"{BOUNDS[target.bound]} "
    return f"{word}{amount} {target.quantity.unit}"


def sentences(change: Change) -> Iterator[str]:
    """What happened, one sentence for each field that differs."""
    if change.form is not ChangeForm.ONE_TO_ONE:
        yield f"{change.form.value}: the parts add up to the whole"
    elif change.kind in _WHOLE:
        yield _WHOLE[change.kind]
    for flag in change.flags:
        yield sentence(flag, change)
    if change.original is not None:
        first = change.original
        yield f"first deadline: {first.deadline.raw}, moved {first.slips} time(s) since"


def sentence(flag: Flag, change: Change) -> str:
    """One field that differs: deadline postponed from 2025-12-31 to 2026-12-31."""
    before, after = _sides(flag, change)
    field = _ASPECTS[flag.aspect] if flag.aspect else _FIELDS[flag.field]
    if not before:
        return f"{field} added: {after}"
    if not after:
        return f"{field} removed: {before}"
    verb = _VERBS.get(flag.direction, flag.direction.value)
    return f"{field} {verb} from {before} to {after}"


def _sides(flag: Flag, change: Change) -> tuple[str, str]:
    if flag.field is ChangedField.DEADLINE and change.prior and change.new:
        before, after = change.prior.deadline, change.new.deadline
        if before and after and wording.compared_by_day(before, after) and before.end and after.end:
            return before.end.isoformat(), after.end.isoformat()
    if flag.field is ChangedField.BOUND:
        return _bound_word(flag.before), _bound_word(flag.after)
    return wording.sides(flag, change)


def _bound_word(text: str | None) -> str:
    return BOUNDS[Bound(text)] if text in set(Bound) else text or ""

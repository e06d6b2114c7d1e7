"""What became of a commitment, field by field: 70所左右 → 60所 is a lowered value and a
tightened bound; 到2025年 → 到2026年 is postponed; the rest of the row is carried over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus.compare.deadlines import deadline_flags
from corpus.compare.effects import severity, with_effects
from corpus.compare.fold import fold, letters
from corpus.compare.measures import scale
from corpus.compare.places import place
from corpus.compare.reach import reach, reach_effect
from corpus.compare.scope_words import contrasts, narrowing, opposed
from corpus.compare.stance import stance, strength
from corpus.compare.targets import target_flags
from corpus.compare.units import distinct, partners
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
from corpus.model.commitment import Commitment
from corpus.model.organisation import ResponsibleUnit, Role

_ROLES = {
    Role.LEAD: "（牵头）",
    Role.COOPERATING: "（配合）",
    Role.SUPERVISING: "（督办）",
    Role.RESPONSIBLE: "",
}
# Below this share of letters in common two names of an indicator are not two wordings of one.
_OTHER_NAME = 0.5


_Part = Callable[[Commitment, Commitment], Iterator[Flag]]


def changes(before: Commitment, after: Commitment, similarity: float) -> Change:
    """The change between two commitments that are the same one; carried over without flags."""
    parts = (_target, deadline_flags, _units, _indicator, _action, _strength)
    return _change(before, after, similarity, parts)


def part_of(
    before: Commitment, after: Commitment, similarity: float, *, form: ChangeForm, whole: str
) -> Change:
    """One part of a split or merged commitment: numbers and names differ as they must."""
    change = _change(before, after, similarity, (deadline_flags, _units, _action))
    return replace(change, form=form, whole=whole)


def _change(
    before: Commitment, after: Commitment, similarity: float, parts: tuple[_Part, ...]
) -> Change:
    found = (flag for part in parts for flag in part(before, after))
    flags = tuple(with_effects(found, before, after))
    kind = ChangeKind.CHANGED if flags else ChangeKind.CARRIED_OVER
    change = Change(kind, flags, before, after, similarity, before.evidence.document_id,
                    place=place(before.section, after.section))  # fmt: skip
    return replace(change, severity=severity(change))


def added(commitment: Commitment) -> Change:
    """Not found in any prior document."""
    change = Change(ChangeKind.ADDED, (), None, commitment)
    return replace(change, severity=severity(change))


def dropped(commitment: Commitment) -> Change:
    """Not found in the new document; it need not have been cancelled."""
    document = commitment.evidence.document_id
    change = Change(ChangeKind.DROPPED, (), commitment, None, prior_document=document)
    return replace(change, severity=severity(change))


def _target(before: Commitment, after: Commitment) -> Iterator[Flag]:
    """With scope and basis named where they are what differs."""
    other_basis = _other_basis(before, after)
    scope = _scope(before, after)
    for flag in target_flags(before, after):
        if flag.field is ChangedField.PER and scope is not None:
            continue
        if flag.field is ChangedField.UNIT and other_basis is not None:
            flag = replace(flag, aspect=Aspect.BASIS)
        elif flag.field is ChangedField.BASE and other_basis is not None:
            continue
        yield flag
    if scope is not None:
        yield scope
    if other_basis is not None and _same_unit(before, after):
        yield other_basis


def _scope(before: Commitment, after: Commitment) -> Flag | None:
    left, right = reach(before), reach(after)
    effect = reach_effect(left, right)
    if effect is None or left is None or right is None:
        return None
    return Flag(ChangedField.PER, Direction.REPLACED, left.words, right.words, Aspect.SCOPE, effect)


def _other_basis(before: Commitment, after: Commitment) -> Flag | None:
    """提高5% → 提高到5%: another thing is promised though the number is the same."""
    if before.target is None or after.target is None:
        return None
    left, right = stance(before), stance(after)
    if left is None or right is None or left == right:
        return None
    words = [
        f"{commitment.action or ''}{target.raw}"
        if (commitment.action or "") not in target.raw
        else target.raw
        for commitment, target in ((before, before.target), (after, after.target))
    ]
    return Flag(ChangedField.BASE, Direction.REPLACED, words[0], words[1], Aspect.BASIS)


def _same_unit(before: Commitment, after: Commitment) -> bool:
    if before.target is None or after.target is None:
        return False
    return scale(before.target.quantity.unit, after.target.quantity.unit) is not None


def _strength(before: Commitment, after: Commitment) -> Iterator[Flag]:
    """确保 → 力争. What merely has no such word any more is left alone: 确保 is often a manner of
    speaking."""
    (left, old), (right, new) = strength(before), strength(after)
    if old is None or new is None or left == right:
        return
    effect = Effect.WEAKER if right < left else Effect.STRICTER
    yield Flag(ChangedField.ACTION, Direction.REWORDED, old, new, Aspect.STRENGTH, effect)


def _units(before: Commitment, after: Commitment) -> Iterator[Flag]:
    left, right = distinct(before.responsible_units), distinct(after.responsible_units)
    both = partners(left, right)
    removed, new = len(left) > len(both), len(right) > len(both)
    turned = any(a.role is not b.role for a, b in both)
    if not (removed or new or turned):
        return
    if turned or (removed and new):
        direction = Direction.REPLACED
    else:
        direction = Direction.REMOVED if removed else Direction.ADDED
    yield Flag(ChangedField.UNITS, direction, _listed(left), _listed(right))


def _listed(units: list[ResponsibleUnit]) -> str | None:
    return "、".join(unit.name + _ROLES[unit.role] for unit in units) or None


def _indicator(before: Commitment, after: Commitment) -> Iterator[Flag]:
    if before.indicator is None or after.indicator is None:
        return
    if _means_other(before, after):
        yield Flag(ChangedField.INDICATOR, Direction.REWORDED, before.indicator, after.indicator)


def _means_other(before: Commitment, after: Commitment) -> bool:
    """True where meaning or scope differs, not only the words or how much of them was read:
    a name that stands as a whole in the other's sentence was only cut elsewhere."""
    left, right = letters(before.indicator or ""), letters(after.indicator or "")
    if left == right:
        return False
    there, here = letters(after.task), letters(before.task)
    if left in there and right in here:
        return False
    if contrasts(left, right):
        return True
    gone = {word for word in narrowing(left) if word not in there}
    come = {word for word in narrowing(right) if word not in here}
    return bool(gone or come) or _in_common(left, right) < _OTHER_NAME


def _in_common(left: str, right: str) -> float:
    """Share of the shorter name's letters that the other has too, order aside."""
    short, long = sorted((left, right), key=len)
    rest = list(long)
    found = 0
    for letter in short:
        if letter in rest:
            rest.remove(letter)
            found += 1
    return found / max(len(short), 1)


def _action(before: Commitment, after: Commitment) -> Iterator[Flag]:
    left, right = fold(before.action or ""), fold(after.action or "")
    if left and right and opposed(left, right):
        yield Flag(ChangedField.ACTION, Direction.REWORDED, before.action, after.action)

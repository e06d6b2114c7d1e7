"""What became of a commitment, field by field: 70所左右 → 60所 is a lowered value and a
tightened bound; 到2025年 → 到2026年 is postponed; the rest of the row is carried over."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.compare.deadlines import deadline_flags
from corpus.compare.fold import fold, letters
from corpus.compare.scope_words import contrasts, narrowing, opposed
from corpus.compare.targets import target_flags
from corpus.compare.units import distinct, partners
from corpus.model.change import Change, ChangedField, ChangeKind, Direction, Flag
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


def changes(before: Commitment, after: Commitment, similarity: float) -> Change:
    """The change between two commitments that are the same one; carried over without flags."""
    flags = tuple(
        flag
        for part in (target_flags, deadline_flags, _units, _indicator, _action)
        for flag in part(before, after)
    )
    kind = ChangeKind.CHANGED if flags else ChangeKind.CARRIED_OVER
    return Change(kind, flags, before, after, similarity, before.evidence.document_id)


def added(commitment: Commitment) -> Change:
    """Not found in any prior document."""
    return Change(ChangeKind.ADDED, (), None, commitment)


def dropped(commitment: Commitment) -> Change:
    """Not found in the new document; it need not have been cancelled."""
    document = commitment.evidence.document_id
    return Change(ChangeKind.DROPPED, (), commitment, None, prior_document=document)


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

"""Whether two lists name the same units: 省教育厅、财政厅 is 财政厅 and 河南省教育厅."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.compare.fold import letters
from corpus.model.commitment import Commitment
from corpus.model.organisation import ResponsibleUnit

# Where a line of a scan ends, its last letter is sometimes read twice: 省省发展改革委.
_TWICE = re.compile(r"(.)\1")
# What may stand before a department's name and leave it the same: 河南省财政厅, 市教育局.
_PLACE = re.compile(
    r"(?!各|有关|相关|所有|其他)(?:\w+?[省市县区州盟旗]|[省市县区州]|国家)(?:人民政府)?"
)


def identities(commitment: Commitment) -> frozenset[tuple[str, str]]:
    """Each unit's name and role, for a quick look; order and repetition don't matter."""
    return frozenset((letters(u.name), u.role.value) for u in commitment.responsible_units)


def is_same_unit(before: ResponsibleUnit, after: ResponsibleUnit) -> bool:
    """True where both name one unit. Two names that the register knows must agree; a name that
    it doesn't know may also be a shorter form of the other (财政厅, 河南省财政厅)."""
    left, right = letters(before.name), letters(after.name)
    if left == right:
        return True
    if before.registered and after.registered:
        return False
    if _once(before.raw) == _once(after.raw) or _once(left) == _once(right):
        return True
    short, long = sorted((left, right), key=len)
    if len(short) < 3 or not long.endswith(short):
        return False
    return _PLACE.fullmatch(long.removesuffix(short)) is not None


def _once(name: str) -> str:
    return _TWICE.sub(r"\1", letters(name))


def office(unit: ResponsibleUnit) -> str:
    """Its name without the place: 河南省财政厅 and 省财政厅 are both 财政厅."""
    name = letters(unit.name)
    place = _PLACE.match(name)
    rest = name[place.end() :] if place else name
    return rest if len(rest) >= 3 else name


def distinct(units: Iterable[ResponsibleUnit]) -> list[ResponsibleUnit]:
    """Each unit once for each role it has."""
    return list({(letters(u.name), u.role): u for u in units}.values())


def partners(
    before: list[ResponsibleUnit], after: list[ResponsibleUnit]
) -> list[tuple[ResponsibleUnit, ResponsibleUnit]]:
    """Units that stand on both sides, one to one; the same role first, equal names first."""
    left, right = list(before), list(after)
    found: list[tuple[ResponsibleUnit, ResponsibleUnit]] = []
    for must_agree in ("name and role", "unit and role", "unit"):
        for unit in list(left):
            match = next((u for u in right if _agree(unit, u, must_agree)), None)
            if match is not None:
                found.append((unit, match))
                left.remove(unit)
                right.remove(match)
    return found


def _agree(before: ResponsibleUnit, after: ResponsibleUnit, must_agree: str) -> bool:
    if must_agree != "unit" and before.role is not after.role:
        return False
    if must_agree == "name and role":
        return letters(before.name) == letters(after.name)
    return is_same_unit(before, after)

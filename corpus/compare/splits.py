"""One commitment that became several, or several that became one: 建设30个示范基地 → 建设国家级、
省级、市级示范基地各10个.

The parts must be of one measure and of what the whole is of, and add up to it exactly; that the
numbers agree is never enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.compare.fold import letters
from corpus.compare.measures import scale
from corpus.compare.scope_words import contrasts
from corpus.model.commitment import Commitment

# The parts' names hold this much of the whole's.
_ALIKE = 0.6
_MOST = 12


@dataclass(frozen=True, slots=True)
class Split:
    """Places in the two lists: one ``whole`` and its ``parts``."""

    whole: int
    parts: tuple[int, ...]


def splits(
    wholes: Sequence[Commitment],
    parts: Sequence[Commitment],
    paired: Mapping[int, int],
) -> Iterator[Split]:
    """Of ``wholes`` those that ``parts`` add up to. ``paired`` says which part already stands
    beside which whole; one with its own equal counterpart isn't split."""
    taken = set(paired.values())
    by_pair: dict[str, list[int]] = defaultdict(list)
    for j, part in enumerate(parts):
        if part.target is not None:
            for pair in _pairs(part):
                by_pair[pair].append(j)
    for i, whole in enumerate(wholes):
        own = paired.get(i)
        if whole.target is None or (own is not None and not _less(parts[own], whole)):
            continue
        shared: dict[int, int] = defaultdict(int)
        for pair in _pairs(whole):
            for j in by_pair.get(pair, ()):
                shared[j] += 1
        enough = _ALIKE * len(_pairs(whole))
        fitting = [
            j
            for j in sorted(shared)
            if shared[j] >= enough and (j == own or j not in taken) and _fits(parts[j], whole)
        ]
        group = _adding_up(whole, parts, fitting)
        if group and (own is None or own in group):
            taken.update(group)
            yield Split(i, group)


def _adding_up(
    whole: Commitment, parts: Sequence[Commitment], fitting: Sequence[int]
) -> tuple[int, ...]:
    """All that fit, else those of one sentence, else those of one section."""
    groups: list[list[int]] = [list(fitting)]
    for key in (lambda c: c.task, lambda c: "".join(c.section)):
        sorted_by: dict[str, list[int]] = defaultdict(list)
        for j in fitting:
            sorted_by[key(parts[j])].append(j)
        groups += sorted_by.values()
    wanted = _amount(whole, whole)
    for group in groups:
        amounts = [_amount(parts[j], whole) for j in group]
        if 2 <= len(group) <= _MOST and sum(amounts, Decimal(0)) == wanted:
            return tuple(group)
    return ()


def _fits(part: Commitment, whole: Commitment) -> bool:
    if part.target is None or whole.target is None or not _less(part, whole):
        return False
    if letters(part.target.per or "") != letters(whole.target.per or ""):
        return False
    return not contrasts(_subject(part), _subject(whole))


def _less(part: Commitment, whole: Commitment) -> bool:
    """True where both are counts in one unit and the part is the smaller: shares (%) don't add
    up."""
    if part.target is None or whole.target is None:
        return False
    unit = part.target.quantity.unit
    if unit in ("%", "‰", "个百分点") or scale(unit, whole.target.quantity.unit) is None:
        return False
    both = (part.target.quantity, whole.target.quantity)
    if any(quantity.low != quantity.high for quantity in both):
        return False
    return 0 < _amount(part, whole) < _amount(whole, whole)


def _amount(part: Commitment, whole: Commitment) -> Decimal:
    if part.target is None or whole.target is None:
        return Decimal(0)
    times = scale(part.target.quantity.unit, whole.target.quantity.unit) or Decimal(1)
    return part.target.quantity.low * times


def _subject(commitment: Commitment) -> str:
    return letters(commitment.indicator or commitment.task)


def _pairs(commitment: Commitment) -> set[str]:
    text = _subject(commitment)
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}

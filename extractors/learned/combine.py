"""Rules and model together: what both say is surer, what the model has read and rejects (过去三年
新增学位1.2万个) is dropped, what only the model sees (a duty in an unusual frame) is added.

Both stand beside each other as findings; ``combine`` makes one list of them for ``assemble``. The
rules decide where numbers, times and units begin and end, the model which of them are promised.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from corpus.model.geometry import Span
from extractors.learned.labels import KINDS, support
from extractors.learned.ner import Ner, Reading

_STATES = (Label.QUANTITY, Label.ACTION, Label.INDICATOR)
_UNREAD = 2.0
_FILLED = (*_STATES, Label.BOUND, Label.PER, Label.BASE)


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the model is believed beside the rules; chosen on the dev documents, so that what
    it costs on documents that the rules read well stays small (see the model card).

    Version 1 of the model judges numbers; it knows too little of duties, times and units to be
    heard on them, and what it alone sees is not added.
    """

    # A number of the rules that the model believes less than this to be promised is dropped.
    keep_number: float = 0.05
    # The same for duties (by verb and object), times and units; 0 keeps all.
    keep_duty: float = 0.0
    keep_deadline: float = 0.0
    keep_unit: float = 0.0
    # What the model alone says needs this much belief in its number, or its verb; None adds none.
    add_number: float | None = None
    add_duty: float | None = None
    # Where both state one thing, whose words are taken: the rules' but for these labels.
    model_names: frozenset[Label] = frozenset()
    # What only one of them says is worth this much of its score.
    conflict: float = 0.6

    @property
    def only_numbers(self) -> bool:
        """True where the model is heard on nothing but the numbers of the rules."""
        heard = (self.keep_duty, self.keep_deadline, self.keep_unit)
        return not any(heard) and self.add_number is None and self.add_duty is None


def combine(
    rules: Sequence[Finding],
    model: Sequence[Finding],
    readings: Sequence[Reading],
    *,
    trust: Trust = Trust(),
) -> list[Finding]:
    """Findings for ``assemble``; those of passages that the model does not read are the rules'."""
    belief = Belief.of(readings)
    units = [f for f in rules if f.label is Label.UNIT]
    theirs = {name: _snapped(group, units) for name, group in _groups(model).items()}
    ours = _groups(f for f in rules if f.group)
    partner = dict(_matches(ours, theirs))
    found = [f for f in rules if not f.group and _loose_is_kept(f, belief, trust)]
    for name, group in ours.items():
        if not _states(group):
            found += [f for f in group if belief.of_finding(f, 1.0) >= trust.keep_unit]
        elif name in partner:
            found += _merged(group, theirs[partner[name]], trust)
        else:
            found += _alone(group, belief, trust)
    taken = set(partner.values())
    for name, group in theirs.items():
        if name not in taken and _is_added(group, trust):
            found += group
    return sorted(found, key=lambda f: f.evidence.span)


def add_model(
    document: Document, rules: Sequence[Finding], ner: Ner, *, trust: Trust | None = None
) -> list[Finding]:
    """The findings of the rules, and of the model in one reading of the document, as one list.

    A model that only judges numbers reads the passages that hold one: a third of the time.
    """
    trust = trust or Trust()
    numbers = [f.evidence.span for f in rules if f.label is Label.QUANTITY]
    readings = ner.read(document, holding=numbers if trust.only_numbers else None)
    return combine(rules, list(ner.findings(document, readings)), readings, trust=trust)


@dataclass(frozen=True, slots=True)
class Belief:
    """What the model believes of any span of the document, in the passages that it has read."""

    readings: tuple[Reading, ...]

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Belief:
        """In the order of the text, to be found by position."""
        return cls(tuple(sorted(readings, key=lambda r: r.passage.span)))

    def of_finding(self, finding: Finding, unread: float) -> float:
        """Belief in the label of the finding, a unit's role left out; ``unread`` elsewhere."""
        kinds = [kind for kind in KINDS if kind.partition("-")[0] == finding.label.value]
        found = self._of_span(finding.evidence.span, kinds)
        return unread if found is None else found

    def _of_span(self, span: Span, kinds: Sequence[str]) -> float | None:
        at = bisect_right(self.readings, span.start, key=lambda r: r.passage.span.start) - 1
        if at < 0 or span not in self.readings[at].passage.span:
            return None
        reading = self.readings[at]
        origin = reading.passage.view.origin
        start, end = bisect_left(origin, span.start), bisect_left(origin, span.end)
        if start >= end:
            return None
        return sum(support(reading.chances, start, end, kind) for kind in kinds)


def _groups(findings: Iterator[Finding] | Sequence[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.group, []).append(finding)
    return groups


def _states(group: Sequence[Finding]) -> bool:
    return any(f.label in _STATES for f in group)


def _first(group: Sequence[Finding], label: Label) -> Finding | None:
    return next((f for f in group if f.label is label), None)


def _matches(
    ours: Mapping[str, Sequence[Finding]], theirs: Mapping[str, Sequence[Finding]]
) -> Iterator[tuple[str, str]]:
    """Groups of both that state one thing: the same number, or verbs and objects that touch."""
    free = dict(theirs)
    for name, group in ours.items():
        for other, their_group in free.items():
            if _is_same(group, their_group):
                yield name, other
                del free[other]
                break


def _is_same(one: Sequence[Finding], other: Sequence[Finding]) -> bool:
    number, their_number = (_first(group, Label.QUANTITY) for group in (one, other))
    if number is not None or their_number is not None:
        return number is not None and their_number is not None and _touch(number, their_number)
    return any(
        a.label in _STATES and a.label is b.label and _touch(a, b) for a in one for b in other
    )


def _touch(one: Finding, other: Finding) -> bool:
    return one.evidence.span.overlaps(other.evidence.span)


def _loose_is_kept(finding: Finding, belief: Belief, trust: Trust) -> bool:
    if finding.label is not Label.DEADLINE:
        return True
    return belief.of_finding(finding, 1.0) >= trust.keep_deadline


def _alone(group: list[Finding], belief: Belief, trust: Trust) -> list[Finding]:
    """What only the rules say: dropped where the model has read it and does not believe it. What
    it has not read, or is not heard on, stays as it is."""
    number = _first(group, Label.QUANTITY)
    judged = [number] if number is not None else [f for f in group if f.label in _STATES]
    believed = max(belief.of_finding(f, _UNREAD) for f in judged)
    least = trust.keep_duty if number is None else trust.keep_number
    if believed < least:
        return []
    if not least or believed == _UNREAD:
        return group
    return [replace(f, score=round(f.score * trust.conflict, 4)) for f in group]


def _is_added(group: Sequence[Finding], trust: Trust) -> bool:
    number = _first(group, Label.QUANTITY)
    if number is not None:
        return trust.add_number is not None and number.score >= trust.add_number
    if trust.add_duty is None or not any(f.label in (Label.DEADLINE, Label.UNIT) for f in group):
        return False
    return max(f.score for f in group if f.label in _STATES) >= trust.add_duty


def _merged(ours: Sequence[Finding], theirs: Sequence[Finding], trust: Trust) -> list[Finding]:
    """One group: number and bound of the rules, the rest of whoever says it."""
    group = ours[0].group
    kept: list[Finding] = []
    for label in Label:
        mine = [f for f in ours if f.label is label]
        its = [f for f in theirs if f.label is label]
        if label in trust.model_names:
            chosen = its or mine
        else:
            # Times and units of the rules govern by where they stand; none is added to them.
            chosen = mine or (its if label in _FILLED else [])
        kept += [_weighed(f, its if f in mine else mine, trust) for f in chosen]
    return [replace(f, group=group) for f in kept]


def _weighed(finding: Finding, others: Sequence[Finding], trust: Trust) -> Finding:
    """Agreement raises: both would have to be wrong. Other words for the same thing lower."""
    if not others:
        return finding
    agreeing = [f for f in others if _touch(f, finding)]
    if not agreeing:
        return replace(finding, score=round(finding.score * trust.conflict, 4))
    doubt = (1 - finding.score) * (1 - max(f.score for f in agreeing))
    return replace(finding, score=round(1 - doubt, 4))


def _snapped(group: Sequence[Finding], units: Sequence[Finding]) -> list[Finding]:
    """Units of the model with the edges that the rules give them, where both see one."""
    found = []
    for finding in group:
        same = [u for u in units if finding.label is Label.UNIT and _touch(u, finding)]
        if not same or not isinstance(finding.value, UnitMention):
            found.append(finding)
            continue
        score = 1 - (1 - finding.score) * (1 - max(u.score for u in same))
        for unit in {u.evidence.span: u for u in same}.values():
            found.append(
                replace(finding, value=unit.value, evidence=unit.evidence, score=round(score, 4))
            )
    return found

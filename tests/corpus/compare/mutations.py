"""Copies of a ledger with known edits: what a comparison should say of them, and how much of it
it said. Edits change a row's fields and its sentence alike, as they would in a document."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from corpus.model.change import Change, ChangedField, ChangeKind, Direction
from corpus.model.commitment import Commitment, Ledger
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.quantity import Bound
from tests.corpus.compare.ledgers import document, moved

# (kind, id of the row — of the new one for added, else of the prior one —, field, direction)
Said = tuple[str, str, str, str]

_BOUND_WORDS = {
    Bound.ABOUT: "{}左右",
    Bound.AT_LEAST: "不少于{}",
    Bound.AT_MOST: "不超过{}",
    Bound.ABOVE: "超过{}",
    Bound.BELOW: "低于{}",
    Bound.EXACTLY: "{}",
}
_TIGHTER = [Bound.ABOUT, Bound.EXACTLY, Bound.AT_LEAST, Bound.ABOVE]
_NEUTRAL_WORDS = [
    ("重点", "着力"), ("加强", "强化"), ("建设", "打造"), ("完善", "健全"), ("推进", "推动"),
    ("切实", ""), ("积极", "主动"), ("大力", "全力"), ("充分", ""), ("探索", "积极探索"),
    ("支持", "大力支持"), ("开展", "组织开展"), ("提升", "提高"),
]  # fmt: skip
_NUMERALS = "一二三四五六七八九十"


@dataclass(slots=True)
class Mutated:
    """The copy, and what a faultless comparison says of it."""

    ledger: Ledger
    expected: set[Said] = field(default_factory=set)


def said(changes: Iterable[Change]) -> set[Said]:
    """What a comparison says, one entry a flag; carried over is silence."""
    found: set[Said] = set()
    for change in changes:
        row = change.new if change.kind is ChangeKind.ADDED else change.prior
        if row is None or change.kind is ChangeKind.CARRIED_OVER:
            continue
        if change.flags:
            found |= {(change.kind, row.id, f.field, f.direction) for f in change.flags}
        else:
            found.add((change.kind, row.id, "", ""))
    return found


def f1(pairs: Iterable[tuple[set[Said], set[Said]]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (expected, said), counted together."""
    right = expected_count = said_count = 0
    for expected, found in pairs:
        right += len(expected & found)
        expected_count += len(expected)
        said_count += len(found)
    precision, recall = right / max(said_count, 1), right / max(expected_count, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def mutate(
    prior: Ledger, seed: int, *, share: float = 0.3, reserve: Sequence[Commitment] = ()
) -> Mutated:
    """A copy in which ``share`` of the rows are edited, and all may be reworded without effect.
    Rows of ``reserve`` (of another document) are what is added."""
    chance = random.Random(seed)
    copy = Mutated(reworded(prior, seed))
    rows: list[Commitment] = []
    for old, new in zip(prior.commitments, copy.ledger.commitments, strict=True):
        if chance.random() >= share:
            rows.append(new)
            continue
        edits = [edit for edit in EDITS if edit(new, random.Random(0)) is not None]
        edit = chance.choice([*edits, None])
        if edit is None:
            copy.expected.add((ChangeKind.DROPPED, old.id, "", ""))
            continue
        edited = edit(new, chance)
        if edited is None:
            raise ValueError("an edit that applied no longer does")
        row, what, direction = edited
        copy.expected.add((ChangeKind.CHANGED, old.id, what, direction))
        rows.append(row)
    for index, extra in enumerate(chance.sample(list(reserve), min(len(reserve), len(rows) // 10))):
        new = replace(moved(extra, "copy"), id=f"added-{index}")
        copy.expected.add((ChangeKind.ADDED, new.id, "", ""))
        rows.append(new)
    chance.shuffle(rows)
    copy.ledger = Ledger(copy.ledger.document, tuple(rows))
    return copy


def reworded(prior: Ledger, seed: int) -> Ledger:
    """A copy with other words, numbers of headings, widths and blanks, that promises the same."""
    chance = random.Random(seed)
    rows = tuple(_neutral(row, chance) for row in prior.commitments)
    return Ledger(document("copy"), tuple(moved(row, "copy") for row in rows))


def _neutral(row: Commitment, chance: random.Random) -> Commitment:
    task = row.task
    for old, new in chance.sample(_NEUTRAL_WORDS, 5):
        if old not in (row.indicator or ""):
            task = task.replace(old, new)
    action = row.action
    if chance.random() < 0.5:
        task = _wide(task)
    if chance.random() < 0.3 and action:
        action = action.replace("建设", "打造").replace("建立", "建立健全")
    section = tuple(_renumbered(title, chance) for title in row.section)
    units = list(row.responsible_units)
    chance.shuffle(units)
    indicator = _typeset(row.indicator, chance) if row.indicator else None
    return replace(
        row, id=f"{row.id}'", task=task, action=action, section=section, indicator=indicator,
        responsible_units=tuple(units),
    )  # fmt: skip


def _wide(text: str) -> str:
    return re.sub(r"[0-9()%]", lambda m: chr(ord(m[0]) + 0xFEE0), text)


def _typeset(text: str, chance: random.Random) -> str:
    text = text.replace("“", '"').replace("”", '"') if chance.random() < 0.5 else text
    text = text.replace("（", "(").replace("）", ")") if chance.random() < 0.5 else text
    at = chance.randrange(len(text) + 1)
    return f"{text[:at]} {text[at:]}" if chance.random() < 0.3 else text


def _renumbered(title: str, chance: random.Random) -> str:
    return re.sub(r"^([（(]?)[一二三四五六七八九十]+", rf"\g<1>{chance.choice(_NUMERALS)}", title)


Edited = tuple[Commitment, str, str]


def _value(row: Commitment, chance: random.Random) -> Edited | None:
    goal = row.target
    if goal is None or goal.quantity.low != goal.quantity.high:
        return None
    up = chance.random() < 0.5
    factor = Decimal(chance.choice(["1.2", "1.5", "2"] if up else ["0.8", "0.5", "0.9"]))
    number = (goal.quantity.low * factor).normalize()
    quantity = replace(goal.quantity, low=number, high=number)
    raw = _BOUND_WORDS[goal.bound].format(f"{number:f}{goal.quantity.unit}")
    return (
        _restated(row, raw, quantity=quantity, raw=raw),
        ChangedField.VALUE,
        Direction.RAISED if up else Direction.LOWERED,
    )


def _bound(row: Commitment, chance: random.Random) -> Edited | None:
    goal = row.target
    if goal is None or goal.bound not in _TIGHTER:
        return None
    new = chance.choice([bound for bound in _TIGHTER if bound is not goal.bound])
    tighter = _TIGHTER.index(new) > _TIGHTER.index(goal.bound)
    number = re.sub(r"左右|不少于|不低于|至少|以上|超过|[约近余]", "", goal.raw)
    raw = _BOUND_WORDS[new].format(number)
    return (
        _restated(row, raw, bound=new, raw=raw),
        ChangedField.BOUND,
        Direction.TIGHTENED if tighter else Direction.LOOSENED,
    )


def _restated(row: Commitment, words: str, **fields: object) -> Commitment:
    if row.target is None:
        raise ValueError("no target to restate")
    return replace(
        row, target=replace(row.target, **fields), task=row.task.replace(row.target.raw, words)
    )


def _deadline(row: Commitment, chance: random.Random) -> Edited | None:
    if row.deadline is None or row.deadline.end is None:
        return None
    years = chance.choice([-1, 1, 2])
    end = row.deadline.end + timedelta(days=366 * years)
    raw = f"到{end.year}年"
    new = replace(row.deadline, raw=raw, end=end)
    direction = Direction.POSTPONED if years > 0 else Direction.BROUGHT_FORWARD
    task = row.task.replace(row.deadline.raw, raw)
    return replace(row, deadline=new, task=task), ChangedField.DEADLINE, direction


def _no_deadline(row: Commitment, chance: random.Random) -> Edited | None:
    if row.deadline is None or not (row.target or row.responsible_units):
        return None
    task = row.task.replace(row.deadline.raw, "")
    return replace(row, deadline=None, task=task), ChangedField.DEADLINE, Direction.REMOVED


def _fewer_units(row: Commitment, chance: random.Random) -> Edited | None:
    if len(row.responsible_units) < 2:
        return None
    gone = chance.randrange(len(row.responsible_units))
    kept = tuple(u for i, u in enumerate(row.responsible_units) if i != gone)
    return replace(row, responsible_units=kept), ChangedField.UNITS, Direction.REMOVED


def _more_units(row: Commitment, chance: random.Random) -> Edited | None:
    new = ResponsibleUnit("省林业局", "省林业局", Role.RESPONSIBLE)
    return (
        replace(row, responsible_units=(*row.responsible_units, new)),
        ChangedField.UNITS,
        Direction.ADDED,
    )


def _other_unit(row: Commitment, chance: random.Random) -> Edited | None:
    if not row.responsible_units:
        return None
    new = ResponsibleUnit("省水利厅", "省水利厅", Role.RESPONSIBLE)
    rest = row.responsible_units[1:]
    return replace(row, responsible_units=(new, *rest)), ChangedField.UNITS, Direction.REPLACED


EDITS: tuple[Callable[[Commitment, random.Random], Edited | None], ...] = (
    _value, _bound, _deadline, _no_deadline, _fewer_units, _more_units, _other_unit,
)  # fmt: skip

"""Copies of a document's text with known edits, and what should be reported of them.

The edits are made at the places that the prior ledger cites, so they hit what was read there;
what shares a place (one deadline over three targets, one list of units over a row) is expected to
be reported for each commitment that cites it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.compare.fold import letters
from corpus.model.change import Change, ChangedField, ChangeKind, Direction
from corpus.model.commitment import Commitment, Ledger

Said = tuple[str, str, str, str]

_BOUNDS = (
    ("左右", "以上", Direction.TIGHTENED),
    ("左右", "", Direction.TIGHTENED),
    ("不低于", "不超过", Direction.LOOSENED),
    ("不少于", "超过", Direction.TIGHTENED),
    ("不少于", "", Direction.LOOSENED),
    ("至少", "", Direction.LOOSENED),
    ("以上", "左右", Direction.LOOSENED),
)
NEW_CLAUSES = (
    "支持龙头企业牵头组建8个左右省级现代产业学徒中心。",
    "到2027年，建成120个社区便民书屋示范点。",
    "每个县（市）至少改造2处公共体育健身场地。",
    "冷链物流骨干企业数量达到35家以上。",
    "城市公交新能源车辆占比不低于60%。",
    "遴选300名左右乡村文化传承带头人。",
)
_SYNONYMS = {
    "重点打造": "着力打造",
    "加快推进": "深入推进",
    "切实加强": "进一步加强",
    "大力": "着力",
    "积极开展": "广泛开展",
    "不断完善": "持续完善",
    "充分发挥": "更好发挥",
    "全面落实": "扎实落实",
}
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``words`` in place of ``text[start:end]``; ``said`` is what that changes."""

    start: int
    end: int
    words: str
    said: frozenset[Said]


@dataclass(frozen=True, slots=True)
class EditedText:
    """The new text, what a faultless comparison says of it, and the clauses that were put in."""

    text: str
    expected: frozenset[Said]
    new_clauses: tuple[str, ...]


def edited(prior: Ledger, seed: int, *, edits: int = 12, clauses: int = 2) -> EditedText:
    """About that many edits that don't touch each other, and new clauses, in a random copy."""
    chance = random.Random(seed)
    text = prior.document.text
    possible = list(_possible(prior, chance))
    chance.shuffle(possible)
    chosen: list[Edit] = []
    touched: set[str] = set()
    for edit in possible:
        rows = {said[1] for said in edit.said}
        near = any(e.start - 1 <= edit.end and edit.start <= e.end + 1 for e in chosen)
        if len(chosen) < edits and not near and not rows & touched:
            chosen.append(edit)
            touched |= rows
    chapters = _chapters(text, chosen)
    chosen_clauses = [
        _new_clause(chance.choice(chapters), clause, index)
        for index, clause in enumerate(chance.sample(NEW_CLAUSES, clauses))
    ]
    chosen += chosen_clauses
    for edit in sorted(chosen, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    expected = frozenset(said for edit in chosen for said in edit.said)
    clauses_in_order = tuple(e.words.strip() for e in chosen_clauses)
    return EditedText(text, expected, clauses_in_order)


def _chapters(text: str, chosen: Iterable[Edit]) -> list[int]:
    """Where chapters end that no edit takes away."""
    ends = [m.start() for m in re.finditer(r"\n(?=[一二三四五六七八九十]+、)", text)]
    return [at for at in ends if not any(e.start <= at < e.end for e in chosen)]


def _new_clause(at: int, clause: str, index: int) -> Edit:
    """A paragraph of its own at the end of a chapter."""
    said = (str(ChangeKind.ADDED), f"clause-{index}", "", "")
    return Edit(at, at, "\n" + clause, frozenset([said]))


def said(changes: Iterable[Change], copy: EditedText) -> set[Said]:
    """What a comparison says; a new clause is called by its place among those put in."""
    found: set[Said] = set()
    for change in changes:
        if change.kind is ChangeKind.CARRIED_OVER:
            continue
        if change.prior is None and change.new is not None:
            found.add((change.kind, _clause(change.new, copy), "", ""))
        elif change.prior is not None:
            parts = [(f.field, f.direction) for f in change.flags] or [("", "")]
            found |= {(change.kind, change.prior.id, *part) for part in parts}
    return found


def _clause(commitment: Commitment, copy: EditedText) -> str:
    task = letters(commitment.task)
    places = (i for i, clause in enumerate(copy.new_clauses) if task in letters(clause))
    return next((f"clause-{i}" for i in places), commitment.id)


def otherwise(text: str, seed: int) -> str:
    """The same promises in other words, widths, blanks, numbers and order."""
    chance = random.Random(seed)
    for old, new in _SYNONYMS.items():
        if chance.random() < 0.7:
            text = text.replace(old, new)
    lines = _shuffled_rows(text.split("\n"), chance)
    return "\n".join(_typeset(_renumbered(line, chance), chance) for line in lines)


def _shuffled_rows(lines: list[str], chance: random.Random) -> list[str]:
    """Rows below a table's head, and the （一） paragraphs of one chapter, in another order."""
    done: list[str] = []
    group: list[str] = []
    for line, following in zip([*lines, ""], [*lines[1:], "", ""], strict=True):
        # What leads a list of —— items governs it and stays before it.
        movable = ("\t" in line and not line.startswith("序号")) or (
            not following.startswith("——")
            and bool(re.match(r"[（(][一二三四五六七八九十]+[）)].{30}", line))
        )
        if movable and (not group or ("\t" in group[0]) == ("\t" in line)):
            group.append(line)
            continue
        chance.shuffle(group)
        done += group
        group = [line] if movable else []
        done += [] if movable else [line]
    return done[:-1]


def _renumbered(line: str, chance: random.Random) -> str:
    return re.sub(
        r"^([（(])[一二三四五六七八九十]+(?=[）)])", rf"\g<1>{chance.choice(_NUMERALS)}", line
    )


def _typeset(line: str, chance: random.Random) -> str:
    if chance.random() < 0.4:
        line = re.sub(r"[0-9%]", lambda m: chr(ord(m[0]) + 0xFEE0), line)
    if chance.random() < 0.4:
        line = line.translate(str.maketrans("（）：；，", "():;,"))
    if chance.random() < 0.4 and len(line) > 60:
        at = chance.randrange(20, len(line) - 10)
        # A blank within a number makes two of it; within words it is only spacing.
        if not re.search(r"[\t\d]", line[at - 1 : at + 1]):
            line = f"{line[:at]} {line[at:]}"
    return line


def _possible(prior: Ledger, chance: random.Random) -> Iterator[Edit]:
    for row in prior.commitments:
        for make in (_value, _bound, _due, _unit_gone, _unit_come, _dropped):
            edit = make(prior, row, chance)
            if edit is not None:
                yield edit


def _quote(row: Commitment) -> tuple[int, str]:
    return row.evidence.span.start, row.evidence.quote


def _one(kind: ChangeKind, rows: Iterable[Commitment], field: str, way: str) -> frozenset[Said]:
    return frozenset((kind, row.id, field, way) for row in rows)


def _value(prior: Ledger, row: Commitment, chance: random.Random) -> Edit | None:
    goal = row.target
    if goal is None or goal.quantity.low != goal.quantity.high:
        return None
    start, quote = _quote(row)
    found = list(
        re.finditer(rf"(?<![\d.—-])(\d+)(?=[万亿]?{re.escape(goal.quantity.unit)})", quote)
    )
    if len(found) != 1 or found[0][1] not in goal.raw:
        return None
    old = int(found[0][1])
    new = chance.choice(
        [n for n in (old // 2, old * 2, old + max(1, old // 5)) if n not in (0, old)]
    )
    way = Direction.RAISED if new > old else Direction.LOWERED
    span = (start + found[0].start(1), start + found[0].end(1))
    return Edit(*span, str(new), _one(ChangeKind.CHANGED, [row], ChangedField.VALUE, way))


def _bound(prior: Ledger, row: Commitment, chance: random.Random) -> Edit | None:
    start, quote = _quote(row)
    usable = [
        b for b in _BOUNDS if row.target and b[0] in row.target.raw and quote.count(b[0]) == 1
    ]
    if not usable:
        return None
    old, new, way = chance.choice(usable)
    at = start + quote.index(old)
    # 每个县至少建设1所…和1个… bounds both; 左右 behind a number bounds that one alone.
    sharing = [c for c in _citing(prior, at) if c.target and c.target.raw.startswith(old)]
    said = _one(ChangeKind.CHANGED, sharing or [row], ChangedField.BOUND, way)
    return Edit(at, at + len(old), new, said)


def _due(prior: Ledger, row: Commitment, chance: random.Random) -> Edit | None:
    if row.deadline is None or row.deadline.inherited or row.deadline.end is None:
        return None
    start, quote = _quote(row)
    year = re.search(r"20\d\d", row.deadline.raw)
    if year is None or quote.count(row.deadline.raw) != 1:
        return None
    at = start + quote.index(row.deadline.raw) + year.start()
    years = chance.choice([-1, 1, 2])
    way = Direction.POSTPONED if years > 0 else Direction.BROUGHT_FORWARD
    sharing = [c for c in _citing(prior, at) if c.deadline and c.deadline.raw == row.deadline.raw]
    sharing += [c for c in prior.commitments if _inherits(c, row)]
    said = _one(ChangeKind.CHANGED, sharing, ChangedField.DEADLINE, way)
    return Edit(at, at + 4, str(int(year[0]) + years), said)


def _unit_gone(prior: Ledger, row: Commitment, chance: random.Random) -> Edit | None:
    place = _unit(row, chance)
    if place is None or len(row.responsible_units) < 2:
        return None
    start, end, name = place
    text = prior.document.text
    if text[end] != "、" and text[start - 1] != "、":
        return None
    cut = (start, end + 1) if text[end] == "、" else (start - 1, end)
    return Edit(*cut, "", _units_said(prior, start, name, Direction.REMOVED))


def _unit_come(prior: Ledger, row: Commitment, chance: random.Random) -> Edit | None:
    place = _unit(row, chance)
    if place is None or "审计厅" in row.evidence.quote or not place[2].endswith(("厅", "局", "委")):
        return None
    start, end, name = place
    return Edit(end, end, "、省审计厅", _units_said(prior, start, name, Direction.ADDED))


def _unit(row: Commitment, chance: random.Random) -> tuple[int, int, str] | None:
    start, quote = _quote(row)
    named = [u.raw for u in row.responsible_units if not u.inherited and quote.count(u.raw) == 1]
    if not named:
        return None
    name = chance.choice(named)
    at = start + quote.index(name)
    return at, at + len(name), name


def _units_said(prior: Ledger, at: int, name: str, way: Direction) -> frozenset[Said]:
    sharing = [c for c in _citing(prior, at) if any(u.raw == name for u in c.responsible_units)]
    return _one(ChangeKind.CHANGED, sharing, ChangedField.UNITS, way)


def _dropped(prior: Ledger, row: Commitment, chance: random.Random) -> Edit | None:
    """Its sentence, or its whole table row."""
    text, at = prior.document.text, row.evidence.span.start
    stop = text.find("\n", at)
    line = (text.rfind("\n", 0, at) + 1, stop if stop >= 0 else len(text))
    if "\t" in text[line[0] : line[1]]:
        cut = (line[0], line[1] + 1)
    else:
        stop = text.find("。", row.evidence.span.end - 1) + 1
        cut = (max(text.rfind(c, 0, at) for c in "。\n") + 1, stop)
    inside = [c for c in prior.commitments if cut[0] <= c.evidence.span.start < cut[1]]
    whole = all(c.evidence.span.end <= cut[1] for c in inside)
    outside = [c for c in prior.commitments if c not in inside]
    governs = any(_reaches_in(c, cut) or any(_inherits(c, i) for i in inside) for c in outside)
    if not whole or governs or re.match(r"[（(]?[一二三四五六七八九十]+[、）)]", text[cut[0] :]):
        return None
    return Edit(*cut, "", _one(ChangeKind.DROPPED, inside, "", ""))


def _inherits(row: Commitment, lead: Commitment) -> bool:
    """True where the deadline of ``row`` is the one that ``lead`` says."""
    if row.deadline is None or lead.deadline is None or not row.deadline.inherited:
        return False
    return row.deadline.raw == lead.deadline.raw and not lead.deadline.inherited


def _reaches_in(row: Commitment, cut: tuple[int, int]) -> bool:
    return row.evidence.span.start < cut[1] and cut[0] < row.evidence.span.end


def _citing(prior: Ledger, at: int) -> list[Commitment]:
    return [c for c in prior.commitments if c.evidence.span.start <= at < c.evidence.span.end]

"""The Chinese sentences of every report: 目标值由70所左右提高到80所左右,
完成时限由2025年12月31日推迟到2026年12月31日, 责任单位减少：河南省财政厅.

What is inherited from the lead sentence of a section is marked （上文）.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

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
    Place,
    Severity,
)
from corpus.model.commitment import Commitment
from corpus.model.document import Document, Evidence
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline
from corpus.model.quantity import Bound, Target

INHERITED = "（上文）"

BOUNDS = {
    Bound.EXACTLY: "等于",
    Bound.ABOUT: "左右",
    Bound.AT_LEAST: "不低于",
    Bound.ABOVE: "超过",
    Bound.AT_MOST: "不超过",
    Bound.BELOW: "低于",
    Bound.RANGE: "区间",
}

ROLES = {
    Role.LEAD: "牵头单位",
    Role.RESPONSIBLE: "责任单位",
    Role.COOPERATING: "配合单位",
    Role.SUPERVISING: "督办单位",
}

_ROLE_WORDS = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "负责",
    Role.COOPERATING: "配合",
    Role.SUPERVISING: "督办",
}

FIELDS = {
    ChangedField.VALUE: "目标值",
    ChangedField.BOUND: "界限",
    ChangedField.UNIT: "计量单位",
    ChangedField.PER: "频次或范围",
    ChangedField.BASE: "基数",
    ChangedField.DEADLINE: "完成时限",
    ChangedField.UNITS: "责任单位",
    ChangedField.INDICATOR: "指标",
    ChangedField.ACTION: "措施",
}

DIRECTIONS = {
    Direction.RAISED: "提高",
    Direction.LOWERED: "降低",
    Direction.TIGHTENED: "收紧",
    Direction.LOOSENED: "放宽",
    Direction.BROUGHT_FORWARD: "提前",
    Direction.POSTPONED: "推迟",
    Direction.ADDED: "增加",
    Direction.REMOVED: "减少",
    Direction.REPLACED: "替换",
    Direction.REWORDED: "改述",
}

# Where a field's name alone doesn't say what differs.
ASPECTS = {
    Aspect.SCOPE: "适用范围",
    Aspect.BASIS: "口径",
    Aspect.STRENGTH: "表述强度",
}

SEVERITIES = {
    Severity.GRAVE: "重大",
    Severity.SERIOUS: "较大",
    Severity.MODERATE: "一般",
    Severity.SLIGHT: "轻微",
    Severity.NONE: "无",
}

EFFECTS = {Effect.STRICTER: "更严", Effect.WEAKER: "更松", Effect.OTHER: ""}

FORMS = {ChangeForm.SPLIT: "拆分", ChangeForm.MERGED: "合并", ChangeForm.ONE_TO_ONE: ""}

PLACES = {Place.MOVED: "位置移动", Place.RENUMBERED: "重新编号", Place.SAME: ""}

_VERBS = {
    Direction.RAISED: "提高到",
    Direction.LOWERED: "降低到",
    Direction.TIGHTENED: "收紧为",
    Direction.LOOSENED: "放宽为",
    Direction.BROUGHT_FORWARD: "提前到",
    Direction.POSTPONED: "推迟到",
}


def one_line(text: str) -> str:
    """A quotation on one line: breaks and the blanks between Chinese characters dropped, the
    cells of a table row parted by ｜."""
    cells = (_unbroken(cell) for cell in text.split("\t"))
    return " ｜ ".join(cell for cell in cells if cell)


def _unbroken(text: str) -> str:
    words = text.split()
    joined = words[0] if words else ""
    for word in words[1:]:
        latin = joined[-1].isascii() and joined[-1].isalpha() and word[0].isascii()
        joined += f" {word}" if latin and word[0].isalnum() else word
    return joined


def figure(amount: Decimal) -> str:
    """A number as people write it: 70, 12.5, never 7E+1."""
    plain = format(amount, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def measured(target: Target) -> str:
    """The value from its numbers: 约70所, 不低于10%, 5—10所; 1.2万人 is 12000人."""
    low, high = figure(target.quantity.low), figure(target.quantity.high)
    amount = low if low == high else f"{low}—{high}"
    if target.bound is Bound.ABOUT:
        return f"约{amount}{target.quantity.unit}"
    word = "" if target.bound in (Bound.EXACTLY, Bound.RANGE) else BOUNDS[target.bound]
    return f"{word}{amount}{target.quantity.unit}"


def value(target: Target | None) -> str:
    """The value as written, with its per and base: 每个县至少1所, 不低于10%（基数：招生规模）."""
    if target is None:
        return ""
    per = target.per if target.per and target.per not in target.raw else ""
    base = f"（基数：{target.base}）" if target.base and target.base not in target.raw else ""
    return f"{per}{one_line(target.raw)}{base}"


def bound(target: Target | None) -> str:
    """界限 in one word, nothing where there is no value."""
    return "" if target is None else BOUNDS[target.bound]


def day(when: date) -> str:
    """2025年12月31日."""
    return f"{when.year}年{when.month}月{when.day}日"


def deadline(deadline: Deadline | None) -> str:
    """The deadline as written; marked where the section says it, not the paragraph."""
    if deadline is None:
        return ""
    return one_line(deadline.raw) + (INHERITED if deadline.inherited else "")


def period(deadline: Deadline | None) -> str:
    """The days that a deadline means: 2021年1月1日至2025年12月31日; empty where none is known."""
    if deadline is None:
        return ""
    if deadline.start and deadline.end:
        return f"{day(deadline.start)}至{day(deadline.end)}"
    if deadline.start:
        return f"{day(deadline.start)}起"
    return day(deadline.end) if deadline.end else ""


def unit(unit: ResponsibleUnit) -> str:
    """The unit's full name, marked where it is inherited."""
    return unit.name + (INHERITED if unit.inherited else "")


def units_of(commitment: Commitment, role: Role) -> str:
    """All units in that role: 河南省教育厅、河南省财政厅（上文）."""
    return "、".join(unit(each) for each in commitment.responsible_units if each.role is role)


def units(commitment: Commitment) -> str:
    """All units with their roles: 河南省教育厅（牵头）、河南省财政厅（配合、上文）."""
    return "、".join(_unit_with_role(each) for each in commitment.responsible_units)


def _unit_with_role(unit: ResponsibleUnit) -> str:
    notes = [note for note in (_role_note(unit), "上文" if unit.inherited else "") if note]
    return f"{unit.name}（{'、'.join(notes)}）" if notes else unit.name


def name(commitment: Commitment) -> str:
    """What a row is about, as a heading: 建设高水平学校, 森林覆盖率."""
    quote = one_line(commitment.evidence.quote)
    action, indicator = commitment.action or "", commitment.indicator or ""
    if not indicator:
        return shorten(commitment.task, 40)
    # 达到 of the number before is not that of this one: what follows its noun is its own.
    rest = quote[quote.rfind(indicator) + len(indicator) :]
    before = action and action not in rest and -1 < quote.find(action) < quote.find(indicator)
    return f"{action}{indicator}" if before else indicator


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters; … says that there is more."""
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1]}…"


def page(evidence: Evidence) -> int | None:
    """The page that a quotation begins on; None where the source has no pages."""
    return evidence.boxes[0].page if evidence.boxes else None


def place(evidence: Evidence) -> str:
    """第3页, 第3—4页; empty where the source has no pages."""
    pages = sorted({box.page for box in evidence.boxes})
    if not pages:
        return ""
    return f"第{pages[0]}页" if len(pages) == 1 else f"第{pages[0]}—{pages[-1]}页"


def title(document: Document) -> str:
    """The document's title, or the name of its file where it has none."""
    return document.official.title or document.provenance.source


def short_title(document: Document) -> str:
    """How a document is referred to: its number, else its title."""
    return document.official.document_number or title(document)


def sentences(change: Change) -> Iterator[str]:
    """What happened, one sentence for each field that differs."""
    if change.kind is ChangeKind.ADDED and change.new is not None:
        yield f"新增：{gist(change.new)}"
    elif change.kind is ChangeKind.DROPPED and change.prior is not None:
        yield f"不再提及：{gist(change.prior)}"
    elif change.form is not ChangeForm.ONE_TO_ONE:
        yield _apportioned(change)
    elif change.kind is ChangeKind.CARRIED_OVER:
        yield "延续：目标值、完成时限和责任单位均未变"
    for flag in change.flags:
        yield sentence(flag, change)
    if change.original is not None:
        yield (
            f"原定完成时限：{one_line(change.original.deadline.raw)}，此后已调整{change.original.slips}次"
        )


def _apportioned(change: Change) -> str:
    """拆分：由30个拆出10个；各部分合计与原目标值相等."""
    before, after = (value(c.target) if c else "" for c in (change.prior, change.new))
    if change.form is ChangeForm.SPLIT:
        return f"拆分：由{before}拆出{after}；各部分合计与原目标值相等"
    return f"合并：{before}并入{after}；各部分合计与新目标值相等"


def sentence(flag: Flag, change: Change) -> str:
    """One field that differs: 目标值由70所左右提高到80所左右."""
    before, after = sides(flag, change)
    field = name_of(flag)
    if flag.field is ChangedField.UNITS:
        return _units_sentence(flag.direction, before, after)
    if not before:
        return f"新设{field}：{after}"
    if not after:
        return f"不再设{field}，原为{before}"
    if flag.field in (ChangedField.INDICATOR, ChangedField.ACTION, ChangedField.BOUND):
        before, after = f"“{before}”", f"“{after}”"
    return f"{field}由{before}{_VERBS.get(flag.direction, '调整为')}{after}{_against(flag)}"


def name_of(flag: Flag) -> str:
    """适用范围 where 频次或范围 would be too wide a word."""
    return ASPECTS[flag.aspect] if flag.aspect else FIELDS[flag.field]


_UP_AND_DOWN = {Direction.RAISED: Effect.STRICTER, Direction.LOWERED: Effect.WEAKER}


def _against(flag: Flag) -> str:
    """（要求更严） where a number went the other way: a lower rate of unemployment."""
    usual = _UP_AND_DOWN.get(flag.direction, flag.effect)
    shown = flag.effect if flag.effect is not usual or flag.aspect else Effect.OTHER
    return f"（要求{EFFECTS[shown]}）" if shown is not Effect.OTHER else ""


def sides(flag: Flag, change: Change) -> tuple[str, str]:
    """The field on both sides as people read it; empty where there is none."""
    before, after = flag.before or "", flag.after or ""
    if flag.field is ChangedField.BOUND:
        return _bound_word(before), _bound_word(after)
    prior, new = change.prior, change.new
    if prior is None or new is None:
        return before, after
    if flag.field is ChangedField.VALUE:
        return _value_sides(prior.target, new.target, before, after)
    if flag.field is ChangedField.DEADLINE:
        return _deadline_sides(prior.deadline, new.deadline)
    if flag.field is ChangedField.UNITS:
        only = _units_sides(prior, new)
        return only if any(only) else (before, after)
    return before, after


def _value_sides(
    prior: Target | None, new: Target | None, before: str, after: str
) -> tuple[str, str]:
    """Both values as written; per and base only where they differ."""
    if prior and new and (prior.per, prior.base) == (new.per, new.base):
        return one_line(prior.raw), one_line(new.raw)
    return value(prior) or before, value(new) or after


def _units_sides(prior: Commitment, new: Commitment) -> tuple[str, str]:
    """Units that one side has and the other has not, or has in another role."""
    left, right = distinct(prior.responsible_units), distinct(new.responsible_units)
    both = partners(left, right)
    turned = [(old, now) for old, now in both if old.role is not now.role]
    before = [_with_role(u) for u in left if all(u is not old for old, _ in both)]
    after = [_with_role(u) for u in right if all(u is not now for _, now in both)]
    before += [f"{old.name}（{_ROLE_WORDS[old.role]}）" for old, _ in turned]
    after += [f"{now.name}（{_ROLE_WORDS[now.role]}）" for _, now in turned]
    return "、".join(before), "、".join(after)


def _with_role(unit: ResponsibleUnit) -> str:
    note = _role_note(unit)
    return f"{unit.name}（{note}）" if note else unit.name


def _role_note(unit: ResponsibleUnit) -> str:
    return "" if unit.role is Role.RESPONSIBLE else _ROLE_WORDS[unit.role]


def _deadline_sides(before: Deadline | None, after: Deadline | None) -> tuple[str, str]:
    """Last days where both are known and differ, else the words."""
    if before and after and compared_by_day(before, after) and before.end and after.end:
        return day(before.end), day(after.end)
    return deadline(before), deadline(after)


def compared_by_day(before: Deadline, after: Deadline) -> bool:
    """True where the last days tell what changed. Lengths (3年内, 每3年) are compared as such:
    their last days also move with the date of issue."""
    if (before.period and after.period) or not (before.end and after.end):
        return False
    return before.end != after.end


def _units_sentence(direction: Direction, before: str, after: str) -> str:
    if direction is Direction.ADDED or not before:
        return f"责任单位增加：{after}"
    if direction is Direction.REMOVED or not after:
        return f"责任单位减少：{before}"
    return f"责任单位由{before}调整为{after}"


def _bound_word(text: str) -> str:
    return BOUNDS[Bound(text)] if text in set(Bound) else text


def gist(commitment: Commitment) -> str:
    """The row in a line: 建设高水平学校，70所左右，2025年底前."""
    return "，".join(part for part in (name(commitment), terms(commitment)) if part)


def terms(commitment: Commitment) -> str:
    """What is asked, without its name: 70所左右，2025年底前."""
    parts = [value(commitment.target), deadline(commitment.deadline)]
    return "，".join(part for part in parts if part)

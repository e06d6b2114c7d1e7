"""Columns of a row as form fields and back: what a reviewer types is read strictly or refused.

目标值 80所左右 is typed as written, with its figures beside it, so that what is shown and what is
compared can't drift apart unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from corpus.model.commitment import Commitment
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Basis, Bound, Quantity, Target
from corpus.model.review import RefusedError, ReviewedField, Values
from corpus.review import FIELDS
from outputs import wording
from outputs.review.row_view import ROLE_SHORT, unit_line

_LONGEST = 300
_MOST_UNITS = 200
_PERIOD = re.compile(r"P(?=\d)(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,4}D)?")
_ROLE = re.compile(r"(?P<name>.+?)[（(](?P<role>[^（()）]+)[)）]")
_ROLES = {word: role for role, word in ROLE_SHORT.items()}
# Larger than any figure of a plan, small enough to be printed.
_LARGEST = Decimal(10) ** 18

KIND_WORDS = {
    DeadlineKind.BY: "到某时为止",
    DeadlineKind.DURING: "在某时期内",
    DeadlineKind.WITHIN: "若干时间内",
    DeadlineKind.EVERY: "每隔一段时间",
}
BASIS_WORDS = {
    Basis.LEVEL: "达到",
    Basis.CHANGE: "增减",
    Basis.INCREMENT: "新增",
    Basis.CUMULATIVE: "累计",
    Basis.ANNUAL: "年均",
}

Typed = Mapping[str, str]
E = TypeVar("E", Bound, Basis, DeadlineKind)


def typed(field: ReviewedField, commitment: Commitment) -> dict[str, str]:
    """What the form of a column begins with."""
    if field is ReviewedField.TARGET:
        return _typed_target(commitment.target)
    if field is ReviewedField.DEADLINE:
        return _typed_deadline(commitment.deadline)
    if field is ReviewedField.UNITS:
        return {"value": "\n".join(unit_line(u) for u in commitment.responsible_units)}
    text = commitment.indicator if field is ReviewedField.INDICATOR else commitment.action
    return {"value": text or ""}


def read(field: ReviewedField, form: Typed, commitment: Commitment) -> Values:
    """The column as typed; empty where all of it is. RefusedError says what can't be read."""
    if field is ReviewedField.TARGET:
        return Values(target=_target(form))
    if field is ReviewedField.DEADLINE:
        return Values(deadline=_deadline(form))
    if field is ReviewedField.UNITS:
        return Values(responsible_units=_units(form.get("value", ""), commitment))
    text = _short(form.get("value", ""), "内容", "the text") or None
    if field is ReviewedField.INDICATOR:
        return Values(indicator=text)
    return Values(action=text)


def typed_all(commitment: Commitment) -> dict[str, str]:
    """What a form of all columns begins with, each name behind that of its column: target.raw."""
    return {
        f"{field.value}.{name}": value
        for field in FIELDS
        for name, value in typed(field, commitment).items()
    }


def read_all(form: Typed, commitment: Commitment) -> Values:
    """All columns as typed; RefusedError for a row that would say nothing."""

    def column(field: ReviewedField) -> Values:
        mark = f"{field.value}."
        own = {n.removeprefix(mark): value for n, value in form.items() if n.startswith(mark)}
        return read(field, own, commitment)

    found = Values(
        column(ReviewedField.INDICATOR).indicator,
        column(ReviewedField.ACTION).action,
        column(ReviewedField.TARGET).target,
        column(ReviewedField.DEADLINE).deadline,
        column(ReviewedField.UNITS).responsible_units,
    )
    if not (found.indicator or found.action):
        raise RefusedError("指标和措施至少填写一项", "fill in the indicator or the measure")
    return found


def _typed_target(target: Target | None) -> dict[str, str]:
    if target is None:
        return {"bound": Bound.EXACTLY.value, "basis": Basis.LEVEL.value}
    low, high = target.quantity.low, target.quantity.high
    return {
        "raw": wording.one_line(target.raw),
        "bound": target.bound.value,
        "low": wording.figure(low),
        "high": wording.figure(high) if high != low else "",
        "unit": target.quantity.unit,
        "basis": target.basis.value,
        "per": target.per or "",
        "base": target.base or "",
    }


def _target(form: Typed) -> Target | None:
    raw = _short(form.get("raw", ""), "目标值", "the value")
    if not raw and not form.get("low", "").strip():
        return None
    low = _figure(form.get("low", ""), "数值", "the figure")
    above = form.get("high", "").strip()
    high = _figure(above, "上限", "the upper figure") if above else low
    if high < low:
        raise RefusedError("上限小于下限", "the upper figure is below the lower one")
    bound = _member(Bound, form.get("bound", ""))
    if (bound is Bound.RANGE) != (low != high):
        raise RefusedError(
            "界限为“区间”时须填上限，否则上限须留空",
            "a range needs an upper figure, and nothing else may have one",
        )
    unit = _short(form.get("unit", ""), "计量单位", "the unit")
    return Target(
        raw or f"{wording.figure(low)}{unit}",
        Quantity(low, high, unit),
        bound,
        _member(Basis, form.get("basis", "")),
        _short(form.get("per", ""), "频次或范围", "per") or None,
        _short(form.get("base", ""), "基数", "the base") or None,
    )


def _typed_deadline(deadline: Deadline | None) -> dict[str, str]:
    if deadline is None:
        return {"kind": DeadlineKind.BY.value}
    return {
        "raw": wording.one_line(deadline.raw),
        "kind": deadline.kind.value,
        "start": deadline.start.isoformat() if deadline.start else "",
        "end": deadline.end.isoformat() if deadline.end else "",
        "period": deadline.period or "",
    }


def _deadline(form: Typed) -> Deadline | None:
    raw = _short(form.get("raw", ""), "完成时限", "the deadline")
    start, end = _day(form.get("start", "")), _day(form.get("end", ""))
    period = form.get("period", "").strip().upper()
    if not (raw or start or end or period):
        return None
    if period and not _PERIOD.fullmatch(period):
        raise RefusedError(
            f"“{period}”不是时长，3 年写作 P3Y，6 个月写作 P6M",
            f"'{period}' is no duration: write P3Y for 3 years, P6M for 6 months",
        )
    if start and end and end < start:
        raise RefusedError("截止日期早于起始日期", "the last day is before the first")
    kind = _member(DeadlineKind, form.get("kind", ""))
    if kind is DeadlineKind.BY and end is None:
        raise RefusedError("“到某时为止”须填截止日期", "'by' needs a last day")
    if not raw:
        raw = wording.day(end) if end else wording.day(start) if start else period
    return Deadline(raw, kind, start, end, period or None)


def _units(text: str, commitment: Commitment) -> tuple[ResponsibleUnit, ...]:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) > _MOST_UNITS:
        raise RefusedError(f"单位不能超过 {_MOST_UNITS} 个", f"at most {_MOST_UNITS} units")
    known = {unit.name: unit for unit in commitment.responsible_units}
    found: dict[tuple[str, Role], ResponsibleUnit] = {}
    for line in lines:
        name, role = _unit(line)
        before = known.get(name)
        found[name, role] = ResponsibleUnit(
            before.raw if before else name,
            name,
            role,
            before.inherited if before else False,
            before.registered if before else False,
        )
    return tuple(found.values())


def _unit(line: str) -> tuple[str, Role]:
    """云岭省民政厅（牵头）; a bracket that is no role belongs to the name: 县（市、区）人民政府."""
    match = _ROLE.fullmatch(line)
    if match and match["role"] in _ROLES:
        return _short(match["name"], "单位名称", "a name"), _ROLES[match["role"]]
    return _short(line, "单位名称", "a name"), Role.RESPONSIBLE


def _short(text: str, zh: str, en: str) -> str:
    kept = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(kept) > _LONGEST:
        raise RefusedError(
            f"{zh}不能超过 {_LONGEST} 个字", f"{en} may have at most {_LONGEST} characters"
        )
    return kept


def _figure(text: str, zh: str, en: str) -> Decimal:
    try:
        found = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= _LARGEST:
        raise RefusedError(
            f"{zh}“{text.strip()}”不是数字；1.2万请写作 12000",
            f"{en} '{text.strip()}' is no number; write 1.2万 as 12000",
        )
    return found


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RefusedError(
            f"“{text.strip()}”不是日期，请写作 2025-12-31",
            f"'{text.strip()}' is no date; write it as 2025-12-31",
        ) from None


def _member(kind: type[E], value: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise RefusedError("选项不正确，请重新选择", "no such choice; choose again") from None

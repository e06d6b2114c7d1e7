"""Lists of units with their roles: 省教育厅牵头，财政厅、各省辖市政府配合.

Roles are read first (牵头, 配合, 责任单位：), then the names of each run; what a list drops
(省 of 财政厅 in 省教育厅、财政厅) is put back when the names are resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.model.organisation import Jurisdiction, ResponsibleUnit, Role
from corpus.model.view import View
from extractors.nlp.register import (
    begins_otherwise,
    is_group,
    is_unit,
    level_word,
    resolve,
    unit_kind,
)
from extractors.rules.unit_names import names
from extractors.rules.unit_roles import Run, first_label, first_leads, runs


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """One unit of a list; ``start`` and ``end`` count view characters.

    ``raw`` is as written, without blanks and with full-width brackets.
    """

    start: int
    end: int
    raw: str
    role: Role


# What may stand in a list and is no unit: 下同, 6月底完成, 持续推进, a dash for "nobody".
_NOBODY = re.compile(
    r"^(?:下同|以下同|同上|无|略|另|其他|待定|[^\u4e00-\u9fff]*)$|\d+[年月日]|完成$|推进$|成效$|^列|^排"
    r"|^(?:按|根据|依据|以[下上])|负责$|落实$|第一位|首位|^不再"
)
_ROLE_IN_BRACKETS = re.compile(
    r"\((?P<lead>牵头|主办)?(?P<coop>配合|协办|参与)?(?:负责)?(?:单位|部门)?\)"
)
_SEVERAL_LEVELS = re.compile(r"^各?[省市县区州]、")
_LONGEST = 48
_WIDE = str.maketrans("(),", "（），")


def read_units(
    view: View, start: int, end: int, *, role: Role = Role.RESPONSIBLE
) -> list[UnitSpan]:
    """The units listed in ``view.text[start:end]``; ``role`` is theirs where none is said."""
    text = view.text
    breaks = frozenset(_breaks(view, start, end))
    found: list[UnitSpan] = []
    labelled = first_label(text[start:end])
    for run in runs(text[start:end], default=role):
        units = _of_run(text, start, run, breaks)
        # Before 牵头单位：stands a deadline or a manner (持续推进), seldom a unit.
        found.extend(u for u in units if run.start >= labelled or is_unit(u.raw))
    if first_leads(text[start:end]) and found:
        found[0] = UnitSpan(found[0].start, found[0].end, found[0].raw, Role.LEAD)
    return found


def listed_units(
    view: View, start: int, end: int, *, labelled: bool, role: Role = Role.RESPONSIBLE
) -> list[UnitSpan]:
    """The units of a bracket or column, without what stands among them and names nobody:
    持续推进, 充分发挥高等学校作用. Behind a label or in a column a strange name may be short."""
    return [
        unit
        for unit in read_units(view, start, end, role=role)
        if not begins_otherwise(unit.raw) and (labelled or _may_be_name(unit.raw))
    ]


def _may_be_name(raw: str) -> bool:
    """False for 持续 and 公众; a strange name is longer (国网某某供电), or a place (高新区)."""
    return unit_kind(raw) is not None or len(raw) > 3 or raw[-1] in "级区镇乡村"


def _of_run(text: str, base: int, run: Run, breaks: frozenset[int]) -> Iterator[UnitSpan]:
    for name in names(text, base + run.start, base + run.end, breaks=breaks):
        stop, role = name.end, run.role
        after = _ROLE_IN_BRACKETS.match(text, stop)
        raw = text[name.start : stop].translate(_WIDE)
        if after is not None and (after["lead"] or after["coop"]):
            role = Role.LEAD if after["lead"] else Role.COOPERATING
        if len(raw) <= _LONGEST and len(raw) > 1 and not _NOBODY.search(raw):
            yield UnitSpan(name.start, stop, raw, role)


def _breaks(view: View, start: int, end: int) -> Iterator[int]:
    """Positions where the view dropped a blank or a line break."""
    for position in range(max(start, 1), end):
        if view.origin[position] > view.origin[position - 1] + 1:
            yield position


def restore(units: Iterable[UnitSpan], jurisdiction: Jurisdiction) -> tuple[ResponsibleUnit, ...]:
    """Units with their full names. A dropped 省 or 市 is that of the nearest unit before that has
    its own (省教育厅、财政厅); after 省、市、县级工会 a bare 团委 is that of all three levels and
    stays as written. Groups (各省辖市政府) neither take nor give one."""
    found: list[ResponsibleUnit] = []
    inherited: str | None = ""
    for unit in units:
        own, group = level_word(unit.raw), is_group(unit.raw)
        if own or group:
            name, registered = resolve(unit.raw, jurisdiction)
        else:
            name, registered = _resolve(unit.raw, inherited, jurisdiction)
        found.append(ResponsibleUnit(unit.raw, name, unit.role, registered=registered))
        if own and not group:
            inherited = own
        elif _SEVERAL_LEVELS.match(unit.raw):
            inherited = None
    return tuple(found)


def _resolve(raw: str, inherited: str | None, jurisdiction: Jurisdiction) -> tuple[str, bool]:
    if inherited is None:
        return raw, False
    if inherited:
        name, registered = resolve(inherited + raw, jurisdiction)
        if registered:
            return name, True
    return resolve(raw, jurisdiction)

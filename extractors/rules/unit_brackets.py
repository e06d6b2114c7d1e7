"""Who is responsible, as documents close a task with it: （市教育局牵头，市财政局配合）.

Also 责任单位：… at the end of a paragraph or in a paragraph of its own. Brackets that explain
(（以下简称…）, （市、区）, （含…）) name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from corpus.model.view import View
from extractors.nlp.passages import passages
from extractors.nlp.unit_kinds import is_registered, is_unit
from extractors.rules.unit_list import UnitSpan, listed_units
from extractors.rules.unit_roles import deadline_in, label_at, says_role


@dataclass(frozen=True, slots=True)
class ClosingBracket:
    """A bracket or line that says who is responsible, and perhaps until when.

    ``start`` and ``end`` hold the brackets; ``deadline`` is the stretch behind 完成时限：, or
    before the units (6月底完成，牵头单位：…). ``labelled`` where 责任单位： stands there.
    """

    start: int
    end: int
    units: list[UnitSpan]
    deadline: tuple[int, int] | None
    labelled: bool = False


_PLACE_BEFORE = re.compile(r"^[\u4e00-\u9fff]{2,3}[省市县区]")
_OPENING, _CLOSING = "([〔", ")]〕"
_EXPLAINS = re.compile(
    r"^(?:以下|下同|含|包括|其中|如|即|试行|暂行|详见|见|附|原|简称|不含|注)|印发|简称|年版"
)
_NESTED = re.compile(r"\([^()]*\)")
# 责任单位：…, and 1.责任单位：… in a list of what is laid down for a task.
_LABEL_BEFORE = re.compile(r"(?:^|(?<=[。;!?”]))(?:\(?[\d一二三四五六七八九十]{1,2}[.、)])?")
# （党委领导、政府负责、社会协同）names a principle, nobody in particular.
_ANYBODY = re.compile(
    r"^(?:政府|党委|部门|企业|学校|高校|院校|行业|社会|市场|公众|群众|单位|机构|家庭|个人|社区)$"
)


def closing_units(view: View) -> list[ClosingBracket]:
    """Every bracket and every labelled line of ``view`` that lists responsible units."""
    brackets = (_bracket(view, start, end) for start, end in _brackets(view.text))
    found = [bracket for bracket in brackets if bracket is not None]
    line = _line(view, found[-1].end if found else 0)
    return [*found, line] if line else found


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Outermost brackets, by their inside; one that is never closed reaches to the end."""
    opened: list[int] = []
    for position, character in enumerate(text):
        if character in _OPENING:
            opened.append(position)
        elif character in _CLOSING and opened:
            start = opened.pop()
            if not opened:
                yield start, position + 1
    if len(opened) == 1 and label_at(text, opened[0] + 1) is not None:
        yield opened[0], len(text)


def _bracket(view: View, start: int, end: int) -> ClosingBracket | None:
    text = view.text
    inside = (start + 1, end - 1 if text[end - 1] in _CLOSING else end)
    words = text[slice(*inside)]
    if _EXPLAINS.search(_NESTED.sub("", words)) or len(words) < 3:
        return None
    labelled = _has_label(words)
    if not labelled and not says_role(words) and not _ends(text, start, end):
        return None
    units = listed_units(view, *inside, labelled=labelled)
    if not units or not (labelled or _all_units(units, strict=not says_role(words))):
        return None
    return ClosingBracket(start, end, units, _shifted(deadline_in(words), inside[0]), labelled)


def _has_label(words: str) -> bool:
    """责任单位： at the beginning or after a comma; without the colon it names nobody."""
    for match in re.finditer(r"^|(?<=[,;。、])", words):
        label = label_at(words, match.start())
        if label is not None and words[label[1] - 1] == ":":
            return True
    return False


def _ends(text: str, start: int, end: int) -> bool:
    """True where the bracket stands behind a full sentence or closes the paragraph."""
    return text[start - 1 : start] in ("。", ";") or text[end : end + 1] in ("", "。")


def _all_units(units: list[UnitSpan], *, strict: bool) -> bool:
    """Where no verb says who does it, two registered names or more must stand there, and nothing
    but units beside them."""
    if strict:
        known = [unit for unit in units if _is_known(unit.raw)]
        return len(known) > 1 and all(unit in known or is_unit(unit.raw) for unit in units)
    return any(is_unit(unit.raw) and not _ANYBODY.match(unit.raw) for unit in units)


def _is_known(raw: str) -> bool:
    """True for registered offices, those of a place that is in no table (云岭省财政厅) included."""
    return is_registered(raw) or is_registered(_PLACE_BEFORE.sub("", raw))


def _line(view: View, start: int) -> ClosingBracket | None:
    """责任单位：省教育厅、省财政厅。完成时限：2023年底。 at the end of a paragraph, or alone."""
    text = view.text
    for match in _LABEL_BEFORE.finditer(text, start):
        label = label_at(text, match.end())
        if label is None or text[label[1] - 1] != ":":
            continue
        units = listed_units(view, match.end(), len(text), labelled=True)
        if units and all(len(unit.raw) < 40 for unit in units):
            deadline = _shifted(deadline_in(text[match.end() :]), match.end())
            return ClosingBracket(match.end(), len(text), units, deadline, True)
    return None


def _shifted(stretch: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if stretch is None else (stretch[0] + by, stretch[1] + by)


class UnitBrackets:
    """Units of closing brackets and labelled lines, one finding each."""

    name: ClassVar[str] = "unit_brackets"
    finds: ClassVar[frozenset[Label]] = frozenset({Label.UNIT})

    def find(self, document: Document) -> Iterator[Finding]:
        """Everything it sees in the document, in the order of the text."""
        for passage in passages(document):
            for bracket in closing_units(passage.view):
                place = passage.view.locate(bracket.start, bracket.end)
                for unit in bracket.units:
                    yield Finding(
                        label=Label.UNIT,
                        value=UnitMention(unit.raw, unit.role),
                        evidence=document.cite(passage.view.locate(unit.start, unit.end)),
                        extractor=self.name,
                        rule="labelled" if bracket.labelled else "closing_bracket",
                        score=0.95 if is_unit(unit.raw) else 0.7,
                        group=f"units@{place.start}",
                    )

"""Units of a task table's columns: 责任单位 | 牵头单位 | 配合单位, row by row.

Where 责任单位 stands beside 牵头单位 it means the others; the source word decides the role.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from corpus.model.document import Document
from corpus.model.finding import Finding, Label, UnitMention
from corpus.model.organisation import Role
from extractors.nlp.passages import Column, passages
from extractors.rules.unit_list import listed_units

_ROLES = {
    Column.UNITS: Role.RESPONSIBLE,
    Column.LEAD: Role.LEAD,
    Column.COOPERATING: Role.COOPERATING,
}


class TaskTables:
    """Units of the cells that name who is responsible."""

    name: ClassVar[str] = "task_table"
    finds: ClassVar[frozenset[Label]] = frozenset({Label.UNIT})

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in the order of the text."""
        for passage in passages(document):
            if passage.column not in _ROLES or passage.row is None:
                continue
            view = passage.view
            role = _ROLES[passage.column]
            for unit in listed_units(view, 0, len(view.text), labelled=True, role=role):
                yield Finding(
                    label=Label.UNIT,
                    value=UnitMention(unit.raw, unit.role),
                    evidence=document.cite(view.locate(unit.start, unit.end)),
                    extractor=self.name,
                    rule=f"{passage.column}_column",
                    score=0.97,
                )

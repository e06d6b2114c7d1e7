"""The ruling lines of an OFD page in the shape in which ``pdf_tables`` looks for tables.

pdfplumber's geometry needs of a page only its edges, so the cells of 序号 | 工作任务 | 责任单位 are
found by the same rules in both formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.parse.ofd_objects import Rule


@dataclass(frozen=True, slots=True)
class RuledPage:
    """A page that has nothing but ruling lines. Names are pdfplumber's."""

    page_number: int
    width: float
    height: float
    edges: list[dict[str, Any]]

    @classmethod
    def of(cls, number: int, width: float, height: float, rules: Sequence[Rule]) -> RuledPage:
        """A page with those rules."""
        return cls(number, width, height, [_edge(rule, height) for rule in rules])

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """All of the page."""
        return 0.0, 0.0, self.width, self.height

    def find_tables(self, settings: dict[str, Any]) -> list[Any]:
        """The tables that pdfplumber sees in the rules."""
        from pdfplumber.table import TableFinder, TableSettings

        page: Any = self
        tables: list[Any] = TableFinder(page, TableSettings.resolve(settings)).tables
        return tables


def _edge(rule: Rule, height: float) -> dict[str, Any]:
    across, down = rule.x1 - rule.x0, rule.bottom - rule.top
    return {
        "object_type": "line",
        "orientation": "h" if across >= down else "v",
        "x0": rule.x0,
        "x1": rule.x1,
        "top": rule.top,
        "bottom": rule.bottom,
        "y0": height - rule.bottom,
        "y1": height - rule.top,
        "doctop": rule.top,
        "width": across,
        "height": down,
    }

"""Rows that give an indicator in one cell and its value in another: 森林覆盖率（%） | 24.5 | 26.

The head over the value may name the year (2025年目标); a value without a measure word takes the one
of its 单位 column, or of the brackets behind the indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from corpus.model.document import Document
from corpus.model.finding import Finding, FindingValue, Label
from corpus.model.geometry import Span
from corpus.model.quantity import Bound, Quantity
from corpus.model.view import tidy
from extractors.nlp.passages import Column, Passage, Row, passages
from extractors.rules.dates import read_deadline
from extractors.rules.deadline import DeadlineMention
from extractors.rules.numbers import read_number, scale_of
from extractors.rules.per_and_base import find_per
from extractors.rules.quantity import QuantityMention, find_quantities

_SIGNS = {
    "≥": Bound.AT_LEAST, "≧": Bound.AT_LEAST, "≤": Bound.AT_MOST, "≦": Bound.AT_MOST,
    ">": Bound.ABOVE, "<": Bound.BELOW, "": Bound.EXACTLY,
}  # fmt: skip
_BARE = re.compile(
    r"(?P<sign>[≥≧≤≦><]?)[\[〔(]?(?P<low>\d[\d,]*(?:\.\d+)?)"
    r"(?:[-—~](?P<high>\d[\d,]*(?:\.\d+)?))?[\]〕)]?"
)
_MEASURE = re.compile(r"\((?P<unit>[^()\d]{1,8})\)$")
# What may stand beside the number in such a cell.
_REST = re.compile(
    r"[\s、,。;≥≤><()\[\]〔〕]|达到?|实现|完成|新增|累计|力争|年均|增长|提高|下降|不少于|不低于|不超过|至少|左右|以[上内下]"
)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class TableTarget:
    """One value of a row: ranges are of the view of its cell, spans of the text."""

    indicator: Span
    quantity: QuantityMention
    per: tuple[int, int] | None
    head: Span | None


def table_target(document: Document, passage: Passage) -> TableTarget | None:
    """The value that a cell of a 目标值 column holds, with the indicator of its row; None for a
    cell that is prose, and for a row without an indicator."""
    row = passage.row
    if row is None or passage.column is not Column.TARGET:
        return None
    indicator = _indicator(document, row)
    text = passage.view.text
    quantity = _value(document, row, indicator, text) if indicator else None
    if indicator is None or quantity is None:
        return None
    per = find_per(text, 0, quantity.whole[0])
    rest = text[: quantity.whole[0]] + text[quantity.whole[1] :]
    rest = rest.replace(text[slice(*per)], "") if per else rest
    if _REST.sub("", rest):
        return None
    heads = [h for (_, span), h in zip(row.cells, row.heads, strict=False) if span == passage.span]
    return TableTarget(indicator, quantity, per, heads[0] if heads else None)


def has_table_target(document: Document, row: Row) -> bool:
    """True for a row whose number stands in a cell of its own."""
    return any(
        table_target(document, Passage(tidy(document.text, span), span, row, kind)) is not None
        for kind, span in row.cells
        if kind is Column.TARGET
    )


def _indicator(document: Document, row: Row) -> Span | None:
    for kind in (Column.INDICATOR, Column.TASK):
        for span in row.spans(kind):
            text = tidy(document.text, span).text
            if 1 < len(text) <= _LONGEST and "。" not in text:
                return span
    return None


def _value(document: Document, row: Row, indicator: Span, text: str) -> QuantityMention | None:
    found = find_quantities(text)
    bare = _BARE.fullmatch(text)
    if len(found) == 1:
        return _signed(text, found[0])
    if found or bare is None:
        return None
    unit = _unit(document, row, indicator)
    low, high = read_number(bare["low"]), read_number(bare["high"] or bare["low"])
    if low is None or high is None:
        return None
    factor = scale_of(unit[:1]) if len(unit) > 1 and unit[0] in "万亿" else Decimal(1)
    quantity = Quantity(low * factor, high * factor, unit[1:] if factor > 1 else unit)
    bound = Bound.RANGE if low != high else _SIGNS[bare["sign"]]
    sign = (bare.start("sign"), bare.end("sign")) if bare["sign"] else None
    end = bare.end("high") if bare["high"] else bare.end("low")
    return QuantityMention(bare.start("low"), end, quantity, bound, sign, "table_cell")


def _signed(text: str, quantity: QuantityMention) -> QuantityMention:
    """≥75%: the sign is its comparator."""
    sign = text[quantity.start - 1 : quantity.start] if quantity.start else ""
    if not sign or sign not in _SIGNS or quantity.bound is not Bound.EXACTLY:
        return quantity
    span = (quantity.start - 1, quantity.start)
    return replace(quantity, bound=_SIGNS[sign], bound_span=span)


def _unit(document: Document, row: Row, indicator: Span) -> str:
    for span in row.spans(Column.MEASURE):
        return tidy(document.text, span).text
    behind = _MEASURE.search(tidy(document.text, indicator).text)
    return behind["unit"] if behind else ""


class IndicatorTables:
    """Values of 目标值 columns with the indicator of their row; one group a value."""

    name: ClassVar[str] = "indicator_table"
    finds: ClassVar[frozenset[Label]] = frozenset(
        {Label.QUANTITY, Label.BOUND, Label.INDICATOR, Label.PER, Label.DEADLINE}
    )

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in the order of the text."""
        for passage in passages(document):
            target = table_target(document, passage)
            if target is not None:
                yield from self._findings(document, passage, target)

    def _findings(
        self, document: Document, passage: Passage, target: TableTarget
    ) -> Iterator[Finding]:
        view, quantity = passage.view, target.quantity
        number = (quantity.start, quantity.end)
        said = quantity.bound_span or (number if quantity.bound is not Bound.EXACTLY else None)
        parts: list[tuple[Label, FindingValue, Span]] = [
            (Label.INDICATOR, _name(document, target.indicator), target.indicator),
            (Label.QUANTITY, quantity.quantity, view.locate(*number)),
        ]
        if said is not None:
            parts.append((Label.BOUND, quantity.bound, view.locate(*said)))
        if target.per is not None:
            parts.append((Label.PER, view.text[slice(*target.per)], view.locate(*target.per)))
        parts += _due(document, target.head)
        group = f"{self.name}:{passage.span.start}"
        for label, value, span in parts:
            evidence = document.cite(span)
            yield Finding(label, value, evidence, self.name, "value_cell", 0.93, group)


def _name(document: Document, span: Span) -> str:
    """The indicator without the measure word in its brackets."""
    return _MEASURE.sub("", tidy(document.text, span).text)


def _due(document: Document, head: Span | None) -> Iterator[tuple[Label, FindingValue, Span]]:
    """The year in the head over the value, as the time by which it is to be reached."""
    if head is None:
        return
    view = tidy(document.text, head)
    year = re.search(r"(?:到|至)?(?:19|20)\d\d年", view.text)
    if year is not None:
        mention = DeadlineMention(*year.span(), year[0], "year")
        due = read_deadline(mention, raw=year[0], issued=document.official.date_of_issue)
        yield Label.DEADLINE, due, view.locate(*year.span())

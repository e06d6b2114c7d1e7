"""Totals against their parts: 建设30个基地，其中省级15个、市级20个; a 合计 row that is no sum;
20个集团（详见附件） over a list of nineteen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from corpus.compare.fold import fold
from corpus.compare.measures import scale
from corpus.compare.stance import stance
from corpus.model.change import Severity
from corpus.model.commitment import Commitment, Ledger
from corpus.model.consistency import Inconsistency, InconsistencyKind
from corpus.model.document import Cell, Document, Evidence, Table
from corpus.model.quantity import Bound

_OF_WHICH = re.compile(r"其中")
_TOTAL = re.compile(r"^(?:合计|总计|共计|总数)$")
_LISTED = re.compile(r"(?:详见|见|附后|名单见|具体见)附件|附后")
_SHARES = ("%", "‰", "个百分点")


def sums(ledger: Ledger) -> Iterator[Inconsistency]:
    """Everything that doesn't add up."""
    yield from _in_sentences(ledger)
    for table in ledger.document.tables:
        yield from _in_table(ledger.document, table)
    yield from _in_lists(ledger)


def _in_sentences(ledger: Ledger) -> Iterator[Inconsistency]:
    by_sentence: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in ledger.commitments:
        if commitment.target is not None and _OF_WHICH.search(commitment.task):
            by_sentence[commitment.task].append(commitment)
    for sentence, rows in by_sentence.items():
        at = fold(sentence).index("其中")
        levels = [row for row in rows if not _compares(row, sentence)]
        before = [row for row in levels if _place(row, sentence) < at]
        after = [row for row in levels if _place(row, sentence) > at]
        if before and after:
            yield from _too_much(before[-1], after)


def _compares(row: Commitment, sentence: str) -> bool:
    """比上年增加1500亿元 is no part and no total."""
    clause = re.split("[,;:。]", fold(sentence)[: max(_place(row, sentence), 0)])[-1]
    return stance(row) == "change" or bool(re.search("[比较]", clause))


def _place(row: Commitment, sentence: str) -> int:
    return fold(sentence).find(fold(row.target.raw)) if row.target else -1


def _too_much(whole: Commitment, rows: Sequence[Commitment]) -> Iterator[Inconsistency]:
    """Parts may leave a rest; more than the whole they can't be, unless the whole is a floor."""
    target = whole.target
    if target is None or target.bound in (Bound.AT_LEAST, Bound.ABOVE):
        return
    if target.quantity.unit in _SHARES:
        return
    parts = [r for r in rows if r.target and scale(r.target.quantity.unit, target.quantity.unit)]
    total = sum((_amount(part, target.quantity.unit) for part in parts), Decimal(0))
    if parts and total > target.quantity.high:
        words = "、".join(part.target.raw for part in parts if part.target)
        yield Inconsistency(
            InconsistencyKind.TOTAL_AND_PARTS,
            Severity.SERIOUS,
            whole.indicator or whole.task,
            (target.raw, f"{words}，合计{total.normalize():f}{target.quantity.unit}"),
            whole.evidence,
            parts[0].evidence,
        )


def _amount(part: Commitment, unit: str) -> Decimal:
    if part.target is None:
        return Decimal(0)
    return part.target.quantity.low * (scale(part.target.quantity.unit, unit) or 1)


def _in_table(document: Document, table: Table) -> Iterator[Inconsistency]:
    """A row 合计 at the end, or right below the head: it must be the sum of the others."""
    rows = [table.row(number) for number in range(table.header_rows, table.rows)]
    totals = [row for row in rows if any(_TOTAL.match(_text(document, c)) for c in row.values())]
    if len(totals) != 1 or len(rows) < 3:
        return
    (total,) = totals
    others = [row for row in rows if row is not total]
    for column in sorted(total):
        wanted = _number(_text(document, total[column]))
        found = [_number(_text(document, r[column])) for r in others if column in r]
        numbers = [n for n in found if n is not None]
        if wanted is None or len(numbers) < 2 or len(numbers) != len(others):
            continue
        if sum(numbers, Decimal(0)) != wanted:
            yield Inconsistency(
                InconsistencyKind.TOTAL_AND_PARTS,
                Severity.SERIOUS,
                _head(document, table, column),
                (f"合计{wanted:f}", f"各行相加{sum(numbers, Decimal(0)):f}"),
                document.cite(total[column].span),
            )


def _text(document: Document, cell: Cell) -> str:
    return fold(document.text[cell.span.start : cell.span.end])


def _head(document: Document, table: Table, column: int) -> str:
    cell = table.row(0).get(column) if table.header_rows else None
    return _text(document, cell) if cell else ""


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text else None
    except InvalidOperation:
        return None


def _in_lists(ledger: Ledger) -> Iterator[Inconsistency]:
    """What an annex lists under running numbers must be as many as the text says."""
    lists = [found for t in ledger.document.tables if (found := _list(ledger.document, t))]
    if len(lists) != 1:
        return
    (count, evidence), *_ = lists
    for row in ledger.commitments:
        target = row.target
        if target is None or not _LISTED.search(fold(f"{row.indicator or ''}{_around(row)}")):
            continue
        said = target.quantity
        if target.bound is Bound.EXACTLY and said.low == said.high and said.low != count:
            yield Inconsistency(
                InconsistencyKind.TOTAL_AND_PARTS,
                Severity.SERIOUS,
                row.indicator or row.task,
                (target.raw, f"附件列出{count}项"),
                row.evidence,
                evidence,
            )


def _around(row: Commitment) -> str:
    """The words right behind the number, where (详见附件) stands."""
    task, raw = fold(row.task), fold(row.target.raw if row.target else "")
    at = task.find(raw)
    return task[at : at + len(raw) + 30] if at >= 0 else ""


def _list(document: Document, table: Table) -> tuple[int, Evidence] | None:
    """How many rows a table numbers, where it numbers them 1, 2, 3 … without a gap."""
    rows = [table.row(number) for number in range(table.header_rows, table.rows)]
    numbers = [_number(_text(document, row[0])) if 0 in row else None for row in rows]
    kept = list(dict.fromkeys(n for n in numbers if n is not None))
    if len(kept) < 2 or kept != [Decimal(n) for n in range(1, len(kept) + 1)]:
        return None
    return len(kept), document.cite(rows[-1][0].span)

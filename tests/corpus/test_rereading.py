"""Two ledgers on the same text: what was found now, no longer, otherwise."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Block, BlockKind, Document, Provenance
from corpus.model.geometry import Span
from corpus.model.quantity import Bound, Quantity, Target
from corpus.rereading import RereadKind, differences

_TEXT = "到2027年，改造校舍300所。新建幼儿园20所。培训教师5万人次。"
_DOCUMENT = Document(
    "d-1",
    _TEXT,
    Provenance("校舍.txt", "", "text/plain"),
    (),
    blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(_TEXT))),),
)


def _row(number: str, task: str, *, indicator: str | None = None) -> Commitment:
    start = _TEXT.index(task)
    evidence = _DOCUMENT.cite(Span(start, start + len(task)))
    return Commitment(number, (), task, None, indicator, None, None, (), evidence, 0.9)


def _ledger(*rows: Commitment) -> Ledger:
    return Ledger(_DOCUMENT, rows)


def test_rows_are_found_lost_and_read_otherwise_in_the_order_of_the_text() -> None:
    schools = _row("c-1", "改造校舍300所")
    target = Target("300所", Quantity(Decimal(300), Decimal(300), "所"), Bound.EXACTLY)
    nurseries, teachers = _row("c-2", "新建幼儿园20所"), _row("c-3", "培训教师5万人次")
    found, same, confidence = differences(
        _ledger(schools, nurseries), _ledger(replace(schools, target=target), teachers)
    )
    assert [(each.kind, each.fields) for each in found] == [
        (RereadKind.OTHERWISE, ("target",)),
        (RereadKind.LOST, ()),
        (RereadKind.FOUND, ()),
    ]
    assert (same, confidence) == (0, 0)


def test_row_with_other_words_at_the_same_place_is_the_same_row() -> None:
    before, after = _row("c-1", "改造校舍300所"), _row("c-9", "到2027年，改造校舍300所")
    (found,), same, _ = differences(_ledger(before), _ledger(after))
    assert (found.kind, found.fields) == (RereadKind.OTHERWISE, ("task",))
    assert (found.before, found.after) == (before, after)
    assert same == 0


def test_two_rows_over_one_place_are_paired_by_what_they_share_most() -> None:
    whole = _row("c-1", "新建幼儿园20所。培训教师5万人次")
    first, second = _row("c-2", "幼儿园20所"), _row("c-3", "培训教师5万人次")
    found, _, _ = differences(_ledger(whole), _ledger(first, second))
    assert [(each.kind, each.after) for each in found] == [
        (RereadKind.FOUND, first),
        (RereadKind.OTHERWISE, second),
    ]


def test_confidence_alone_is_counted_and_no_difference() -> None:
    row = _row("c-1", "改造校舍300所")
    assert differences(_ledger(row), _ledger(replace(row, confidence=0.4))) == ((), 1, 1)
    assert differences(_ledger(row), _ledger(row)) == ((), 1, 0)

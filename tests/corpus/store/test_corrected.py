"""Ledgers as they stand after the review, and comparisons that follow what people decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from corpus.compare import compare
from corpus.comparing import comparisons, renew
from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Evidence, Provenance
from corpus.model.geometry import Span
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound, Quantity, Target
from corpus.model.review import Decision, ReviewedField, Values, Verdict
from corpus.review import only, values_of
from corpus.store import Store
from corpus.store.decisions import Decisions
from corpus.store.engine import connect
from corpus.store.records import Compared, Result, Stage, StageRecord, StoredFile

_FIELD = ReviewedField
_TEXT = "到2025年，全省建成养老服务中心70所，由省民政厅牵头。到2024年，培训护理员500人。"
Decide = Callable[..., Decision]


def _document(key: str) -> Document:
    sha256 = key[-1] * 64
    return Document(key, _TEXT, Provenance(f"{key}.txt", sha256, "text/plain"), ())


def _row(document: Document, key: str, amount: int, unit: str, year: int) -> Commitment:
    start = 0 if unit == "所" else 27
    span = Span(start, start + 20)
    return Commitment(
        key,
        (),
        _TEXT[span.start : span.end],
        "建成",
        "养老服务中心" if unit == "所" else "护理员",
        Target(f"{amount}{unit}", Quantity(Decimal(amount), Decimal(amount), unit), Bound.EXACTLY),
        Deadline(f"到{year}年", DeadlineKind.BY, None, date(year, 12, 31)),
        (ResponsibleUnit("省民政厅", "云岭省民政厅", Role.LEAD),),
        Evidence(document.id, span, _TEXT[span.start : span.end]),
        0.9,
    )


def _done(document: Document, stage: Stage) -> StageRecord:
    now = datetime.now(UTC)
    return StageRecord(document.provenance.sha256, stage, "1", Result.DONE, now, now)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Last year's document and this year's, each with two rows, compared."""
    made = Store(connect(database))
    ledgers = []
    for number, key in enumerate(("d-1", "d-2")):
        document = _document(key)
        rows = (
            _row(document, f"c-{key}-a", 70 + 10 * number, "所", 2025),
            _row(document, f"c-{key}-b", 500, "人", 2024),
        )
        made.save_file(StoredFile(document.provenance.sha256, f"{key}.txt", 1))
        made.save_document(document, _done(document, Stage.PARSE))
        ledgers.append(Ledger(document, rows))
        made.save_ledger(ledgers[-1], _done(document, Stage.EXTRACT))
    prior, new = ledgers
    found = Related(Relation("d-2", "d-1", "given", 1.0), same_work=False)
    made.save_relations("d-2", checked=["d-1"], found=[found], version="1")
    kept = Compared(compare([prior], new), copies=False)
    made.save_comparisons("d-2", [kept], _done(new.document, Stage.COMPARE))
    yield made
    made.close()


@pytest.fixture
def decide(store: Store, database: str) -> Decide:
    kept = Decisions(connect(database))

    def make(row: Commitment, verdict: Verdict, field: _FIELD, **more: object) -> Decision:
        mine = kept.of_subject(row.evidence.document_id, row.id)
        before = only(values_of(row), field)
        return kept.append(
            Decision(
                row.evidence.document_id,
                row.id,
                len(mine) + 1,
                field,
                verdict,
                "张敏",
                datetime(2025, 6, 1, 3, tzinfo=UTC),
                before,
                more.pop("after", before),  # type: ignore[arg-type]
                seen=row,
                **more,  # type: ignore[arg-type]
            )
        )

    return make


def _rows(store: Store, document_id: str = "d-2") -> tuple[Commitment, ...]:
    return store.ledger(document_id).commitments


def _target(amount: int) -> Values:
    quantity = Quantity(Decimal(amount), Decimal(amount), "所")
    return Values(target=Target(f"{amount}所", quantity, Bound.EXACTLY))


def test_ledger_nobody_decided_about_is_the_extraction_itself(store: Store) -> None:
    assert store.corrected.ledger("d-2") == store.ledger("d-2")
    assert list(store.corrected.ledgers()) == list(store.ledgers())


def test_correction_stands_and_says_whose_it_is(store: Store, decide: Decide) -> None:
    row = _rows(store)[0]
    decide(row, Verdict.CORRECT, _FIELD.TARGET, after=_target(90))
    found = store.corrected.ledger("d-2").commitments[0]
    assert found.target == _target(90).target
    (mark,) = found.marks
    assert (mark.column, mark.verdict, mark.reviewer) == ("target", "correct", "张敏")
    assert mark.when == datetime(2025, 6, 1, 3, tzinfo=UTC)
    assert store.ledger("d-2").commitments[0] == row


def test_rejected_row_leaves_and_added_row_appears_as_a_persons(
    store: Store, decide: Decide
) -> None:
    first, second = _rows(store)
    decide(first, Verdict.REJECT, _FIELD.ROW, reason="不是任务")
    decide(replace(second, id="a-1", indicator="护士"), Verdict.ADD, _FIELD.ROW)
    found = store.corrected.ledger("d-2").commitments
    assert [each.id for each in found] == [second.id, "a-1"]
    assert [mark.verdict for mark in found[1].marks] == ["add"]


def test_filters_go_by_what_a_person_put_in(store: Store, decide: Decide) -> None:
    row = _rows(store)[0]
    units = (ResponsibleUnit("省财政厅", "云岭省财政厅", Role.LEAD),)
    decide(row, Verdict.CORRECT, _FIELD.UNITS, after=Values(responsible_units=units))
    due = Deadline("2023年底前", DeadlineKind.BY, None, date(2023, 12, 31))
    decide(row, Verdict.CORRECT, _FIELD.DEADLINE, after=Values(deadline=due))
    found = {
        "财政厅": [
            c.id for each in store.corrected.ledgers(unit="财政厅") for c in each.commitments
        ],
        "民政厅": [
            c.id
            for each in store.corrected.ledgers(unit="云岭省民政厅", document="d-2")
            for c in each.commitments
        ],
        "due": [
            c.id
            for each in store.corrected.ledgers(due_before=date(2024, 1, 1))
            for c in each.commitments
        ],
    }
    assert found == {"财政厅": [row.id], "民政厅": ["c-d-2-b"], "due": [row.id]}


@pytest.mark.parametrize("document", ["d-1", "d-2"])
def test_correction_of_either_side_changes_the_comparison(
    store: Store, decide: Decide, document: str
) -> None:
    row = _rows(store, document)[0]
    before = store.corrected.keys()
    decide(row, Verdict.CORRECT, _FIELD.TARGET, after=_target(75))
    (found,) = comparisons(store)("d-2")
    values = {(f.before, f.after) for c in found.comparison.changes for f in c.flags}
    assert values == {("75所", "80所") if document == "d-1" else ("70所", "75所")}
    marked = [c.prior if document == "d-1" else c.new for c in found.comparison.changes]
    assert [mark.reviewer for each in marked if each for mark in each.marks] == ["张敏"]
    # Nothing was kept yet: the stored comparison is made anew by a run, whose key has changed.
    after = store.corrected.keys()
    assert {each for each in after if after[each] != before[each]} == {document}
    assert store.comparisons("d-2")[0].decided == 0


def test_comparison_made_anew_is_kept_once(store: Store, decide: Decide) -> None:
    made = decide(_rows(store)[0], Verdict.CORRECT, _FIELD.TARGET, after=_target(70))
    assert renew(store) == ["d-2"]
    assert renew(store) == []
    (kept,) = store.comparisons("d-2")
    assert (kept.decided, [c for c in kept.comparison.changes if c.flags]) == (made.id, [])


def test_comparison_of_a_run_is_not_replaced_by_one_begun_before(
    store: Store, decide: Decide
) -> None:
    decide(_rows(store)[0], Verdict.REJECT, _FIELD.ROW)
    ((document_id, begun),) = store.corrected.outdated().items()
    (theirs,) = comparisons(store)(document_id)
    store.save_comparisons(document_id, [theirs], _done(_document(document_id), Stage.COMPARE))
    assert not store.corrected.compared(document_id, [], instead_of=begun)
    assert len(store.comparisons(document_id)) == 1


def test_acceptance_is_no_reason_to_compare_anew(store: Store, decide: Decide) -> None:
    first, second = _rows(store)
    decide(first, Verdict.ACCEPT, _FIELD.ROW)
    assert store.corrected.outdated() == {}
    decide(second, Verdict.REJECT, _FIELD.ROW)
    rejected = store.corrected.decided("d-2")
    # To accept a row that was rejected brings it back.
    assert decide(second, Verdict.ACCEPT, _FIELD.ROW).id > rejected
    assert store.corrected.decided("d-2") > rejected
    assert len(store.corrected.ledger("d-2").commitments) == 2


def test_decision_about_a_change_is_none_about_a_row(store: Store, decide: Decide) -> None:
    row = replace(_rows(store)[0], id="x-1")
    decide(row, Verdict.REJECT, _FIELD.ROW)
    assert store.corrected.outdated() == {}
    assert store.corrected.ledger("d-2") == store.ledger("d-2")

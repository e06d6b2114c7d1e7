"""What ``ledger`` and ``changes`` print is what people left standing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.model.commitment import Commitment
from corpus.model.ids import fingerprint
from corpus.model.quantity import Quantity
from corpus.model.review import Decision, ReviewedField, Values, Verdict
from corpus.parse import parse
from corpus.review import only, values_of
from corpus.store import Store
from corpus.store.decisions import Decisions
from corpus.store.engine import connect
from corpus.store.records import Result, Stage, StageRecord, StoredFile
from extractors.run import extract
from flows.commands.library import show_changes, show_ledger
from flows.settings import load

_PLANS = {
    "旧.txt": "云岭省粮食储备规划\n\n到2025年，建设粮仓70座。\n到2025年，培训保管员300人。\n",
    "新.txt": "云岭省粮食储备规划\n\n到2025年，建设粮仓80座。\n到2025年，培训保管员300人。\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(connect(load(tmp_path).database))
    now = datetime.now(UTC)
    for name, text in _PLANS.items():
        sha256 = fingerprint(text.encode())
        document = parse(text.encode(), source=name)
        made.save_file(StoredFile(sha256, name, len(text)))
        for stage in (Stage.PARSE, Stage.EXTRACT):
            record = StageRecord(sha256, stage, "1", Result.DONE, now, now)
            if stage is Stage.PARSE:
                made.save_document(document, record)
            else:
                made.save_ledger(extract(document), record)
    old, new = (made.find_document(name) for name in _PLANS)
    found = Related(Relation(new, old, "given", 1.0), same_work=False)
    made.save_relations(new, checked=[old], found=[found], version="1")
    from corpus.comparing import compared, pairing_of

    pairing = pairing_of(made, new)
    assert pairing is not None
    record = StageRecord(made.sha256_of(new), Stage.COMPARE, "1", Result.DONE, now, now)
    made.save_comparisons(new, [compared(made, new, pairing)], record)
    return made


def _decide(store: Store, home: Path, row: Commitment, verdict: Verdict, **more: object) -> None:
    field = more.pop("field", ReviewedField.ROW)
    before = only(values_of(row), field)  # type: ignore[arg-type]
    Decisions(connect(load(home).database)).append(
        Decision(
            row.evidence.document_id, row.id, 1, field, verdict, "张敏", datetime.now(UTC),
            before, more.get("after", before), seen=row,
        )
    )  # type: ignore[arg-type]  # fmt: skip


def _printed(show: Callable[..., None], home: Path, format: str, **more: object) -> str:
    out = home / f"out.{format}"
    show(home, format, out, **more)
    return out.read_text("utf-8-sig")


def test_ledger_has_what_was_corrected_and_not_what_was_rejected(
    store: Store, tmp_path: Path
) -> None:
    document = store.find_document("新.txt")
    silos, keepers = store.ledger(document).commitments
    assert silos.target is not None
    quantity = Quantity(*[silos.target.quantity.low + 11] * 2, "座")
    target = replace(silos.target, raw="91座", quantity=quantity)
    _decide(
        store, tmp_path, silos, Verdict.CORRECT,
        field=ReviewedField.TARGET, after=Values(target=target),
    )  # fmt: skip
    _decide(store, tmp_path, keepers, Verdict.REJECT)
    wanted = {"unit": None, "due_before": None, "document": "新.txt"}
    text = _printed(show_ledger, tmp_path, "csv", **wanted)
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["目标值"] == "91座"
    assert row["人工审核"].startswith("张敏于")


def test_changes_are_those_of_what_stands(store: Store, tmp_path: Path) -> None:
    told = json.loads(_printed(show_changes, tmp_path, "json", document="新.txt"))
    flags = [flag for change in told["changes"] for flag in change["flags"]]
    assert [(flag["before"], flag["after"]) for flag in flags] == [("70座", "80座")]
    old = store.find_document("旧.txt")
    silos = store.ledger(old).commitments[0]
    assert silos.target is not None
    target = replace(
        silos.target, raw="80座", quantity=Quantity(*[silos.target.quantity.low + 10] * 2, "座")
    )
    _decide(
        store, tmp_path, silos, Verdict.CORRECT,
        field=ReviewedField.TARGET, after=Values(target=target),
    )  # fmt: skip
    told = json.loads(_printed(show_changes, tmp_path, "json", document="新.txt"))
    assert [flag for change in told["changes"] for flag in change["flags"]] == []
    marks = [change["prior"]["marks"] for change in told["changes"] if change["prior"]["marks"]]
    assert [(mark["reviewer"], mark["column"]) for (mark,) in marks] == [("张敏", "target")]

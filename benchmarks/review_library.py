"""A big library as an office's reviewers would have it: editions compared, decisions, runs.

    PYTHONPATH=. python benchmarks/review_library.py /tmp/big [--documents 10000] [--rows 300000]

Documents are those of ``benchmarks.library``. One in four has a later edition in which figures went
up or down, days moved, units changed, tasks came and went; some rows and changes are decided, now
and then against what was extracted. The samples of the project are taken in as files, so that there
are pages with pictures, too.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.bulk import load
from benchmarks.editions import Edition, Editor
from benchmarks.library import Writer
from corpus.intake import take
from corpus.lineage import Related
from corpus.model.change import (
    ChangeKind,
    Relation,
)
from corpus.model.commitment import Commitment, Ledger
from corpus.model.review import Decision, ReviewedField, Values, Verdict
from corpus.parse import parse
from corpus.review import only, values_of
from corpus.store import codec, schema, writing
from corpus.store.engine import connect
from corpus.store.records import Outcome, Result, Stage, StageRecord, StoredFile
from corpus.store.schema_review import DecisionRow
from corpus.store.store import Store
from extractors.run import extract
from outputs.review.library import Library, change_key

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "documents"
_BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
_REVIEWERS = ("陈明", "李芳", "王伟")
_RUN = 200  # documents of one run


class Maker:
    """Makes the library at ``home``; what points at documents is written when all are there."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.url = home, database(home)
        self._chance = random.Random(seed)
        self._writer, self._editor = Writer(seed), Editor(seed)
        self._editions: list[tuple[str, str, list[tuple[str, str]]]] = []
        self._decisions: list[Decision] = []
        self._files: list[tuple[str, str, str]] = []

    def make(self, documents: int, rows: int) -> None:
        """So many documents with so many rows, the samples among them."""
        load(self.url, self._ledgers(documents - len(list(SAMPLES.iterdir())), rows))
        engine = connect(self.url)
        with Session(engine) as session, session.begin():
            self._compare(session)
            _insert(session, DecisionRow, map(_decision, self._decisions))
            self._tell_runs(session)
        store = Store(engine)
        for file in sorted(SAMPLES.iterdir()):
            take_in(store, self.home, file)
        store.close()

    def _ledgers(self, documents: int, rows: int) -> Iterator[Ledger]:
        """The last document has what is left."""
        while documents:
            size = max(3, round(self._chance.lognormvariate(-0.18, 0.6) * rows / documents))
            ledger = self._editor.doubted(self._writer.ledger(size if documents > 1 else rows))
            yield self._noted(ledger)
            documents, rows = documents - 1, rows - len(ledger.commitments)
            if documents > 2 and self._chance.random() < 0.34:
                edition = self._editor.edition(ledger)
                self._editions.append(
                    (
                        edition.prior,
                        edition.ledger.document.id,
                        [(each.kind.value, codec.dumps(each)) for each in edition.changes],
                    )
                )
                self._decide_changes(edition)
                yield self._noted(edition.ledger)
                documents, rows = documents - 1, rows - len(edition.ledger.commitments)

    def _noted(self, ledger: Ledger) -> Ledger:
        """With the decisions of its reviewers."""
        document = ledger.document
        self._files.append((document.id, document.provenance.sha256, document.provenance.source))
        if self._chance.random() < 0.2:
            for row in ledger.commitments:
                if self._chance.random() < 0.6:
                    self._decide(row)
        return ledger

    def _decide(self, row: Commitment) -> None:
        verdict, field = Verdict.ACCEPT, ReviewedField.ROW
        values, after = values_of(row), Values()
        if self._chance.random() < 0.08:
            verdict = Verdict.REJECT
        elif self._chance.random() < 0.1 and row.indicator:
            verdict, field = Verdict.CORRECT, ReviewedField.INDICATOR
            after = Values(indicator=f"{row.indicator}（核定）")
        # Now and then the extraction was another one when it was decided: a conflict.
        seen = replace(row, target=None) if self._chance.random() < 0.01 else row
        self._append(row.evidence.document_id, row.id, verdict, field, only(values, field), after)
        self._decisions[-1] = replace(self._decisions[-1], seen=seen)

    def _decide_changes(self, edition: Edition) -> None:
        for change in edition.changes:
            if change.kind is not ChangeKind.CARRIED_OVER and self._chance.random() < 0.1:
                verdict = Verdict.ACCEPT if self._chance.random() < 0.9 else Verdict.REJECT
                none = Values()
                document = edition.ledger.document.id
                key = change_key(change)
                self._append(document, key, verdict, ReviewedField.ROW, none, none)

    def _append(
        self,
        document: str,
        subject: str,
        verdict: Verdict,
        field: ReviewedField,
        before: Values,
        after: Values,
    ) -> None:
        moment = _BEGAN + timedelta(seconds=40 * len(self._decisions))
        who = self._chance.choice(_REVIEWERS)
        why = "与文件原意不符" if verdict is Verdict.REJECT else ""
        made = Decision(document, subject, 1, field, verdict, who, moment, before, after, why)
        if not any(d.subject_id == subject for d in self._decisions[-60:]):
            self._decisions.append(made)

    def _compare(self, session: Session) -> None:
        now = writing.now()
        for number, (prior, new, changes) in enumerate(self._editions, start=1):
            session.execute(
                insert(schema.ComparisonRow).values(
                    id=number, document_id=new, version="synthetic", copies=False, created=now
                )
            )
            session.execute(
                insert(schema.PriorRow).values(comparison_id=number, position=0, document_id=prior)
            )
            _insert(
                session,
                schema.ChangeRow,
                (
                    {"comparison_id": number, "position": position, "kind": kind, "json": text}
                    for position, (kind, text) in enumerate(changes)
                ),
            )
            relation = Relation(new, prior, "same_title", 1.0)
            writing.put_relations(session, new, [prior], [Related(relation, False)], "synthetic")

    def _tell_runs(self, session: Session) -> None:
        """Every document came in with a run of some hundred; every stage of it is on record."""
        for start in range(0, len(self._files), _RUN):
            members = self._files[start : start + _RUN]
            begun = _BEGAN + timedelta(hours=start // _RUN)
            run = schema.RunRow(
                started=begun,
                finished=begun + timedelta(minutes=20),
                taken_in=len(members),
                done=len(members),
                partial=0,
                failed=0,
            )
            session.add(run)
            session.flush()
            outcomes = [Outcome(name, Result.DONE, sha, id_) for id_, sha, name in members]
            writing.put_outcomes(session, run.id, outcomes)
            stages = ((sha, stage, begun) for _, sha, _ in members for stage in Stage)
            _insert(session, schema.StageRow, (_stage(*each) for each in stages))


def database(home: Path) -> str:
    """The URL of the library at ``home``."""
    return f"sqlite:///{home / 'taizhang.db'}"


def take_in(store: Store, home: Path, file: Path) -> None:
    """A file of the project's samples, read and extracted as the flow does it."""
    taken = take(file, home)
    document = parse(taken.kept.read_bytes(), source=file.name)
    store.save_file(StoredFile(taken.sha256, file.name, taken.size))
    store.save_document(document, _record(taken.sha256, Stage.PARSE))
    store.save_ledger(extract(document), _record(taken.sha256, Stage.EXTRACT))
    store.save_comparisons(document.id, (), _record(taken.sha256, Stage.COMPARE))


def _record(sha256: str, stage: Stage) -> StageRecord:
    now = writing.now()
    return StageRecord(sha256, stage, "synthetic", Result.DONE, now, now)


def _stage(sha256: str, stage: Stage, moment: datetime) -> dict[str, object]:
    return {
        "sha256": sha256,
        "stage": stage.value,
        "version": "synthetic",
        "result": Result.DONE.value,
        "settled": True,
        "started": moment,
        "finished": moment,
    }


def _decision(decision: Decision) -> dict[str, object]:
    return {
        "document_id": decision.document_id,
        "subject_id": decision.subject_id,
        "number": decision.number,
        "verdict": decision.verdict.value,
        "reviewer": decision.reviewer,
        "created": decision.when,
        "json": codec.dumps(decision),
    }


def _insert(session: Session, table: type[schema.Base], rows: Iterable[dict[str, object]]) -> None:
    made = list(rows)
    if made:
        session.execute(insert(table), made)


def make(home: Path, documents: int, rows: int, *, seed: int = 1) -> None:
    """A library at ``home``, which holds none yet, ready to be served."""
    home.mkdir(parents=True, exist_ok=True)
    Maker(home, seed).make(documents, rows)
    library = Library(database(home), home)
    library.refresh(now=True)
    library.close()


def main() -> None:
    """Make a library in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    make(options.home, options.documents, options.rows, seed=options.seed)
    sys.stdout.write(f"{time.perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()

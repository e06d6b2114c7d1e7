"""The library keeps what it is given, finds it by what people call it, and forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from corpus.lineage import Related
from corpus.model.change import Change, ChangeKind, Comparison, Relation
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Document, Line, Page, Provenance
from corpus.model.errors import DocumentNotFound, SettingsError
from corpus.model.geometry import Box, Span
from corpus.model.official import OfficialHeader
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Bound, Quantity, Target
from corpus.store import Store, open_store
from corpus.store.records import Compared, Outcome, Result, Stage, StageRecord, StoredFile

_TEXT = "到2025年，新建社区食堂70所左右，由省财政厅负责。"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with open_store(database) as opened:
        yield opened


def _document(
    name: str = "d-first00001", sha: str = "a", number: str = "云政发〔2021〕3号"
) -> Document:
    return Document(
        name,
        _TEXT,
        Provenance(f"{name}.pdf", sha * 64, "application/pdf"),
        (Page(1),),
        (Line(Span(0, 2), Box(1, 0, 0, 2, 1), (0.0, 1.0, 2.0)),),
        official=OfficialHeader("云岭省养老规划" + sha, number, date_of_issue=date(2021, 3, 1)),
    )


def _commitment(
    document: Document, unit: str, raw: str, *, end: date | None = None, at: int = 0
) -> Commitment:
    quantity = Quantity(Decimal("70"), Decimal("70"), "所")
    return Commitment(
        f"c-{at}",
        ("一、目标",),
        _TEXT,
        "新建",
        "社区食堂",
        Target("70所左右", quantity, Bound.ABOUT),
        Deadline("到2025年", DeadlineKind.BY, None, end) if end else None,
        (ResponsibleUnit(raw, unit, Role.LEAD, registered=True),),
        document.cite(Span(0, 5)),
        0.9,
    )


def _record(document: Document, stage: Stage, version: str = "1") -> StageRecord:
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    return StageRecord(document.provenance.sha256, stage, version, Result.DONE, moment, moment)


def _keep(store: Store, document: Document, *commitments: Commitment, version: str = "1") -> None:
    store.save_file(StoredFile(document.provenance.sha256, document.provenance.source, 9))
    store.save_document(document, _record(document, Stage.PARSE, version))
    store.save_ledger(Ledger(document, commitments), _record(document, Stage.EXTRACT, version))


def test_document_and_ledger_come_back_whole(store: Store) -> None:
    document = _document()
    commitment = _commitment(document, "云岭省财政厅", "省财政厅", end=date(2025, 12, 31))
    _keep(store, document, commitment)
    assert store.document(document.id) == document
    assert store.ledger(document.id, lines=True) == Ledger(document, (commitment,))
    assert store.ledger(document.id).document == replace(document, lines=())


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("财政厅", 1),
        ("云岭省财政厅", 1),
        ("省财政厅", 1),
        ("松山市财政局", 1),
        ("财政局", 1),
        ("河南省财政厅", 0),
        ("财政", 0),
        ("%", 0),
        ("_政厅", 0),
    ],
)
def test_unit_is_found_by_name_or_its_end(store: Store, wanted: str, found: int) -> None:
    document = _document()
    _keep(
        store,
        document,
        _commitment(document, "云岭省财政厅", "省财政厅"),
        _commitment(document, "松山市财政局", "市财政局", at=1),
    )
    (ledger,) = store.ledgers(unit=wanted)
    assert len(ledger.commitments) == found


def test_due_before_leaves_out_the_day_itself_and_what_has_no_date(store: Store) -> None:
    document = _document()
    ends = (date(2023, 12, 31), date(2025, 12, 31), None)
    _keep(
        store,
        document,
        *(_commitment(document, "甲", "甲", end=end, at=at) for at, end in enumerate(ends)),
    )
    (ledger,) = store.ledgers(due_before=date(2025, 12, 31))
    assert [c.id for c in ledger.commitments] == ["c-0"]


@pytest.mark.parametrize(
    "wanted",
    [
        "d-first00001",
        "d-first",
        "a" * 64,
        "A" * 12,
        "云政发〔2021〕3号",
        "云政发[2021]3号",
        "云政发（2021）3号",
        "云岭省养老规划a",
        "养老规划a",
        "d-first00001.pdf",
    ],
)
def test_document_is_found_by_what_people_call_it(store: Store, wanted: str) -> None:
    _keep(store, _document())
    _keep(store, _document("d-other00002", "b", "云政发〔2022〕8号"))
    assert store.find_document(wanted) == "d-first00001"


@pytest.mark.parametrize("wanted", ["", "养老规划", "云政发〔2023〕1号", "c" * 64, "d-f%"])
def test_document_that_is_not_there_or_not_the_only_one_is_not_found(
    store: Store, wanted: str
) -> None:
    _keep(store, _document())
    _keep(store, _document("d-other00002", "b", "云政发〔2022〕8号"))
    with pytest.raises(DocumentNotFound):
        store.find_document(wanted)


def test_number_that_copies_share_means_the_first_of_them(store: Store) -> None:
    number = "云政发〔2021〕3号"
    copies = [_document(f"d-copy{n}", str(n), number) for n in (3, 1, 2)]
    for copy in copies:
        _keep(store, copy)
    with pytest.raises(DocumentNotFound):
        store.find_document(number)
    third, first, second = (copy.id for copy in copies)
    for new, prior in ((third, first), (second, third)):
        found = [Related(Relation(new, prior, "same_number", 1.0), same_work=True)]
        store.save_relations(new, checked=[prior], found=found, version="1")
    assert store.find_document(number) == "d-copy1"

    _keep(store, _document("d-other0009", "9", number))
    with pytest.raises(DocumentNotFound):
        store.find_document(number)


def test_newer_extraction_takes_the_place_of_the_older_which_stays(
    store: Store, database: str
) -> None:
    document = _document()
    _keep(store, document, _commitment(document, "甲", "甲"))
    _keep(store, document, _commitment(document, "乙", "乙"), version="2")
    assert store.ledger(document.id).commitments[0].responsible_units[0].name == "乙"
    query = text("SELECT version, superseded IS NULL FROM extractions ORDER BY id")
    with create_engine(database).connect() as connection:
        rows = connection.execute(query).all()
    assert [tuple(row) for row in rows] == [("1", False), ("2", True)]


def test_stage_is_known_by_file_stage_and_version(store: Store) -> None:
    document = _document()
    _keep(store, document)
    sha256 = document.provenance.sha256
    assert store.stage(sha256, Stage.PARSE, "1") == _record(document, Stage.PARSE)
    assert store.stage(sha256, Stage.PARSE, "2") is None
    assert store.stage(sha256, Stage.COMPARE, "1") is None


def test_failure_that_may_pass_is_not_settled(store: Store) -> None:
    document = _document()
    store.save_file(StoredFile(document.provenance.sha256, "a.pdf", 9))
    record = replace(_record(document, Stage.PARSE), result=Result.FAILED, settled=False)
    store.save_stage(record)
    assert store.stage(document.provenance.sha256, Stage.PARSE, "1") is None
    assert store.stages(document.provenance.sha256) == [record]


def test_stage_that_breaks_leaves_nothing(store: Store) -> None:
    document = _document()
    store.save_file(StoredFile(document.provenance.sha256, "a.pdf", 9))
    with pytest.raises(LookupError):
        store.save_ledger(Ledger(document, ()), _record(document, Stage.EXTRACT))
    assert store.stages(document.provenance.sha256) == []


def test_relations_checked_anew_replace_those_known(store: Store) -> None:
    first, second = _document(), _document("d-other00002", "b")
    _keep(store, first)
    _keep(store, second)
    cited = Related(Relation(second.id, first.id, "cited", 0.7), False)
    store.save_relations(second.id, checked=[first.id], found=[cited], version="1")
    assert store.relations() == [cited]
    assert store.unplaced("1") == [first.id]

    titled = Related(Relation(second.id, first.id, "same_title", 0.95), True)
    store.save_relations(first.id, checked=[second.id], found=[titled], version="1")
    assert store.relations(second.id) == [titled]
    assert store.relations(first.id) == []
    assert store.unplaced("1") == []
    assert store.unplaced("2") == [first.id, second.id]


def test_comparison_comes_back_with_both_sides(store: Store) -> None:
    first, second = _document(), _document("d-other00002", "b")
    _keep(store, first)
    _keep(store, second)
    before, after = _commitment(first, "甲", "甲"), _commitment(second, "乙", "乙")
    change = Change(ChangeKind.CARRIED_OVER, (), before, after, 0.9, first.id)
    comparison = Comparison((replace(first, lines=()),), replace(second, lines=()), (change,))
    for version in ("1", "2"):
        record = _record(second, Stage.COMPARE, version)
        store.save_comparisons(second.id, [Compared(comparison, False)], record)
    assert store.comparisons() == [Compared(comparison, False)]
    assert store.comparisons(first.id) == []


def test_run_keeps_the_outcome_of_every_file(store: Store) -> None:
    outcomes = (
        Outcome("甲.pdf", Result.DONE, "a" * 64, "d-1", unchanged=True),
        Outcome("乙.pdf", Result.FAILED, stage=Stage.PARSE, reason="空文件", page=None),
    )
    run = store.begin_run()
    store.finish_run(run, outcomes)
    (kept,) = store.runs()
    assert (kept.id, kept.outcomes) == (run, outcomes)
    assert kept.finished is not None
    assert kept.finished >= kept.started


def test_file_is_taken_in_once(store: Store) -> None:
    assert store.save_file(StoredFile("a" * 64, "甲.pdf", 1))
    assert not store.save_file(StoredFile("a" * 64, "乙.pdf", 1))
    assert store.file("a" * 64) == StoredFile("a" * 64, "甲.pdf", 1)


@pytest.mark.parametrize("url", ["", "nosuch://x", "postgresql+nosuch://h/d", "not a url"])
def test_database_address_that_says_nothing_is_a_setting_to_correct(url: str) -> None:
    with pytest.raises(SettingsError):
        open_store(url)


def test_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "taizhang.db"
    path.write_bytes(b"this is no database at all" * 50)
    with pytest.raises(SettingsError, match="损坏"):
        open_store(f"sqlite:///{path}")


def test_password_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        open_store("postgresql+nosuch://me:secret@host/db")
    assert "secret" not in str(caught.value)

"""The index of candidates: what it finds, that it follows what is saved, that it is an index."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.brute import Everything
from benchmarks.bulk import load
from benchmarks.library import LibraryOptions, Writer
from corpus.compare.align import AlignOptions, passes
from corpus.compare.similarity import similarities
from corpus.model.commitment import Commitment, Ledger
from corpus.store import Store, open_store
from corpus.store.engine import connect
from corpus.store.index import commitments, grams, names
from corpus.store.index.commitments import Library, LookUpOptions
from corpus.store.index.names import Kind, Names
from corpus.store.records import Result, Stage, StageRecord, StoredFile
from tests.corpus.compare.ledgers import commitment, document, ledger, target, units

_ALL = LookUpOptions(most=10**6, unlikely=10**6)


def save(store: Store, one: Ledger) -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC)
    sha256 = one.document.provenance.sha256
    store.save_file(StoredFile(sha256, one.document.provenance.source, 1))
    store.save_document(one.document, StageRecord(sha256, Stage.PARSE, "v", Result.DONE, now, now))
    store.save_ledger(one, StageRecord(sha256, Stage.EXTRACT, "v", Result.DONE, now, now))


def saved(url: str, ledgers: Iterable[Ledger]) -> Store:
    store = open_store(url)
    for each in ledgers:
        save(store, each)
    return store


def beds(number: int, name: str = "养老护理型床位", of: str = "a", **more: object) -> Commitment:
    row = commitment(
        f"新增{name}{number}张。", name, goal=target(f"{number}张", number, "张"), of=of
    )
    return replace(row, **more)  # type: ignore[arg-type]


def plan(name: str, *rows: Commitment) -> Ledger:
    return ledger(rows, of=document(name, title=f"云岭省{name}规划"))


def test_the_same_is_found_in_other_documents_and_nothing_else(database: str) -> None:
    old = plan("old", beds(70), commitment("改造灌区3个。", "灌区", goal=target("3个", 3, "个")))
    city = plan("city", beds(20, "护理型床位"))
    new = plan("new", beds(90))
    with saved(database, [old, city, new]) as store:
        found = store.index.counterparts(new)
    ((_, others),) = found.rows
    assert [each.other.evidence.document_id for each in others] == ["old", "city"]
    assert found.sources["old"].title == "云岭省old规划"
    assert others[0].similarity > others[1].similarity


def test_a_superseded_extraction_is_not_found(database: str) -> None:
    with saved(database, [plan("old", beds(70)), plan("old", beds(80))]) as store:
        ((_, others),) = store.index.counterparts(plan("new", beds(90))).rows
    (only,) = others
    assert only.other.target is not None
    assert only.other.target.quantity.low == 80


def test_a_library_older_than_its_index_is_filled_when_looked_into(database: str) -> None:
    with saved(database, [plan("old", beds(70))]) as store:
        with connect(database).begin() as connection:
            for table in ("commitments", "citations", "sketches", "documents"):
                connection.execute(text(f"DELETE FROM index_{table}"))
        index = store.index
        assert index.fill() == 1
        assert index.fill() == 0
        ((_, others),) = index.counterparts(plan("new", beds(90))).rows
    assert len(others) == 1


def test_of_a_common_indicator_the_closest_are_taken(database: str) -> None:
    same = {"responsible_units": units("云岭省民政厅")}
    many = [plan(f"d{n}", beds(n + 1)) for n in range(6)]
    counted = commitment("护理型床位新增2批。", "护理型床位", goal=target("2批", 2, "批"))
    many += [plan(f"e{n}", replace(counted, id=f"e{n}")) for n in range(6)]
    near = [plan(f"f{n}", beds(n + 1, **same)) for n in range(2)]
    wanted = beds(90, of="new", **same)
    with saved(database, [*many, *near]) as store, Session(store._engine) as session:
        found = Library(session, LookUpOptions(most=4)).near(wanted)
    assert {each.evidence.document_id for each in found[:2]} == {"f0", "f1"}
    assert all(each.target and each.target.quantity.unit == "张" for each in found)
    assert len(found) == 4


def test_names_near_are_found_by_rare_letters_and_by_abbreviation(database: str) -> None:
    known = ["中央投资", "中央预算内投资", "铁路投资", "铁路建设投资", "水库移民", "投资"]
    with open_store(database) as store:
        with Session(store._engine) as session, session.begin():
            names.put(session, Kind.SUBJECT, known)
            names.put(session, Kind.TITLE, ["中央预算内投资管理办法"])
        with Session(store._engine) as session:
            found = Names(session, Kind.SUBJECT).near("中央预算内投资", at_least=0.5)
    assert [each.name for each in found] == ["中央预算内投资", "中央投资"]


def test_names_are_kept_once(database: str) -> None:
    with open_store(database) as store:
        made = []
        for _ in range(2):
            with Session(store._engine) as session, session.begin():
                made.append(names.put(session, Kind.SUBJECT, ["灌区", "护理型床位"]))
    assert made[0] == made[1]


def synthetic(size: int, seed: int = 1) -> list[Ledger]:
    options = LibraryOptions(mean=20.0, concentration=60.0)
    return list(Writer(seed, options).ledgers(size))


def test_the_index_finds_what_comparing_with_all_finds(database: str) -> None:
    size = 2000
    load(database, synthetic(size))
    everything = Everything(connect(database))
    places = random.Random(2).sample(range(size), 120)
    accepted = reached = 0
    with Session(connect(database)) as session:
        library = Library(session, _ALL)
        for each in everything.commitments(places):
            exact = everything.accepted(each)
            accepted += len(exact)
            reached += len(exact & {member.row_id for member in library.members(each)})
    assert accepted > 120
    assert reached / accepted >= 0.99


def test_brute_force_is_what_alignment_says_of_every_pair(tmp_path: Path) -> None:
    ledgers = synthetic(600)
    url = f"sqlite:///{tmp_path / 'taizhang.db'}"
    load(url, ledgers)
    everything = Everything(connect(url))
    rows = [row for each in ledgers for row in each.commitments]
    some = random.Random(3).sample(range(len(rows)), 40)
    fits = passes(similarities([rows[place] for place in some], rows), AlignOptions())
    for row, place in enumerate(some):
        home = rows[place].evidence.document_id
        exact = {
            everything.rows[at]
            for at, fit in enumerate(fits[row])
            if fit and rows[at].evidence.document_id != home
        }
        assert everything.accepted(rows[place]) == exact


def test_filling_at_once_leaves_what_saving_one_by_one_does(database: str, tmp_path: Path) -> None:
    ledgers = synthetic(300)
    load(database, ledgers)
    saved(f"sqlite:///{tmp_path / 'one.db'}", ledgers).close()
    assert _content(database) == _content(f"sqlite:///{tmp_path / 'one.db'}")
    new = Writer(9, LibraryOptions(mean=20.0)).ledger(10)
    new = replace(new, commitments=(*new.commitments, *ledgers[3].commitments[:5]))
    told = []
    for url in (database, f"sqlite:///{tmp_path / 'one.db'}"):
        with open_store(url) as store:
            assert store.index.fill() == 0
            told.append(store.index.counterparts(new).rows)
            assert store.index.related(ledgers[3]) is not None
    assert told[0] == told[1]


def _content(url: str) -> dict[str, list[tuple[object, ...]]]:
    queries = {
        "commitments": "SELECT c.id, n.name, i.measure, i.unit FROM index_commitments i "
        "JOIN index_names n ON n.id = i.name_id JOIN commitments c ON c.row_id = i.row_id",
        "documents": "SELECT d.document_id, d.code, d.serial, n.name, d.series, d.commitments "
        "FROM index_documents d JOIN index_names n ON n.id = d.title_id",
        "citations": "SELECT c.document_id, c.code, c.serial, n.name FROM index_citations c "
        "JOIN index_names n ON n.id = c.title_id",
        "sketches": "SELECT hash, document_id FROM index_sketches",
        "names": "SELECT kind, name FROM index_names",
    }
    with connect(url).connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(text(query))), key=repr)
            for name, query in queries.items()
        }


def test_every_look_up_goes_through_an_index(database: str) -> None:
    load(database, synthetic(1500))
    engine = connect(database)
    kind = engine.dialect.name
    ids: object = "[1, 2]" if kind == "sqlite" else [1, 2]
    asked = {"ids": ids, "home": "d", "measure": "个", "unit": "财政厅", "most": 5}
    tokens: object = '["0069517b"]' if kind == "sqlite" else ["i养老"]
    plans = [
        _plan(engine, commitments.members_query(kind, where).text, asked)
        for where in ("", *commitments._CLOSEST)
    ]
    plans.append(_plan(engine, names.BY_ID[kind].text, {"ids": ids, "key": "k", "kind": "i"}))
    plans.append(_plan(engine, grams.FIND[kind].text, {"tokens": tokens, "most": 5}))
    for plan_ in plans:
        scans = [
            line
            for line in plan_
            if ("SCAN index_" in line and "VIRTUAL TABLE INDEX 0:M" not in line)
            or "Seq Scan on index_" in line
        ]
        assert scans == [], "\n".join(plan_)


def _plan(engine: object, query: str, asked: dict[str, object]) -> list[str]:
    with engine.connect() as connection:  # type: ignore[attr-defined]
        if connection.dialect.name == "sqlite":
            rows = connection.execute(text(f"EXPLAIN QUERY PLAN {query}"), asked)
            return [row.detail for row in rows]
        connection.execute(text("ANALYZE"))
        connection.execute(grams._BY_INDEX)
        return list(connection.scalars(text(f"EXPLAIN {query}"), asked))


def test_a_look_up_reads_no_more_of_a_larger_library(tmp_path: Path) -> None:
    took = []
    new = Writer(7).ledger(40)
    for size in (1000, 8000):
        url = f"sqlite:///{tmp_path / f'{size}.db'}"
        load(url, synthetic(size))
        with open_store(url) as store:
            index = store.index
            index.counterparts(new)
            start = time.process_time()
            index.counterparts(new)
            took.append(time.process_time() - start)
    assert took[1] < 4 * took[0] + 0.05

"""Of several workers one has a file, whoever died loses it, and whoever lost it saves nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import sessionmaker

from corpus.model.document import Document, Provenance
from corpus.store import Store
from corpus.store.claims import ClaimLostError, Claims
from corpus.store.engine import connect, one_writer
from corpus.store.records import Result, Stage, StageRecord, StoredFile

_FILE = "a" * 64
_NOW = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(connect(database)) as opened:
        opened.save_file(StoredFile(_FILE, "通知.txt", 1))
        yield opened


@pytest.fixture
def other(database: str) -> Iterator[Store]:
    with Store(connect(database)) as opened:
        yield opened


def _claims(url: str, **options: object) -> Claims:
    return Claims(sessionmaker(one_writer(connect(url))), **options)  # type: ignore[arg-type]


def _record() -> StageRecord:
    return StageRecord(_FILE, Stage.PARSE, "1", Result.DONE, _NOW, _NOW)


def test_only_one_worker_has_a_file(store: Store, other: Store) -> None:
    assert store.claims.take(_FILE, Stage.PARSE)
    assert not other.claims.take(_FILE, Stage.PARSE)
    assert other.claims.take(_FILE, Stage.EXTRACT)
    assert store.claims.take(_FILE, Stage.PARSE)
    store.claims.release(_FILE, Stage.PARSE)
    assert other.claims.take(_FILE, Stage.PARSE)


def test_what_is_saved_is_given_back(store: Store, other: Store) -> None:
    store.claims.take(_FILE, Stage.PARSE)
    store.save_stage(_record())
    assert other.claims.of_others() == []
    assert other.claims.take(_FILE, Stage.PARSE)


def test_lease_that_is_over_is_taken_over_and_the_first_can_save_nothing(
    database: str, store: Store, other: Store
) -> None:
    slept = _claims(database, lease=timedelta(0))
    store.claims = slept
    assert slept.take(_FILE, Stage.PARSE)
    assert other.claims.take(_FILE, Stage.PARSE)
    document = Document("d-1", "正文", Provenance("通知.txt", _FILE, "text/plain"), ())
    with pytest.raises(ClaimLostError):
        store.save_document(document, _record())
    assert store.stages(_FILE) == []
    assert store.document_of(_FILE) is None
    other.save_document(document, _record())
    assert len(store.stages(_FILE)) == 1


def test_claim_of_a_process_that_is_gone_is_free_at_once(database: str, store: Store) -> None:
    script = (
        "import sys\n"
        "from corpus.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "print(store.claims.take(sys.argv[2], 'parse'), flush=True)\n"
        "sys.stdin.read()\n"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", script, database, _FILE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"True\n"
    assert not store.claims.take(_FILE, Stage.PARSE)
    worker.kill()
    worker.communicate()
    assert store.claims.take(_FILE, Stage.PARSE)


def test_claim_of_another_machine_is_waited_for(database: str, store: Store) -> None:
    far = _claims(database, owner="elsewhere 1@2 ab", lease=timedelta(seconds=0.6))
    assert far.take(_FILE, Stage.PARSE)
    assert not store.claims.take(_FILE, Stage.PARSE)
    with far.renewed():
        time.sleep(1)
        assert not store.claims.take(_FILE, Stage.PARSE)
    time.sleep(0.7)
    assert store.claims.take(_FILE, Stage.PARSE)


def test_of_many_at_once_exactly_one_has_the_file(database: str) -> None:
    workers = [_claims(database) for _ in range(6)]
    ready = threading.Barrier(6)
    taken: list[str] = []

    def work(claims: Claims) -> None:
        ready.wait()
        if claims.take(_FILE, Stage.PARSE):
            taken.append(claims.owner)

    threads = [threading.Thread(target=work, args=(each,)) for each in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_one_at_a_time(store: Store, other: Store) -> None:
    told: list[str] = []

    def second() -> None:
        with other.claims.alone("library", Stage.COMPARE):
            told.append("second")

    thread = threading.Thread(target=second)
    with store.claims.alone("library", Stage.COMPARE):
        thread.start()
        time.sleep(0.4)
        told.append("first")
    thread.join()
    assert told == ["first", "second"]

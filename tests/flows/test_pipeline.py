"""The flow over files that can and can't be read: outcomes reconcile, nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.model.change import ChangeKind
from corpus.store import Store, open_store
from corpus.store.records import Outcome, Result, Stage
from corpus.works import nothing_changed

pytestmark = pytest.mark.usefixtures("prefect")

Plan = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def ingest(home: Path) -> Callable[..., list[Outcome]]:
    def run_on(*paths: Path) -> list[Outcome]:
        from flows.pipeline import run

        return run([str(path) for path in paths], str(home), _url(home))

    return run_on


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(_url(home))


def _url(home: Path) -> str:
    return f"sqlite:///{home / 'taizhang.db'}"


def _old(plan: Plan, name: str = "old.txt") -> Path:
    return plan(name, number="云政发〔2021〕3号", issued="2021-03-01", 养老院=70, 食堂=20)


def _new(plan: Plan, name: str = "new.txt") -> Path:
    return plan(name, number="云政发〔2023〕9号", issued="2023-05-01", 养老院=90, 食堂=20)


def test_run_tells_what_became_of_each_file(
    ingest: Any, store: Store, worked: Any, plan: Plan, tmp_path: Path
) -> None:
    empty = tmp_path / "in" / "empty.pdf"
    good = _old(plan)
    empty.write_bytes(b"")
    partial = plan("缺页.txt", number="云政发〔2022〕1号", issued="2022-01-01", 缺页医院=3)
    broken = plan("broken.txt", number="云政发〔2022〕2号", issued="2022-01-01", 抽取出错=3)

    outcomes = ingest(good, empty, partial, broken)

    assert [(o.source, o.result, o.stage) for o in outcomes] == [
        ("old.txt", Result.DONE, None),
        ("empty.pdf", Result.FAILED, Stage.PARSE),
        ("缺页.txt", Result.PARTIAL, Stage.PARSE),
        ("broken.txt", Result.FAILED, Stage.EXTRACT),
    ]
    assert outcomes[2].page == 2
    assert "文件是空的" in (outcomes[1].reason or "")
    (kept,) = store.runs()
    assert kept.outcomes == tuple(outcomes)


def test_second_run_does_no_work(ingest: Any, store: Store, worked: Any, plan: Plan) -> None:
    files = [_old(plan), _new(plan)]
    files.append(files[0].with_name("empty.pdf"))
    files[-1].write_bytes(b"")
    ingest(*files)
    entries = store.entries()
    before = [store.stages(entry.sha256) for entry in entries]
    worked.parsed.clear()
    worked.extracted.clear()

    outcomes = ingest(*files)

    assert (worked.parsed, worked.extracted) == ([], [])
    assert [store.stages(entry.sha256) for entry in entries] == before
    assert [o.result for o in outcomes] == [Result.DONE, Result.DONE, Result.FAILED]
    assert all(o.unchanged for o in outcomes)


def test_internal_error_is_tried_again(ingest: Any, worked: Any, plan: Plan) -> None:
    broken = plan("broken.txt", number="云政发〔2022〕2号", issued="2022-01-01", 抽取出错=3)
    ingest(broken)
    ingest(broken)
    assert worked.extracted == ["broken.txt", "broken.txt"]
    assert worked.parsed == ["broken.txt"]


def test_prior_that_comes_later_is_found(
    ingest: Any, store: Store, worked: Any, plan: Plan
) -> None:
    ingest(_new(plan))
    assert store.comparisons() == []

    ingest(_old(plan))

    (compared,) = store.comparisons()
    assert compared.comparison.new.provenance.source == "new.txt"
    assert not compared.copies
    assert [c.kind for c in compared.comparison.changes] == [
        ChangeKind.CHANGED,
        ChangeKind.CARRIED_OVER,
    ]


def test_order_of_files_does_not_matter(ingest: Any, store: Store, worked: Any, plan: Plan) -> None:
    ingest(_new(plan), _old(plan))
    (compared,) = store.comparisons()
    assert compared.comparison.new.provenance.source == "new.txt"


def test_copies_of_one_work_are_no_news(ingest: Any, store: Store, worked: Any, plan: Plan) -> None:
    copies = [_old(plan), _new(plan), _new(plan, "new-copy.md")]
    copies[2].write_text(copies[2].read_text("utf-8") + "\n\n", "utf-8")

    ingest(*copies)

    news = [c.comparison for c in store.comparisons() if not c.copies]
    assert [c.new.provenance.source for c in news] == ["new-copy.md"]
    (copied,) = [c.comparison for c in store.comparisons() if c.copies]
    assert nothing_changed(copied)


def test_copies_that_differ_are_doubted(ingest: Any, store: Store, worked: Any, plan: Plan) -> None:
    first = _new(plan, "a.txt")
    second = first.with_name("b.txt")
    second.write_text(first.read_text("utf-8").replace("90", "95"), "utf-8")

    ingest(first, second)

    (copied,) = store.comparisons()
    assert copied.copies
    (changed,) = [c for c in copied.comparison.changes if c.kind is ChangeKind.CHANGED]
    assert changed.new is not None
    assert "以哪一份为准" in changed.new.doubts[-1]


def test_same_bytes_twice_are_one_document(
    ingest: Any, store: Store, worked: Any, plan: Plan
) -> None:
    first = _old(plan)
    second = first.with_name("again.txt")
    second.write_bytes(first.read_bytes())
    outcomes = ingest(first, second)
    assert [o.result for o in outcomes] == [Result.DONE, Result.DONE]
    assert worked.parsed == ["old.txt"]
    assert len(store.entries()) == 1


def test_new_version_of_a_stage_does_it_anew_and_keeps_the_old(
    ingest: Any, store: Store, worked: Any, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(_old(plan))
    (entry,) = store.entries()
    monkeypatch.setattr("flows.extract.extract_version", lambda: "rules-of-tomorrow")
    ingest(_old(plan))
    assert worked.parsed == ["old.txt"]
    assert worked.extracted == ["old.txt", "old.txt"]
    assert [s.stage for s in store.stages(entry.sha256)] == [
        Stage.PARSE,
        Stage.EXTRACT,
        Stage.COMPARE,
        Stage.EXTRACT,
        Stage.COMPARE,
    ]


def test_file_that_vanished_is_an_outcome(
    ingest: Any, worked: Any, plan: Plan, tmp_path: Path
) -> None:
    outcomes = ingest(tmp_path / "gone.txt", _old(plan))
    assert [o.result for o in outcomes] == [Result.FAILED, Result.DONE]
    assert outcomes[0].stage is Stage.INGEST

"""The crawl ledger: appended, asked by address; what files and relations owe to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from corpus.lineage import Related
from corpus.model.change import Relation
from corpus.model.document import Document, Page, Provenance
from corpus.model.official import OfficialHeader
from corpus.store import Store, open_store
from corpus.store.crawl import filled
from corpus.store.crawl_records import (
    CrawlEvent,
    CrawlKind,
    CrawlResult,
    Details,
    Link,
    Origin,
)
from corpus.store.records import Result, Stage, StageRecord, StoredFile

_NOW = datetime(2026, 6, 8, 17, 0, tzinfo=UTC)
_PAGE, _ANNEX = "https://a.example/t1.html", "https://a.example/P1.pdf"
_OFFICIAL = OfficialHeader(
    "云岭省教育厅关于做好实训基地建设工作的通知",
    "云教职〔2026〕3号",
    ("云岭省教育厅",),
    date_of_issue=date(2026, 5, 20),
    index_number="YL0123",
)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with open_store(database) as opened:
        yield opened


def _event(url: str, kind: CrawlKind, result: CrawlResult, letter: str, **more: Any) -> CrawlEvent:
    more.setdefault("parent", _PAGE if kind is CrawlKind.ATTACHMENT else None)
    return CrawlEvent(
        "yunling", url, kind, result, _NOW, _NOW, digest=letter * 64, sha256=letter * 64, **more
    )


def _article(letter: str, result: CrawlResult, *links: str) -> CrawlEvent:
    details = Details(tuple(Link(url) for url in links), None, _OFFICIAL, date(2026, 5, 28))
    return _event(_PAGE, CrawlKind.ARTICLE, result, letter, title="通知", details=details)


def _annex(letter: str, result: CrawlResult, url: str = _ANNEX) -> CrawlEvent:
    return _event(url, CrawlKind.ATTACHMENT, result, letter, title="附件1：分工表")


def _add(store: Store, *events: CrawlEvent) -> None:
    run_id = store.crawl.begin("yunling", _NOW)
    for event in events:
        store.crawl.add(CrawlEvent(**_fields(event) | {"run_id": run_id}))


def _fields(event: CrawlEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__slots__}


def _save(store: Store, letter: str, **official: Any) -> str:
    """A document of those bytes, parsed and settled; its id."""
    sha256 = letter * 64
    document = Document(
        f"d-{letter}",
        "正文",
        Provenance(f"{letter}.pdf", sha256, "application/pdf"),
        (Page(1),),
        official=OfficialHeader(**official),
    )
    store.save_file(StoredFile(sha256, f"{letter}.pdf", 1))
    store.save_document(document, StageRecord(sha256, Stage.PARSE, "1", Result.DONE, _NOW, _NOW))
    store.save_stage(StageRecord(sha256, Stage.COMPARE, "1", Result.DONE, _NOW, _NOW))
    return document.id


def test_event_comes_back_as_it_was(store: Store) -> None:
    events = [_article("a", CrawlResult.NEW, _ANNEX), _annex("b", CrawlResult.NEW)]
    _add(store, *events)
    kept = store.crawl.events(site="yunling")
    assert [CrawlEvent(**_fields(each) | {"run_id": 0}) for each in kept] == events
    assert store.crawl.history("yunling", _ANNEX) == [kept[1]]
    assert store.crawl.events(last=1) == [kept[1]]
    assert store.crawl.events(site="other") == []


def test_run_says_when_and_why_it_ended(store: Store) -> None:
    run_id = store.crawl.begin("yunling", _NOW)
    assert store.crawl.runs()[0].finished is None
    later = _NOW + timedelta(hours=1)
    store.crawl.finish(run_id, later, requests=7, reason="hours")
    (run,) = store.crawl.runs("yunling")
    assert (run.started, run.finished, run.requests, run.reason) == (_NOW, later, 7, "hours")


def test_file_waits_until_the_pipeline_has_come_to_its_end(store: Store) -> None:
    _add(store, _article("a", CrawlResult.NEW, _ANNEX), _annex("b", CrawlResult.NEW))
    assert [each.sha256[0] for each in store.crawl.waiting("yunling")] == ["a", "b"]
    _save(store, "a")
    assert [each.sha256[0] for each in store.crawl.waiting("yunling")] == ["b"]
    sha256 = "b" * 64
    store.save_file(StoredFile(sha256, "b.pdf", 1))
    failed = StageRecord(sha256, Stage.PARSE, "1", Result.FAILED, _NOW, _NOW, settled=False)
    store.save_stage(failed)
    assert len(store.crawl.waiting("yunling")) == 1
    store.save_stage(StageRecord(sha256, Stage.PARSE, "1", Result.FAILED, _NOW, _NOW))
    assert store.crawl.waiting("yunling") == []


@pytest.mark.parametrize("result", [r for r in CrawlResult if r not in ("new", "changed")])
def test_only_new_and_changed_bytes_wait(store: Store, result: CrawlResult) -> None:
    _add(store, _article("a", result))
    assert store.crawl.waiting("yunling") == []


def test_document_is_filled_from_its_page(store: Store) -> None:
    _add(store, _article("a", CrawlResult.NEW, _ANNEX), _annex("b", CrawlResult.NEW))
    page = store.document(_save(store, "a", title="页面自己的标题")).official
    assert (page.title, page.document_number) == ("页面自己的标题", "云教职〔2026〕3号")
    annex = store.document(_save(store, "b")).official
    assert (annex.title, annex.issuers) == ("分工表", ("云岭省教育厅",))
    assert (annex.date_of_issue, annex.document_number) == (date(2026, 5, 20), None)


def test_first_file_of_a_page_without_text_is_the_document(store: Store) -> None:
    page = CrawlEvent(**_fields(_article("a", CrawlResult.NEW, _ANNEX)) | {"sha256": None})
    _add(store, page, _annex("b", CrawlResult.NEW))
    official = store.document(_save(store, "b")).official
    assert official.document_number == "云教职〔2026〕3号"
    assert official.title == _OFFICIAL.title


def test_upload_is_read_once_more_when_its_page_says_more(store: Store) -> None:
    _save(store, "b")
    assert store.stage("b" * 64, Stage.PARSE, "1") is not None
    _add(store, _article("a", CrawlResult.NEW, _ANNEX), _annex("b", CrawlResult.NEW))
    assert store.stage("b" * 64, Stage.PARSE, "1") is None
    assert "b" * 64 in [each.sha256 for each in store.crawl.waiting("yunling")]


def test_upload_that_lacks_nothing_is_left_alone(store: Store) -> None:
    _save(store, "b", title="分工表", issuers=("云岭省教育厅",), date_of_issue=date(2026, 5, 1))
    _add(store, _article("a", CrawlResult.NEW, _ANNEX), _annex("b", CrawlResult.NEW))
    assert store.stage("b" * 64, Stage.PARSE, "1") is not None


def test_what_a_file_says_of_itself_goes_before_its_page() -> None:
    source = Origin("a", _PAGE, _PAGE, "通知", annex=False, official=_OFFICIAL)
    own = OfficialHeader("自己的标题", "云政发〔2026〕1号", ("云岭省人民政府",),
                         date_of_issue=date(2026, 1, 1))  # fmt: skip
    assert filled(own, source) == OfficialHeader(
        "自己的标题", "云政发〔2026〕1号", ("云岭省人民政府",), date_of_issue=date(2026, 1, 1),
        index_number="YL0123",
    )  # fmt: skip


def _related(store: Store, new: str, prior: str, *, same_work: bool = False) -> list[str]:
    """The relations kept of one that was found between two documents."""
    others = [entry.id for entry in store.entries() if entry.id != new]
    found = [Related(Relation(new, prior, "same_title", 0.95), same_work=same_work)]
    store.save_relations(new, checked=others, found=found, version="1")
    return [
        f"{r.relation.document_id}<{r.relation.prior_id} {r.relation.rule} {r.same_work}"
        for r in store.relations(new)
    ]


def test_article_and_its_annex_are_not_prior_to_each_other(store: Store) -> None:
    _add(store, _article("a", CrawlResult.NEW, _ANNEX), _annex("b", CrawlResult.NEW))
    page, annex = _save(store, "a"), _save(store, "b")
    assert _related(store, annex, page) == []


def test_page_and_the_same_as_pdf_stay_copies(store: Store) -> None:
    _add(store, _article("a", CrawlResult.NEW, _ANNEX), _annex("b", CrawlResult.NEW))
    page, annex = _save(store, "a"), _save(store, "b")
    assert _related(store, annex, page, same_work=True) == [f"{annex}<{page} same_title True"]


def test_documents_of_other_pages_are_related_as_found(store: Store) -> None:
    _add(store, _article("a", CrawlResult.NEW))
    page, other = _save(store, "a"), _save(store, "z")
    assert _related(store, page, other) == [f"{page}<{other} same_title False"]


def test_changed_page_is_a_version_and_no_copy(store: Store) -> None:
    _add(store, _article("a", CrawlResult.NEW), _article("b", CrawlResult.CHANGED))
    before, after = _save(store, "a"), _save(store, "b")
    assert _related(store, after, before, same_work=True) == [f"{after}<{before} same_title False"]


def test_version_is_compared_with_the_one_before_it_even_where_nothing_else_tells(
    store: Store,
) -> None:
    _add(
        store,
        _article("a", CrawlResult.NEW),
        _article("b", CrawlResult.CHANGED),
        _article("c", CrawlResult.CHANGED),
    )
    first, second, third = (_save(store, letter) for letter in "abc")
    store.save_relations(third, checked=[first, second], found=[], version="1")
    (related,) = store.relations(third)
    assert (related.relation.prior_id, related.relation.rule) == (second, "given")


def test_annex_of_the_old_version_may_be_prior_to_that_of_the_new(store: Store) -> None:
    other = "https://a.example/P2.pdf"
    _add(
        store,
        _article("a", CrawlResult.NEW, _ANNEX),
        _annex("b", CrawlResult.NEW),
        _article("c", CrawlResult.CHANGED, other),
        _annex("d", CrawlResult.NEW, other),
    )
    old, new = _save(store, "b"), _save(store, "d")
    assert _related(store, new, old) == [f"{new}<{old} same_title False"]

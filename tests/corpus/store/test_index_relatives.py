"""Related documents, lineage and history found through the index: as by reading everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from benchmarks.library import LibraryOptions, Writer
from corpus.compare.history import history
from corpus.compare.kinship import around, kinship
from corpus.lineage import relate
from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Block, BlockKind, Document
from corpus.model.geometry import Span
from corpus.model.official import CitedDocument, OfficialHeader
from corpus.works import works
from tests.corpus.compare.ledgers import commitment, document, ledger, target
from tests.corpus.store.test_index import saved

_PLACE = ("云岭省人民政府",)


def _told(one: Document, text: str) -> Document:
    return replace(one, text=text, blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),))


def _rows(*amounts: int, what: str = "养老") -> list[Commitment]:
    names = ("护理型床位", "社区食堂", "日间照料中心", "培训基地", "示范机构", "志愿服务站")
    return [
        commitment(f"建成{what}{name}{n}个。", f"{what}{name}", goal=target(f"{n}个", n, "个"))
        for name, n in zip(names, amounts, strict=False)
    ]


def _family() -> list[Ledger]:
    """A plan of two periods, its draft, a scan of it without a title page, what carries it out,
    what names it by a misread number or title, and others that promise the same or nothing."""
    title = "云岭省“十四五”养老服务体系建设规划"
    text = "为加快发展养老事业，按照统一部署，制定本规划。" + "".join(
        f"第{n}条规定了各县{what}的做法和进度安排，由民政部门负责。"
        for n, what in enumerate("床位食堂中心基地机构站点资金用地人员消防医疗评估监督宣传")
    )
    fourteenth = _told(
        document("p14", title=title, number="云政发〔2021〕12号", issued=date(2021, 5, 1),
                 issuers=_PLACE, cites=[CitedDocument("云岭省养老服务条例")]),
        text,
    )  # fmt: skip
    thirteenth = document(
        "p13", title="云岭省“十三五”养老服务体系建设规划", number="云政发〔2016〕30号",
        issued=date(2016, 6, 1), issuers=_PLACE,
    )  # fmt: skip
    draft = document("draft", title=f"{title}（征求意见稿）", issued=date(2021, 1, 9))
    scan = _told(document("scan"), text.replace("食堂", "食常"))
    city = document(
        "city", title="松山市养老服务实施方案", number="松政发〔2022〕3号", issued=date(2022, 2, 2),
        issuers=("松山市人民政府",), cites=[CitedDocument(title, "云政发[2027]12号")],
    )  # fmt: skip
    misread = document(
        "misread", title="青川县养老服务工作要点", issued=date(2022, 7, 1),
        cites=[CitedDocument("云岭省“十四五”养老服务体系健设规划")],
    )  # fmt: skip
    rules = document("rules", title="云岭省养老服务条例", issued=date(2019, 9, 1))
    lost = document("lost", issued=date(2023, 3, 3))
    roads = document("roads", title="云岭省公路建设规划", number="云交发〔2021〕12号")
    return [
        ledger(_rows(70, 20, 30, 5, 8, 9), of=fourteenth),
        ledger(_rows(50, 10, 20, 4, 6, 7), of=thirteenth),
        ledger(_rows(70, 20, 30, 5, 8, 9), of=draft),
        ledger(_rows(70, 20, 30, 5, 8, 9), of=scan),
        ledger(_rows(7, 2), of=city),
        ledger(_rows(3), of=misread),
        ledger([], of=rules),
        ledger(_rows(90, 25, 40, 6, 9, 10), of=lost),
        ledger(_rows(70, 20, 30, 5, 8, 9, what="公路"), of=roads),
    ]


def _mixed() -> list[Ledger]:
    """With documents that have nothing to do with any of them."""
    return [*_family(), *Writer(4, LibraryOptions(mean=12.0)).ledgers(120)]


def _all_pairs(ledgers: Sequence[Ledger]) -> set[frozenset[str]]:
    return {
        frozenset((a.document.id, b.document.id))
        for a, b in combinations(ledgers, 2)
        if relate(a, b)
    }


def _found(candidates: dict[str, set[str]], ledgers: Sequence[Ledger]) -> set[frozenset[str]]:
    known = {each.document.id: each for each in ledgers}
    return {
        frozenset((document_id, other))
        for document_id, others in candidates.items()
        for other in others
        if relate(known[document_id], known[other])
    }


def test_no_relation_is_lost_by_looking_only_at_candidates(database: str) -> None:
    ledgers = _mixed()
    with saved(database, ledgers) as store:
        candidates = {each.document.id: store.index.related(each) for each in ledgers}
    expected = _all_pairs(ledgers)
    assert len(expected) >= 12
    assert _found(candidates, ledgers) == expected
    assert sum(map(len, candidates.values())) < len(ledgers) ** 2 / 2


@pytest.mark.parametrize("asked", ["p14", "p13", "city", "scan"])
def test_lineage_is_that_of_the_whole_library(database: str, asked: str) -> None:
    ledgers = _family()
    with saved(database, ledgers) as store:
        found, about = store.index.lineage(asked)
        documents = [store.document(each.document.id, lines=False) for each in ledgers]
    everything = works(documents)
    home = next(work.id for work in everything if asked in work.documents)
    whole = around(kinship(documents, everything), home)
    got = around(found, about)
    assert about == home
    assert {(k.kind, k.source, k.target, k.title) for k in got.links} == {
        (k.kind, k.source, k.target, k.title) for k in whole.links
    }
    assert {work.documents for work in got.works} == {work.documents for work in whole.works}


@pytest.mark.parametrize("asked", ["养老护理型床位", "省级养老社区食堂", "养老培训基地", "灌区"])
def test_history_is_that_of_the_whole_library(database: str, asked: str) -> None:
    short = commitment("全市养老护理型床位达到9张。", "床位", goal=target("9张", 9, "张"))
    part = ledger([short], of=document("part", title="石门市养老规划", issued=date(2020, 1, 1)))
    ledgers = [*_family(), part]
    with saved(database, ledgers) as store:
        found = [store.ledger(each) for each in store.index.of_indicator(asked)]
        whole = history(asked, [store.ledger(each.document.id) for each in ledgers])
        assert history(asked, found) == whole
    if asked == "养老护理型床位":
        assert "part" in {point.document.id for point in whole.points}


def test_copies_of_a_document_are_told_from_its_versions(database: str) -> None:
    ledgers = _family()
    with saved(database, ledgers) as store:
        assert store.index.copies(ledgers[0].document) == {"scan"}


def test_header_alone_is_enough(database: str) -> None:
    bare = Ledger(replace(document("bare"), official=OfficialHeader()), ())
    with saved(database, [bare]) as store:
        assert store.index.related(bare) == set()

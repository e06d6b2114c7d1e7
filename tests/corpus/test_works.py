"""Copies of one work are put together, whatever they were kept as; nothing else is."""

import random
from datetime import date

from corpus.model.document import Document, Provenance
from corpus.model.lineage import Edition
from corpus.model.official import OfficialHeader
from corpus.works import works

WORDS = "养老服务社区助餐护理床位机构培训改造医养结合信息平台县乡村补贴评估监管" * 3


def text(seed: int, length: int = 1500) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(WORDS) for _ in range(length))


def paper(name: str, body: str, **header: object) -> Document:
    official = OfficialHeader(**header)  # type: ignore[arg-type]
    return Document(name, body, Provenance(f"{name}.pdf", name, "x"), (), official=official)


def misread(body: str, share: float, seed: int = 1) -> str:
    chance = random.Random(seed)
    return "".join("口" if chance.random() < share else letter for letter in body)


def groups(*papers: Document) -> set[frozenset[str]]:
    return {frozenset(work.documents) for work in works(papers)}


BODY = text(1)
NUMBER = {"document_number": "云政〔2021〕2号", "title": "云岭省养老服务规划"}


def test_a_scan_with_its_number_and_one_without_title_page_are_copies():
    scan = paper("scan", misread(BODY, 0.02), document_number="云政[2021]2号")
    torn = paper("torn", misread(BODY, 0.01, 2)[200:])
    assert groups(paper("a", BODY, **NUMBER), scan, torn) == {frozenset({"a", "scan", "torn"})}


def test_the_same_number_over_another_text_is_another_work():
    other = paper("b", text(2), **NUMBER)
    assert len(groups(paper("a", BODY, **NUMBER), other)) == 2


def test_two_years_and_a_draft_with_its_final_text_are_not_copies():
    first = paper("a", BODY, title="云岭省养老服务规划", date_of_issue=date(2021, 1, 1))
    later = paper("b", BODY, title="云岭省养老服务规划", date_of_issue=date(2022, 1, 1))
    draft = paper("c", BODY, title="云岭省养老服务规划（征求意见稿）")
    assert len(groups(first, later, draft)) == 3
    (kept,) = [work for work in works([first, later, draft]) if work.id == "c"]
    assert kept.edition is Edition.DRAFT


def test_a_plan_that_quotes_a_third_of_another_is_its_own_work():
    quoting = paper("b", BODY[:500] + text(3, 1000))
    assert len(groups(paper("a", BODY), quoting)) == 2


def test_a_work_is_named_after_the_copy_that_tells_most():
    (work,) = works([paper("torn", BODY[100:]), paper("whole", BODY, **NUMBER)])
    assert (work.id, work.document_number) == ("whole", "云政〔2021〕2号")
    assert work.issued == date(2021, 1, 1)

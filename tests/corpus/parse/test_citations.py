"""Documents named in a text, with or without their number."""

from __future__ import annotations

import time

import pytest

from corpus.model.official import CitedDocument
from corpus.parse.citations import cited_documents


def test_title_and_number_behind_it_are_read() -> None:
    text = "根据《云岭省人民政府关于推进技能提升的意见》（云政\n〔2023〕4号）要求，"
    assert cited_documents(text) == (
        CitedDocument("云岭省人民政府关于推进技能提升的意见", "云政〔2023〕4号"),
    )


def test_document_named_twice_is_given_once_with_its_number() -> None:
    text = "按照《云岭省技能提升行动方案》，……《云岭省技能提升行动方案》（云政办[2023]9号）"
    assert cited_documents(text) == (CitedDocument("云岭省技能提升行动方案", "云政办〔2023〕9号"),)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("《关于印发〈实训基地管理办法〉的通知》", "关于印发〈实训基地管理办法〉的通知"),
        ("《关于印发《实训基地管理办法》的通知》", "关于印发《实训基地管理办法》的通知"),
        ("《中华人民共和国职业教育法》", "中华人民共和国职业教育法"),
        ("《云岭省就业促进条例》", "云岭省就业促进条例"),
        ("《云岭省\n产业发展规划》", "云岭省产业发展规划"),
    ],
)
def test_title_is_found(text: str, title: str) -> None:
    assert [cited.title for cited in cited_documents(text)] == [title]


@pytest.mark.parametrize(
    "text", ["《云岭日报》刊登公告", "出版《产业观察》杂志", "《》", "《云岭省发展规划"]
)
def test_book_and_newspaper_are_no_documents(text: str) -> None:
    assert cited_documents(text) == ()


def test_own_title_is_no_citation() -> None:
    assert cited_documents("《云岭省产业发展规划》", own_title="云岭省产业发展规划") == ()


def test_citations_keep_the_order_of_the_text() -> None:
    text = "《乙市管理办法》《甲市管理办法》"
    assert [cited.title for cited in cited_documents(text)] == ["乙市管理办法", "甲市管理办法"]


@pytest.mark.parametrize("piece", ["〈一〉", "《", "《〈", "发", "《〈一〉〈二〉"])
def test_brackets_that_never_close_take_no_time(piece: str) -> None:
    start = time.perf_counter()
    assert cited_documents("《" + piece * 5_000) == ()
    assert time.perf_counter() - start < 5.0

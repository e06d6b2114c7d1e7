"""Orders: the number on a line of its own, the title in the sentence that promulgates it."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.model.document import BlockKind
from corpus.model.official import OfficialHeader
from corpus.parse import parse

ORDER = """云岭省人民政府令
第88号
《云岭省节约用水办法》已经2024年3月5日省人民政府第20次常务会议通过，现予公布，自2024年6月1日起施行。
省长　李明华
2024年3月18日
云岭省节约用水办法
第一章　总则
第一条　为了节约用水，制定本办法。
"""


def header(text: str) -> OfficialHeader:
    return parse(text.encode(), source="a.txt").official


def test_order_has_its_number_title_issuer_and_date() -> None:
    found = header(ORDER)
    assert found.document_number == "云岭省人民政府令第88号"
    assert found.title == "云岭省节约用水办法"
    assert found.issuers == ("云岭省人民政府",)
    assert found.date_of_issue == date(2024, 3, 18)


@pytest.mark.parametrize(
    ("head", "number", "issuer"),
    [
        ("中华人民共和国国务院令\n第707号", "国务院令第707号", "国务院"),
        ("中华人民共和国教育部令\n第五十三号", "教育部令第五十三号", "教育部"),
        ("青禾市人民政府令（第12号）", "青禾市人民政府令第12号", "青禾市人民政府"),
        ("云岭省人民政府令第88号", "云岭省人民政府令第88号", "云岭省人民政府"),
    ],
)
def test_order_is_numbered_as_it_is_cited(head: str, number: str, issuer: str) -> None:
    found = header(ORDER.replace("云岭省人民政府令\n第88号", head))
    assert (found.document_number, found.issuers) == (number, (issuer,))


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("现公布《云岭省节约用水办法》，自2024年6月1日起施行。", "云岭省节约用水办法"),
        (
            "现公布《云岭省人民政府关于修改〈云岭省节约用水办法〉的决定》，自公布之日起施行。",
            "云岭省人民政府关于修改〈云岭省节约用水办法〉的决定",
        ),
        ("云岭省节约用水办法", "云岭省节约用水办法"),
    ],
)
def test_title_is_what_is_promulgated(sentence: str, title: str) -> None:
    lines = ORDER.split("\n")
    assert header("\n".join([*lines[:2], sentence, *lines[3:]])).title == title


def test_lines_of_the_order_are_header() -> None:
    document = parse(ORDER.encode(), source="a.txt")
    kinds = {
        document.text[b.span.start : b.span.end]: b.kind
        for b in document.blocks
        if b.kind is BlockKind.HEADER_FIELD
    }
    assert list(kinds) == ["云岭省人民政府令", "第88号"]


@pytest.mark.parametrize(
    "text",
    [
        "云岭省水利厅关于印发节水方案的通知\n各市水利局：\n按照省政府令第88号的要求做好工作。\n",
        "云岭省人民政府令\n各市人民政府：\n请做好工作。\n",
        "口令\n第3号\n",
    ],
)
def test_other_documents_are_no_orders(text: str) -> None:
    number = header(text).document_number
    assert number is None or "第88号" not in number or "令第" not in number

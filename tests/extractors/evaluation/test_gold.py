"""Annotated files: what they say, and what is refused with the number of the line."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.model.errors import GoldError
from corpus.model.finding import UnitMention
from corpus.model.organisation import Role
from corpus.model.quantity import Bound, Quantity
from extractors.evaluation.gold import read_gold, read_paragraphs
from tests.extractors.evaluation.conftest import CHECKS, HOMES

Annotate = Callable[..., Path]


def test_commitments_are_read(annotate: Annotate) -> None:
    homes, beds, checks = read_gold(annotate(HOMES, CHECKS))
    assert (homes.paragraph, homes.number, homes.action) == ("p1", 1, "建成")
    assert homes.indicator == "示范性养老院"
    assert homes.target is not None
    assert (homes.target.raw, homes.target.bound) == ("20所左右", Bound.ABOUT)
    assert beds.target is not None
    assert beds.target.quantity == Quantity(Decimal(55), Decimal(55), "%")
    assert homes.deadline == beds.deadline
    assert homes.units == beds.units
    assert beds.units == (
        UnitMention("省民政厅", Role.LEAD), UnitMention("省财政厅", Role.COOPERATING),
    )  # fmt: skip
    assert checks.target is None
    assert checks.deadline is not None
    assert checks.deadline.period == "P1Y"
    assert checks.units[0].role is Role.RESPONSIBLE


def test_sentence_is_the_one_that_states_it(annotate: Annotate) -> None:
    tagged = (
        '（<u r="resp" c="1">省民政厅</u>负责）一般性的话；<a c="1">建成</a>'
        '<v c="1">20所</v><i c="1">养老院</i>。后面的话。'
    )
    (commitment,) = read_gold(annotate(tagged))
    assert commitment.sentence == "建成20所养老院"


def test_table_cell_is_a_sentence(annotate: Annotate) -> None:
    tagged = (
        '1\t<a c="1">建成</a><v c="1">20所</v><i c="1">养老院</i>\t<u r="resp" c="1">省民政厅</u>'
    )
    (commitment,) = read_gold(annotate(tagged))
    assert commitment.sentence == "建成20所养老院"


def test_month_takes_the_year_named_in_the_paragraph_before(annotate: Annotate) -> None:
    tagged = (
        '<d c="1">2023年3月底前</d><a c="1">启动</a>',
        '<d c="1">5月底前</d><a c="1">完成</a>',
    )
    ends = [each.deadline and each.deadline.end for each in read_gold(annotate(*tagged))]
    assert [end and end.isoformat() for end in ends] == ["2023-03-31", "2023-05-31"]


def test_text_may_hold_an_angle_bracket(annotate: Annotate) -> None:
    tagged = '浓度<35微克，<d c="1">到2025年</d><a c="1">完成</a>'
    (paragraph,) = read_paragraphs(annotate(tagged))
    assert paragraph.text == "浓度<35微克，到2025年完成"


def test_line_separator_inside_a_paragraph_is_no_new_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    path.write_text(json.dumps({"id": 1, "tagged": "前\u2028后"}, ensure_ascii=False), "utf-8")
    assert [paragraph.id for paragraph in read_paragraphs(path)] == ["1"]


@pytest.mark.parametrize(
    ("tagged", "said"),
    [
        ('<x c="1">20所</x>', "no such tag"),
        ("<br>", "no such tag"),
        ('<v c="1">20<q c="1">所</q></v>', "stands inside"),
        ('<v c="1">20所</q>', "stands inside"),
        ('<v c="1">20所', "never closed"),
        ("20所</v>", "closes nothing"),
        ("<v>20所</v>", "lacks c"),
        ('<v c="">20所</v>', "lacks c"),
        ('<v c="1,">20所</v>', "lacks c"),
        ('<v c="0">20所</v>', "lacks c"),
        ('<u c="1">省民政厅</u>', "r is lead"),
        ('<u r="boss" c="1">省民政厅</u>', "r is lead"),
        ('<v r="lead" c="1">20所</v>', "r is lead"),
        ('<v c="1" n="2">20所</v>', "r is lead"),
        ('<v c="1"></v>', "is empty"),
        ("<v c=1>20所</v>", "no such tag"),
        ('<a c="1">建成</a><i c="1">养老院</i>', "no quantity, deadline or unit"),
    ],
)
def test_malformed_tag_is_refused_with_its_line(annotate: Annotate, tagged: str, said: str) -> None:
    with pytest.raises(GoldError, match=said) as raised:
        read_gold(annotate(CHECKS, tagged))
    assert raised.value.zh.startswith("plan.jsonl 第2行：")
    assert raised.value.en.startswith("plan.jsonl, line 2: ")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '["id"]',
        '{"id": "1"}',
        '{"id": "1", "tagged": 3}',
        '{"id":"1","tagged":"甲","text":"乙"}',
    ],
)
def test_malformed_line_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "plan.jsonl"
    path.write_text('\n{"id": "0", "tagged": "甲"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match="第3行"):
        read_gold(path)


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xff\xfe\x00"])
def test_file_without_lines_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=r"plan\.jsonl"):
        read_gold(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="check the path"):
        read_gold(tmp_path / "none.jsonl")


def test_text_must_be_what_the_tags_leave(tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    line = {"id": "1", "text": "建成20所养老院", "tagged": '建成<v c="1">20所</v>养老院'}
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    assert len(read_gold(path)) == 1

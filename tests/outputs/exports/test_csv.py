"""CSV that Excel opens right."""

from __future__ import annotations

import csv
import io

import pytest

from corpus.model.change import Comparison
from corpus.model.commitment import Ledger
from outputs.exports import csv as exporter


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_it_has_a_byte_order_mark_and_ends_its_lines_with_crlf(ledger: Ledger) -> None:
    content = exporter.ledgers([ledger])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(ledger.commitments) + 1 == content.count(b"\n")


def test_every_row_has_its_fields(ledger: Ledger) -> None:
    row = _rows(exporter.ledgers([ledger]))[1]
    assert row["目标值"] == "每个县（市、区）不少于1.2万人次"
    assert (row["数值"], row["计量单位"], row["界限"]) == ("12000", "人次", "不低于")
    assert row["截止日期"] == "2025-06-30"
    assert row["责任单位"] == "云岭省人力资源和社会保障厅、云岭省财政厅（上文）"
    assert row["页码"] == "5"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])
def test_nothing_calculates(ledger: Ledger, commitment, start: str) -> None:
    hostile = commitment(f"{start}cmd|' /C calc'!A0", indicator=f"{start}1+1")
    row = _rows(exporter.ledgers([Ledger(ledger.document, (hostile,))]))[0]
    assert row["指标"].startswith("'")
    assert row["任务"].startswith("'")


def test_one_line_for_each_field_that_differs(comparison: Comparison) -> None:
    rows = _rows(exporter.comparisons([comparison]))
    first = [(r["序号"], r["变化类型"], r["方向"], r["字段"]) for r in rows[:3]]
    assert first == [
        ("1", "降低", "降低", "目标值"),
        ("1", "推迟", "推迟", "完成时限"),
        ("1", "责任调整", "减少", "责任单位"),
    ]
    assert (rows[1]["原值"], rows[1]["新值"]) == ("2025年6月30日", "2026年12月31日")
    assert (rows[0]["原页码"], rows[0]["新页码"]) == ("5", "4")

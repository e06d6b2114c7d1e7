"""Annotated deadlines, read without the rules."""

from __future__ import annotations

import pytest

from corpus.model.period import DeadlineKind
from extractors.evaluation.gold_dates import is_read, named_year, read_deadline


def _read(raw: str, year: int | None = None) -> tuple[str | None, str | None, str | None]:
    deadline = read_deadline(raw, year=year)
    start, end = (day and day.isoformat() for day in (deadline.start, deadline.end))
    return start, end, deadline.period


@pytest.mark.parametrize(
    ("raw", "start", "end"),
    [
        ("到2025年", None, "2025-12-31"),
        ("到２０２５ 年底", None, "2025-12-31"),
        ("2022年3月底以前", None, "2022-03-31"),
        ("2024年2月", None, "2024-02-29"),
        ("2024年三月底前", None, "2024-03-31"),
        ("2024年10月15日前", None, "2024-10-15"),
        ("2024年5月中旬", None, "2024-05-20"),
        ("2024年上半年", None, "2024-06-30"),
        ("2024年第三季度", None, "2024-09-30"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("“十五五”时期", "2026-01-01", "2030-12-31"),
        ("“十五”期间", "2001-01-01", "2005-12-31"),
        ("到“十四五”末", None, "2025-12-31"),
        ("2021—2025年", "2021-01-01", "2025-12-31"),
        ("2023年至2025年", "2023-01-01", "2025-12-31"),
        ("2024年3月1日至11月30日", "2024-03-01", "2024-11-30"),
        ("2024年12月30日至2025年1月5日", "2024-12-30", "2025-01-05"),
        ("2024年10—12月", "2024-10-01", "2024-12-31"),
        ("从2024年5月1日起", "2024-05-01", None),
        ("自2024年起", "2024-01-01", None),
    ],
)
def test_days_are_read(raw: str, start: str | None, end: str | None) -> None:
    assert _read(raw) == (start, end, None)


@pytest.mark.parametrize(
    ("raw", "period"),
    [
        ("每年", "P1Y"),
        ("每年3月底前", "P1Y"),
        ("每3年", "P3Y"),
        ("每两周", "P2W"),
        ("每季度", "P3M"),
        ("每个季度", "P3M"),
        ("每半年", "P6M"),
        ("每学期", "P6M"),
        ("3年内", "P3Y"),
        ("用三至五年时间", "P5Y"),
        ("6个月内", "P6M"),
        ("十年左右", "P10Y"),
        ("十五年内", "P15Y"),
        ("收到申请后20个工作日内", "P20D"),
        ("48小时内", "PT48H"),
    ],
)
def test_lengths_are_read(raw: str, period: str) -> None:
    assert _read(raw) == (None, None, period)


@pytest.mark.parametrize(
    ("raw", "end"),
    [("5月底以前", "2023-05-31"), ("9月1日前", "2023-09-01"), ("第二季度", "2023-06-30")],
)
def test_month_alone_is_of_the_year_named_before(raw: str, end: str) -> None:
    assert _read(raw, 2023) == (None, end, None)
    assert not is_read(read_deadline(raw))


@pytest.mark.parametrize(
    "raw",
    ["今年底", "年底前", "长期坚持", "第14天", "第1、4、7和14天", "2023年2月30日前", "6月底前"],
)
def test_what_names_no_day_is_not_read(raw: str) -> None:
    deadline = read_deadline(raw)
    assert not is_read(deadline)
    assert (deadline.raw, bool(deadline.doubt)) == (raw, True)


def test_kind_is_said() -> None:
    kinds = [read_deadline(raw).kind for raw in ("到2025年", "“十四五”期间", "3年内", "每年")]
    assert kinds == [
        DeadlineKind.BY, DeadlineKind.DURING, DeadlineKind.WITHIN, DeadlineKind.EVERY,
    ]  # fmt: skip


def test_named_year() -> None:
    assert named_year("到２０２５年") == 2025
    assert named_year("5月底前") is None

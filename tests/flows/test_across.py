"""Lineage, history, levels and check from the command line: files and documents of the library."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.flows.test_cli import taizhang

__all__ = ["taizhang"]

Plan = Callable[..., Path]


def _old(plan: Plan) -> Path:
    return plan("old.txt", title="云岭省养老服务规划（2021—2025年）", number="云政发〔2021〕3号",
                issued="2021-03-01", 养老护理学校=70, 社区食堂=20)  # fmt: skip


def _new(plan: Plan) -> Path:
    return plan("new.txt", title="云岭省养老服务规划（2023年调整）", number="云政发〔2023〕9号",
                issued="2023-05-01", 养老护理学校=90, 社区食堂=20)  # fmt: skip


def test_levels_of_two_files_need_no_library(taizhang: Any, worked: Any, plan: Plan) -> None:
    said = taizhang("compare-levels", _old(plan), _new(plan), "--format", "json")
    assert (said.status, said.err) == (0, "")
    rows = json.loads(said.out)["rows"]
    assert [row["verdict"] for row in rows] == ["incomparable", "equal"]
    assert list(Path().iterdir()) == []


def test_levels_of_one_document_is_a_usage_error(taizhang: Any, worked: Any, plan: Plan) -> None:
    assert taizhang("compare-levels", _old(plan)).status == 2


def test_check_of_a_file_needs_no_library(taizhang: Any, worked: Any, plan: Plan) -> None:
    said = taizhang("check", _old(plan), "-o", "检查.xlsx")
    assert said.status == 0
    assert Path("检查.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "words",
    [
        ("lineage", "云政发〔2021〕3号"),
        ("history", "养老"),
        ("check", "没有.txt"),
        ("counterparts", "没有.txt"),
    ],
)
def test_what_the_library_must_hold_needs_one(taizhang: Any, words: Any) -> None:
    said = taizhang(*words)
    assert said.status == 2
    assert "taizhang ingest" in said.err


@pytest.mark.usefixtures("prefect")
def test_lineage_and_history_over_a_library(taizhang: Any, worked: Any, plan: Plan) -> None:
    folder = _old(plan).parent
    _new(plan)
    copy = folder / "copy.txt"
    copy.write_text(_new(plan).read_text("utf-8") + "\n", "utf-8")
    assert taizhang("ingest", folder).status == 0

    found = json.loads(taizhang("lineage", "云政发[2023]9号", "--format", "json").out)
    assert [link["kind"] for link in found["links"]] == ["amends"]
    assert sorted(len(work["documents"]) for work in found["works"]) == [1, 2]

    points = json.loads(taizhang("history", "护理学校", "--format", "json").out)["points"]
    assert [point["commitment"]["target"]["low"] for point in points] == [70, 90]
    page = taizhang("history", "养老护理学校", "--format", "html").out
    assert page.count('class="dot"') == 2

    nothing = taizhang("history", "城市绿道", "--format", "json")
    assert json.loads(nothing.out)["points"] == []
    assert "没有这个指标" in nothing.err
    told = json.loads(taizhang("counterparts", "new.txt", "--format", "json").out)
    assert [s["source"] for s in told["sources"]] == ["old.txt"]  # its copy is no news
    assert [len(row["counterparts"]) for row in told["commitments"]] == [1, 1]
    assert "由70所提高到90所" in taizhang("counterparts", "new.txt", "--format", "csv").out
    levels = taizhang("compare-levels", "云政发〔2021〕3号", "new.txt", "--format", "json")
    assert len(json.loads(levels.out)["rows"]) == 2


@pytest.mark.usefixtures("prefect")
def test_the_first_deadline_of_three_versions_stays_in_sight(
    taizhang: Any, worked: Any, plan: Plan
) -> None:
    """What the second version put off, and the third once more."""
    folder = None
    for year, due in ((2021, 2022), (2022, 2024), (2024, 2026)):
        path = plan(f"{year}.txt", title=f"{year}年云岭省养老服务要点", issued=f"{year}-03-01",
                    number=f"云政发〔{year}〕3号", 养老护理学校=70)  # fmt: skip
        path.write_text(path.read_text("utf-8").replace("到2025年", f"到{due}年"), "utf-8")
        folder = path.parent
    assert taizhang("ingest", folder).status == 0
    found = json.loads(taizhang("changes", "--document", "2024.txt", "--format", "json").out)
    (change,) = found["changes"]
    assert change["flags"][0]["direction"] == "postponed"
    assert change["original_deadline"]["end"] == "2022-12-31"
    assert change["original_deadline"]["slips"] == 2

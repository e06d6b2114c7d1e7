"""Floors and pins: what closes the gate, and that floors only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.model.errors import GoldError
from extractors.evaluation.floors import (
    Floors,
    Pin,
    check,
    measured,
    pin,
    read_floors,
    renewed,
    write_floors,
)
from extractors.evaluation.score import Figures

PLAN = {"plan.jsonl": Pin("a" * 64, 10)}
HALF = {"row": Figures(5, 10, 10)}
AT_HALF = Floors(measured(HALF), PLAN)


def test_gate_is_open_at_the_floor() -> None:
    assert check(AT_HALF, HALF, PLAN) == []


def test_floor_of_todays_figure_lets_today_pass_though_it_is_a_fraction() -> None:
    thirds = {"row": Figures(2, 3, 3)}
    assert measured(thirds)["row"]["f1"] == 0.6666
    assert check(Floors(measured(thirds), PLAN), thirds, PLAN) == []


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (Figures(5, 11, 10), ["row precision", "row f1"]),
        (Figures(5, 10, 11), ["row recall", "row f1"]),
        (Figures(4, 10, 10), ["row precision", "row recall", "row f1"]),
        (Figures(9, 10, 10), []),
    ],
)
def test_figure_below_its_floor_is_named(figures: Figures, said: list[str]) -> None:
    found = check(AT_HALF, {"row": figures}, PLAN)
    assert [violation.en.split(" is ")[0] for violation in found] == said
    assert all("低于下限0.5000" in violation.zh for violation in found)


def test_floor_of_what_is_not_measured_closes_the_gate() -> None:
    assert len(check(AT_HALF, {}, PLAN)) == 3


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        ({"plan.jsonl": Pin("b" * 64, 10)}, "changed"),
        ({"plan.jsonl": Pin("a" * 64, 11)}, "changed"),
        (PLAN | {"new.jsonl": Pin("c" * 64, 1)}, "not pinned"),
        ({"new.jsonl": Pin("c" * 64, 1), **PLAN}, "not pinned"),
        ({}, "nothing was measured"),
    ],
)
def test_file_that_is_not_as_pinned_closes_the_gate(gold: dict[str, Pin], said: str) -> None:
    (violation,) = check(AT_HALF, HALF, gold)
    assert said in violation.en
    assert " | " in str(violation)


def test_file_that_is_gone_closes_the_gate() -> None:
    other = {"new.jsonl": Pin("c" * 64, 1)}
    assert [v.en for v in check(Floors({}, PLAN | other), HALF, PLAN)] == ["new.jsonl is gone"]


def test_floors_rise_and_never_fall_by_themselves() -> None:
    mixed = {"row": Figures(6, 10, 15), "unit": Figures(1, 2, 2)}
    new = renewed(AT_HALF, mixed, PLAN, lower=False)
    assert new.figures["row"] == {"precision": 0.6, "recall": 0.5, "f1": 0.5}
    assert new.figures["unit"]["f1"] == 0.5


def test_floors_keep_what_is_no_longer_measured() -> None:
    assert renewed(AT_HALF, {}, PLAN, lower=False).figures == AT_HALF.figures
    assert renewed(AT_HALF, {}, PLAN, lower=True).figures == {}


def test_floors_fall_when_told_to() -> None:
    new = renewed(AT_HALF, {"row": Figures(6, 10, 15)}, PLAN, lower=True)
    assert new.figures["row"] == {"precision": 0.6, "recall": 0.4, "f1": 0.48}


def test_pin_changes_with_one_byte(tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonl"
    path.write_bytes(b"1")
    first = pin(path)
    path.write_bytes(b"2")
    assert first.size == pin(path).size == 1
    assert first.sha256 != pin(path).sha256


def test_floors_are_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    write_floors(path, AT_HALF)
    assert read_floors(path) == AT_HALF


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"floors": {"row": 1}, "gold": {}}', '{"floors": {}, "gold": {"a": {}}}'],
)
def test_broken_floors_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match="restore it"):
        read_floors(path)


def test_missing_floors_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="restore it"):
        read_floors(tmp_path / "floors.json")


def test_floors_of_the_project_are_of_this_shape() -> None:
    import extractors.evaluation

    path = Path(extractors.evaluation.__file__).with_name("floors.json")
    assert set(json.loads(path.read_text("utf-8"))) == {"floors", "gold"}
    read_floors(path)

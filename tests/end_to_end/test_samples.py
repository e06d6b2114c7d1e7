"""The sample documents from file to JSON: what is read agrees with their annotation, what changed
between the two plans with the list that was made by reading both."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from typer.testing import CliRunner

from corpus.samples import make
from extractors.evaluation import gate
from extractors.evaluation.alike import likeness
from extractors.evaluation.floors import fallen, read_floors
from extractors.evaluation.gold import read_gold
from extractors.evaluation.misses import misses
from extractors.evaluation.score import evaluate, total
from flows.cli import app
from flows.commands.misses import listing
from flows.commands.quick import ledger_of

_SAMPLES = Path(make.__file__).parent
_DOCUMENTS = _SAMPLES / "documents"
_GOLD = _SAMPLES.parent / "gold"
_FLOORS = Path(gate.__file__).with_name("floors.json")
_CHANGES = tomllib.loads((_SAMPLES / "changes.toml").read_text("utf-8"))
_SCHEMAS = Path(__file__).parents[1] / "contract"
_NAMES = sorted(path.name for path in _DOCUMENTS.iterdir())
# Half of the characters in common; no two indicators of the plans are so much alike.
_ALIKE = 0.5
# One row in twenty, or part of it, may be read otherwise than annotated.
_WRONG_ROWS = 0.05


@cache
def _json(command: str, *names: str) -> Any:
    """What the command prints for sample files, as JSON."""
    files = [str(_DOCUMENTS / name) for name in names]
    result = CliRunner().invoke(app, [command, *files, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _problems(schema: str, printed: Any) -> list[str]:
    schemas = [json.loads(path.read_text("utf-8")) for path in _SCHEMAS.glob("*.json")]
    registry: Registry[Any] = Registry().with_resources(
        (each["$id"], Resource.from_contents(each)) for each in schemas
    )
    # The ids are relative: as a base, taizhang/diff/1 would seek taizhang/taizhang/extraction/1.
    (wanted,) = (each for each in schemas if each["$id"] == schema)
    bare = {key: value for key, value in wanted.items() if key != "$id"}
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(bare, registry=registry, format_checker=checker)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(printed)]


@pytest.mark.parametrize("name", _NAMES)
def test_sample_is_read_as_annotated(name: str) -> None:
    gold = _GOLD / f"{Path(name).stem}.jsonl"
    found = misses(gold, ledger_of(_DOCUMENTS / name))
    wrong = {id(miss.annotated or miss.predicted) for miss in found}
    most = math.ceil(_WRONG_ROWS * len(read_gold(gold)))
    assert len(wrong) <= most, "\n" + "\n".join(listing(found))


def test_samples_together_keep_the_floors() -> None:
    figures = total(
        evaluate(_GOLD / f"{Path(name).stem}.jsonl", ledger_of(_DOCUMENTS / name))
        for name in _NAMES
    )
    assert [str(each) for each in fallen(read_floors(_FLOORS).figures, figures)] == []


@pytest.mark.parametrize("name", _NAMES)
def test_extraction_printed_is_as_the_schema_says(name: str) -> None:
    printed = _json("extract", name)
    assert _problems("taizhang/extraction/1", printed) == []
    assert printed["commitments"] != []


def test_diff_printed_is_as_the_schema_says() -> None:
    assert _problems("taizhang/diff/1", _diff()) == []


def _listed() -> Iterator[Any]:
    for each in _CHANGES["change"]:
        yield pytest.param(each, id=each["indicator"])


def _diff() -> Any:
    return _json("diff", f"{_CHANGES['prior']}.pdf", f"{_CHANGES['new']}.pdf")


def _indicator(change: dict[str, Any]) -> str:
    side = change["prior"] or change["new"]
    return str(side["indicator"] or side["task"])


def _said(change: dict[str, Any]) -> str:
    """Kind, fields and directions: changed target.value raised."""
    flags = sorted(f"{flag['field']} {flag['direction']}" for flag in change.get("flags", []))
    return " ".join([change["kind"], *flags])


def _paired() -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """By the indicator of each listed change the reported one most like it, and those reported
    besides."""
    reported = list(_diff()["changes"])
    pairs: dict[str, dict[str, Any]] = {}
    for listed in _CHANGES["change"]:
        name = listed["indicator"]
        best = max(reported, key=lambda each: likeness(name, _indicator(each)))
        if likeness(name, _indicator(best)) >= _ALIKE:
            pairs[name] = best
            reported.remove(best)
    return pairs, reported


@pytest.mark.parametrize("listed", list(_listed()))
def test_change_between_the_plans_is_reported(listed: dict[str, Any]) -> None:
    pairs, besides = _paired()
    assert listed["indicator"] in pairs, [f"{_indicator(each)}: {_said(each)}" for each in besides]
    assert _said(pairs[listed["indicator"]]) == _said(listed)


def test_no_other_change_between_the_plans_is_reported() -> None:
    _, besides = _paired()
    assert [f"{_indicator(each)}: {_said(each)}" for each in besides] == []

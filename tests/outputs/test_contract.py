"""Every ledger and comparison validates against the published schemas."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from corpus.model.change import ChangeForm, Comparison, OriginalDeadline, Place, Severity
from corpus.model.commitment import Ledger
from corpus.model.quantity import Bound, Quantity, Target
from outputs import contract

_SCHEMAS = Path(__file__).parents[1] / "contract"
_PUBLISHED = Path(__file__).parents[3] / "shared" / "contract"


def _validator(name: str) -> Draft202012Validator:
    schemas = [json.loads(path.read_text("utf-8")) for path in _SCHEMAS.glob("*.json")]
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas]
    schema = next(s for s in schemas if s["$id"] == name)
    # The ids are relative: kept as base, taizhang/diff/1 would seek taizhang/taizhang/extraction/1.
    schema = {key: value for key, value in schema.items() if key != "$id"}
    checker = Draft202012Validator.FORMAT_CHECKER
    registry: Registry = Registry().with_resources(resources)
    return Draft202012Validator(schema, registry=registry, format_checker=checker)


def test_extraction_is_as_the_schema_says(ledger: Ledger) -> None:
    made = json.loads(json.dumps(contract.extraction(ledger), allow_nan=False))
    _validator("taizhang/extraction/1").validate(made)
    assert len(made["commitments"]) == len(ledger.commitments)


def test_header_says_who_signed_and_printed_it_and_who_may_read_it(ledger: Ledger) -> None:
    document = ledger.document
    header = replace(
        document.official,
        signers=("林远", "周一鸣"),
        printed_by="云岭省教育厅办公室",
        disclosure="此件公开发布",
    )
    made = contract.extraction(replace(ledger, document=replace(document, official=header)))
    _validator("taizhang/extraction/1").validate(made)
    told = made["document"]
    assert told["signers"] == ["林远", "周一鸣"]
    assert (told["printed_by"], told["disclosure"]) == ("云岭省教育厅办公室", "此件公开发布")


def test_diff_is_as_the_schema_says(comparison: Comparison) -> None:
    made = json.loads(json.dumps(contract.diff(comparison), allow_nan=False))
    _validator("taizhang/diff/1").validate(made)
    changed = made["changes"][0]
    assert changed["prior"]["evidence"]["text"] == comparison.changes[0].prior.evidence.quote
    assert changed["summary"]["zh"] == ["目标值由70所左右提高到80所左右"]
    assert changed["summary"]["en"] == ["target raised from 70所左右 to 80所左右"]


def test_a_change_says_how_grave_and_how_sure_it_is(comparison: Comparison) -> None:
    slipped, loosened = comparison.changes[1], comparison.changes[2]
    first = OriginalDeadline(slipped.prior.deadline, "d-first", 2)
    part = replace(
        slipped,
        original=first,
        form=ChangeForm.SPLIT,
        whole="c-1",
        place=Place.MOVED,
        severity=Severity.GRAVE,
    )
    made = contract.diff(replace(comparison, changes=(part, loosened)))
    _validator("taizhang/diff/1").validate(json.loads(json.dumps(made)))
    change, other = made["changes"]
    assert (change["form"], change["whole"], change["place"]) == ("split", "c-1", "moved")
    assert change["severity"] == "grave"
    assert change["original_deadline"]["document"] == "d-first"
    assert change["original_deadline"]["slips"] == 2
    assert (change["doubtful"], other["doubtful"]) == (False, True)
    assert other["doubts"] == ["新：未能确定指标名称"]
    assert {"aspect", "effect"} <= set(change["flags"][0])


def test_the_schema_of_commitments_reaches_into_the_diff(comparison: Comparison) -> None:
    made = contract.diff(comparison)
    del made["changes"][0]["prior"]["evidence"]
    assert not _validator("taizhang/diff/1").is_valid(made)


@pytest.mark.skipif(not _PUBLISHED.is_dir(), reason="../shared is not there")
@pytest.mark.parametrize("name", ["extraction.schema.json", "diff.schema.json"])
def test_our_copies_are_the_published_schemas(name: str) -> None:
    ours, theirs = ((folder / name).read_text("utf-8") for folder in (_SCHEMAS, _PUBLISHED))
    assert json.loads(ours) == json.loads(theirs)


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        (Bound.EXACTLY, 70, 70),
        (Bound.AT_LEAST, 70, None),
        (Bound.ABOVE, 70, None),
        (Bound.AT_MOST, None, 70),
        (Bound.BELOW, None, 70),
    ],
)
def test_the_open_side_of_a_bound_is_null(
    ledger: Ledger, bound: Bound, low: int | None, high: int | None
) -> None:
    target = Target("70所", Quantity(Decimal(70), Decimal(70), "所"), bound)
    made = contract.commitment(replace(ledger.commitments[0], target=target))["target"]
    assert (made["low"], made["high"]) == (low, high)


@pytest.mark.parametrize(
    ("amount", "shown"), [("70", "70"), ("70.0", "70"), ("1.2E4", "12000"), ("0.5", "0.5")]
)
def test_whole_numbers_are_integers(amount: str, shown: str) -> None:
    assert json.dumps(contract.number(Decimal(amount))) == shown


def test_a_source_without_pages_has_no_page(commitment, ledger: Ledger) -> None:
    made = contract.extraction(replace(ledger, commitments=(commitment("建成5个站点", page=0),)))
    assert made["commitments"][0]["evidence"]["page"] is None
    _validator("taizhang/extraction/1").validate(made)

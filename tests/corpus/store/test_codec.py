"""What goes into the database comes out as the same value, of the same type."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model.change import Change, ChangedField, ChangeKind, Direction, Flag
from corpus.model.commitment import Commitment
from corpus.model.document import Document, Evidence, Line, Page, Provenance, TextSource
from corpus.model.geometry import Box, Span
from corpus.model.official import OfficialHeader
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Basis, Bound, Quantity, Target
from corpus.store import codec

_spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*sorted(pair)))
_coordinates = st.floats(allow_nan=False, allow_infinity=False)
_boxes = st.builds(Box, st.integers(1, 9), _coordinates, _coordinates, _coordinates, _coordinates)
_amounts = st.decimals(allow_nan=False, allow_infinity=False)
_texts = st.text(st.characters())  # lone surrogates and NUL are in there
_targets = st.builds(
    Target,
    _texts,
    st.builds(Quantity, _amounts, _amounts, _texts),
    st.sampled_from(Bound),
    st.sampled_from(Basis),
    st.none() | _texts,
    st.none() | _texts,
)
_deadlines = st.builds(
    Deadline, _texts, st.sampled_from(DeadlineKind), st.none() | st.dates(), st.none() | st.dates()
)
_units = st.builds(
    ResponsibleUnit, _texts, _texts, st.sampled_from(Role), st.booleans(), st.booleans()
)
_commitments = st.builds(
    Commitment,
    id=_texts,
    section=st.lists(_texts, max_size=3).map(tuple),
    task=_texts,
    action=st.none() | _texts,
    indicator=st.none() | _texts,
    target=st.none() | _targets,
    deadline=st.none() | _deadlines,
    responsible_units=st.lists(_units, max_size=3).map(tuple),
    evidence=st.builds(Evidence, _texts, _spans, _texts, st.lists(_boxes, max_size=2).map(tuple)),
    confidence=st.floats(0, 1),
)


@given(_commitments)
def test_commitment_comes_back(commitment: Commitment) -> None:
    stored = codec.dumps(commitment)
    assert stored.encode("utf-8")
    assert "\0" not in stored
    assert codec.loads(stored, Commitment) == commitment


@pytest.mark.parametrize("amount", ["0.50", "1E+3", "45", "-0.000"])
def test_decimal_keeps_its_digits(amount: str) -> None:
    quantity = Quantity(Decimal(amount), Decimal(amount), "%")
    back = codec.loads(codec.dumps(quantity), Quantity)
    assert str(back.low) == amount


def test_change_without_a_prior_side_comes_back() -> None:
    flag = Flag(ChangedField.VALUE, Direction.RAISED, "70所", None)
    change = Change(ChangeKind.CHANGED, (flag,), None, None, 0.5, "d-1")
    back = codec.loads(codec.dumps(change), Change)
    assert back == change
    assert isinstance(back.flags[0].field, ChangedField)


def test_document_comes_back_packed() -> None:
    line = Line(Span(0, 2), Box(1, 0.1, 0.2, 0.3, 0.4), (0.1, 0.2, 0.30000000000000004))
    document = Document(
        "d-1",
        "云岭\ud800",
        Provenance("云岭.pdf", "ab", "application/pdf"),
        (Page(1, 595.3, 841.9, TextSource.OCR, "模糊"),),
        (line,),
        official=OfficialHeader(issuers=("云岭省人民政府",), date_of_issue=date(2023, 5, 1)),
    )
    assert codec.unpack(codec.pack(document), Document) == document


class _Colour(enum.Enum):
    RED = "red"


@dataclass(frozen=True)
class _Older:
    name: str


@dataclass(frozen=True)
class _Newer:
    name: str
    colour: _Colour = _Colour.RED
    pair: tuple[int, str] = (1, "一")
    named: dict[str, float] | None = None


def test_row_of_an_older_version_takes_the_default() -> None:
    assert codec.loads(codec.dumps(_Older("云")), _Newer) == _Newer("云")


def test_field_that_is_gone_is_passed_over() -> None:
    assert codec.loads(codec.dumps(_Newer("云", named={"甲": 1.0})), _Older) == _Older("云")


@dataclass(frozen=True)
class _Unclear:
    value: int | str


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(TypeError, match="apart"):
        codec.dumps(_Unclear(1))

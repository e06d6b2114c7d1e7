"""Scans at 200 dots an inch of edited copies: every edit is reported in its direction, and a scan
of the same text promises the same. By the engine itself, in a lane of its own: `make rescans`."""

from __future__ import annotations

from functools import reduce
from operator import add
from pathlib import Path

import pytest

from corpus.parse import parse
from corpus.samples import __file__ as samples
from tests.end_to_end.pages import BROWSER
from tests.end_to_end.rescans import original, rescan, typescript, unchanged

pytestmark = [
    pytest.mark.rescans,
    pytest.mark.skipif(BROWSER is None, reason="no browser to print with"),
]
PLAN = Path(__file__).with_name("plan_for_editing.txt").read_text(encoding="utf8").strip()
SAMPLE = Path(samples).parent / "documents" / "plan-2021.pdf"


def test_scans_of_edited_copies_say_what_was_edited(tmp_path):
    prior = original(PLAN, tmp_path)
    copies = [rescan(PLAN, prior, tmp_path, seed) for seed in range(3)]
    found = reduce(add, (copy.figures for copy in copies))
    directions = reduce(add, (copy.directions for copy in copies))
    assert found.annotated > 50
    assert min(found.precision, found.recall) >= 0.92
    assert directions.precision >= 0.98


def test_scans_of_the_same_text_promise_the_same(tmp_path):
    """At most one commitment in a hundred may be reported."""
    texts = [PLAN, typescript(parse(SAMPLE.read_bytes(), source=SAMPLE.name))]
    rows = reported = 0
    for seed, text in enumerate(texts, 100):
        prior = original(text, tmp_path)
        rows += len(prior.commitments)
        reported += len(unchanged(text, prior, tmp_path, seed))
    assert rows > 50
    assert reported <= rows / 100

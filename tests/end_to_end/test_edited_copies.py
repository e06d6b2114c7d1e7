"""A document and a copy of it, both read from their text: every edit is reported once, under the
right commitment, field and direction; other words, numbering, widths and order are no change."""

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from corpus.compare import compare
from corpus.model.change import ChangeKind
from corpus.model.commitment import Ledger
from extractors.run import extract
from tests.corpus.compare.ledgers import SHARED
from tests.corpus.compare.mutations import f1
from tests.end_to_end.edited_copies import edited, otherwise, said
from tests.end_to_end.plain_documents import document_of

PLAN = Path(__file__).with_name("plan_for_editing.txt").read_text(encoding="utf8").strip()
annotated = pytest.mark.skipif(
    not (SHARED / "gold" / "002.jsonl").exists(), reason="annotated documents are not here"
)


def read(text: str, name: str) -> Ledger:
    return extract(document_of(text, name))


@lru_cache
def annotated_text(name: str) -> str:
    """Its paragraphs; a table's head that is repeated on every page stands once."""
    lines: list[str] = []
    for line in (SHARED / "gold" / f"{name}.jsonl").read_text(encoding="utf8").splitlines():
        text = re.sub(r"<[^>]+>", "", json.loads(line)["tagged"])
        if not (text.startswith("序号\t责任") or (text.startswith("序号") and text in lines)):
            lines.append(text)
    return "\n".join(lines)


def figures(text: str, seeds: range) -> tuple[float, float, float]:
    prior = read(text, "prior")
    results = []
    for seed in seeds:
        copy = edited(prior, seed)
        new = read(otherwise(copy.text, seed), "copy")
        results.append((set(copy.expected), said(compare([prior], new).changes, copy)))
    return f1(results)


def invented(text: str, seed: int) -> list[object]:
    """What is reported of a copy that promises the same."""
    new = read(otherwise(text, seed), "copy")
    found = compare([read(text, "prior")], new).changes
    return [change for change in found if change.kind is not ChangeKind.CARRIED_OVER]


def test_edits_of_our_own_plan_are_reported():
    assert figures(PLAN, range(6))[2] >= 0.95


@pytest.mark.parametrize("seed", range(6))
def test_our_own_plan_in_other_words_has_no_change(seed):
    assert invented(PLAN, seed) == []


@annotated
@pytest.mark.parametrize("name", ["001", "002"])
def test_edits_of_annotated_documents_are_reported(name):
    assert figures(annotated_text(name), range(4))[2] >= 0.95


@annotated
@pytest.mark.parametrize("name", ["001", "002"])
def test_annotated_documents_in_other_words_have_no_change(name):
    """But for what reading itself gets wrong where the words differ: one commitment in fifty."""
    text = annotated_text(name)
    rows = len(read(text, "prior").commitments)
    for seed in range(3):
        assert len(invented(text, seed)) <= rows / 50

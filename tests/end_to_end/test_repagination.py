"""Other lines, other pages, other numbers of chapters: nothing is reported but what was edited."""

import re
from pathlib import Path

import pytest

from corpus.compare import compare
from corpus.model.change import ChangeKind
from corpus.model.commitment import Ledger
from corpus.parse import parse
from extractors.run import extract
from tests.corpus.compare.mutations import f1
from tests.end_to_end.edited_copies import edited, otherwise, said
from tests.end_to_end.pages import BROWSER, printed, typed

PLAN = Path(__file__).with_name("plan_for_editing.txt").read_text(encoding="utf8").strip()
_CHAPTERS = "一二三四五六七八九十"


def read(content: bytes, name: str) -> Ledger:
    return extract(parse(content, source=name))


def reported(prior: Ledger, new: Ledger) -> list[object]:
    found = compare([prior], new).changes
    return [change for change in found if change.kind is not ChangeKind.CARRIED_OVER]


def with_a_chapter_before(text: str) -> str:
    """A chapter without promises comes in front, so that every chapter has the next number."""
    head, *rest = re.split(r"\n(?=[一二三四五六七八九十]+、)", text)
    shifted = [f"{_CHAPTERS[_CHAPTERS.index(part[0]) + 1]}{part[1:]}" for part in rest]
    new = "一、编制背景\n（一）基础条件。近年来各地探索出一批好做法。"
    return "\n".join([head, new, *shifted])


@pytest.mark.parametrize(("width", "page"), [(28, 22), (35, 40), (45, 30)])
def test_typed_in_other_lines_and_pages_it_promises_the_same(width, page):
    prior = read(typed(PLAN, width=28, page=30).encode(), "prior.txt")
    new = read(typed(PLAN, width=width, page=page).encode(), "new.txt")
    assert len(prior.commitments) > 25
    assert reported(prior, new) == []


def test_chapters_with_other_numbers_promise_the_same():
    prior = read(PLAN.encode(), "prior.txt")
    assert reported(prior, read(with_a_chapter_before(PLAN).encode(), "new.txt")) == []


def test_edits_are_reported_whatever_lines_pages_and_words():
    """As read from plain text; the copy is typed in other lines, in other words and order."""
    prior = read(PLAN.encode(), "prior.txt")
    results = []
    for seed in range(6):
        copy = edited(prior, seed)
        page = typed(otherwise(copy.text, seed), width=30 + 3 * seed, page=25)
        new = read(page.encode(), "copy.txt")
        results.append((set(copy.expected), said(compare([prior], new).changes, copy)))
    precision, recall, _ = f1(results)
    assert min(precision, recall) >= 0.95


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="no browser to print with")
def test_printed_again_it_promises_the_same(tmp_path):
    sizes = [(12.0, 25), (16.0, 30)]
    first, second = (
        read(printed(PLAN, tmp_path, points=points, margin=margin), f"{points}.pdf")
        for points, margin in sizes
    )
    assert len(first.commitments) > 25
    assert reported(first, second) == []

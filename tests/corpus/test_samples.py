"""The sample documents, their annotation and the list of changes agree with one another."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from lxml import html

from corpus.parse.radicals import real
from corpus.samples import make

_CORPUS = Path(make.__file__).parents[1]
_SAMPLES = _CORPUS / "samples"
_DOCUMENTS = _SAMPLES / "documents"
_PROVENANCE = tomllib.loads((_SAMPLES / "provenance.toml").read_text("utf-8"))
_CHANGES = tomllib.loads((_SAMPLES / "changes.toml").read_text("utf-8"))
_DIFF = json.loads(
    (Path(__file__).parents[1] / "contract" / "diff.schema.json").read_text("utf-8")
)["$defs"]["change"]["properties"]
_GOLD = tuple(entry["gold"] for entry in _PROVENANCE["document"])
_FILES = {entry["gold"]: _SAMPLES / entry["file"] for entry in _PROVENANCE["document"]}
_LARGEST_PDF = 400 * 1024
_TAG = re.compile(r"<(?P<end>/?)(?P<letter>[a-z])(?P<attributes>[^<>]*)>")
_ATTRIBUTE = re.compile(r' (c|r)="([^"]*)"')


def _paragraphs(gold: str) -> list[dict[str, str]]:
    lines = (_CORPUS / "gold" / f"{gold}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _tags(tagged: str) -> list[tuple[str, dict[str, str], str]]:
    """Letter, attributes and words of each tag; ValueError for tags nested or left open."""
    found = []
    marks = list(_TAG.finditer(tagged))
    if len(marks) % 2:
        raise ValueError(f"a tag is left open: {tagged}")
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        if opening["end"] or not closing["end"] or opening["letter"] != closing["letter"]:
            raise ValueError(f"nested or unbalanced at {tagged[opening.start() : closing.end()]}")
        if _ATTRIBUTE.sub("", opening["attributes"]):
            raise ValueError(f"unknown attribute at {opening[0]}")
        attributes = dict(_ATTRIBUTE.findall(opening["attributes"]))
        found.append((opening["letter"], attributes, tagged[opening.end() : closing.start()]))
    return found


def _commitments(gold: str) -> dict[tuple[str, int], dict[str, list[str]]]:
    """The words of each tag letter, by paragraph and commitment."""
    found: dict[tuple[str, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for paragraph in _paragraphs(gold):
        for letter, attributes, words in _tags(paragraph["tagged"]):
            for number in attributes["c"].split(","):
                found[paragraph["id"], int(number)][letter].append(words)
    return found


def _indicators(gold: str) -> list[str]:
    return sorted("".join(tags["i"]) for tags in _commitments(gold).values())


def _squeezed(text: str) -> str:
    return "".join(real(text).split())


@cache
def _text(gold: str) -> str:
    """All the words of a sample file without white space, page numbers left out."""
    path = _FILES[gold]
    if path.suffix == ".html":
        return _squeezed(html.parse(str(path)).getroot().text_content())
    with pdfplumber.open(path) as pdf:
        lines = chain.from_iterable((page.extract_text() or "").split("\n") for page in pdf.pages)
        return _squeezed("".join(line for line in lines if not re.fullmatch(r"— ?\d+ ?—", line)))


def _tables(path: Path) -> list[list[list[str | None]]]:
    """The ruled table of each page that has one. The page end cuts a row without ruling it off."""
    found = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            lowest = max((edge["bottom"] for edge in page.vertical_edges), default=0.0)
            closed = {"explicit_horizontal_lines": [lowest]} if lowest else {}
            found += page.extract_tables(closed)
    return found


@cache
def _columns(gold: str) -> tuple[str, ...]:
    """The columns of the table, top to bottom: a row that the page end cuts comes whole."""
    path = _FILES[gold]
    if path.suffix == ".html":
        rows = html.parse(str(path)).getroot().xpath("//div[@id='content']//tr")
        cells = [[_squeezed(cell.text_content()) for cell in row] for row in rows]
        return ("\n".join(chain.from_iterable(cells)),)
    found = [[_squeezed(cell or "") for cell in row] for row in chain(*_tables(path))]
    body = [row for row in found if row != found[0]]
    return tuple("".join(column) for column in zip(found[0], *body, strict=True))


@pytest.mark.parametrize("gold", _GOLD)
def test_gold_without_its_tags_is_the_text(gold: str) -> None:
    paragraphs = _paragraphs(gold)
    assert [_TAG.sub("", each["tagged"]) for each in paragraphs] == [p["text"] for p in paragraphs]
    assert {each["doc"] for each in paragraphs} == {gold}
    assert len({each["id"] for each in paragraphs}) == len(paragraphs)


@pytest.mark.parametrize("gold", _GOLD)
def test_gold_tags_are_well_formed(gold: str) -> None:
    tags = [tag for paragraph in _paragraphs(gold) for tag in _tags(paragraph["tagged"])]
    assert tags
    for letter, attributes, words in tags:
        assert letter in "vqiapbdu"
        assert re.fullmatch(r"\d+(,\d+)*", attributes["c"])
        assert words
        assert words == words.strip()
        assert attributes.get("r") in (("lead", "coop", "resp") if letter == "u" else (None,))


@pytest.mark.parametrize("gold", _GOLD)
def test_gold_commitments_say_what_and_at_least_how_much_when_or_who(gold: str) -> None:
    for where, tags in _commitments(gold).items():
        assert tags.keys() & set("vdu"), where
        assert tags["i"], where
        assert len(tags["v"]) <= 1, where
    numbers = defaultdict(set)
    for paragraph, number in _commitments(gold):
        numbers[paragraph].add(number)
    assert all(found == set(range(1, len(found) + 1)) for found in numbers.values())


@pytest.mark.parametrize("gold", _GOLD)
def test_gold_is_what_the_document_says(gold: str) -> None:
    for paragraph in _paragraphs(gold):
        cells = [_squeezed(cell) for cell in paragraph["text"].split("\t")]
        within = _columns(gold) if len(cells) > 1 else (_text(gold),)
        missing = [cell for cell in cells if not any(cell in words for words in within)]
        assert missing == [], paragraph["id"]


def test_documents_are_those_of_the_provenance_and_nothing_else_is_there() -> None:
    assert sorted(_DOCUMENTS.iterdir()) == sorted(_FILES.values())
    golds = sorted(path.stem for path in (_CORPUS / "gold").glob("*.jsonl"))
    assert golds == sorted(_GOLD)
    for entry in _PROVENANCE["document"]:
        assert entry["title"]
        assert entry["shows"]
        assert _squeezed(entry["title"]) in _text(entry["gold"])


def test_pdfs_have_a_source_each_are_small_and_embed_their_fonts() -> None:
    pdfs = sorted(_DOCUMENTS.glob("*.pdf"))
    assert [pdf.stem for pdf in pdfs] == sorted(p.stem for p in make.sources())
    for path in pdfs:
        assert path.stat().st_size < _LARGEST_PDF
        with pdfplumber.open(path) as pdf:
            fonts = {char["fontname"] for page in pdf.pages for char in page.chars}
        # A subset's name begins with six letters and a plus sign.
        assert all(re.match(r"[A-Z]{6}\+", font) for font in fonts), fonts


def test_task_table_goes_over_pages_with_rows_cut_and_cells_merged() -> None:
    over_pages = [table for table in _tables(_FILES["tasks-2022"]) if len(table[0]) > 1]
    assert len(over_pages) >= 2
    assert len({tuple(table[0]) for table in over_pages}) == 1  # the header, on each page
    assert any(not (table[1][0] or "").strip() for table in over_pages[1:])  # no number: cut
    assert sum(cell is None for table in over_pages for row in table for cell in row) >= 3


def test_changes_account_for_every_commitment_of_both_plans() -> None:
    def named(absent: str) -> list[str]:
        return sorted(c["indicator"] for c in _CHANGES["change"] if c["kind"] != absent)

    assert named("added") == _indicators(_CHANGES["prior"])
    assert named("dropped") == _indicators(_CHANGES["new"])


def _schema_words(change: dict[str, Any]) -> bool:
    flag = _DIFF["flags"]["items"]["properties"]
    return change["kind"] in _DIFF["kind"]["enum"] and all(
        each["field"] in flag["field"]["enum"] and each["direction"] in flag["direction"]["enum"]
        for each in change.get("flags", [])
    )


def test_changes_use_the_words_of_the_schema() -> None:
    assert [each for each in _CHANGES["change"] if not _schema_words(each)] == []
    flagged = [change for change in _CHANGES["change"] if change.get("flags")]
    assert flagged == [change for change in _CHANGES["change"] if change["kind"] == "changed"]


@pytest.mark.parametrize(
    ("gold", "side"), [(_CHANGES["prior"], "before"), (_CHANGES["new"], "after")]
)
def test_changes_quote_what_each_plan_is_annotated_with(gold: str, side: str) -> None:
    quotes = {
        "".join(tags["i"]): {_sorted_words("".join(tags["q"] + tags["v"])), *tags["d"], *tags["u"]}
        for tags in _commitments(gold).values()
    }
    for change in _CHANGES["change"]:
        for flag in change.get("flags", []):
            if side in flag:
                said = re.sub(r"（.*）", "", flag[side])
                found = quotes[change["indicator"]]
                assert said in found or _sorted_words(said) in found, change


def _sorted_words(target: str) -> str:
    """不低于55% and 55%不低于 alike: tags don't tell which of the two stood first."""
    return "".join(sorted(target))


def test_make_says_in_one_line_that_the_browser_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make, "browser", lambda: None)
    assert make.main() == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "chromium" in told.err


def test_make_prints_every_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chromium = make.browser()
    if chromium is None:
        pytest.skip("chromium is not installed")
    pdf = tmp_path / "plan.pdf"
    make.print_pdf(make.sources()[0], pdf, chromium=chromium)
    with pdfplumber.open(pdf) as printed:
        assert len(printed.pages) >= 3

"""Lineage, checks, levels and history: every format of each, nothing runs, numbers are right."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from openpyxl import load_workbook

from corpus.compare.counterparts import Counterpart, Counterparts, Source
from corpus.compare.history import history
from corpus.compare.levels import compare_levels
from corpus.model.change import Effect, Severity
from corpus.model.commitment import Ledger
from corpus.model.consistency import Inconsistency, InconsistencyKind
from corpus.model.document import Document
from corpus.model.lineage import Edition, Lineage, Link, RelationKind, Resolved, Work
from outputs import exports

_FORMATS = ("table", "json", "csv", "xlsx", "html")


class _Attributes(HTMLParser):
    """Every attribute of every tag of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {name for name, _ in attrs}


def _attributes(page: str) -> set[str]:
    parser = _Attributes()
    parser.feed(page)
    return parser.names


def _lineage(text: str) -> Lineage:
    works = (
        Work("w1", ("w1",), ("a.pdf",), text, "云政〔2016〕8号", date(2016, 5, 1), Edition.FINAL),
        Work("w2", ("w2", "w3"), ("b.pdf", "b.txt"), text, None, date(2021, 5, 1), Edition.DRAFT),
    )
    links = (
        Link(RelationKind.CONTINUES, "w2", "w1", None, None, Resolved.SERIES),
        Link(RelationKind.CITES, "w2", None, f"{text}条例", None, None, doubt=text),
        Link(RelationKind.SUPERSEDES, "w2", "w1", text, None, Resolved.NUMBER),
    )
    return Lineage(works, links, "w2")


def _counterparts(ledger: Ledger, text: str) -> Counterparts:
    """Every commitment beside itself, as another document's; the last has none."""
    home = ledger.document.id
    source = Source(home, text, text, text, (text,), date(2021, 5, 1))
    rows = [(row, (Counterpart(row, row, 0.9),)) for row in ledger.commitments]
    return Counterparts(ledger.document, (*rows, (ledger.commitments[0], ())), {home: source})


def _found(document: Document, text: str) -> tuple[Inconsistency, ...]:
    from corpus.model.geometry import Span

    return (
        Inconsistency(
            InconsistencyKind.BODY_AND_ANNEX, Severity.SERIOUS, text, ("70所", text),
            document.cite(Span(0, 3)), document.cite(Span(5, 9)), "target.value", Effect.WEAKER,
            text,
        ),
    )  # fmt: skip


@pytest.fixture
def exported(hostile: str, hostile_ledger: Any, ledger: Any) -> Callable[[str, str], bytes]:
    """One of each kind, with text that must not run in every place."""

    def made(kind: str, format: str) -> bytes:
        if kind == "lineage":
            return exports.export_lineage(_lineage(hostile), format)
        if kind == "checks":
            document = hostile_ledger.document
            return exports.export_checks(document, _found(document, hostile), format)
        if kind == "levels":
            return exports.export_levels(compare_levels([hostile_ledger], ledger), format)
        if kind == "counterparts":
            return exports.export_counterparts(_counterparts(hostile_ledger, hostile), format)
        return exports.export_history(history(hostile, [hostile_ledger]), format)

    return made


@pytest.mark.parametrize("format", _FORMATS)
@pytest.mark.parametrize("kind", ["lineage", "checks", "levels", "history", "counterparts"])
def test_every_kind_has_every_format(exported: Any, kind: str, format: str) -> None:
    content = exported(kind, format)
    if format == "json":
        assert json.loads(content)["schema"].startswith("taizhang/")
    elif format == "xlsx":
        book = load_workbook(io.BytesIO(content))
        assert book.worksheets[0].max_row > 1
    else:
        assert len(content.decode("utf-8").splitlines()) > 1


@pytest.mark.parametrize("kind", ["lineage", "checks", "levels", "history", "counterparts"])
def test_nothing_that_a_document_says_runs_in_the_page(exported: Any, kind: str) -> None:
    page = exported(kind, "html").decode("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "script-src 'none'" in html.unescape(page)
    assert not _attributes(page) & {"src", "href", "onerror", "onload", "xlink:href"}
    assert "&lt;script&gt;" in page


def test_lineage_tells_relations_from_the_document_asked_for() -> None:
    found = json.loads(exports.export_lineage(_lineage("养老"), "json"))
    assert [link["kind"] for link in found["links"]] == ["continues", "cites", "supersedes"]
    assert {work["id"]: work["repealed"] for work in found["works"]} == {"w1": True, "w2": False}
    table = exports.export_lineage(_lineage("养老"), "table").decode("utf-8")
    assert "征求意见稿" in table
    assert "副本 2 份：b.pdf、b.txt" in table
    page = exports.export_lineage(_lineage("养老"), "html").decode("utf-8")
    assert page.count('class="box') == 2
    assert page.count("marker-end") == 2


def test_history_draws_one_chart_for_each_measure_and_place(
    ledger: Any, new_document: Document
) -> None:
    other = replace(ledger, document=new_document)
    found = history("社区养老服务中心", [ledger, other])
    assert len(found.points) == 2
    page = exports.export_history(found, "html").decode("utf-8")
    assert page.count('class="chart"') == 1
    assert page.count('class="dot"') == 2
    elsewhere = replace(
        other,
        document=replace(
            new_document, official=replace(new_document.official, issuers=("青禾市人民政府",))
        ),
    )
    apart = exports.export_history(history("社区养老服务中心", [ledger, elsewhere]), "html")
    assert apart.decode("utf-8").count('class="chart"') == 2


def test_levels_add_up(ledger: Any, new_document: Document) -> None:
    lower = replace(ledger, document=new_document, commitments=ledger.commitments[2:])
    found = json.loads(exports.export_levels(compare_levels([ledger], lower), "json"))
    verdicts = [row["verdict"] for row in found["rows"]]
    assert (verdicts.count("equal"), verdicts.count("missing")) == (4, 2)
    table = exports.export_levels(compare_levels([ledger], lower), "table").decode("utf-8")
    assert "上级指标 6 项 = 更松 0 + 未提及 2 + 不能直接比较 0 + 更严 0 + 一致 4" in table


def test_an_unknown_indicator_is_an_empty_answer(ledger: Any) -> None:
    found = history("城市绿道", [ledger])
    assert json.loads(exports.export_history(found, "json"))["points"] == []
    assert "库中没有这个指标" in exports.export_history(found, "table").decode("utf-8")

"""After new rules only what they concern is read anew, and the report says what that changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model.commitment import Ledger
from corpus.model.document import Document
from corpus.model.errors import SettingsError, UnreadableFile
from corpus.rereading import RereadKind
from corpus.store import open_store
from flows.commands.reextract import re_extract_library
from flows.settings import Settings, load

pytestmark = pytest.mark.usefixtures("prefect", "worked")
Plan = Callable[..., Path]
_VERSION = "extract-new"


@pytest.fixture
def library(tmp_path: Path, plan: Plan) -> Settings:
    """Two documents, extracted by the rules of today."""
    from flows.pipeline import run

    settings = load(tmp_path / "library", {})
    paths = [
        plan("2021.txt", number="云政〔2021〕3号", issued="2021-03-01", 养老院=70, 敬老院=9),
        plan("2023.txt", number="云政〔2023〕3号", issued="2023-03-01", 养老院=60),
    ]
    run([str(path) for path in paths], str(settings.home), settings.database)
    return settings


@pytest.fixture
def new_rules(monkeypatch: pytest.MonkeyPatch, worked: object) -> list[str]:
    """Rules that see no 敬老院 and another indicator; the documents that they read."""
    from extractors import run as old

    read: list[str] = []
    find = old.extract

    def extract(document: Document, *, ner: object = None) -> Ledger:
        read.append(document.provenance.source)
        ledger = find(document, ner=None)
        if "读不了" in document.provenance.source:
            raise UnreadableFile(document.provenance.source, "x", zh="规则出错", en="rule broke")
        rows = [
            replace(row, indicator="养老院数量") for row in ledger.commitments
            if row.indicator != "敬老院"
        ]  # fmt: skip
        return Ledger(document, tuple(rows))

    monkeypatch.setattr("extractors.run.extract", extract)
    for module in ("flows.reextract", "flows.extract"):
        monkeypatch.setattr(f"{module}.extract_version", lambda: _VERSION)
    return read


def _rows(settings: Settings) -> dict[str, list[str | None]]:
    with open_store(settings.database) as store:
        return {
            ledger.document.provenance.source: [row.indicator for row in ledger.commitments]
            for ledger in store.ledgers()
        }


def test_nothing_is_read_anew_where_nothing_is_new(library: Settings) -> None:
    from flows import reextract

    report = reextract.run(str(library.home), library.database, dry_run=False)
    assert (report.documents, report.rereadings) == (0, ())


def test_what_new_rules_concern_is_read_anew_once(library: Settings, new_rules: list[str]) -> None:
    from flows import reextract

    report = reextract.run(str(library.home), library.database, dry_run=False)
    assert sorted(new_rules) == ["2021.txt", "2023.txt"]
    assert _rows(library) == {"2021.txt": ["养老院数量"], "2023.txt": ["养老院数量"]}
    kinds = [[d.kind for d in reading.differences] for reading in report.rereadings]
    assert sorted(kinds) == [
        [RereadKind.OTHERWISE],
        [RereadKind.OTHERWISE, RereadKind.LOST],
    ]
    assert all(reading.same_text for reading in report.rereadings)
    assert reextract.last(library.home) == report
    again = reextract.run(str(library.home), library.database, dry_run=False)
    assert again.documents == 0
    assert len(new_rules) == 2


def test_comparisons_follow_the_new_ledgers(library: Settings, new_rules: list[str]) -> None:
    from flows import reextract

    reextract.run(str(library.home), library.database, dry_run=False)
    with open_store(library.database) as store:
        (compared,) = store.comparisons()
    sides = [change.prior for change in compared.comparison.changes]
    assert [side.indicator for side in sides if side] == ["养老院数量"]


def test_dry_run_reports_the_same_and_changes_nothing(
    library: Settings, new_rules: list[str]
) -> None:
    from flows import reextract

    before = _rows(library)
    dry = reextract.run(str(library.home), library.database, dry_run=True)
    assert _rows(library) == before
    real = reextract.run(str(library.home), library.database, dry_run=False)
    assert dry.dry
    assert [r.differences for r in dry.rereadings] == [r.differences for r in real.rereadings]


def test_rules_that_come_back_are_applied_again(
    library: Settings, new_rules: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier version has read all of it once: what it read is not what stands there now."""
    from flows import reextract, versions

    before = _rows(library)
    reextract.run(str(library.home), library.database, dry_run=False)
    monkeypatch.undo()
    from flows import extract as stage

    assert stage.extract_version() == versions.extract_version()
    assert len(reextract.affected(library.database)) == 2
    assert before["2021.txt"] == ["养老院", "敬老院"]


def test_document_that_cannot_be_read_anew_keeps_its_ledger(
    library: Settings, new_rules: list[str], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import reextract
    from flows.pipeline import run

    monkeypatch.setattr("flows.extract.extract_version", lambda: "extract-old")
    monkeypatch.setattr("flows.reextract.extract_version", lambda: "extract-old")
    path = plan("读不了.txt", number="云政〔2024〕1号", issued="2024-01-01", 养老院=5)
    broken = path.rename(path.with_name("后来读不了.txt"))
    with monkeypatch.context() as patch:
        patch.setattr("extractors.run.extract", lambda document, *, ner=None: Ledger(document, ()))
        run([str(broken)], str(library.home), library.database)
    monkeypatch.setattr("flows.reextract.extract_version", lambda: _VERSION)
    report = reextract.run(str(library.home), library.database, dry_run=False)
    assert [failed.source for failed in report.failed] == ["后来读不了.txt"]
    assert report.documents == len(report.rereadings) + len(report.failed) == 3
    assert _rows(library)["后来读不了.txt"] == []
    assert re_extract_library(library.home, "json", None, dry_run=True, last=False) == 1


@pytest.mark.parametrize("format", ["table", "json", "csv", "xlsx", "html"])
def test_report_is_kept_and_shown(
    library: Settings, new_rules: list[str], tmp_path: Path, format: str
) -> None:
    out = tmp_path / f"report.{format}"
    with pytest.raises(SettingsError, match="还没有重新抽取过"):
        re_extract_library(library.home, format, out, dry_run=False, last=True)
    assert re_extract_library(library.home, format, out, dry_run=False, last=False) == 0
    shown = tmp_path / f"again.{format}"
    assert re_extract_library(library.home, format, shown, dry_run=False, last=True) == 0
    if format == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(shown).worksheets[0]
        assert "不再抽出" in [row[1].value for row in sheet.iter_rows()]
    elif format == "json":
        found = json.loads(shown.read_text("utf-8"))
        fields = [d["fields"] for r in found["rereadings"] for d in r["differences"]]
        assert ["indicator"] in fields
    else:
        text = shown.read_text("utf-8")
        assert "不再抽出" in text
        assert "养老院数量" in text

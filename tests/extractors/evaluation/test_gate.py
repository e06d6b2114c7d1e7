"""The gate as a command, over annotated files of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.model.commitment import Commitment, Ledger
from extractors.evaluation.gate import documents_of, main
from tests.extractors.evaluation.conftest import CHECKS, HOMES, ledger


@dataclass
class Project:
    """A project with one annotated document, whose extraction the test sets."""

    root: Path
    found: list[Commitment] = field(default_factory=list)

    @property
    def floors(self) -> Path:
        return self.root / "floors.json"

    def gate(self, *words: str) -> int:
        places = ("--gold", "--documents", "--floors")
        folders = (self.root, self.root, self.floors)
        options = [str(each) for pair in zip(places, folders, strict=True) for each in pair]
        return main([*options, *words])


@pytest.fixture
def project(
    tmp_path: Path,
    annotate: Callable[..., Path],
    as_annotated: list[Commitment],
    monkeypatch: pytest.MonkeyPatch,
) -> Project:
    annotate(HOMES, CHECKS)
    (tmp_path / "plan.html").write_text("<html></html>", encoding="utf-8")
    (tmp_path / "floors.json").write_text('{"floors": {}, "gold": {}}', encoding="utf-8")
    project = Project(tmp_path, as_annotated)

    def extracted(document: Path) -> Ledger:
        return ledger(project.found)

    monkeypatch.setattr("extractors.evaluation.gate._ledger", extracted)
    return project


def test_gate_without_floors_is_closed(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.gate() == 1
    assert "no floors are set" in capsys.readouterr().err


def test_update_opens_the_gate(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.gate("--update") == 0
    assert project.gate() == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "row      P 1.0000  R 1.0000  F1 1.0000  (3/3/3)" in said.out
    assert json.loads(project.floors.read_text("utf-8"))["floors"]["row"]["f1"] == 1.0


def test_worse_extraction_closes_the_gate(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.gate("--update")
    project.found.pop()
    assert project.gate() == 1
    said = capsys.readouterr().err
    assert "row recall is 0.6666, below its floor 1.0000" in said
    assert "row precision" not in said


def test_update_does_not_lower_unless_told_to(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.gate("--update")
    before = project.floors.read_bytes()
    project.found.pop()
    assert project.gate("--update") == 1
    assert "--lower" in capsys.readouterr().err
    assert project.floors.read_bytes() == before
    assert project.gate("--update", "--lower") == 0
    assert json.loads(project.floors.read_text("utf-8"))["floors"]["row"]["recall"] == 0.6666
    assert project.gate() == 0


def test_edited_annotation_closes_the_gate_until_pinned(
    project: Project, annotate: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    project.gate("--update")
    annotate(HOMES, CHECKS, "一段没有承诺的话。")
    assert project.gate() == 1
    assert "plan.jsonl changed, not re-pinned" in capsys.readouterr().err
    assert project.gate("--update") == 0
    assert project.gate() == 0


def test_lower_alone_is_a_usage_error(project: Project) -> None:
    with pytest.raises(SystemExit, match="2"):
        project.gate("--lower")


def test_annotated_file_without_document_can_not_be_measured(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "plan.html").unlink()
    assert project.gate() == 2
    assert "no document of plan.jsonl" in capsys.readouterr().err


def test_folder_without_annotated_files_can_not_be_measured(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "plan.jsonl").unlink()
    assert project.gate() == 2
    assert "no annotated file" in capsys.readouterr().err


def test_every_form_of_a_document_is_measured(project: Project) -> None:
    (project.root / "plan.pdf").write_bytes(b"%PDF")
    found = documents_of(project.root / "plan.jsonl", project.root)
    assert [path.name for path in found] == ["plan.pdf", "plan.html"]
    project.gate("--update")
    assert "(6/6/6)" in _table(project)


def _table(project: Project) -> str:
    from extractors.evaluation.gate import measure, table

    return table(measure(project.root, project.root).figures)

"""``taizhang evaluate``: figures on the terminal, reports of several ways, folders of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.model.errors import PolicyError, SettingsError
from flows.commands.evaluate import evaluate_files

_TEXT = "\n\n".join(
    [
        "云岭省托育规划",
        "到2027年，全省新建社区托育园40所左右。",
        "截至2020年，已建成A&B|C类托育园120所。",
    ]
)
_TAGGED = (
    '<d c="1">到2027年</d>，全省<a c="1">新建</a><i c="1">社区托育园</i>'
    '<v c="1">40所</v><q c="1">左右</q>。'
)


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """An annotation, with a paragraph that the document lacks, and the document."""
    monkeypatch.chdir(tmp_path)
    gold, file = tmp_path / "gold" / "plan.jsonl", tmp_path / "documents" / "plan.txt"
    gold.parent.mkdir()
    file.parent.mkdir()
    lines = [
        {"id": "p1", "tagged": _TAGGED},
        {"id": "p2", "tagged": "这一段文件里没有。"},
    ]
    gold.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    file.write_text(_TEXT, "utf-8")
    return gold, file


def _printed(capfdbinary: pytest.CaptureFixture[bytes]) -> str:
    return capfdbinary.readouterr().out.decode("utf-8")


def test_figures_are_those_of_the_way_in_force(
    pair: tuple[Path, Path], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    evaluate_files(*pair, "table", None)
    assert "row" in _printed(capfdbinary)


@pytest.mark.parametrize("misses", [True, False])
def test_misses_stand_below_when_asked_for(
    pair: tuple[Path, Path], capfdbinary: pytest.CaptureFixture[bytes], misses: bool
) -> None:
    evaluate_files(*pair, "table", None, ways=["baseline"], misses=misses)
    assert ("多抽 invented" in _printed(capfdbinary)) is misses


def test_folders_are_paired_by_name(
    pair: tuple[Path, Path], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    gold, file = pair
    evaluate_files(gold.parent, file.parent, "table", None, ways=["rules", "baseline"])
    printed = _printed(capfdbinary)
    assert "规则 rules" in printed
    assert "基线：模式与词性 baseline" in printed


def test_report_has_all_ways_and_every_case_in_its_sentence(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    evaluate_files(*pair, "html", out)
    page = out.read_text("utf-8")
    for way in ("基线：模式与词性 baseline", "规则 rules", "模型 model", "规则与模型 both"):
        assert f"<h2>{way}</h2>" in page
    assert "<mark>120所</mark>" in page
    assert "1 annotated paragraphs have no place in their document" in page
    assert "A&amp;B|C类" in page


def test_markdown_report_lets_no_text_be_markup(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    evaluate_files(*pair, "md", out, ways=["baseline"])
    text = out.read_text("utf-8")
    assert text.startswith("# 抽取评测 Evaluation\n")
    assert "| row |" in text
    assert "A&B\\|C类" in text


def test_folder_against_a_file_is_refused(pair: tuple[Path, Path]) -> None:
    with pytest.raises(SettingsError, match="文件夹"):
        evaluate_files(pair[0].parent, pair[1], "table", None)


def test_model_that_is_not_there_is_named(pair: tuple[Path, Path]) -> None:
    with pytest.raises(PolicyError, match="absent"):
        evaluate_files(*pair, "table", None, ways=["both"], ner_model="absent/model")

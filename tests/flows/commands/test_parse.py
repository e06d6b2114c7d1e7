"""taizhang parse: the format by option or by the name of the file that is written."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

import pytest

from flows.cli import main

SAMPLE = Path(__file__).parents[3] / "corpus/samples/documents/web-2022.html"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def taizhang(monkeypatch: pytest.MonkeyPatch, *words: object) -> None:
    monkeypatch.setattr(sys, "argv", ["taizhang", "parse", *map(str, words)])
    with contextlib.suppress(SystemExit):
        main()


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (("-o", "out.html"), b"<!doctype html>"),
        (("-o", "out.json"), b"{"),
        (("-o", "out.txt"), "青禾市".encode()),
        (("--format", "json", "-o", "out.txt"), b"{"),
    ],
)
def test_format_is_asked_for_or_told_by_the_name(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], begins: bytes
) -> None:
    taizhang(monkeypatch, SAMPLE, *words)
    assert Path(words[-1]).read_bytes().startswith(begins)


def test_text_goes_to_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    taizhang(monkeypatch, SAMPLE)
    assert "逐页质量" in capfdbinary.readouterr().out.decode()


def test_limits_are_those_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("taizhang.toml").write_text("[limits]\nfile_mb = 1\n", "utf-8")
    Path("large.txt").write_bytes("责任单位\n".encode() * 100_000)
    taizhang(monkeypatch, "large.txt", "-o", "out.json")
    assert "超过上限 1 MB" in capfdbinary.readouterr().err.decode()
    assert not Path("out.json").exists()


def test_json_holds_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    taizhang(monkeypatch, SAMPLE, "-o", "out.json")
    made = json.loads(Path("out.json").read_text("utf-8"))
    assert made["official"]["document_number"] == "青政办发〔2022〕21号"

"""What the house promises of itself: small modules, nothing unregistered, a quick command line."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.registry import EXTRACTORS
from flows.cli import app
from outputs.exports import EXPORTERS

_ROOT = Path(__file__).parents[1]
_PACKAGES = ("corpus", "extractors", "outputs", "flows")
_LONGEST_MODULE = 400
_SECONDS_TO_START = 0.5
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{3}")
_COMMANDS = {
    command.callback.__name__: command for command in app.registered_commands if command.callback
}


def _modules() -> Iterator[Path]:
    for package in _PACKAGES:
        yield from (_ROOT / package).rglob("*.py")


def test_no_module_is_over_the_limit() -> None:
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in _modules()}
    assert {str(p): n for p, n in lengths.items() if n > _LONGEST_MODULE} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path)
        for path in _modules()
        if (text := path.read_text("utf-8").strip()) and not text.startswith('"""')
    ]
    assert silent == []


def test_commands_are_those_of_the_stages() -> None:
    assert set(_COMMANDS) == {
        "extract",
        "parse",
        "diff",
        "ingest",
        "backfill",
        "ledger",
        "changes",
        "documents",
        "lineage",
        "history",
        "counterparts",
        "compare_levels",
        "check",
        "evaluate",
        "crawl",
        "crawl_log",
        "serve",
        "user",
        "token",
        "doctor",
        "up",
        "worker",
        "backup",
        "restore",
        "re_extract",
    }


@pytest.mark.parametrize("name", sorted(_COMMANDS))
def test_command_has_help_in_both_languages_chinese_first(name: str) -> None:
    chinese, _, english = (_COMMANDS[name].help or "").partition("\n\n")
    assert _CHINESE.search(chinese)
    assert _ENGLISH.search(english)
    assert not _CHINESE.search(english)


@pytest.mark.parametrize("name", sorted(_COMMANDS))
def test_every_option_has_help_in_both_languages(name: str) -> None:
    import typer

    command = typer.main.get_command(app).get_command(None, name.replace("_", "-"))  # type: ignore[attr-defined]
    for parameter in command.params:
        text = getattr(parameter, "help", None) or ""
        assert _CHINESE.search(text), parameter.name
        assert _ENGLISH.search(text), parameter.name


@pytest.mark.parametrize(
    "path",
    [*EXTRACTORS.values(), *(path for kinds in EXPORTERS.values() for path in kinds.values())],
)
def test_everything_registered_is_there(path: str) -> None:
    module, _, name = path.partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_command_line_starts_quickly() -> None:
    """The best of three: another program may have the processor."""
    assert min(_started() for _ in range(3)) < _SECONDS_TO_START


def _started() -> float:
    before = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", "--help"],
        cwd=_ROOT,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - before


@pytest.mark.parametrize(
    "module",
    ["flows.cli", "flows.commands.quick", "flows.commands.library", "flows.commands.ingest"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    heavy = ("prefect", "sqlalchemy", "spacy", "jieba", "pdfplumber", "openpyxl", "lxml", "scipy")
    script = f"import sys, {module}; print([h for h in {heavy} if h in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"

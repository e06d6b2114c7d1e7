"""What the repository says of itself is so: the READMEs name all there is and nothing else, every
command in them can be typed, the recipe for an extractor works, the pins are complete."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from corpus.model.document import Block, BlockKind, Document, Provenance
from corpus.model.geometry import Span
from corpus.model.organisation import Role
from extractors.registry import EXTRACTORS
from extractors.run import extract
from flows.cli import app
from flows.settings import Settings
from outputs.exports import EXPORTERS
from outputs.labels import Label
from outputs.records import CHANGE_COLUMNS, DOCUMENT_COLUMNS, FIGURE_COLUMNS, LEDGER_COLUMNS

_ROOT = Path(__file__).parents[1]
_READMES = ("README.md", "README.zh-CN.md")
_COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
_OPTIONS = {
    name: {o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")}
    | {"-h", "--help"}
    for name, command in _COMMANDS.items()
}
_FENCE = re.compile(r"^ *```(?P<kind>\w*)\n(?P<body>.*?)^ *```$", re.DOTALL | re.MULTILINE)
_IN_PIPES = re.compile(r"\||;|&&")
_TOOLS = {"source", "touch", "cp", "ls", "head", "tail", "sed", "echo", "python"}
_PIN = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[0-9][A-Za-z0-9.+!]*)")


def _text(name: str) -> str:
    return (_ROOT / name).read_text("utf-8")


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_RERUN = _load(_ROOT / "docs" / "rerun.py")


def _shown(readme: str) -> Iterator[list[str]]:
    """Every command, word for word, of the blocks that a reader may type."""
    text = _text(readme)
    lines = [*_RERUN.commands(text)]
    for fence in _FENCE.finditer(text):
        if fence["kind"] == "sh":
            lines += fence["body"].splitlines()
    for line in lines:
        # Quoted text may hold what looks like a pipe.
        bare = re.sub(r"'[^']*'|\"[^\"]*\"", "QUOTED", line)
        for part in _IN_PIPES.split(bare):
            if part.strip():
                yield shlex.split(part)


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):(?!=)", _text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("readme", _READMES)
def test_readme_names_every_command_and_option(readme: str) -> None:
    text = _text(readme)
    wanted = {f"taizhang {name}" for name in _OPTIONS} | set().union(*_OPTIONS.values())
    assert {each for each in wanted if not re.search(rf"{re.escape(each)}(?![\w-])", text)} == set()


@pytest.mark.parametrize("readme", _READMES)
def test_readme_names_every_setting(readme: str) -> None:
    text = _text(readme)
    tables = {f.name: f.default_factory for f in fields(Settings) if callable(f.default_factory)}
    plain = [field.name for field in fields(Settings) if field.name not in tables]
    dotted = [f"{name}.{f.name}" for name, table in tables.items() for f in fields(table())]
    wanted = [f"`{name}`" for name in (*plain, *dotted)]
    wanted += [f"TAIZHANG_{name.upper()}" for name in plain]
    assert [
        each for each in (*wanted, "TAIZHANG_CONFIG", "taizhang.toml") if each not in text
    ] == []


@pytest.mark.parametrize("readme", _READMES)
def test_readme_names_every_format(readme: str) -> None:
    formats = {format for kinds in EXPORTERS.values() for format in kinds}
    text = _text(readme)
    assert {f for f in formats if not re.search(rf"(?<![a-z]){f}(?![a-z])", text)} == set()


def test_readme_names_every_extractor_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| [^|]*[\u4e00-\u9fff]", _text("README.md"), re.MULTILINE)
    assert set(rows) == set(EXTRACTORS)


def test_users_readme_explains_every_column_and_kind_of_change() -> None:
    text = _text("README.zh-CN.md")
    columns = (*LEDGER_COLUMNS, *FIGURE_COLUMNS, *CHANGE_COLUMNS, *DOCUMENT_COLUMNS)
    wanted = {column.header for column in columns} | {label.zh for label in Label}
    assert {each for each in wanted if each not in text} == set()


@pytest.mark.parametrize("readme", [*_READMES, "CONTRIBUTING.md"])
def test_every_command_shown_can_be_typed(readme: str) -> None:
    targets = _targets()
    shown = list(_shown(readme))
    assert shown != []
    for tool, *words in shown:
        if tool == "taizhang":
            command = words[0]
            options = {word for word in words[1:] if word.startswith("-")}
            assert options <= _OPTIONS[command], words
        elif tool == "make":
            assert {word for word in words if "=" not in word} <= targets, words
        else:
            assert tool in _TOOLS, tool


@pytest.mark.parametrize("readme", _READMES)
def test_every_make_target_named_in_text_is_there(readme: str) -> None:
    assert set(re.findall(r"`make ([a-z]+)", _text(readme))) <= _targets()


@pytest.mark.parametrize("readme", [*_READMES, "CONTRIBUTING.md"])
def test_every_link_leads_to_a_file(readme: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", _text(readme))
    assert [link for link in links if not (_ROOT / link).exists()] == []


def test_every_path_shown_is_there() -> None:
    shown = {w for readme in _READMES for words in _shown(readme) for w in words}
    paths = {word for word in shown if word.startswith("corpus/")}
    assert paths != set()
    assert {path for path in paths if not (_ROOT / path).exists()} == set()


def test_make_help_lists_every_target_but_the_parts_of_test() -> None:
    told = subprocess.run(["make", "help"], cwd=_ROOT, check=True, capture_output=True).stdout
    names = set(re.findall(r"^  ([a-z]+) ", told.decode("utf-8"), re.MULTILINE))
    parts = {"lint", "types", "contracts", "unit", "gate", "help"}
    assert names == _targets() - parts


def _document(text: str) -> Document:
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    return Document("doc", text, Provenance("x.txt", "", "text/plain"), (), blocks=(block,))


def _recipe(part: int) -> str:
    """The code of a block of CONTRIBUTING.md: the extractor, its line, its tests."""
    bodies = [f["body"] for f in _FENCE.finditer(_text("CONTRIBUTING.md")) if f["kind"] == "python"]
    return bodies[part]


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The extractor of CONTRIBUTING.md, registered as told there."""
    (tmp_path / "supervisors.py").write_text(_recipe(0), "utf-8")
    name, path = re.findall(r'"([^"]+)"', _recipe(1))
    module = _load(tmp_path / "supervisors.py")
    monkeypatch.setitem(sys.modules, path.partition(":")[0], module)
    monkeypatch.setitem(EXTRACTORS, name, path)
    return module


def test_the_recipe_for_an_extractor_makes_one(example: ModuleType) -> None:
    ledger = extract(_document("到2025年，建成示范性养老院20所。以上任务由省政府督查室督办。"))
    supervising = [
        unit.raw
        for commitment in ledger.commitments
        for unit in commitment.responsible_units
        if unit.role is Role.SUPERVISING
    ]
    assert supervising == ["省政府督查室"]


def test_the_recipe_for_an_extractor_comes_with_tests_that_pass(
    example: ModuleType, tmp_path: Path
) -> None:
    head = (
        "import pytest\n"
        "from corpus.model.document import Block, BlockKind, Document, Provenance\n"
        "from corpus.model.finding import UnitMention\n"
        "from corpus.model.geometry import Span\n"
        "from corpus.model.organisation import Role\n"
        "from supervisors import Supervisors\n"
        "def document(text):\n"
        "    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))\n"
        "    origin = Provenance('x.txt', '', 'text/plain')\n"
        "    return Document('doc', text, origin, (), blocks=(block,))\n"
    )
    (tmp_path / "test_supervisors.py").write_text(head + _recipe(2), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{_ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert "5 passed" in ran.stdout


def _pins() -> dict[str, str]:
    """By name; every line that is no comment must be a pin."""
    lines = [line for line in _text("constraints.txt").splitlines() if not line.startswith("#")]
    matches = [(line, _PIN.fullmatch(line)) for line in lines]
    assert [line for line, match in matches if match is None] == []
    return {canonicalize_name(m["name"]): m["version"] for _, m in matches if m is not None}


def _installed() -> dict[str, str]:
    """Everything that installing the project with its tools for development installs."""
    found: dict[str, str] = {}
    waiting = [("taizhang", frozenset({"", "dev"}))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        distribution = importlib.metadata.distribution(name)
        found[canonicalize_name(name)] = distribution.version
        for requirement in map(Requirement, distribution.requires or ()):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append((requirement.name, frozenset({"", *requirement.extras})))
    del found["taizhang"]
    return found


def test_constraints_pin_everything_that_is_installed() -> None:
    pins = _pins()
    assert {name: version for name, version in _installed().items() if name not in pins} == {}


def test_constraints_pin_what_builds_the_project() -> None:
    needed = re.search(r'requires = \["([a-z]+)', _text("pyproject.toml"))
    assert needed is not None
    assert needed[1] in _pins()


def test_constraints_hold_what_prefect_needs_of_fastapi() -> None:
    major, minor = _pins()["fastapi"].split(".")[:2]
    assert (int(major), int(minor)) < (0, 155)


@pytest.mark.parametrize("name", ["constraints.txt", "Makefile", ".ci/run", ".ci/lock"])
def test_no_registry_is_named(name: str) -> None:
    forbidden = r"https?://|file:|--index-url|--extra-index-url|--find-links|(?<![\w-])-[if] |/opt/"
    assert re.findall(forbidden, _text(name)) == []


@pytest.mark.parametrize("name", [".ci/run", ".ci/lock"])
def test_scripts_stop_at_the_first_error(name: str) -> None:
    text = _text(name)
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in text
    assert (_ROOT / name).stat().st_mode & 0o111
    subprocess.run(["bash", "-n", _ROOT / name], check=True)


def test_shown_output_is_cut_between_two_rows_of_a_table() -> None:
    table = ["标题", "+--+", "| a|", "+--+", "| b|", "| b|", "+--+"]
    assert _RERUN.shortened(table, 5) == ["标题", "+--+", "| a|", "+--+", "…"]
    assert _RERUN.shortened(table, 7) == table
    assert _RERUN.shortened(table, None) == table
    assert _RERUN.shortened(["a", "b", "c"], 2) == ["a", "b", "…"]


def test_shown_output_is_what_the_command_prints(tmp_path: Path) -> None:
    text = "x\n<!-- lines: 2 -->\n```console\n$ echo 甲; false\nold\n$ seq 3\n```\ny\n"
    made = _RERUN.rerun(text, tmp_path)
    assert (
        made == "x\n<!-- lines: 2 -->\n```console\n$ echo 甲; false\n甲\n$ seq 3\n1\n2\n…\n```\ny\n"
    )
    assert list(_RERUN.commands(made)) == ["echo 甲; false", "seq 3"]

"""What deploy/ would start exists: every command, option, setting and file of units and compose."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from flows.cli import app
from flows.settings import Settings, load
from flows.stack.programs import LEASES

_ROOT = Path(__file__).parents[1]
_DEPLOY = _ROOT / "deploy"
_UNITS = sorted((_DEPLOY / "systemd").glob("*.service"))
_COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
_PLAIN = {"HOME", "DATABASE", "CONFIG"}


def _words(name: str) -> dict[str, list[str]]:
    """Of a unit: every key with its values."""
    found: dict[str, list[str]] = {}
    for line in (_DEPLOY / "systemd" / name).read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def _compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


def _started() -> Iterator[list[str]]:
    """Every command that a unit or a container starts."""
    for unit in _UNITS:
        yield shlex.split(_words(unit.name)["ExecStart"][0])
    for service in _compose()["services"].values():
        if "command" in service:
            yield [str(word) for word in service["command"]]


def _check(words: list[str]) -> None:
    program, command, *rest = words
    if Path(program).name == "prefect":
        assert [command, rest[0]] == ["server", "start"]
        assert {word for word in rest if word.startswith("--")} <= {"--host", "--port"}
        return
    assert Path(program).name == "taizhang"
    options = {option for p in _COMMANDS[command].params for option in p.opts}
    assert {word for word in rest if word.startswith("-")} <= options


def test_everything_that_is_started_is_a_command_with_its_options() -> None:
    started = list(_started())
    assert len(started) == 6
    for words in started:
        _check(words)
    kinds = {words[1] for words in started}
    assert kinds == {"server", "worker", "serve"}


@pytest.mark.parametrize("name", ["Dockerfile", "systemd/environment"])
def test_server_keeps_what_runs_hold_over_a_crash(name: str) -> None:
    """As `taizhang up` has it: else a slot that a killed run held is never free again."""
    said = f"PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE={LEASES}"
    assert said in (_DEPLOY / name).read_text("utf-8")


def _variables() -> Iterator[str]:
    yield from re.findall(r"^([A-Z_]+)=", (_DEPLOY / "systemd/environment").read_text(), re.M)
    yield from re.findall(r"(TAIZHANG_[A-Z_]+)", (_DEPLOY / "compose.yaml").read_text("utf-8"))
    yield from re.findall(r"(TAIZHANG_[A-Z_]+)", (_DEPLOY / "Dockerfile").read_text("utf-8"))
    yield from re.findall(r"(TAIZHANG_[A-Z_]+)", (_ROOT / "docs/deploy.md").read_text("utf-8"))


def test_every_variable_is_a_setting() -> None:
    tables = {f.name: f.default_factory for f in fields(Settings) if callable(f.default_factory)}
    known = {f"{table}_{f.name}".upper() for table, made in tables.items() for f in fields(made())}
    ours = {name.removeprefix("TAIZHANG_") for name in _variables() if name.startswith("TAIZHANG")}
    assert ours != set()
    assert ours <= known | _PLAIN


def test_settings_file_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(None, {"TAIZHANG_CONFIG": str(_DEPLOY / "taizhang.toml")})
    assert settings.backup.schedule == "0 3 * * *"


@pytest.mark.parametrize("unit", [path.name for path in _UNITS])
def test_unit_is_kept_within_bounds(unit: str) -> None:
    words = _words(unit)
    assert words["User"] == ["taizhang"]
    assert words["NoNewPrivileges"] == ["yes"]
    assert words["ProtectSystem"] == ["strict"]
    assert words["CapabilityBoundingSet"] == [""]
    assert words["EnvironmentFile"] == ["/etc/taizhang/environment"]
    assert words["Restart"] == ["on-failure"]


@pytest.mark.parametrize("unit", _UNITS, ids=lambda path: path.name)
def test_systemd_finds_nothing_wrong(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    # The program is not installed here: anything that can be started stands in for it.
    copies = [tmp_path / each.name for each in _UNITS]
    for each, copy in zip(_UNITS, copies, strict=True):
        copy.write_text(re.sub(r"/opt/taizhang/bin/\w+", "/bin/true", each.read_text("utf-8")))
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in ran.stderr.splitlines() if "taizhang" in line]
    assert (ran.returncode, ours) == (0, [])


def test_containers_have_what_they_name() -> None:
    compose = _compose()
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (_DEPLOY / source).exists(), (name, source)
        assert set(service.get("networks", [])) <= set(compose["networks"])
        assert set(service.get("depends_on", {})) <= set(compose["services"])
    assert (_DEPLOY / compose["x-taizhang"]["build"]["dockerfile"].partition("/")[2]).exists()


def test_nothing_is_open_to_other_machines_unless_told() -> None:
    ports = [p for s in _compose()["services"].values() for p in s.get("ports", [])]
    assert ports != []
    assert all(p.startswith(("127.0.0.1:", "${WEB_ADDRESS:-127.0.0.1}:")) for p in ports)
    started = [shlex.split(line) for line in _units()]
    hosts = [w[w.index("--host") + 1] for w in started if "--host" in w]
    assert set(hosts) == {"127.0.0.1"}


def _units() -> Iterator[str]:
    for unit in _UNITS:
        yield _words(unit.name)["ExecStart"][0]


def test_database_of_the_containers_is_the_one_that_is_tested() -> None:
    assert _compose()["services"]["database"]["image"].startswith("postgres:15")

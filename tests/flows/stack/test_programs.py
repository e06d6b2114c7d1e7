"""Where the programs listen, and the secret that opens Prefect's API."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model.errors import SettingsError
from flows.settings import load, prepare_prefect
from flows.stack import record, secret
from flows.stack.programs import environment, parts, places

_LOOPBACK = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else has."""
    with socket.socket() as other:
        other.bind((_LOOPBACK, 0))
        other.listen()
        yield other.getsockname()[1]


def test_port_that_is_taken_is_refused_when_asked_for(taken: int) -> None:
    with pytest.raises(SettingsError, match=str(taken)):
        places(_LOOPBACK, taken, _LOOPBACK, None)
    with pytest.raises(SettingsError, match=str(taken)):
        places(_LOOPBACK, None, _LOOPBACK, taken)


def test_next_port_is_taken_where_none_is_asked_for(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.stack.programs.WEB_PORT", taken)
    monkeypatch.setattr("flows.stack.programs.SERVER_PORT", taken)
    found = places(_LOOPBACK, None, _LOOPBACK, None)
    assert taken < found.port < found.server_port


def test_every_address_is_reached_at_the_nearest() -> None:
    found = places("0.0.0.0", None, _LOOPBACK, None)
    assert found.web.startswith("http://127.0.0.1:")


def test_programs_listen_where_they_are_told(tmp_path: Path) -> None:
    settings = load(tmp_path, {})
    where = places(_LOOPBACK, None, _LOOPBACK, None)
    commands = {part.name: part.command for part in parts(settings, where)}
    assert set(commands) == {"server", "web", "worker"}
    for name, port in (("server", where.server_port), ("web", where.port)):
        words = commands[name]
        assert words[words.index("--host") + 1] == _LOOPBACK
        assert words[words.index("--port") + 1] == str(port)


def test_secret_is_made_once_and_told_to_all_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    assert secret.known(tmp_path) is None
    made = secret.made(tmp_path)
    assert secret.made(tmp_path) == secret.known(tmp_path) == made
    assert (tmp_path / "prefect.key").stat().st_mode & 0o077 == 0
    user, password = secret.pair(made) or ("", "")
    assert (user, len(password)) == ("taizhang", 48)
    told = environment(load(tmp_path, {}), places(_LOOPBACK, None, _LOOPBACK, None))
    assert told["PREFECT_SERVER_API_AUTH_STRING"] == told["PREFECT_API_AUTH_STRING"] == made


def test_commands_use_the_server_that_is_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load(tmp_path, {})
    api = "http://127.0.0.1:1/api"
    # To be put back afterwards, whatever is set here.
    for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_HOME"):
        monkeypatch.setenv(name, "x")
        monkeypatch.delenv(name)
    with record.only_one(settings.home):
        made = secret.made(settings.home)
        record.write(settings.home, record.UpRecord(1, record.now(), "http://x/", api))
        prepare_prefect(settings)

    assert (os.environ["PREFECT_API_URL"], os.environ["PREFECT_API_AUTH_STRING"]) == (api, made)
    assert record.api_of(settings.home) is None

"""What the check of the installation sees, and that it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.store import open_store
from flows.commands.doctor import show_health
from flows.doctor import Check, State, diagnose
from flows.settings import Settings, load


def _found(settings: Settings) -> dict[str, Check]:
    return {check.subject: check for check in diagnose(settings)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(tmp_path / "library", {})


def test_what_is_installed_is_good_and_nothing_is_made(settings: Settings) -> None:
    found = _found(settings)
    assert found["必需组件 packages"].state is State.GOOD
    assert found["台账库 library"].state is State.LACKING
    assert not settings.home.exists()


def test_size_of_the_library_is_told(settings: Settings) -> None:
    open_store(settings.database).close()
    found = _found(settings)
    assert found["台账库 library"].state is State.GOOD
    assert "0 documents" in found["台账库 library"].detail
    assert "未结束的运行 unfinished runs" not in found


def test_run_that_did_not_end_is_told(settings: Settings) -> None:
    with open_store(settings.database) as store:
        store.begin_run()
    assert _found(settings)["未结束的运行 unfinished runs"].state is State.LACKING


def test_database_that_cannot_be_opened_is_bad(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "taizhang.db").write_bytes(b"no database at all, but some text" * 100)
    assert _found(settings)["台账库 library"].state is State.BAD


@pytest.mark.parametrize(
    ("text", "state", "told"),
    [
        ('hosts = ["a.example"]', State.LACKING, "starts, manners.contact, schedule"),
        ('hosts = ["a.example"]\ncolour = "red"', State.BAD, "colour"),
        (
            'hosts = ["a.example"]\nstarts = ["http://a.example/"]\nschedule = "0 2 * * *"\n'
            '[manners]\ncontact = "office@a.example"',
            State.GOOD,
            "0 2 * * *",
        ),
    ],
)
def test_site_is_told_with_what_it_lacks(
    settings: Settings, text: str, state: State, told: str
) -> None:
    (settings.home / "sites").mkdir(parents=True)
    (settings.home / "sites" / "a.toml").write_text(text, "utf-8")
    found = _found(settings)["站点 site a"]
    assert found.state is state
    assert told in found.detail


def test_package_that_is_missing_is_bad(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.doctor.find_spec", _without("protego"))
    found = _found(settings)["必需组件 packages"]
    assert (found.state, found.detail) == (State.BAD, "缺少 missing: protego")


def _without(name: str) -> Callable[[str], object]:
    return lambda wanted: None if wanted == name else object()


def test_status_says_whether_something_is_wrong(
    settings: Settings, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(settings.home.parent)
    assert show_health(settings.home) == 0
    assert "正常" in capsysbinary.readouterr().out.decode("utf-8")
    monkeypatch.setattr("flows.doctor.find_spec", _without("spacy"))
    assert show_health(settings.home) == 1

"""What the check of the installation sees, and that it changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import open_store
from flows.backup import back_up
from flows.commands.doctor import show_health
from flows.doctor import Check, State, diagnose
from flows.doctor_services import backups, database, notices, programs
from flows.settings import NotifySettings, Settings, load
from flows.stack import record


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


def test_database_server_is_looked_at(settings: Settings, request: pytest.FixtureRequest) -> None:
    server = replace(settings, database=request.getfixturevalue("empty_postgres"))
    found = _found(server)["数据库 PostgreSQL"]
    assert found.state is State.GOOD
    assert found.detail.startswith("15.")
    assert "UTF8" in found.detail
    away = replace(settings, database="postgresql+psycopg://taizhang@127.0.0.1:1/none")
    assert [check.state for check in database(away)] == [State.BAD]
    assert list(database(settings)) == []


def test_server_that_does_not_answer_is_bad(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert [check.state for check in programs(settings)] == [State.LACKING]
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    assert [check.state for check in programs(settings)] == [State.BAD, State.BAD]


def test_what_is_up_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    good = record.PartRecord("good", "正常", record.now())
    bad = record.PartRecord("given_up", "已放弃", record.now())
    with record.only_one(settings.home):
        up = record.UpRecord(
            1, record.now(), "http://127.0.0.1:8000/", "http://127.0.0.1:1/api", {"web": good}
        )
        record.write(settings.home, up)
        assert next(programs(settings)).state is State.GOOD
        record.write(settings.home, replace(up, parts={"web": good, "worker": bad}))
        found = next(programs(settings))
        assert (found.state, "worker" in found.detail) == (State.BAD, True)
        with pytest.raises(record.AlreadyUp, match="进程 1 启动"), record.only_one(settings.home):
            pass
    assert [check.state for check in programs(settings)] == [State.LACKING]


def test_last_backup_is_told_until_it_is_old_or_gone(settings: Settings, tmp_path: Path) -> None:
    assert [check.state for check in backups(settings)] == [State.LACKING]
    open_store(settings.database).close()
    path, _ = back_up(settings, tmp_path / "library.zip")
    assert [check.state for check in backups(settings)] == [State.GOOD]
    told = settings.home / "backup.json"
    kept = told.read_text("utf-8")
    told.write_text(re.sub(r"20\d\d-", "2020-", kept), "utf-8")
    assert [check.state for check in backups(settings)] == [State.BAD]
    told.write_text(kept, "utf-8")
    path.unlink()
    assert [check.state for check in backups(settings)] == [State.BAD]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.LACKING),
        ({"webhook": "http://127.0.0.1:1/"}, State.GOOD),
        ({"mail_to": "a@yunling.example"}, State.BAD),
        ({"mail_to": "a@yunling.example", "smtp_host": "127.0.0.1"}, State.GOOD),
    ],
)
def test_who_is_told_is_checked(settings: Settings, values: dict[str, str], state: State) -> None:
    told = replace(settings, notify=NotifySettings(**values))
    assert [check.state for check in notices(told)] == [state]


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

"""``serve`` and ``user``: who may be served without an account, runs in a process of their own."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest

from corpus.intake import take
from corpus.model.errors import SettingsError
from corpus.store.records import Result
from flows.commands import serve
from flows.commands.user import change_user
from flows.settings import Settings, load
from outputs.review.access import AccountError
from outputs.review.runs import RunBrokenError, Upload

_NOTICE = (
    "云岭省教育厅关于做好校舍改造工作的通知\n\n各市教育局：\n\n"
    "到2027年，全省完成校舍改造300所左右（省教育厅牵头，省财政厅配合）。\n\n"
    "云岭省教育厅\n2026年3月5日\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(tmp_path / "library", {})


def _upload(settings: Settings, folder: Path, name: str) -> Upload:
    path = folder / name
    path.write_text(_NOTICE, "utf-8")
    taken = take(path, settings.home)
    return Upload(name, taken.sha256, taken.kept)


def test_other_machines_are_served_only_where_there_is_an_account(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match="taizhang user add"), serve._site(settings, "0.0.0.0"):
        pass
    monkeypatch.setattr("sys.stdin", io.StringIO("云岭省的密码2025\n"))
    change_user(settings.home, "add", "张敏", "administrator")
    with serve._site(settings, "0.0.0.0") as site:
        assert not site.options.loopback
        assert not site.single_user("127.0.0.1", "127.0.0.1")


def test_secret_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    first = serve._secret(tmp_path)
    assert len(first) == 32
    assert serve._secret(tmp_path) == first
    assert (tmp_path / "web.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/b", "..", "."])
def test_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        serve._named(tmp_path, 1, name, "/kept")


def test_run_goes_through_the_pipeline_in_a_process_and_reports(
    settings: Settings, tmp_path: Path
) -> None:
    upload = _upload(settings, tmp_path, "校舍改造通知.txt")
    steps: list[tuple[str, int, int]] = []
    outcomes = serve.runner(settings)([upload], lambda *step: steps.append(step), threading.Event())
    assert [(each.source, each.result) for each in outcomes] == [(upload.name, Result.DONE)]
    assert [step for step in steps if step[1] == step[2]] == [
        ("ingest", 1, 1),
        ("parse", 1, 1),
        ("extract", 1, 1),
        ("compare", 1, 1),
    ]


def test_run_is_stopped_when_asked(settings: Settings, tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(RunBrokenError, match="停止"):
        serve.runner(settings)([_upload(settings, tmp_path, "a.txt")], lambda *_: None, stop)


def test_accounts_are_made_changed_and_listed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("云岭省的密码2025\n"))
    change_user(settings.home, "add", "张敏", "administrator")
    monkeypatch.setattr("sys.stdin", io.StringIO("短\n"))
    with pytest.raises(AccountError, match="10"):
        change_user(settings.home, "add", "李伟", "viewer")
    with pytest.raises(AccountError, match="最后一个"):
        change_user(settings.home, "disable", "张敏", "viewer")
    with pytest.raises(AccountError, match="没有名为"):
        change_user(settings.home, "role", "李伟", "viewer")
    with pytest.raises(SettingsError, match="账号名"):
        change_user(settings.home, "add", None, "viewer")
    capfdbinary.readouterr()
    change_user(settings.home, "list", None, "viewer")
    listed = capfdbinary.readouterr().out.decode()
    assert "张敏" in listed
    assert "administrator" in listed
    assert "李伟" not in listed

"""A library in one archive and back, on SQLite, on PostgreSQL and from one to the other."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from corpus.model.errors import PolicyError
from corpus.model.review import Decision, ReviewedField, Verdict
from corpus.store import open_store, transfer
from corpus.store.accounts import Accounts
from corpus.store.decisions import Decisions
from corpus.store.engine import connect
from flows.backup import BackupError, back_up, digest_of, last_backup, thin_out
from flows.commands.backup import back_up_to, restore_from
from flows.restore import check_archive, restore
from flows.settings import Settings, load

pytestmark = pytest.mark.usefixtures("prefect", "worked")
Plan = Callable[..., Path]
_KINDS = ["sqlite", "postgresql"]


def _settings(home: Path, kind: str, request: pytest.FixtureRequest) -> Settings:
    settings = load(home, {})
    if kind == "sqlite":
        return settings
    return replace(settings, database=request.getfixturevalue("new_database")("backup"))


def _fill(settings: Settings, plan: Plan) -> None:
    """Three plans, a decision about a row, an account, a site."""
    from flows.pipeline import run

    paths = [
        plan("2021.txt", number="云政〔2021〕3号", issued="2021-03-01", 养老院=70, 敬老院=9),
        plan("2023.txt", number="云政〔2023〕3号", issued="2023-03-01", 养老院=60),
        plan("缺.txt", number="云政〔2022〕9号", issued="2022-03-01", 缺页=1),
    ]
    run([str(path) for path in paths], str(settings.home), settings.database)
    with open_store(settings.database) as store:
        document_id = store.entries()[0].id
        row = store.ledger(document_id).commitments[0]
    engine = connect(settings.database)
    Decisions(engine).append(
        Decision(
            document_id=document_id,
            subject_id=row.id,
            number=1,
            verdict=Verdict.ACCEPT,
            field=ReviewedField.ROW,
            reviewer="张敏",
            when=datetime(2026, 3, 5, 8, 30, tzinfo=UTC),
        )
    )
    Accounts(engine).add("张敏", "hash", "reviewer")
    engine.dispose()
    site = settings.home / "sites" / "yunling.toml"
    site.parent.mkdir()
    site.write_text('title = "云岭省教育厅"', "utf-8")


def _content(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    """Everything that is carried, row by row."""
    engine = connect(settings.database)
    try:
        with transfer.snapshot(engine) as connection:
            return {t.name: list(transfer.rows(connection, t)) for t in transfer.tables()}
    finally:
        engine.dispose()


def _files(settings: Settings) -> dict[str, bytes]:
    kept = (settings.home / "files").glob("*/*/*")
    return {path.name: path.read_bytes() for path in kept}


@pytest.fixture
def filled(tmp_path: Path, plan: Plan) -> Settings:
    settings = load(tmp_path / "library", {})
    _fill(settings, plan)
    return settings


@pytest.fixture
def archive(filled: Settings, tmp_path: Path) -> Path:
    return back_up(filled, tmp_path / "library.zip")[0]


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("other", _KINDS)
def test_library_is_the_same_on_whatever_it_comes_back_to(
    kind: str, other: str, tmp_path: Path, plan: Plan, request: pytest.FixtureRequest
) -> None:
    first = _settings(tmp_path / "first", kind, request)
    _fill(first, plan)
    path, manifest = back_up(first, tmp_path / "library.zip")
    second = _settings(tmp_path / "second", other, request)
    assert restore(second, path) == manifest
    content = _content(second)
    assert content == _content(first)
    assert len(content["documents"]) == len(_files(second)) == 3
    assert content["decisions"] != []
    assert content["relations"] != []
    assert _files(second) == _files(first)
    assert (second.home / "sites" / "yunling.toml").read_bytes() == (
        first.home / "sites" / "yunling.toml"
    ).read_bytes()
    # Whatever comes next gets a number of its own.
    with open_store(second.database) as store:
        assert store.begin_run() == content["runs"][-1]["id"] + 1
    # And made anew from there, the archive says the same of every table but that run.
    again = back_up(second, tmp_path / "again.zip")[1]
    differing = {n for n, t in again.tables.items() if t.sha256 != manifest.tables[n].sha256}
    assert differing == {"runs"}


@pytest.mark.parametrize("kind", _KINDS)
def test_library_stands_still_for_the_backup(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings = _settings(tmp_path / "library", kind, request)
    with open_store(settings.database) as store:
        store.begin_run()
        engine = create_engine(settings.database)
        runs = next(table for table in transfer.tables() if table.name == "runs")
        files = next(table for table in transfer.tables() if table.name == "files")
        with transfer.snapshot(engine) as connection:
            assert list(transfer.rows(connection, files)) == []
            store.begin_run()
            assert len(list(transfer.rows(connection, runs))) == 1
        engine.dispose()


def test_library_that_is_not_empty_is_overwritten_only_when_told(
    filled: Settings, archive: Path
) -> None:
    before = _content(filled)
    with open_store(filled.database) as store:
        store.begin_run()
    with pytest.raises(BackupError, match="--replace"):
        restore(filled, archive)
    assert len(_content(filled)["runs"]) == len(before["runs"]) + 1
    restore(filled, archive, replace=True)
    assert _content(filled) == before


def _flip(path: Path, _tmp: Path) -> None:
    """One bit in the middle of the bytes of a table."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("tables/bodies.jsonl")
    content[info.header_offset + 100 + info.compress_size // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path, _tmp: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _rewritten(path: Path, tmp: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """A sound ZIP with other things in it."""
    other = tmp / "other.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    other.replace(path)


def _row_left_out(path: Path, tmp: Path) -> None:
    _rewritten(path, tmp, lambda n, c: b"\n".join(c.split(b"\n")[1:]) if "documents" in n else c)


def _file_left_out(path: Path, tmp: Path) -> None:
    left = []

    def change(name: str, content: bytes) -> bytes | None:
        if name.startswith("files/") and not left:
            left.append(name)
            return None
        return content

    _rewritten(path, tmp, change)


def _file_changed(path: Path, tmp: Path) -> None:
    _rewritten(path, tmp, lambda n, c: c + b"x" if n.startswith("files/") else c)


def _no_manifest(path: Path, tmp: Path) -> None:
    _rewritten(path, tmp, lambda n, c: None if n == "manifest.json" else c)


def _something_added(path: Path, _tmp: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../evil.txt", "x")


def _empty(path: Path, _tmp: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "damage",
    [
        _flip, _cut, _row_left_out, _file_left_out, _file_changed, _no_manifest,
        _something_added, _empty,
    ],
)  # fmt: skip
def test_damaged_archive_is_told_and_changes_nothing(
    filled: Settings, archive: Path, tmp_path: Path, damage: Callable[[Path, Path], None]
) -> None:
    before, files = _content(filled), _files(filled)
    damage(archive, tmp_path)
    with pytest.raises(BackupError, match="已损坏或不完整"):
        restore(filled, archive, replace=True)
    assert (_content(filled), _files(filled)) == (before, files)
    empty = load(tmp_path / "empty", {})
    with pytest.raises(BackupError):
        restore(empty, archive)
    assert not empty.home.exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [({"revision": "9999"}, "升级程序"), ({"format": "taizhang-backup/9"}, "taizhang-backup/9")],
)
def test_archive_of_a_later_program_is_refused(
    archive: Path, tmp_path: Path, values: dict[str, str], told: str
) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        return json.dumps({**json.loads(content), **values}).encode()

    _rewritten(archive, tmp_path, change)
    with pytest.raises(BackupError, match=told):
        check_archive(archive)


def test_what_goes_wrong_while_restoring_leaves_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("corpus.store.transfer.settle_numbers", fail)
    settings = load(tmp_path / "other", {})
    with pytest.raises(RuntimeError):
        restore(settings, archive)
    assert _files(settings) == {}
    assert all(rows == [] for rows in _content(settings).values())


def test_file_that_is_lost_or_damaged_is_told_and_left_out(
    filled: Settings, tmp_path: Path
) -> None:
    first, second, _ = sorted((filled.home / "files").glob("*/*/*"))
    first.unlink()
    second.write_bytes(b"other bytes")
    path, manifest = back_up(filled, tmp_path / "library.zip")
    assert manifest.lost == tuple(sorted((first.name, second.name)))
    assert manifest.files == 1
    assert back_up_to(tmp_path / "again.zip", filled.home) == 1
    assert restore(load(tmp_path / "other", {}), path).lost == manifest.lost


def test_backup_is_whole_or_not_there(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "out"
    place.mkdir()

    def fail(_path: Path) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.backup.digest_of", fail)
    with pytest.raises(BackupError, match="剩余空间"):
        back_up(filled, place)
    assert list(place.iterdir()) == []
    assert last_backup(filled.home) is None


def test_backup_is_for_its_owner_alone_and_never_written_over(
    filled: Settings, archive: Path
) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    kept = digest_of(archive)
    with pytest.raises(BackupError, match="已存在"):
        back_up(filled, archive)
    assert digest_of(archive) == kept
    found = last_backup(filled.home)
    assert found is not None
    assert found[0] == archive
    assert datetime.now(UTC) - found[1] < timedelta(minutes=1)


def test_only_the_newest_backups_are_kept(tmp_path: Path) -> None:
    names = [f"taizhang-2026030{day}T030000.zip" for day in range(1, 6)]
    for name in [*names, "taizhang-mine.zip"]:
        (tmp_path / name).touch()
    assert [path.name for path in thin_out(tmp_path, 2)] == names[:3]
    assert thin_out(tmp_path, 2) == []
    assert {path.name for path in tmp_path.iterdir()} == {*names[3:], "taizhang-mine.zip"}


def test_commands_say_what_they_did(
    filled: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "out"
    place.mkdir()
    assert back_up_to(place, filled.home) == 0
    (made,) = place.iterdir()
    assert "已备份到" in capfd.readouterr().err
    restore_from(made, tmp_path / "other", replace=False, check=True)
    assert "完好" in capfd.readouterr().err
    assert not (tmp_path / "other").exists()
    restore_from(made, tmp_path / "other", replace=False, check=False)
    assert "已恢复到" in capfd.readouterr().err
    with pytest.raises(PolicyError, match="没有台账库"):
        back_up_to(place, tmp_path / "nowhere")


def test_library_that_is_in_use_is_not_overwritten(filled: Settings, archive: Path) -> None:
    from flows.stack.record import only_one

    before = _content(filled)
    with only_one(filled.home), pytest.raises(PolicyError, match="taizhang up"):
        restore_from(archive, filled.home, replace=True, check=False)
    assert _content(filled) == before


def test_nightly_backup_keeps_as_many_as_are_set(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.backup_flow import backup_flow

    place = tmp_path / "nightly"
    place.mkdir()
    (place / "taizhang-20200101T030000.zip").touch()
    monkeypatch.setenv("TAIZHANG_BACKUP_TO", str(place))
    monkeypatch.setenv("TAIZHANG_BACKUP_KEEP", "1")
    state = backup_flow(str(filled.home), filled.database, return_state=True)
    (kept,) = place.iterdir()
    assert state.name == "Completed"
    assert check_archive(kept).tables["documents"].rows == 3

"""Files by hash under home, and in an object store that several machines share."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.files import Files
from corpus.intake import place
from corpus.model.errors import SettingsError, UnreadableFile
from corpus.model.ids import fingerprint

_CONTENT = "到2027年，全省完成校舍改造300所左右。".encode()
_HASH = fingerprint(_CONTENT)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_bytes(_CONTENT)
    return path


@pytest.fixture(params=["memory", "folder"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return (tmp_path / "shared").as_uri()
    return f"memory://{tmp_path.name}"


def test_files_are_under_home_where_no_store_is_set(notice: Path, tmp_path: Path) -> None:
    files = Files(tmp_path / "home")
    taken = files.take(notice)
    assert (taken.source, taken.sha256, taken.size) == ("通知.txt", _HASH, len(_CONTENT))
    assert taken.kept == place(tmp_path / "home", _HASH)
    assert files.read(_HASH) == _CONTENT


def test_another_machine_has_the_bytes_from_the_store(
    notice: Path, tmp_path: Path, url: str
) -> None:
    Files(tmp_path / "here", url).take(notice)
    there = Files(tmp_path / "there", url)
    assert not place(tmp_path / "there", _HASH).exists()
    assert there.read(_HASH) == _CONTENT
    assert there.at_hand(_HASH) == place(tmp_path / "there", _HASH)


def test_what_is_in_the_store_is_not_written_again(
    notice: Path, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Files(tmp_path / "here", url).take(notice)
    monkeypatch.setattr(Files, "_put", lambda *_: pytest.fail("written twice"))
    Files(tmp_path / "there", url).take(notice)


def test_what_is_forgotten_is_nowhere(notice: Path, tmp_path: Path, url: str) -> None:
    files = Files(tmp_path / "here", url)
    files.take(notice)
    files.forget(_HASH)
    assert not place(tmp_path / "here", _HASH).exists()
    with pytest.raises(UnreadableFile):
        Files(tmp_path / "there", url).read(_HASH)


def test_what_is_not_there_is_said(tmp_path: Path, url: str) -> None:
    with pytest.raises(UnreadableFile, match="文件库"):
        Files(tmp_path / "here", url).read(_HASH)


def test_bytes_that_are_not_those_of_the_hash_are_refused(notice: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    Files(tmp_path / "here", shared.as_uri()).take(notice)
    (kept,) = [path for path in shared.rglob("*") if path.is_file()]
    kept.write_bytes(_CONTENT[:10])
    with pytest.raises(UnreadableFile, match="指纹"):
        Files(tmp_path / "there", shared.as_uri()).read(_HASH)
    assert not place(tmp_path / "there", _HASH).exists()


@pytest.mark.parametrize("url", ["nosuch://x", "s3://bucket/files"])
def test_store_that_cannot_be_used_is_a_setting_to_correct(
    notice: Path, tmp_path: Path, url: str
) -> None:
    pytest.importorskip("fsspec")
    if url.startswith("s3"):
        try:
            import s3fs  # noqa: F401
        except ImportError:
            pass
        else:
            pytest.skip("s3fs is installed")
    with pytest.raises(SettingsError, match="files"):
        Files(tmp_path / "home", url).take(notice)

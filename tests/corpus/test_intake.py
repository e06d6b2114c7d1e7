"""Which files a folder holds, and that they are kept whole, once, by their hash."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.intake import files_in, place, take, write_whole
from corpus.model.errors import UnreadableFile
from corpus.model.ids import fingerprint


def test_folder_gives_its_files_in_order_without_litter(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.txt", ".hidden", "~$b.docx", "Thumbs.db", "deep/c.html", ".git/x"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    found = [str(path.relative_to(tmp_path)) for path in files_in([tmp_path])]
    assert found == ["a.txt", "b.pdf", "deep/c.html"]


def test_file_named_twice_is_taken_once_and_named_files_are_never_litter(tmp_path: Path) -> None:
    path = tmp_path / ".hidden.txt"
    path.write_text("云岭")
    assert files_in([path, path]) == [path]


def test_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        files_in([tmp_path / "无.pdf"])
    assert caught.value.reason == "missing"


def test_file_is_kept_by_its_hash_and_once(tmp_path: Path) -> None:
    first, again = tmp_path / "一.txt", tmp_path / "二.txt"
    for path in (first, again):
        path.write_bytes("云岭省".encode())
    taken = take(first, tmp_path / "home")
    sha256 = fingerprint("云岭省".encode())
    assert (taken.source, taken.sha256, taken.size) == ("一.txt", sha256, 9)
    assert taken.kept == place(tmp_path / "home", sha256)
    assert taken.kept.parent.parent.name == sha256[:2]
    assert taken.kept.read_bytes() == "云岭省".encode()
    assert take(again, tmp_path / "home").kept == taken.kept


def test_folder_for_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        take(tmp_path, tmp_path / "home")
    assert caught.value.reason == "folder"


def test_writing_that_breaks_off_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    path.write_text("last week's")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="space"):
        write_whole(path, b"new")
    assert path.read_text() == "last week's"
    assert list(tmp_path.iterdir()) == [path]

"""Which files a folder holds, and that they are kept whole, once, by their hash."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.intake import files_in, place, read, take, write_whole
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


def zipped(path: Path, files: dict[str, bytes], *, gbk: bool = False) -> Path:
    """A ZIP; with ``gbk`` its names are written as Chinese Windows did."""
    path.parent.mkdir(exist_ok=True)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(_Gbk(name) if gbk else zipfile.ZipInfo(name), content)
    path.write_bytes(made.getvalue())
    return path


class _Gbk(zipfile.ZipInfo):
    """An entry whose name is GBK without the flag for UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), 0


ATTACHED = {"附件1.txt": "到2027年".encode(), "附件/附件2.md": b"# plan", "__MACOSX/._x": b""}


@pytest.mark.parametrize("gbk", [False, True])
def test_files_of_a_zip_are_files_of_their_own(tmp_path: Path, gbk: bool) -> None:
    packed = zipped(tmp_path / "附件.zip", ATTACHED, gbk=gbk)
    found = files_in([tmp_path])
    assert found == [packed / "附件1.txt", packed / "附件" / "附件2.md"]
    assert [read(path) for path in found] == ["到2027年".encode(), b"# plan"]
    taken = take(found[0], tmp_path / "home")
    assert (taken.source, taken.kept.read_bytes()) == ("附件1.txt", "到2027年".encode())


def test_zip_in_a_zip_is_opened_to_a_bound(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner", {"a.txt": "云岭".encode()}).read_bytes()
    outer = zipped(tmp_path / "outer.zip", {"批次/inner.zip": inner, "b.txt": b"b"})
    found = files_in([outer])
    assert found == [outer / "批次" / "inner.zip" / "a.txt", outer / "b.txt"]
    assert read(found[0]) == "云岭".encode()
    deep = inner
    for number in range(5):
        deep = zipped(tmp_path / f"deep-{number}", {"next.zip": deep}).read_bytes()
    path = tmp_path / "deep.zip"
    path.write_bytes(deep)
    assert files_in([path]) == [path]


@pytest.mark.parametrize(
    "name", ["../../../secret.txt", "/secret.txt", "C:\\secret.txt", "a/../../secret.txt"]
)
def test_name_in_a_zip_leads_nowhere_but_into_the_zip(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_bytes(b"of the disk")
    packed = zipped(tmp_path / "deep" / "a.zip", {name: b"of the zip"})
    (found,) = files_in([packed])
    assert packed in found.parents
    assert ".." not in found.parts
    assert read(found) == b"of the zip"
    kept = take(found, tmp_path / "home").kept
    assert kept.is_relative_to(tmp_path / "home" / "files")


def test_names_that_are_alike_are_told_apart(tmp_path: Path) -> None:
    packed = zipped(tmp_path / "a.zip", {"x.txt": b"1", "/x.txt": b"2", "./x.txt": b"3"})
    found = files_in([packed])
    assert [path.name for path in found] == ["x.txt", "x(2).txt", "x(3).txt"]
    assert [read(path) for path in found] == [b"1", b"2", b"3"]


def test_office_file_and_damaged_zip_stay_one_file(tmp_path: Path) -> None:
    office = zipped(tmp_path / "a.docx", {"[Content_Types].xml": b"", "word/document.xml": b""})
    damaged = tmp_path / "b.zip"
    damaged.write_bytes(b"PK\x03\x04 and no more")
    assert files_in([tmp_path]) == [office, damaged]


def test_file_that_a_zip_has_not_is_named(tmp_path: Path) -> None:
    packed = zipped(tmp_path / "a.zip", {"x.txt": b"1"})
    with pytest.raises(UnreadableFile) as caught:
        read(packed / "y.txt")
    assert (caught.value.source, caught.value.reason) == ("y.txt", "missing")

"""A model is used only as it was measured: missing, damaged and unknown ones are refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.model.errors import ModelNotInstalled
from extractors.learned.installed import DEFAULT, FORMAT, installed


def _install(folder: Path, content: bytes = b"weights", *, format: int = FORMAT) -> Path:
    (folder / DEFAULT).mkdir()
    path = folder / DEFAULT / "model.onnx"
    path.write_bytes(content)
    sum_ = hashlib.sha256(content).hexdigest()
    (folder / "models.toml").write_text(
        f'[models.{DEFAULT}]\nversion = "7"\nformat = {format}\ndirectory = "{DEFAULT}"\n'
        f'[models.{DEFAULT}.files]\n"model.onnx" = "{sum_}"\n',
        encoding="utf-8",
    )
    return path


def test_installed_model_is_read_with_its_version(tmp_path: Path) -> None:
    _install(tmp_path)
    model = installed(folder=tmp_path)
    assert model.rule == "commitment-ner-7"
    assert model.files == {"model.onnx": b"weights"}


def test_damaged_file_is_refused_with_its_name_and_the_remedy(tmp_path: Path) -> None:
    path = _install(tmp_path)
    path.write_bytes(b"weights\r\n")
    with pytest.raises(ModelNotInstalled, match=r"已损坏.*git checkout") as caught:
        installed(folder=tmp_path)
    assert str(path) in caught.value.en
    assert caught.value.name == DEFAULT


def test_missing_file_is_refused(tmp_path: Path) -> None:
    _install(tmp_path).unlink()
    with pytest.raises(ModelNotInstalled, match="缺少文件"):
        installed(folder=tmp_path)


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    _install(tmp_path, format=FORMAT + 1)
    with pytest.raises(ModelNotInstalled, match="upgrade the program"):
        installed(folder=tmp_path)


@pytest.mark.parametrize("content", [None, "[models", b"\xff\xfe"])
def test_pins_that_cannot_be_read_are_refused(tmp_path: Path, content: str | bytes | None) -> None:
    if content is not None:
        raw = content.encode() if isinstance(content, str) else content
        (tmp_path / "models.toml").write_bytes(raw)
    with pytest.raises(ModelNotInstalled, match="install again"):
        installed(folder=tmp_path)


def test_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    _install(tmp_path)
    with pytest.raises(ModelNotInstalled, match=DEFAULT):
        installed("other", folder=tmp_path)

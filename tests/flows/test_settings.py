"""Options are stronger than the environment, and that than the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model.errors import SettingsError
from flows.settings import ModelSettings, load


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_library_is_beside_the_work_by_default(tmp_path: Path) -> None:
    settings = load(None, {})
    assert settings.home == tmp_path / "library"
    assert settings.database == f"sqlite:///{tmp_path / 'library' / 'taizhang.db'}"
    assert not settings.has_library


def test_the_nearer_word_counts(tmp_path: Path) -> None:
    Path("taizhang.toml").write_text('home = "file"\ndatabase = "postgresql://h/d"')
    assert load(None, {}).home == tmp_path / "file"
    assert load(None, {"TAIZHANG_HOME": "environment"}).home == tmp_path / "environment"
    assert load(Path("option"), {"TAIZHANG_HOME": "environment"}).home == tmp_path / "option"
    assert load(None, {}).database == "postgresql://h/d"
    assert load(None, {}).has_library


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense = 'x'", "nonsense"),
        ("home = 3", "home"),
        ("home = ", "taizhang.toml"),
        ("model = 'x'", "model"),
        ("[model]\nner = true", "model.ner"),
        ("[model]\nnerr = 'x'", "model.nerr"),
        ("[model]\nlabels = 'x'", "model.labels"),
    ],
)
def test_file_that_says_nothing_usable_is_named(text: str, said: str) -> None:
    Path("taizhang.toml").write_text(text)
    with pytest.raises(SettingsError, match=said):
        load(None, {})


def test_tables_are_read_with_the_environment_over_them() -> None:
    Path("taizhang.toml").write_text('[model]\nner = "ours"\nlabels = { ORG = "unit-resp" }')
    assert load(None, {}).model == ModelSettings("ours", {"ORG": "unit-resp"})
    assert load(None, {"TAIZHANG_MODEL_NER": "none"}).model.ner == "none"


def test_file_that_is_asked_for_must_be_there() -> None:
    with pytest.raises(SettingsError, match="other"):
        load(None, {"TAIZHANG_CONFIG": "other.toml"})


def test_home_that_is_a_file_is_refused() -> None:
    Path("library").write_text("")
    with pytest.raises(SettingsError, match="library"):
        load(None, {})

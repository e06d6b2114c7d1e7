"""Which model reads beside the rules is chosen in words, and never silently another."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model.errors import ModelNotInstalled
from extractors.learned.choice import RULES_ALONE, NerChoice, chosen
from extractors.learned.installed import DEFAULT, installed


def test_none_is_the_rules_alone() -> None:
    assert chosen(NerChoice()) is None
    assert NerChoice().key == RULES_ALONE


def test_shipped_model_is_loaded_once_and_named_in_the_key() -> None:
    choice = NerChoice(DEFAULT)
    assert chosen(choice) is chosen(NerChoice(DEFAULT))
    assert choice.key == installed().rule


def test_model_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelNotInstalled):
        chosen(NerChoice(str(tmp_path / "absent")))


def test_key_of_a_folder_changes_with_its_bytes_and_labels(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"one")
    first = NerChoice(str(tmp_path)).key
    assert first.startswith(tmp_path.name[:24])
    assert NerChoice(str(tmp_path)).key == first
    labelled = NerChoice(str(tmp_path), (("ORG", "unit-resp"),)).key
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert len({first, labelled, NerChoice(str(tmp_path)).key}) == 3

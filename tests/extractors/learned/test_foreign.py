"""Other people's models: their labels named in ours, their tokens spread over characters."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus.model.errors import ModelNotInstalled, SettingsError
from extractors.learned.foreign import TransformersTagger, _columns
from extractors.learned.labels import NAMES

_WITHOUT_TORCH = find_spec("torch") is None


def test_labels_are_named_by_the_map_or_by_themselves() -> None:
    names = {0: "O", 1: "B-ORG", 2: "I-ORG", 3: "S-deadline", 4: "E-MISC", 5: "quantity"}
    found = [NAMES[column] for column in _columns(names, {"ORG": "unit-resp"})]
    assert found == ["O", "B-unit-resp", "I-unit-resp", "B-deadline", "O", "I-quantity"]


def test_map_to_an_unknown_label_is_refused() -> None:
    with pytest.raises(SettingsError, match="unit-boss"):
        _columns({0: "O"}, {"ORG": "unit-boss"})


@pytest.mark.skipif(not _WITHOUT_TORCH, reason="torch is installed")
def test_without_torch_the_error_says_what_to_install() -> None:
    with pytest.raises(ModelNotInstalled, match="pip install torch"):
        TransformersTagger("some/model")


@pytest.mark.skipif(_WITHOUT_TORCH, reason="torch is not installed")
def test_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelNotInstalled, match="无法读取"):
        TransformersTagger(str(tmp_path))


@pytest.mark.skipif(_WITHOUT_TORCH, reason="torch is not installed")
def test_folder_of_a_token_classifier_is_read(tmp_path: Path) -> None:
    from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast

    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "建", "设", "2027", "年", "所"]
    (tmp_path / "vocab.txt").write_text("\n".join(tokens), encoding="utf-8")
    BertTokenizerFast(vocab=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    config = BertConfig(
        vocab_size=len(tokens), hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, id2label={0: "O", 1: "B-TIME", 2: "I-TIME"},
        label2id={"O": 0, "B-TIME": 1, "I-TIME": 2},
    )  # fmt: skip
    BertForTokenClassification(config).save_pretrained(tmp_path)
    tagger = TransformersTagger(str(tmp_path), {"TIME": "deadline"})
    (found, none) = tagger.read(["2027年建设", ""])
    assert found.shape == (7, len(NAMES))
    assert np.allclose(found.sum(axis=1), 1.0, atol=1e-5)
    assert none.shape == (0, len(NAMES))

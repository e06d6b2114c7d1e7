"""Vocabulary and blocks for pretraining; transformers reads the same tokens as our own reader."""

from __future__ import annotations

import json

import pytest

from extractors.learned.characters import CLS, SEP, SPECIAL, Characters
from extractors.training.prepare import BLOCK, blocks, tokenizer_json, vocabulary
from extractors.training.prose import Prose


def test_vocabulary_leaves_out_what_is_rare() -> None:
    tokens = vocabulary(["建设建设建设", "建设建设70"])
    assert tokens == [*SPECIAL, "建", "设"]


def test_blocks_are_of_one_length_and_begin_documents_anew() -> None:
    tokens = vocabulary(["建设托育园"] * 5)
    characters = Characters.of(tokens)
    found = blocks([Prose("规划", ("建设托育园",) * 200)], characters)
    assert found.shape[1] == BLOCK
    assert found[0, 0] == tokens.index(CLS)
    assert found[0, 1:7].tolist() == [*characters.encode("建设托育园"), tokens.index(SEP)]


def test_tokenizer_of_transformers_reads_the_same_tokens() -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokens = vocabulary(["到2027年新建40所,。"] * 5)
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps(tokenizer_json(tokens)))
    characters = Characters.of(tokens)
    for text in ("到2027年,新建40所", "2 0\t未知字A", "[MASKE]"):
        ids = tokenizer.encode(text).ids
        assert ids == [tokens.index(CLS), *characters.encode(text), tokens.index(SEP)]

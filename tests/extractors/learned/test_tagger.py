"""The model that ships: it is as pinned, reads each text alone, knows promises from history."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.model.errors import ModelNotInstalled
from corpus.model.finding import Label
from extractors.learned.installed import PINS, SHIPPED
from extractors.learned.labels import NAMES, LabelledSpan, decode
from extractors.learned.shipped import shipped
from extractors.learned.tagger import NETWORK

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not (SHIPPED / PINS).is_file(), reason="no model ships with this tree"),
]
_PROMISE = "到2027年,新建社区托育园40所。"
_HISTORY = "过去五年,全县累计建成社区托育园40所,取得了明显成效。"


def _read(*texts: str) -> list[list[LabelledSpan]]:
    return [decode(chances) for chances in shipped()[0].read(texts)]


def test_rows_are_probabilities_of_every_character() -> None:
    (chances,) = shipped()[0].read([_PROMISE])
    assert chances.shape == (len(_PROMISE), len(NAMES))
    assert chances.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_text_is_read_the_same_whatever_is_read_with_it() -> None:
    tagger = shipped()[0]
    (alone,) = tagger.read([_PROMISE])
    together = tagger.read([_HISTORY * 30, _PROMISE, "", _PROMISE * 5])
    assert (together[1] == alone).all()
    assert together[2].shape == (0, len(NAMES))


def test_promised_number_is_found() -> None:
    (spans,) = _read(_PROMISE)
    numbers = [_PROMISE[s.start : s.end] for s in spans if s.label is Label.QUANTITY]
    assert numbers == ["40所"]


def test_history_promises_nothing() -> None:
    (spans,) = _read(_HISTORY)
    assert [s for s in spans if s.label is Label.QUANTITY] == []


def test_damaged_copy_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(SHIPPED, folder)
    (network,) = folder.rglob(NETWORK)
    network.write_bytes(network.read_bytes()[:-1])
    with pytest.raises(ModelNotInstalled, match="已损坏"):
        shipped(folder)

"""Reads paragraphs with the shipped model: how likely each character of 到2025年建设70所 is of each
label.

Every window goes through alone. The scale of dynamically quantised activations is that of the
whole batch: in a batch, what is found in a paragraph would depend on its neighbours, and padding
would cost more than batching gains at this size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from extractors.learned.characters import CLS, SEP, Characters
from extractors.learned.installed import InstalledModel
from extractors.learned.labels import NAMES
from extractors.learned.windows import Window, together, windows

if TYPE_CHECKING:
    import numpy as np

VOCABULARY, NETWORK, LINKS = "vocab.txt", "model.onnx", "link.npz"


class Tagger(Protocol):
    """What reads texts: the shipped model, or a transformers model of somebody else's."""

    @property
    def rule(self) -> str:
        """Name and version, as findings give them."""
        ...

    def read(self, texts: Sequence[str]) -> list[np.ndarray]:
        """For each text, a row of probabilities (in the order of ``NAMES``) a character."""
        ...


class OnnxTagger:
    """The shipped model under onnxruntime."""

    def __init__(self, model: InstalledModel, *, threads: int = 0) -> None:
        """``threads`` 0 leaves their number to onnxruntime."""
        import onnxruntime

        self._rule = model.rule
        self._characters = Characters.of(
            model.files[VOCABULARY].decode("utf-8").rstrip("\n").split("\n")
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Warnings about optimisations of the graph are nothing that a user could act on.
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            model.files[NETWORK], options, providers=["CPUExecutionProvider"]
        )

    @property
    def rule(self) -> str:
        """commitment-ner-1."""
        return self._rule

    def read(self, texts: Sequence[str]) -> list[np.ndarray]:
        """A text that is read twice is read the same way."""
        import numpy as np

        parts: dict[int, list[tuple[Window, np.ndarray]]] = defaultdict(list)
        for number, text in enumerate(texts):
            for window in windows(len(text)):
                found = self._run(text[window.start : window.end])
                parts[number].append((window, found))
        empty = np.zeros((0, len(NAMES)), dtype=np.float32)
        return [together(parts[n]) if text else empty for n, text in enumerate(texts)]

    def _run(self, text: str) -> np.ndarray:
        import numpy as np

        ids = self._characters.ids
        numbers = np.array([[ids[CLS], *self._characters.encode(text), ids[SEP]]], dtype=np.int64)
        (logits,) = self._session.run(None, {"input_ids": numbers})
        raised = np.exp(logits[0, 1:-1] - logits[0, 1:-1].max(axis=-1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True))

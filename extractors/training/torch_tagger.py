"""A tagger of transformers and torch: a model in training, before it is exported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from extractors.learned.characters import CLS, FILE_NAME, SEP, Characters
from extractors.learned.windows import together, windows


class TorchTagger:
    """The model of a directory, its characters from the vocabulary of the run."""

    def __init__(self, directory: Path, vocabulary: Path) -> None:
        """Reads both once."""
        from transformers import AutoModelForTokenClassification

        self._model = AutoModelForTokenClassification.from_pretrained(directory).eval()
        self._characters = Characters.read(vocabulary / FILE_NAME)
        self.rule = directory.name

    def read(self, texts: Sequence[str]) -> list[np.ndarray]:
        """For each text, a row of probabilities a character."""
        return [
            together([(w, self._run(text[w.start : w.end])) for w in windows(len(text))])
            for text in texts
        ]

    def _run(self, text: str) -> np.ndarray:
        ids = self._characters.ids
        numbers = torch.tensor([[ids[CLS], *self._characters.encode(text), ids[SEP]]])
        with torch.no_grad():
            found: np.ndarray = self._model(input_ids=numbers).logits[0, 1:-1].softmax(-1).numpy()
        return found

"""Other people's models: any transformers token classifier, from a local folder or by hub name.

Its labels are named as settings say, ``{"ORG": "unit-resp", "TIME": "deadline"}``; what has no
name here is left out. Such a model needs torch and transformers, which the program itself does
not: an office that has a stronger model has them already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus.model.errors import ModelNotInstalled, SettingsError
from extractors.learned.labels import KINDS, NAMES
from extractors.learned.windows import together, windows

if TYPE_CHECKING:
    import numpy as np

# Most encoders read 512 tokens, and a character is at most a few of them.
_LONGEST = 400


class TransformersTagger:
    """``source`` is a folder or a hub name; ``label_map`` names its labels in our kinds."""

    def __init__(self, source: str, label_map: Mapping[str, str] | None = None) -> None:
        """ModelNotInstalled where the model, torch or transformers is not there."""
        try:
            import torch  # noqa: F401
            from transformers import AutoModelForTokenClassification, AutoTokenizer
        except ImportError as error:
            raise ModelNotInstalled(
                source,
                "需要 torch 和 transformers，请运行 pip install torch transformers",
                "needs torch and transformers; pip install torch transformers",
            ) from error
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(source, use_fast=True)
            self._model = AutoModelForTokenClassification.from_pretrained(source).eval()
        except (OSError, ValueError) as error:
            raise ModelNotInstalled(
                source,
                f"无法读取，请检查文件夹或模型名称：{error}",
                f"can't be read; check the folder or the name: {error}",
            ) from error
        self._columns = _columns(self._model.config.id2label, label_map or {})
        self.rule = source.rstrip("/").rpartition("/")[2]

    def read(self, texts: Sequence[str]) -> list[np.ndarray]:
        """For each text, a row of probabilities a character."""
        import numpy as np

        empty = np.zeros((0, len(NAMES)), dtype=np.float32)
        return [
            together(
                [
                    (w, self._run(text[w.start : w.end]))
                    for w in windows(len(text), longest=_LONGEST)
                ]
            )
            if text
            else empty
            for text in texts
        ]

    def _run(self, text: str) -> np.ndarray:
        import numpy as np
        import torch

        batch = self._tokenizer(text, return_offsets_mapping=True, return_tensors="pt")
        offsets: list[tuple[int, int]] = batch.pop("offset_mapping")[0].tolist()
        with torch.no_grad():
            theirs = self._model(**batch).logits[0].softmax(-1).numpy()
        ours = np.zeros((len(text), len(NAMES)), dtype=np.float32)
        for row, (start, end) in zip(theirs, offsets, strict=True):
            for at in range(start, end):
                for column, chance in zip(self._columns, row, strict=True):
                    # Behind the first character of a token, what it begins goes on.
                    goes_on = at > start and column % 2 == 1
                    ours[at, column + goes_on] += chance
        ours[ours.sum(axis=1) == 0, 0] = 1.0
        return ours


def _columns(names: Mapping[Any, str], label_map: Mapping[str, str]) -> list[int]:
    """For each label of the model, the column of ``NAMES`` that it counts for; 0 for none."""
    wrong = sorted(set(label_map.values()) - set(KINDS))
    if wrong:
        raise SettingsError(
            f"标签 {'、'.join(wrong)} 不存在，可用的有：{'、'.join(KINDS)}",
            f"no label {', '.join(wrong)}; there are: {', '.join(KINDS)}",
        )
    return [_column(names[number], label_map) for number in sorted(names)]


def _column(name: str, label_map: Mapping[str, str]) -> int:
    sign, _, kind = name.partition("-")
    if sign not in ("B", "I", "S", "E"):
        # No prefix: whatever is marked goes on.
        sign, kind = "I", name
    kind = label_map.get(kind, kind)
    if kind not in KINDS:
        return 0
    return NAMES.index(f"{'B' if sign in 'BS' else 'I'}-{kind}")

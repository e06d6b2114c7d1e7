"""Characters as the numbers that the model reads: 到2025年 is 到, 2, 0, 2, 5, 年.

One character of a view is one token, so that spans need no alignment. ``vocab.txt`` has the form
that transformers tokenizers read; this reader needs none of their import time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PAD, UNKNOWN, CLS, SEP, MASK = SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
FILE_NAME = "vocab.txt"


@dataclass(frozen=True, slots=True)
class Characters:
    """``ids`` gives each known character its number; every other one is [UNK]."""

    ids: dict[str, int]

    @classmethod
    def of(cls, tokens: Iterable[str]) -> Characters:
        """In the order of the numbers."""
        return cls({token: number for number, token in enumerate(tokens)})

    @classmethod
    def read(cls, path: Path) -> Characters:
        """One token a line."""
        return cls.of(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def encode(self, text: str) -> list[int]:
        """The numbers of the characters, without [CLS] and [SEP]."""
        unknown = self.ids[UNKNOWN]
        return [self.ids.get(character, unknown) for character in text]

    def __len__(self) -> int:
        return len(self.ids)

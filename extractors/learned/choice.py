"""Which model reads beside the rules: the shipped one, an office's own, or, where somebody chose so
in words (``none``), none at all. A model that was asked for and can't be had is an error: a ledger
that the rules alone made never passes for one that the model has looked over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.learned.installed import DEFAULT, installed
from extractors.learned.ner import Ner

RULES_ALONE = "none"
_CHUNK = 1 << 20
_NAME = 24


@dataclass(frozen=True, slots=True)
class NerChoice:
    """``source`` is ``none``, ``commitment-ner``, a folder or a hub name; ``labels`` name the
    labels of a foreign model in our kinds: (("ORG", "unit-resp"), ("TIME", "deadline"))."""

    source: str = RULES_ALONE
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What results are stored under: another model or other labels give other results."""
        if self.source == RULES_ALONE:
            return RULES_ALONE
        if self.source == DEFAULT:
            return installed().rule
        digest = hashlib.sha256(repr(sorted(self.labels)).encode())
        for part in _content(Path(self.source)):
            digest.update(part)
        name = self.source.rstrip("/").rpartition("/")[2]
        return f"{name[:_NAME]}-{digest.hexdigest()[:12]}"


@lru_cache(maxsize=2)
def chosen(choice: NerChoice) -> Ner | None:
    """The model of that choice, loaded once; None for the rules alone.

    ModelNotInstalled where it is missing, damaged or of an unknown format; SettingsError where
    ``labels`` name a kind that does not exist.
    """
    if choice.source == RULES_ALONE:
        return None
    from extractors.learned.shipped import shipped

    tagger, linker = shipped()
    if choice.source == DEFAULT:
        return Ner(tagger, linker)
    from extractors.learned.foreign import TransformersTagger

    return Ner(TransformersTagger(choice.source, dict(choice.labels)), linker)


def _content(folder: Path) -> Iterator[bytes]:
    """Names and bytes of a local model; of a hub name only the name is known beforehand."""
    yield str(folder.name).encode()
    for path in sorted(each for each in folder.glob("*") if each.is_file()):
        yield path.name.encode()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

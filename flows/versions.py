"""Version of what each stage does: a digest of the code and word lists that do it.

Nothing is done twice for the same file and version; after an update everything is done anew once.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.learned.choice import NerChoice

# What a stage's result depends on; a change anywhere in there is a new version.
_SOURCES = {
    "parse": ("corpus.model", "corpus.parse"),
    "extract": ("corpus.model", "extractors"),
    "compare": ("corpus.model", "corpus.compare"),
}
_KINDS = (".py", ".tsv", ".txt", ".toml", ".json")


def parse_version() -> str:
    """Of reading files."""
    return f"parse-{_digest('parse')}"


def extract_version() -> str:
    """Of extracting, with the model that the settings choose, from what this version of parsing
    made."""
    from flows.model import ner_choice

    return _extract_version(ner_choice())


@cache
def _extract_version(choice: NerChoice) -> str:
    from extractors.run import VERSION

    return f"{VERSION}-{_digest('extract')}/{_digest('parse')}+{choice.key}"


def compare_version() -> str:
    """Of looking for priors and comparing."""
    return f"compare-{_digest('compare')}"


@cache
def _digest(stage: str) -> str:
    digest = hashlib.sha256()
    for package in _SOURCES[stage]:
        _add(digest, files(package), package)
    return digest.hexdigest()[:12]


def _add(digest: hashlib._Hash, folder: Traversable, name: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{name}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            _add(digest, entry, path)
        elif entry.name.endswith(_KINDS):
            digest.update(path.encode() + b"\0" + entry.read_bytes())

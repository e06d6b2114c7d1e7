"""The model that comes with the program, loaded once for all documents of a run."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from extractors.learned.installed import SHIPPED, installed
from extractors.learned.link import Network, read_network
from extractors.learned.tagger import LINKS, OnnxTagger


@lru_cache(maxsize=2)
def shipped(folder: Path = SHIPPED) -> tuple[OnnxTagger, Network]:
    """Tagger and linker; ModelNotInstalled where a file is missing or not as pinned."""
    model = installed(folder=folder)
    return OnnxTagger(model), read_network(model.files[LINKS])

"""Between fine-tuning and export: the mean of several taggers that began from the same weak one.

``python -m extractors.training.average --out FOLDER TAGGER TAGGER …``. Runs with and without
hidden characters err in different places; their mean errs less than either, at the price of one.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModelForTokenClassification


def averaged(taggers: Sequence[Path]) -> torch.nn.Module:
    """A model whose every weight is the mean of theirs."""
    models = [AutoModelForTokenClassification.from_pretrained(path) for path in taggers]
    weights = [model.state_dict() for model in models]
    mean = {name: torch.stack([each[name] for each in weights]).mean(0) for name in weights[0]}
    models[0].load_state_dict(mean)
    return models[0]


def main(words: Sequence[str] | None = None) -> None:
    """Writes a tagger as fine-tuning does."""
    parser = argparse.ArgumentParser(prog="python -m extractors.training.average")
    parser.add_argument("taggers", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True, help="where the mean goes")
    options = parser.parse_args(words)
    averaged(options.taggers).save_pretrained(options.out)


if __name__ == "__main__":
    main()

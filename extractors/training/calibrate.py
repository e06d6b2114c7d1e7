"""Last step: what confidence is worth. Fits the weights of ``extractors.confidence`` on annotated
documents, for the rules alone and for rules and model together.

``python -m extractors.training.calibrate --data FOLDER`` writes extractors/models/confidence.toml.
The rules are fitted on train and dev, of which the rules learned nothing by themselves; both
together on dev alone, for the model has seen train. Test is never read here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from extractors.confidence import BOTH, FACTS, RULES, WEIGHTS
from extractors.evaluation.ways import way
from extractors.learned.installed import SHIPPED
from extractors.learned.ner import Ner
from extractors.learned.shipped import shipped
from extractors.training.measure import Measured, by_document, lines_of, measure
from extractors.training.progress import say

# How strongly weights are held to nothing: with a few hundred commitments little is known of each.
_RIDGE = 2.0
# More of these can't make a commitment less likely, whatever a few hundred of them seem to say; of
# a missing indicator no more likely.
_RISING = ("weakest", "number", "own_time", "own_units", "governed")
_FALLING = ("indicator_missing",)
_PARTS = {RULES: ("train", "dev"), BOTH: ("dev",)}


Limits = Sequence[tuple[float | None, float | None]]


def limits() -> Limits:
    """From where to where each weight may go, the bias first."""
    rising = [(0.0 if name in _RISING else None) for name in FACTS]
    falling = [(0.0 if name in _FALLING else None) for name in FACTS]
    return [(None, None), *zip(rising, falling, strict=True)]


def fit(
    facts: np.ndarray, right: np.ndarray, *, ridge: float = _RIDGE, bounds: Limits | None = None
) -> np.ndarray:
    """Bias first, then the weights of the likeliest logistic model, the weights held small."""
    from scipy.optimize import minimize

    seen = np.hstack([np.ones((len(facts), 1)), facts])
    held = np.full(seen.shape[1], ridge)
    held[0] = 0.0

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = seen @ w
        chance = 1 / (1 + np.exp(-odds))
        lost = np.logaddexp(0, odds).sum() - odds @ right + 0.5 * held @ (w * w)
        return float(lost), seen.T @ (chance - right) + held * w

    start = np.zeros(seen.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def _written(name: str, found: np.ndarray) -> str:
    lines = [f"[{name}]", f"bias = {found[0]:.4f}"]
    lines += [f"{fact} = {weight:.4f}" for fact, weight in zip(FACTS, found[1:], strict=True)]
    return "\n".join(lines)


def _measured(data: Path, name: str, ner: Ner) -> list[Measured]:
    path = data / "annotated" / "paragraphs.jsonl"
    lines = lines_of(path)
    how = way(name, ner)
    return [measure(how, by_document(path, part), lines, confidence=name) for part in _PARTS[name]]


def main(words: Sequence[str] | None = None) -> None:
    """Both sets, with how many commitments each was fitted on."""
    parser = argparse.ArgumentParser(prog="python -m extractors.training.calibrate")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="folder with models.toml")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(words)
    ner = Ner(*shipped(options.model))
    parts = ["# Written by extractors.training.calibrate: what confidence is worth, way by way."]
    for name in (RULES, BOTH):
        judged = [each for found in _measured(options.data, name, ner) for each in found.judged]
        facts = np.array([each.facts for each in judged])
        right = np.array([float(each.right) for each in judged])
        parts.append(_written(name, fit(facts, right, bounds=limits())))
        say("calibrated", way=name, commitments=len(judged), right=round(float(right.mean()), 4))
    options.out.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

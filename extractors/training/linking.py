"""Fifth step: trains the network of ``extractors.learned.link`` on the annotated commitments.

``python -m extractors.training.linking --data FOLDER --out FOLDER`` writes link.npz and link.json
with the scores of the network and of the plain rule on the dev documents, true spans given.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from corpus.model.finding import Label
from extractors.learned.labels import LabelledSpan
from extractors.learned.link import (
    Linker,
    Network,
    Scene,
    by_distance,
    candidates,
    features,
    link,
)
from extractors.training.annotated import read_annotated, split
from extractors.training.examples import Example, example
from extractors.training.progress import say

_HIDDEN = 32


def pairs(example: Example) -> Iterator[tuple[list[float], float]]:
    """Features of each anchor and span of a paragraph, and whether they belong together."""
    scene = Scene.of(example.text, [each.span for each in example.spans])
    numbers = {each.span: set(each.commitments) for each in example.spans}
    for anchor in _anchors(example):
        for span in candidates(scene, anchor):
            yield features(scene, anchor, span), float(bool(numbers[anchor] & numbers[span]))


def _anchors(example: Example) -> Iterator[LabelledSpan]:
    claimed = {
        n for e in example.spans for n in e.commitments if e.span.label is Label.QUANTITY
    }  # fmt: skip
    for label in (Label.ACTION, Label.INDICATOR):
        for each in example.spans:
            if each.span.label is Label.QUANTITY and label is Label.ACTION:
                yield each.span
            if each.span.label is label and not claimed & set(each.commitments):
                claimed |= set(each.commitments)
                yield each.span


def train(examples: Sequence[Example], *, epochs: int, seed: int) -> Network:
    """Plain gradient descent over all pairs; minutes on one core."""
    torch.manual_seed(seed)
    seen = [pair for each in examples for pair in pairs(each)]
    inputs = torch.tensor([features for features, _ in seen])
    labels = torch.tensor([label for _, label in seen])[:, None]
    model = torch.nn.Sequential(
        torch.nn.Linear(inputs.shape[1], _HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(0.1),
        torch.nn.Linear(_HIDDEN, 1),
    )  # fmt: skip
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    for epoch in range(epochs):
        order = torch.randperm(len(inputs))
        losses = []
        for batch in order.split(256):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                model(inputs[batch]), labels[batch]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(float(loss.detach()))
        if epoch % 10 == 9:
            say("link", epoch=epoch + 1, loss=round(float(np.mean(losses)), 4), pairs=len(inputs))
    first, last = model[0], model[3]
    return Network(
        *(p.detach().double().numpy().T for p in (first.weight, first.bias, last.weight, last.bias))
    )


def score(examples: Sequence[Example], linker: Linker) -> dict[str, float]:
    """F1 of the links (anchor and member) by label of the member, true spans given."""
    counts: dict[str, list[int]] = {}
    for each in examples:
        scene = Scene.of(each.text, [linked.span for linked in each.spans])
        numbers = {linked.span: set(linked.commitments) for linked in each.spans}
        said = {
            (found.anchor, span) for found in link(scene, linker) for span in found.members
            if span != found.anchor
        }  # fmt: skip
        true = {
            (anchor, span) for anchor in _anchors(each) for span in candidates(scene, anchor)
            if numbers[anchor] & numbers[span]
        }  # fmt: skip
        for pair in said | true:
            right, predicted, annotated = counts.setdefault(pair[1].label.value, [0, 0, 0])
            counts[pair[1].label.value] = [
                right + (pair in said and pair in true), predicted + (pair in said),
                annotated + (pair in true),
            ]  # fmt: skip
    whole = [sum(each) for each in zip(*counts.values(), strict=True)]
    return {
        name: round(2 * c[0] / (c[1] + c[2]), 4) for name, c in (counts | {"all": whole}).items()
    }


def main(words: Sequence[str] | None = None) -> None:
    """Trains on train, compares on dev."""
    parser = argparse.ArgumentParser(prog="python -m extractors.training.linking")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--out", type=Path, required=True, help="where link.npz goes")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--also", nargs="*", default=[], choices=["dev"])
    parser.add_argument("--seed", type=int, default=17)
    options = parser.parse_args(words)
    torch.set_num_threads(1)
    annotated = read_annotated(options.data / "annotated" / "paragraphs.jsonl")
    part = split(annotated)
    parts: dict[str, list[Example]] = {"train": [], "dev": [], "test": []}
    for each in annotated:
        parts[part[each.document]].append(example(each.document, each.paragraph))
    train_on = parts["train"] + [e for name in options.also for e in parts[name]]
    network = train(train_on, epochs=options.epochs, seed=options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez(
        options.out / "link.npz", hidden=network.hidden, hidden_bias=network.hidden_bias,
        out=network.out, out_bias=network.out_bias,
    )  # fmt: skip
    scores = {"network": score(parts["dev"], network), "rule": score(parts["dev"], by_distance)}
    (options.out / "link.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    say("linked", **scores)


if __name__ == "__main__":
    main()

"""Fourth step: token classification on annotated paragraphs, after a round on weak labels.

``python -m extractors.training.finetune --run FOLDER --data FOLDER`` reads encoder/ and weak.jsonl
and writes tagger/ (a transformers ModernBertForTokenClassification) and finetune.json.
``--also dev`` adds the dev documents, for the model that ships.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from transformers import ModernBertForTokenClassification

from extractors.evaluation.spans import SpanScores, score_spans
from extractors.learned.characters import CLS, FILE_NAME, MASK, SEP, Characters
from extractors.learned.labels import NAMES, decode, tag
from extractors.training.annotated import read_annotated, split
from extractors.training.augment import augmented, phrases_of, shifted
from extractors.training.examples import Example, example
from extractors.training.progress import say
from extractors.training.weak_labels import read_weak

LONGEST = 510
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Plan:
    """How one round of training goes."""

    name: str
    epochs: int
    rate: float
    characters: int
    augment: bool
    smoothing: float
    # Share of characters hidden behind [MASK]: what is left has to be enough.
    hidden: float = 0.0


def windows(examples: Sequence[Example]) -> Iterator[Example]:
    """Examples no longer than the model reads; longer ones in halves that overlap."""
    for each in examples:
        for start in range(0, max(1, len(each.text) - LONGEST // 2), LONGEST // 2):
            yield each if len(each.text) <= LONGEST else _window(each, start)
            if len(each.text) <= LONGEST:
                break


def _window(whole: Example, start: int) -> Example:
    end = start + LONGEST
    kept = tuple(
        replace(each, span=shifted(each.span, -start))
        for each in whole.spans
        if start <= each.span.start and each.span.end <= end
    )
    return replace(whole, text=whole.text[start:end], spans=kept)


def chosen(weak: Sequence[Example], generator: random.Random) -> list[Example]:
    """All paragraphs in which the rules found something, and half as many in which they did not."""
    found = [each for each in weak if each.spans]
    empty = [each for each in weak if not each.spans and any(c.isdigit() for c in each.text)]
    return found + generator.sample(empty, min(len(empty), len(found) // 2))


def batches(
    examples: Sequence[Example], characters: int, generator: random.Random
) -> Iterator[list[Example]]:
    """Examples of like length together, about ``characters`` in a batch, in random order."""
    ordered = sorted(examples, key=lambda each: len(each.text) + generator.random() * 24)
    found: list[list[Example]] = []
    batch: list[Example] = []
    for each in ordered:
        if batch and (len(batch) + 1) * (len(each.text) + 2) > characters:
            found.append(batch)
            batch = []
        batch.append(each)
    found.append(batch)
    generator.shuffle(found)
    yield from found


def encoded(
    batch: Sequence[Example], known: Characters
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Numbers of characters, which are there, and the labels; [CLS] and [SEP] have none."""
    width = max(len(each.text) for each in batch) + 2
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    labels = torch.full((len(batch), width), _IGNORED)
    for row, each in enumerate(batch):
        numbers = [known.ids[CLS], *known.encode(each.text), known.ids[SEP]]
        ids[row, : len(numbers)] = torch.tensor(numbers)
        tags = tag(len(each.text), [linked.span for linked in each.spans])
        labels[row, 1 : 1 + len(tags)] = torch.tensor(tags)
    return ids, (ids != 0).long(), labels


def fit(
    model: ModernBertForTokenClassification,
    examples: Sequence[Example],
    known: Characters,
    plan: Plan,
    *,
    seed: int,
    dev: Sequence[Example] = (),
) -> None:
    """One round; with ``dev`` its figures are said after every few epochs."""
    generator = random.Random(seed)
    phrases = phrases_of(examples)
    optimizer = torch.optim.AdamW(_groups(model, plan.rate), weight_decay=0.02)
    total = plan.epochs * sum(
        1 for _ in batches(list(windows(examples)), plan.characters, generator)
    )
    step = 0
    for epoch in range(plan.epochs):
        seen = [
            augmented(each, generator, phrases=phrases) if plan.augment else each
            for each in examples
        ]
        losses = []
        for batch in batches(list(windows(seen)), plan.characters, generator):
            _pace(optimizer, plan.rate, min(1.0, step / max(1, total)))
            losses.append(_step(model, optimizer, batch, known, plan))
            step += 1
            if step % 50 == 0:
                say(plan.name, step=step, of=total, loss=round(float(np.mean(losses[-50:])), 4))
        figures: dict[str, object] = {"epoch": epoch + 1, "loss": round(float(np.mean(losses)), 4)}
        if dev and (epoch % 3 == 2 or epoch + 1 == plan.epochs):
            figures |= _dev_figures(model, dev, known)
        say(plan.name, **figures)


def _groups(model: ModernBertForTokenClassification, rate: float) -> list[dict[str, object]]:
    """The new head learns faster than the pretrained encoder."""
    head = [p for n, p in model.named_parameters() if n.startswith("classifier")]
    body = [p for n, p in model.named_parameters() if not n.startswith("classifier")]
    return [{"params": body, "lr": rate, "times": 1.0}, {"params": head, "lr": rate, "times": 3.0}]


def _pace(optimizer: torch.optim.Optimizer, rate: float, share: float) -> None:
    pace = min(share / 0.06 + 0.02, 0.5 * (1 + math.cos(math.pi * share)))
    for group in optimizer.param_groups:
        group["lr"] = rate * pace * group["times"]


def _step(
    model: ModernBertForTokenClassification,
    optimizer: torch.optim.Optimizer,
    batch: Sequence[Example],
    known: Characters,
    plan: Plan,
) -> float:
    model.train()
    ids, there, labels = encoded(batch, known)
    ids[(torch.rand(ids.shape) < plan.hidden) & (labels != _IGNORED)] = known.ids[MASK]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(input_ids=ids, attention_mask=there).logits
    loss = torch.nn.functional.cross_entropy(
        logits.float().flatten(0, 1), labels.flatten(), ignore_index=_IGNORED,
        label_smoothing=plan.smoothing,
    )  # fmt: skip
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def probabilities(
    model: ModernBertForTokenClassification, text: str, known: Characters
) -> np.ndarray:
    """Of one paragraph, character by character; long ones in windows that overlap by half."""
    model.train(False)
    parts = np.zeros((len(text), len(NAMES)))
    for start in range(0, max(1, len(text) - LONGEST // 2), LONGEST // 2):
        piece = text[start : start + LONGEST]
        ids = torch.tensor([[known.ids[CLS], *known.encode(piece), known.ids[SEP]]])
        with torch.no_grad():
            found = model(input_ids=ids).logits[0, 1:-1].softmax(-1).double().numpy()
        fresh = 0 if start == 0 else LONGEST // 4
        parts[start + fresh : start + len(piece)] = found[fresh:]
    return parts


def _dev_figures(
    model: ModernBertForTokenClassification, dev: Sequence[Example], known: Characters
) -> dict[str, object]:
    found = [decode(probabilities(model, each.text, known)) for each in dev]
    annotated = [[each.span for each in paragraph.spans] for paragraph in dev]
    scores: SpanScores = score_spans(annotated, found)
    return {name: [round(s.exact, 3), round(s.overlap, 3)] for name, s in scores.items()}


def main(words: Sequence[str] | None = None) -> None:
    """Weak labels first, then the annotated paragraphs."""
    options = _options().parse_args(words)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    known = Characters.read(options.run / FILE_NAME)
    annotated = read_annotated(options.data / "annotated" / "paragraphs.jsonl")
    part = split(annotated)
    by_part: dict[str, list[Example]] = {"train": [], "dev": [], "test": []}
    for each in annotated:
        by_part[part[each.document]].append(example(each.document, each.paragraph))
    train = by_part["train"] + [e for name in options.also for e in by_part[name]]
    dev = [] if "dev" in options.also else by_part["dev"]
    model = ModernBertForTokenClassification.from_pretrained(
        options.start or _started(options.out, options.run), num_labels=len(NAMES),
        id2label=dict(enumerate(NAMES)), label2id={n: i for i, n in enumerate(NAMES)},
        embedding_dropout=options.dropped, mlp_dropout=options.dropped,
        attention_dropout=options.dropped, classifier_dropout=options.dropped,
    )  # fmt: skip
    if options.weak_epochs and not (options.out / "weak").exists():
        weak = chosen(read_weak(options.run / "weak.jsonl"), random.Random(options.seed))
        plan = Plan("weak", options.weak_epochs, 5e-4, 4096, augment=False, smoothing=0.1)
        fit(model, weak, known, plan, seed=options.seed, dev=dev)
        model.save_pretrained(options.out / "weak")
    if options.epochs:
        plan = Plan(
            "annotated", options.epochs, options.rate, 1536, augment=True, smoothing=0.05,
            hidden=options.hidden,
        )  # fmt: skip
        fit(model, train, known, plan, seed=options.seed, dev=dev)
    model.save_pretrained(options.out / "tagger")
    settings: dict[str, object] = {key: str(value) for key, value in vars(options).items()}
    settings |= {"paragraphs": len(train)} | (
        {"dev": _dev_figures(model, dev, known)} if dev else {}
    )
    (options.out / "finetune.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def _started(out: Path, run: Path) -> Path:
    """Where an interrupted run goes on: behind the weak labels, if it came so far."""
    return out / "weak" if (out / "weak").exists() else run / "encoder"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m extractors.training.finetune")
    parser.add_argument("--run", type=Path, required=True, help="the folder of this run")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--out", type=Path, required=True, help="where the tagger goes")
    parser.add_argument("--start", type=Path, help="a model to start from instead of encoder/")
    parser.add_argument("--weak-epochs", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--hidden", type=float, default=0.08)
    # ModernBERT drops nothing unless told to; 800 paragraphs are soon learned by heart.
    parser.add_argument("--dropped", type=float, default=0.1)
    parser.add_argument("--also", nargs="*", default=[], choices=["dev"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=17)
    return parser


if __name__ == "__main__":
    main()

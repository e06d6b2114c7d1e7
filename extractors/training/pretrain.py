"""Second step: masked language modelling on official prose, so that fine-tuning starts from a
model that knows 力争 is followed by what is to be reached.

``python -m extractors.training.pretrain --run FOLDER --minutes 40`` reads vocab.txt and tokens.npy
and writes encoder/ (a transformers ModernBertForMaskedLM) and pretrain.json. Interrupted, it goes
on from the last checkpoint; the time that it still has is counted from there.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import ModernBertConfig, ModernBertForMaskedLM

from extractors.learned.characters import CLS, FILE_NAME, MASK, PAD, SEP, SPECIAL, Characters
from extractors.training.progress import say

_MASKED = 0.15
# Words of official prose are mostly two to four characters: single ones are too easily guessed.
_LONGEST_GAP = 4
_CHECKPOINT_EVERY = 180.0
_WARM_UP = 0.04


@dataclass(slots=True)
class State:
    """What a checkpoint holds beside the weights."""

    step: int = 0
    seconds: float = 0.0
    loss: float = float("nan")


def configuration(size: int) -> ModernBertConfig:
    """Compact: an office PC reads 20,000 characters with it in well under a second.

    Rotary positions and normalisation first (ModernBERT): with as little prose as there is, its
    loss after 160 steps was 5.79 where that of BERT, otherwise alike, was 6.29.
    """
    return ModernBertConfig(
        vocab_size=size, hidden_size=256, num_hidden_layers=4, num_attention_heads=4,
        intermediate_size=640, max_position_embeddings=512, local_attention=64,
        global_attn_every_n_layers=2, pad_token_id=SPECIAL.index(PAD),
        cls_token_id=SPECIAL.index(CLS), sep_token_id=SPECIAL.index(SEP),
        bos_token_id=SPECIAL.index(CLS), eos_token_id=SPECIAL.index(SEP),
    )  # fmt: skip


def masked(
    block: torch.Tensor, characters: Characters, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """The block with gaps in it, and where they are: 80 % [MASK], 10 % other, 10 % as it was."""
    gaps = torch.zeros(block.shape, dtype=torch.bool)
    begins = torch.rand(block.shape, generator=generator) < _MASKED / (1 + _LONGEST_GAP) * 2
    lengths = torch.randint(1, _LONGEST_GAP + 1, block.shape, generator=generator)
    for ahead in range(_LONGEST_GAP):
        reach = begins & (lengths > ahead)
        gaps[:, ahead:] |= reach[:, : block.shape[1] - ahead] if ahead else reach
    gaps &= block >= len(SPECIAL)
    seen = block.clone()
    dice = torch.rand(block.shape, generator=generator)
    seen[gaps & (dice < 0.8)] = characters.ids[MASK]
    other = torch.randint(len(SPECIAL), len(characters), block.shape, generator=generator)
    swapped = gaps & (dice >= 0.9)
    seen[swapped] = other[swapped]
    return seen, gaps


def _batches(tokens: np.ndarray, size: int, seed: int, first: int) -> Iterator[torch.Tensor]:
    """Batches from the ``first`` on, in an order that the seed alone decides."""
    a_round = len(tokens) // size
    step = first
    while True:
        order = np.random.default_rng(seed + step // a_round).permutation(len(tokens))
        at = step % a_round * size
        yield torch.from_numpy(tokens[np.sort(order[at : at + size])].astype(np.int64))
        step += 1


def train(run: Path, *, minutes: float, batch: int, rate: float, seed: int, device: str) -> State:
    """Trains until the time is spent; the learning rate falls to nothing with it."""
    torch.manual_seed(seed)
    characters = Characters.read(run / FILE_NAME)
    model = ModernBertForMaskedLM(configuration(len(characters))).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01, fused=True)
    state = _resume(run, model, optimizer)
    tokens = np.load(run / "tokens.npy", mmap_mode="r")
    generator = torch.Generator().manual_seed(seed + state.step)
    last = saved = time.monotonic()
    for block in _batches(tokens, batch, seed, state.step):
        share = state.seconds / (minutes * 60)
        if share >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(share / _WARM_UP + 0.02, (1 - share) / (1 - _WARM_UP))
        loss = _step(model, optimizer, *masked(block, characters, generator), block, device)
        now = time.monotonic()
        state.step, state.seconds, last = state.step + 1, state.seconds + now - last, now
        state.loss = loss if state.step == 1 else 0.98 * state.loss + 0.02 * loss
        if state.step % 50 == 0:
            say("pretrain", step=state.step, loss=round(state.loss, 4), done=round(share, 3))
        if now - saved > _CHECKPOINT_EVERY:
            _save(run, model, optimizer, state)
            saved = now
    _save(run, model, optimizer, state)
    return state


def _step(
    model: ModernBertForMaskedLM,
    optimizer: torch.optim.Optimizer,
    seen: torch.Tensor,
    gaps: torch.Tensor,
    block: torch.Tensor,
    device: str,
) -> float:
    """Only the gaps go through the head: over every character it would cost as much again."""
    with torch.autocast(device, dtype=torch.bfloat16):
        hidden = model.model(seen.to(device)).last_hidden_state
        guesses = model.decoder(model.head(hidden[gaps.to(device)]))
    loss = torch.nn.functional.cross_entropy(guesses.float(), block[gaps].to(device))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _resume(run: Path, model: ModernBertForMaskedLM, optimizer: torch.optim.Optimizer) -> State:
    path = run / "checkpoint.pt"
    if not path.exists():
        return State()
    kept = torch.load(path, weights_only=True)
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    return State(kept["step"], kept["seconds"], kept["loss"])


def _save(
    run: Path, model: ModernBertForMaskedLM, optimizer: torch.optim.Optimizer, state: State
) -> None:
    """First beside it, then in its place: an interrupted save spoils nothing."""
    kept = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
    figures = {"step": state.step, "seconds": state.seconds, "loss": state.loss}
    torch.save(kept | figures, run / "checkpoint.tmp")
    (run / "checkpoint.tmp").replace(run / "checkpoint.pt")
    model.save_pretrained(run / "encoder")
    (run / "pretrain.json").write_text(json.dumps(figures), encoding="utf-8")


def main(words: Sequence[str] | None = None) -> None:
    """On a GPU where one is there."""
    parser = argparse.ArgumentParser(prog="python -m extractors.training.pretrain")
    parser.add_argument("--run", type=Path, required=True, help="the folder of this run")
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=17)
    options = parser.parse_args(words)
    torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    state = train(
        options.run, minutes=options.minutes, batch=options.batch, rate=options.rate,
        seed=options.seed, device=device,
    )  # fmt: skip
    say("pretrained", step=state.step, loss=round(state.loss, 4), seconds=round(state.seconds))


if __name__ == "__main__":
    main()

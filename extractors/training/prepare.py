"""First step: prose to numbers.

``python -m extractors.training.prepare --data FOLDER --out FOLDER`` writes vocab.txt,
tokenizer.json and tokens.npy (blocks of 256 characters for pretraining).

Declared inputs: annotated/paragraphs.jsonl, policies.jsonl.gz, regulations.jsonl.gz; seed.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from extractors.learned.characters import CLS, FILE_NAME, SEP, SPECIAL, Characters
from extractors.training.annotated import read_annotated, read_held_out
from extractors.training.progress import say
from extractors.training.prose import HeldOut, Prose, read_prose, unseen

BLOCK = 256
# A character seen less often learns nothing and is better read as [UNK].
_LEAST = 5
_TIMES_POLICIES = 3


def vocabulary(texts: Iterable[str]) -> list[str]:
    """The special tokens, then characters by how often they are seen."""
    counts = Counter(character for text in texts for character in text if not character.isspace())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [*SPECIAL, *(character for character, many in ordered if many >= _LEAST)]


def tokenizer_json(tokens: Sequence[str]) -> dict[str, object]:
    """The same reading for transformers: every character a token, [CLS] … [SEP] around."""
    special = [
        {"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False,
         "normalized": False, "special": True}
        for i, t in enumerate(SPECIAL)
    ]  # fmt: skip
    every = {"type": "Split", "pattern": {"Regex": "[\\s\\S]"}, "behavior": "Isolated"}
    around = {
        "type": "BertProcessing", "sep": [SEP, tokens.index(SEP)], "cls": [CLS, tokens.index(CLS)],
    }  # fmt: skip
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": None, "pre_tokenizer": every | {"invert": False},
        "post_processor": around, "decoder": None,
        "model": {
            "type": "WordLevel", "vocab": {t: i for i, t in enumerate(tokens)},
            "unk_token": "[UNK]",
        },
    }  # fmt: skip


def blocks(documents: Iterable[Prose], characters: Characters) -> np.ndarray:
    """[CLS] paragraph [SEP] paragraph [SEP] …, cut into blocks of one length."""
    stream: list[int] = []
    cls, sep = characters.ids[CLS], characters.ids[SEP]
    for document in documents:
        for paragraph in document.paragraphs:
            if len(stream) % BLOCK == 0:
                stream.append(cls)
            stream += [*characters.encode(paragraph), sep]
    whole = len(stream) // BLOCK * BLOCK
    return np.array(stream[:whole], dtype=np.uint16).reshape(-1, BLOCK)


def main(words: Sequence[str] | None = None) -> None:
    """Reads the data once and writes the three files."""
    options = _options().parse_args(words)
    annotated = read_annotated(options.data / "annotated" / "paragraphs.jsonl")
    titles = read_held_out()
    texts = [a.paragraph.text for a in annotated if a.document in titles]
    held_out = HeldOut.of(titles, texts)
    policies = list(unseen(read_prose(options.data / "policies.jsonl.gz"), held_out))
    regulations = list(unseen(read_prose(options.data / "regulations.jsonl.gz"), held_out))
    say("read", policies=len(policies), regulations=len(regulations))
    tokens = vocabulary(p for d in (*policies, *regulations) for p in d.paragraphs)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / FILE_NAME).write_text("\n".join(tokens) + "\n", encoding="utf-8")
    (options.out / "tokenizer.json").write_text(
        json.dumps(tokenizer_json(tokens), ensure_ascii=False), encoding="utf-8"
    )
    generator = random.Random(options.seed)
    sample = generator.sample(regulations, int(len(regulations) * options.regulations))
    mixed = [*policies * _TIMES_POLICIES, *sample]
    generator.shuffle(mixed)
    written = blocks(mixed, Characters.of(tokens))
    np.save(options.out / "tokens.npy", written)
    say("written", vocabulary=len(tokens), blocks=len(written), characters=written.size)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m extractors.training.prepare")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--out", type=Path, required=True, help="the folder of this run")
    parser.add_argument("--regulations", type=float, default=0.6, help="share of them to sample")
    parser.add_argument("--seed", type=int, default=17)
    return parser


if __name__ == "__main__":
    main()

"""Sixth step: the tagger to ONNX, its weights to 8 bits, and everything that ships into one folder.

``python -m extractors.training.export --run FOLDER --tagger FOLDER --links FILE --out FOLDER
--version 1`` writes the model's folder and models.toml with the SHA-256 of every file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch

from extractors.learned.characters import FILE_NAME
from extractors.learned.installed import DEFAULT, FORMAT, PINS
from extractors.learned.tagger import LINKS, NETWORK, VOCABULARY
from extractors.training.progress import say

# The configuration and the tokenizer go along, so that transformers loads the folder as its own.
_CONFIGURATION = "config.json"
_TOKENIZER = "tokenizer.json"
_TOKENIZER_SETTINGS = "tokenizer_config.json"
_SHIPPED = (NETWORK, VOCABULARY, LINKS, _CONFIGURATION, _TOKENIZER, _TOKENIZER_SETTINGS)


class _Logits(torch.nn.Module):
    """Only what serving asks for: numbers of characters in, scores of names out."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        there = torch.ones_like(input_ids)
        logits: torch.Tensor = self.model(input_ids=input_ids, attention_mask=there).logits
        return logits


def to_onnx(tagger: Path, path: Path) -> None:
    """In full precision; a window of any length, one at a time."""
    from transformers import AutoModelForTokenClassification

    model = AutoModelForTokenClassification.from_pretrained(
        tagger, attn_implementation="eager"
    ).eval()
    sample = torch.randint(5, 1000, (1, 37))
    torch.onnx.export(
        _Logits(model), (sample,), str(path), input_names=["input_ids"], output_names=["logits"],
        dynamic_shapes={"input_ids": {1: torch.export.Dim("length", min=3, max=512)}}, dynamo=True,
        external_data=False,
    )  # fmt: skip


def to_int8(full: Path, path: Path) -> None:
    """Weights of every product by column; activations are scaled window by window as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready = full.with_suffix(".ready.onnx")
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )  # fmt: skip
    ready.unlink()


def difference(full: Path, small: Path, ids: Sequence[np.ndarray]) -> float:
    """Share of characters to which both networks give another label."""
    import onnxruntime

    one, other = (onnxruntime.InferenceSession(str(path)) for path in (full, small))
    differing = every = 0
    for each in ids:
        found = [s.run(None, {"input_ids": each})[0].argmax(-1) for s in (one, other)]
        differing += int((found[0] != found[1]).sum())
        every += found[0].size
    return differing / every


def pins(folder: Path, version: str, facts: Mapping[str, object]) -> str:
    """models.toml: what ships, with its sums, and how it was made."""
    lines = [
        "# What ships, as it was when it was measured. Written by extractors.training.export.",
        "",
        f"[models.{DEFAULT}]",
        f'version = "{version}"',
        f"format = {FORMAT}",
        f'directory = "{folder.name}"',
    ]
    for title, table in (("files", _sums(folder)), *facts.items()):
        lines += ["", f"[models.{DEFAULT}.{title}]"]
        lines += [f"{json.dumps(key)} = {_value(v)}" for key, v in dict(table).items()]  # type: ignore[call-overload]
    return "\n".join(lines) + "\n"


def _sums(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _SHIPPED}


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main(words: Sequence[str] | None = None) -> None:
    """Everything or nothing: models.toml is written last."""
    parser = argparse.ArgumentParser(prog="python -m extractors.training.export")
    parser.add_argument("--run", type=Path, required=True, help="the folder of this run")
    parser.add_argument("--tagger", type=Path, required=True, help="the fine-tuned model")
    parser.add_argument("--links", type=Path, required=True, help="link.npz")
    parser.add_argument("--out", type=Path, required=True, help="the folder of models")
    parser.add_argument("--version", required=True)
    parser.add_argument("--facts", type=Path, help="JSON: data, settings, scores")
    options = parser.parse_args(words)
    folder = options.out / DEFAULT
    folder.mkdir(parents=True, exist_ok=True)
    full = options.run / "full.onnx"
    to_onnx(options.tagger, full)
    to_int8(full, folder / NETWORK)
    shutil.copyfile(options.run / FILE_NAME, folder / VOCABULARY)
    shutil.copyfile(options.run / _TOKENIZER, folder / _TOKENIZER)
    shutil.copyfile(options.links, folder / LINKS)
    shutil.copyfile(options.tagger / _CONFIGURATION, folder / _CONFIGURATION)
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512,
                "pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]",
                "sep_token": "[SEP]", "mask_token": "[MASK]"}  # fmt: skip
    (folder / _TOKENIZER_SETTINGS).write_text(json.dumps(settings, indent=1), encoding="utf-8")
    tokens = np.load(options.run / "tokens.npy", mmap_mode="r")[:40].astype(np.int64)
    other = difference(full, folder / NETWORK, [row[None] for row in tokens])
    facts = json.loads(options.facts.read_text(encoding="utf-8")) if options.facts else {}
    (options.out / PINS).write_text(pins(folder, options.version, facts), encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir())
    say("exported", bytes=size, labels_changed_by_int8=round(other, 5))


if __name__ == "__main__":
    main()

"""The models that ship with the program: where they lie, and whether they are what they were.

``extractors/models/models.toml`` pins each one: its version, its format, every file with its
SHA-256. A missing or damaged file (a download cut short, a text filter of git) is refused with
the words that repair it; the rules alone run only where somebody chose so.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.model.errors import ModelNotInstalled

SHIPPED = Path(__file__).parents[1] / "models"
PINS = "models.toml"
DEFAULT = "commitment-ner"
# What this program reads; a model of a later format needs a later program.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model whose files are as pinned."""

    name: str
    version: str
    directory: Path
    files: Mapping[str, bytes]

    @property
    def rule(self) -> str:
        """What findings name as their rule: commitment-ner-2."""
        return f"{self.name}-{self.version}"


def installed(name: str = DEFAULT, *, folder: Path = SHIPPED) -> InstalledModel:
    """The model of that name, its files read and checked; ModelNotInstalled where they are not
    what the pins say."""
    pins = _pins(folder)
    if name not in pins:
        raise ModelNotInstalled(
            name,
            f"{PINS} 中没有这个模型，可用的有：{'、'.join(pins) or '无'}",
            f"{PINS} names no such model; there are: {', '.join(pins) or 'none'}",
        )
    pin = pins[name]
    sums: dict[str, str] = pin["files"]
    if pin.get("format") != FORMAT:
        raise ModelNotInstalled(
            name,
            f"模型格式为 {pin.get('format')}，本程序只能读格式 {FORMAT}，请升级程序或恢复配套模型",
            f"its format is {pin.get('format')}, this program reads {FORMAT}; upgrade the program "
            "or restore the model that came with it",
        )
    directory = folder / str(pin.get("directory", name))
    files = {each: _checked(name, directory / each, sum_) for each, sum_ in sums.items()}
    return InstalledModel(name, str(pin["version"]), directory, files)


def _pins(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / PINS
    try:
        pins = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelNotInstalled(
            PINS, f"无法读取 {path}，请重新安装", f"can't read {path}; install again"
        ) from error
    models: dict[str, dict[str, Any]] = pins.get("models", {})
    return models


def _checked(name: str, path: Path, expected: str) -> bytes:
    if not path.is_file():
        raise ModelNotInstalled(
            name,
            f"缺少文件 {path}，请重新安装，或用 git checkout 恢复",
            f"{path} is missing; install again, or restore it with git checkout",
        )
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != expected:
        raise ModelNotInstalled(
            name,
            f"文件 {path} 已损坏（校验和不符），请重新安装，或用 git checkout 恢复",
            f"{path} is damaged (its SHA-256 differs); install again, or restore it with "
            "git checkout",
        )
    return content

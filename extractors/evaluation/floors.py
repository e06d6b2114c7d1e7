"""The figures that extraction may not fall below, and the annotated files they were measured on:
both stand in floors.json, so that neither changes unseen."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.model.errors import GoldError
from corpus.model.ids import fingerprint
from extractors.evaluation.score import Figures

MEASURES = ("precision", "recall", "f1")
_PLACES = 10_000

Measured = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Pin:
    """What an annotated file was when the floors were set."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Floors:
    """``figures`` by label and measure (``figures["row"]["f1"]``), ``gold`` by file name."""

    figures: Measured
    gold: dict[str, Pin]


@dataclass(frozen=True, slots=True)
class Violation:
    """One reason why the gate is closed; ``str`` is both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} | {self.en}"


def read_floors(path: Path) -> Floors:
    """GoldError where the file is missing or not of this shape."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        figures = {
            label: {measure: float(floor) for measure, floor in floors.items()}
            for label, floors in content["floors"].items()
        }
        gold = {name: Pin(pin["sha256"], pin["size"]) for name, pin in content["gold"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(
            f"无法读取 {path}，请从版本库恢复", f"can't read {path}; restore it from the repository"
        ) from error
    return Floors(figures, gold)


def write_floors(path: Path, floors: Floors) -> None:
    """Sorted, so that a change shows in review as what it is."""
    content = {
        "floors": floors.figures,
        "gold": {
            name: {"sha256": pin.sha256, "size": pin.size}
            for name, pin in sorted(floors.gold.items())
        },
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def pin(path: Path) -> Pin:
    """The annotated file as it is now."""
    content = path.read_bytes()
    return Pin(fingerprint(content), len(content))


def measured(figures: Mapping[str, Figures]) -> Measured:
    """The figures to four places, rounded down: a floor set to today's figure lets today pass."""
    return {
        label: {name: math.floor(getattr(each, name) * _PLACES) / _PLACES for name in MEASURES}
        for label, each in figures.items()
    }


def check(
    floors: Floors, figures: Mapping[str, Figures], gold: Mapping[str, Pin]
) -> list[Violation]:
    """Every reason to refuse: files that are not as pinned, figures below their floor."""
    return [*unpinned(floors.gold, gold), *fallen(floors.figures, figures)]


def unpinned(pinned: Mapping[str, Pin], gold: Mapping[str, Pin]) -> list[Violation]:
    """Annotated files that changed, came or went since the floors were set."""
    if not gold:
        return [Violation("没有标注文件，无从评测", "no annotated file; nothing was measured")]
    found = []
    for name in sorted(pinned.keys() | gold.keys()):
        if name not in gold:
            found.append(Violation(f"标注文件 {name} 不见了", f"{name} is gone"))
        elif name not in pinned:
            found.append(Violation(f"标注文件 {name} 尚未登记", f"{name} is not pinned"))
        elif pinned[name] != gold[name]:
            found.append(
                Violation(f"标注文件 {name} 已改动，未重新登记", f"{name} changed, not re-pinned")
            )
    return found


def fallen(floors: Measured, figures: Mapping[str, Figures]) -> list[Violation]:
    """Figures below their floor; a floor for what is no longer measured counts as such."""
    now, found = measured(figures), []
    for label, measures in floors.items():
        for measure, floor in measures.items():
            value = now.get(label, {}).get(measure)
            if value is None:
                found.append(
                    Violation(f"{label} {measure} 没有测得", f"{label} {measure} not measured")
                )
            elif value < floor:
                found.append(
                    Violation(
                        f"{label} {measure} 为{value:.4f}，低于下限{floor:.4f}",
                        f"{label} {measure} is {value:.4f}, below its floor {floor:.4f}",
                    )
                )
    return found


def renewed(
    floors: Floors, figures: Mapping[str, Figures], gold: Mapping[str, Pin], *, lower: bool
) -> Floors:
    """Floors at today's figures and today's files; without ``lower`` no floor comes down."""
    now = measured(figures)
    if not lower:
        for label, measures in floors.figures.items():
            known = now.setdefault(label, {})
            known.update({name: max(floor, known.get(name, 0)) for name, floor in measures.items()})
    return Floors(now, dict(gold))

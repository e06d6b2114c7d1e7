"""The accuracy gate: ``python -m extractors.evaluation.gate`` extracts the project's annotated
documents and fails where a figure is below its floor or an annotated file is not as pinned.

``--update`` pins the files anew and raises the floors to today's figures; a floor comes down only
with ``--update --lower``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.model.commitment import Ledger
from corpus.model.errors import GoldError, PolicyError
from extractors.evaluation.floors import (
    Floors,
    Pin,
    Violation,
    check,
    fallen,
    pin,
    read_floors,
    renewed,
    write_floors,
)
from extractors.evaluation.score import Figures, evaluate, total

_CORPUS = Path(str(files("corpus")))
_FLOORS = Path(__file__).with_name("floors.json")
_ENDINGS = (".pdf", ".html", ".txt", ".md")
_REFUSED, _BROKEN = 1, 2


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured, and on which files."""

    figures: dict[str, Figures]
    gold: dict[str, Pin]


def measure(gold: Path, documents: Path) -> Measurement:
    """Extract the documents of every annotated file in the folder ``gold``; figures of all."""
    annotated = sorted(gold.glob("*.jsonl"))
    if not annotated:
        raise GoldError(
            f"{gold} 中没有标注文件（*.jsonl）", f"no annotated file (*.jsonl) in {gold}"
        )
    figures = [
        evaluate(path, _ledger(document))
        for path in annotated
        for document in documents_of(path, documents)
    ]
    return Measurement(total(figures), {path.name: pin(path) for path in annotated})


def documents_of(gold: Path, documents: Path) -> list[Path]:
    """Every form of the document that is annotated: plan.jsonl is of plan.pdf and plan.html."""
    found = [documents / f"{gold.stem}{ending}" for ending in _ENDINGS]
    there = [path for path in found if path.is_file()]
    if not there:
        raise GoldError(
            f"{documents} 中没有 {gold.name} 对应的文件（{gold.stem}.pdf 或 .html）",
            f"no document of {gold.name} in {documents} ({gold.stem}.pdf or .html)",
        )
    return there


def _ledger(document: Path) -> Ledger:
    from corpus.intake import read
    from corpus.parse import parse
    from extractors.run import extract

    return extract(parse(read(document), source=document.name))


def table(figures: Mapping[str, Figures]) -> str:
    """One line a label: P, R, F1 and the counts behind them."""
    lines = [
        f"{label:9}P {each.precision:.4f}  R {each.recall:.4f}  F1 {each.f1:.4f}  "
        f"({each.right}/{each.predicted}/{each.annotated})"
        for label, each in figures.items()
    ]
    return "\n".join(lines)


def verdict(floors: Floors, measurement: Measurement) -> list[Violation]:
    """What ``measurement`` violates, and what is no gate at all."""
    if not floors.figures:
        return [Violation("尚未设定下限", "no floors are set")]
    return check(floors, measurement.figures, measurement.gold)


def main(words: Sequence[str] | None = None) -> int:
    """0 where the gate is open, 1 where it is closed, 2 where nothing could be measured."""
    options = _options().parse_args(words)
    if options.lower and not options.update:
        _options().error("--lower goes with --update")
    try:
        floors = read_floors(options.floors)
        measurement = measure(options.gold, options.documents)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return _BROKEN
    sys.stdout.write(table(measurement.figures) + "\n")
    if options.update:
        return _update(options.floors, floors, measurement, lower=options.lower)
    return _refuse(
        verdict(floors, measurement), "或用 --update 重新登记", "or re-pin with --update"
    )


def _update(path: Path, floors: Floors, measurement: Measurement, *, lower: bool) -> int:
    """All or nothing: new pins beside floors that no longer hold would be no gate."""
    below = [] if lower else fallen(floors.figures, measurement.figures)
    if below:
        return _refuse(below, "降低下限须加 --lower", "lowering needs --lower")
    new = renewed(floors, measurement.figures, measurement.gold, lower=lower)
    write_floors(path, new)
    sys.stdout.write(f"已更新 {path.name} | {path.name} written\n")
    return 0


def _refuse(violations: Sequence[Violation], zh: str, en: str) -> int:
    if not violations:
        return 0
    lines = [*(f"✗ {violation}" for violation in violations), f"请修正，{zh} | mend it, {en}"]
    sys.stderr.write("\n".join(lines) + "\n")
    return _REFUSED


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.evaluation.gate",
        description="准确率门槛 | the accuracy gate over the project's annotated documents",
    )
    parser.add_argument("--update", action="store_true", help="重新登记标注文件，提高下限 | re-pin")
    parser.add_argument("--lower", action="store_true", help="允许降低下限 | let floors come down")
    parser.add_argument("--gold", type=Path, default=_CORPUS / "gold", help="标注文件夹 | folder")
    parser.add_argument(
        "--documents",
        type=Path,
        default=_CORPUS / "samples" / "documents",
        help="对应文件所在的文件夹 | folder of their documents",
    )
    parser.add_argument("--floors", type=Path, default=_FLOORS, help="下限文件 | the floors")
    return parser


if __name__ == "__main__":
    for _stream in (sys.stdout, sys.stderr):
        _stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main())

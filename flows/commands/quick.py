"""``extract``, ``diff`` and ``evaluate``: a quick look, without Prefect and without the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.intake import read
from corpus.model.commitment import Ledger
from flows.commands.bars import working
from flows.commands.output import deliver


def extract_file(file: Path, format: str, out: Path | None) -> None:
    """The ledger of one file."""
    from outputs.exports import export_ledgers

    deliver(export_ledgers([ledger_of(file)], format), out)


def diff_files(priors: Sequence[Path], new: Path, format: str, out: Path | None) -> None:
    """What changed from the prior files to the new one."""
    from itertools import pairwise

    from corpus.compare import compare
    from corpus.compare.slips import with_originals
    from outputs.exports import export_comparison

    ledgers = [ledger_of(file) for file in (*priors, new)]
    earlier = (compare([before], after) for before, after in pairwise(ledgers[:-1]))
    comparison = with_originals(compare(ledgers[:-1], ledgers[-1]), earlier)
    deliver(export_comparison(comparison, format), out)


def evaluate_file(gold: Path, file: Path, *, misses: bool = False) -> None:
    """Precision, recall and F1 of one file against its annotation, and on request its misses."""
    from extractors.evaluation.score import evaluate
    from outputs.exports.grid import Grid

    ledger = ledger_of(file)
    grid = Grid(("项目 label", 0), ("精确率 P", 10), ("召回率 R", 10), ("F1", 8))
    for label, figures in evaluate(gold, ledger).items():
        numbers = (figures.precision, figures.recall, figures.f1)
        grid.add(label, *(f"{number:.3f}" for number in numbers))
    lines = [*grid.lines(60), *(_misses(gold, ledger) if misses else ())]
    deliver(("\n".join(lines) + "\n").encode("utf-8"), None)


def _misses(gold: Path, ledger: Ledger) -> Iterator[str]:
    from extractors.evaluation.misses import misses as differences
    from flows.commands.misses import listing
    from outputs.exports.grid import printable

    yield from (printable(line) for line in listing(differences(gold, ledger)))


def ledger_of(file: Path) -> Ledger:
    """Read and extract one file."""
    content = read(file)

    from corpus.parse import parse
    from extractors.run import extract

    with working(f"解析 {file.name}"):
        document = parse(content, source=file.name)
    with working(f"抽取 {file.name}"):
        return extract(document)

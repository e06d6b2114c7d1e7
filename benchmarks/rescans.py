"""How well changes are reported between a digital file and a scan of an edited copy of it.

    PYTHONPATH=. python benchmarks/rescans.py ../shared/documents/pdf/001-digital.pdf … [--seeds 3]

The text of each file is typed anew, printed, edited through known spans, printed again in other
words, order, size and pages, and scanned at 200 dots an inch. What is reported is held against the
edits; of a scan without edits nothing should be reported. Needs chromium; about two seconds a page.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from functools import reduce
from operator import add
from pathlib import Path

from corpus.model.change import Change
from corpus.parse import parse
from extractors.evaluation.score import Figures
from tests.end_to_end.rescans import Rescan, original, rescan, typescript, unchanged

_NONE = Figures(0, 0, 0)
_HEAD = (
    "| document | commitments | edits expected | reported | precision | recall | direction right"
    " | changed without edits |\n|" + " --- |" * 8
)


def main() -> None:
    """One line for every file, one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--seeds", type=int, default=2, help="edited copies of each")
    parser.add_argument("--notes", action="store_true", help="what was wrong, each by itself")
    options = parser.parse_args()
    total, ways, rows, wrong = _NONE, _NONE, 0, 0
    _tell(_HEAD)
    for path in options.files:
        start = time.perf_counter()
        copies, found, size, notes = measured(path, options.seeds)
        figures = reduce(add, (copy.figures for copy in copies), _NONE)
        directions = reduce(add, (copy.directions for copy in copies), _NONE)
        total, ways, rows, wrong = total + figures, ways + directions, rows + size, wrong + found
        _tell(_line(path.stem, figures, directions, size, found))
        if options.notes:
            _tell("\n".join([*notes, f"{time.perf_counter() - start:.0f} s"]))
    _tell(_line("all", total, ways, rows, wrong))


def measured(path: Path, seeds: int) -> tuple[list[Rescan], int, int, list[str]]:
    """Of one file: its edited copies, how many commitments changed without edits, how many it
    has."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        text = typescript(parse(path.read_bytes(), source=path.name))
        prior = original(text, folder)
        copies = [rescan(text, prior, folder, seed) for seed in range(seeds)]
        notes = [f"seed {n}: {note}" for n, copy in enumerate(copies) for note in faults(copy)]
        invented = unchanged(text, prior, folder, seeds)
    notes += [f"no edits: {_told(change)}" for change in invented]
    touched = {(change.prior or change.new) for change in invented}
    return copies, len(touched), len(prior.commitments), notes


def faults(scan: Rescan) -> list[str]:
    """What was missed, and the changes of which something was said that is not so."""
    missed = [f"missed {each}" for each in sorted(scan.expected - scan.said)]
    ids = {each[1] for each in scan.said - scan.expected}
    sides = ((change, change.prior or change.new) for change in scan.changes)
    return missed + [f"false {_told(change)}" for change, side in sides if side and side.id in ids]


def _told(change: Change) -> str:
    side = change.prior or change.new
    flags = ", ".join(f"{f.field} {f.direction} {f.before} → {f.after}" for f in change.flags)
    doubt = " (doubtful)" if change.doubtful else ""
    return f"{change.kind} {side.task if side else ''}: {flags}{doubt}"


def _line(name: str, found: Figures, ways: Figures, rows: int, invented: int) -> str:
    return (
        f"| {name} | {rows} | {found.annotated} | {found.predicted} | {found.precision:.3f}"
        f" | {found.recall:.3f} | {ways.precision:.3f} | {invented} |"
    )


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

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
from pathlib import Path

from corpus.model.change import Change
from corpus.parse import parse
from tests.end_to_end.rescans import Figures, Rescan, original, rescan, typescript, unchanged

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
    total, rows, wrong = Figures(), 0, 0
    _tell(_HEAD)
    for path in options.files:
        start = time.perf_counter()
        figures, found, size, notes = measured(path, options.seeds)
        total, rows, wrong = total + figures, rows + size, wrong + found
        _tell(_line(path.stem, figures, size, found))
        if options.notes:
            _tell("\n".join([*notes, f"{time.perf_counter() - start:.0f} s"]))
    _tell(_line("all", total, rows, wrong))


def measured(path: Path, seeds: int) -> tuple[Figures, int, int, list[str]]:
    """Of one file: its figures, how many commitments changed without edits, how many it has."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        text = typescript(parse(path.read_bytes(), source=path.name))
        prior = original(text, folder)
        total, notes = Figures(), []
        for seed in range(seeds):
            scan = rescan(text, prior, folder, seed)
            total += scan.figures
            notes += [f"seed {seed}: {note}" for note in faults(scan)]
        invented = unchanged(text, prior, folder, seeds)
    notes += [f"no edits: {_told(change)}" for change in invented]
    touched = {(change.prior or change.new) for change in invented}
    return total, len(touched), len(prior.commitments), notes


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


def _line(name: str, found: Figures, rows: int, invented: int) -> str:
    return (
        f"| {name} | {rows} | {found.expected} | {found.said} | {found.precision:.3f}"
        f" | {found.recall:.3f} | {found.direction:.3f} | {invented} |"
    )


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

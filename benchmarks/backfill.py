"""How much two workers do of what one does, and what Prefect adds to a document.

    python benchmarks/backfill.py [--documents 1000] [--overhead 200] [--repeat 1]
        [--write docs/bench-backfill.md]

The documents are small plans of our own writing. Throughput is that of ``taizhang backfill`` from
nothing to the last comparison, workers' start included. Overhead is the time of the flow less that
of its functions called one after the other, over the same documents, each in a new library; both
have read a document before. On a machine that does other work, take the medians of --repeat runs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


def timed(work: Callable[[], object]) -> float:
    """Seconds on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain(paths: list[str], home: str, url: str) -> None:
    """What the flow does, without Prefect."""
    from corpus.store import open_store
    from flows.compare import compare_documents, outstanding, place
    from flows.extract import extract_files
    from flows.ingest import ingest_files
    from flows.parse import parse_files
    from flows.pipeline import told
    from flows.versions import compare_version

    with open_store(url) as store:
        run_id = store.begin_run()
        taken = ingest_files(paths, home, url, run_id)
        files = [each for each in taken if isinstance(each, str)]
        parsed = parse_files(files, home, url)
        extracted = extract_files(files, url)
        place(store.unplaced(compare_version()), url)
        compared = compare_documents(outstanding(url)[1], url)
        steps = {each: [parsed[each], extracted[each], compared[each]] for each in files}
        store.finish_run(run_id, told(store, paths, taken, steps))


def overhead(folder: Path, paths: Sequence[Path]) -> tuple[float, float]:
    """Seconds of the flow and of the plain functions."""
    from flows.pipeline import run

    given = [str(path) for path in paths]
    for number, work in enumerate((plain, run)):
        home = folder / f"warm-{number}"
        work(given[:1], str(home), f"sqlite:///{home / 'taizhang.db'}")
    seconds = []
    for number, work in enumerate((run, plain)):
        home = folder / f"overhead-{number}"
        url = f"sqlite:///{home / 'taizhang.db'}"
        seconds.append(timed(lambda: work(given, str(home), url)))  # noqa: B023
    return seconds[0], seconds[1]


def throughput(folder: Path, paths: Sequence[Path], workers: int) -> float:
    """Seconds of a backfill into a new library."""
    from flows.backfill import backfill

    home = folder / f"workers-{workers}"
    url = f"sqlite:///{home / 'taizhang.db'}"
    given = [str(path) for path in paths]
    return timed(
        lambda: backfill(given, str(home), url, workers=workers, batch=20, runner="processes")
    )


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--overhead", type=int, default=200, help="documents for the overhead")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()

    from benchmarks.documents import write
    from flows.settings import load, prepare_prefect

    rows = ["| what | documents | seconds | documents/s |", "| --- | --- | --- | --- |"]
    ratios, extras = [], []
    for _ in range(options.repeat):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare_prefect(load(folder / "prefect-home", {}))
            paths = write(folder / "in", max(options.documents, options.overhead))
            if options.overhead:
                flow, bare = overhead(folder, paths[: options.overhead])
                extras.append(1000 * (flow - bare) / options.overhead)
                for what, seconds in (("flow", flow), ("functions", bare)):
                    speed = options.overhead / seconds
                    rows.append(f"| {what} | {options.overhead} | {seconds:.1f} | {speed:.1f} |")
            if options.documents:
                given = paths[: options.documents]
                found = {n: throughput(folder, given, n) for n in (1, 2)}
                ratios.append(found[1] / found[2])
                for workers, seconds in found.items():
                    speed = options.documents / seconds
                    rows.append(
                        f"| backfill, workers: {workers} | {options.documents}"
                        f" | {seconds:.1f} | {speed:.1f} |"
                    )
    if extras:
        rows += ["", f"Prefect's overhead: {statistics.median(extras):.1f} ms a document."]
    if ratios:
        rows += ["", f"Two workers: {statistics.median(ratios):.2f} × one."]
    load_now = os.getloadavg()[0]
    rows += ["", f"{os.cpu_count()} cores; load of the machine at the end: {load_now:.1f}.", ""]
    sys.stdout.write("\n".join(rows))
    if options.write:
        options.write.write_text("\n".join(rows), "utf-8")


if __name__ == "__main__":
    main()

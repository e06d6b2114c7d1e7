"""What comparing a new document of 100 commitments costs in libraries of growing size, and what the
index of candidates finds of all that comparing with everything would.

    PYTHONPATH=. python benchmarks/compare.py [--sizes 10000,100000,1000000] [--databases sqlite]
        [--folder DIR] [--sampled 2000] [--write docs/bench-compare.md]

Libraries are made under a folder for temporary files and removed again. Every figure is taken in a
process of its own, so that its memory is its own. Seconds are wall-clock, the middle of several
looks after a first one, which is told beside it (nothing in the database's memory then but what
the machine kept of its files). CPU is that of the process and of the database's together, which on
a machine with other work tells more than the clock.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.library import Writer
from benchmarks.server import processor_seconds, served
from corpus.store import open_store

_LOOKS = 5
_ALL = 10**9
_SEED = 1


@dataclass(frozen=True)
class Cost:
    """Of comparing one new document, in seconds, and the most memory of the process, in MB."""

    first: float
    then: float
    cpu: float
    relations: float
    memory: float
    found: int


@dataclass(frozen=True)
class Recall:
    """``reached`` of ``accepted`` by the index, ``listed`` with its limit for each commitment;
    ``few`` and ``few_listed`` of commitments that have no more counterparts than that limit."""

    sampled: int
    accepted: int
    reached: int
    listed: int
    few: int
    few_listed: int
    over: int


def cost(url: str, size: int) -> Cost:
    """Of a document that the library doesn't have."""
    writer = Writer(_SEED)
    for _ in writer.ledgers(size):
        pass
    new = writer.ledger(100)
    del writer
    took, spent, found = [], [], 0
    with open_store(url) as store:
        index = store.index
        for _ in range(_LOOKS + 1):
            start, cpu = time.perf_counter(), _processor(url)
            told = index.counterparts(new)
            took.append(time.perf_counter() - start)
            spent.append(_processor(url) - cpu)
            found = sum(len(others) for _, others in told.rows)
        start = time.perf_counter()
        index.related(new)
        relations = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    middle = statistics.median
    return Cost(took[0], middle(took[1:]), middle(spent[1:]), relations, memory, found)


def _processor(url: str) -> float:
    """Seconds of this process and of the database's."""
    own = time.process_time()
    return own + processor_seconds(url) if url.startswith("postgresql") else own


def recall(url: str, sampled: int) -> Recall:
    """Of commitments drawn from the library itself, all of theirs in other documents."""
    from sqlalchemy.orm import Session

    from benchmarks.brute import Everything
    from corpus.store.engine import connect
    from corpus.store.index.commitments import Library, LookUpOptions

    engine = connect(url)
    everything = Everything(engine)
    places = random.Random(_SEED).sample(range(len(everything.rows)), sampled)
    counts = dict.fromkeys(("accepted", "reached", "listed", "few", "few_listed", "over"), 0)
    most = LookUpOptions().most
    with Session(engine) as session:
        lifted, limited = (
            Library(session, LookUpOptions(most=_ALL, unlikely=_ALL)),
            Library(session),
        )
        for commitment in everything.commitments(places):
            accepted = everything.accepted(commitment)
            reached = {member.row_id for member in lifted.members(commitment)} & accepted
            listed = {member.row_id for member in limited.members(commitment)} & accepted
            counts["accepted"] += len(accepted)
            counts["reached"] += len(reached)
            counts["listed"] += len(listed)
            if len(accepted) <= most:
                counts["few"] += len(accepted)
                counts["few_listed"] += len(listed)
            else:
                counts["over"] += 1
    return Recall(sampled, **counts)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database, gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix=f"taizhang-{kind}-", dir=folder))
    try:
        if kind == "sqlite":
            yield f"sqlite:///{place / 'taizhang.db'}"
        else:
            with served(place) as url:
                yield url
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _alone(*arguments: str) -> dict[str, float]:
    """One measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measured(kind: str, size: int, sampled: int, folder: Path) -> tuple[Cost, Recall | None, float]:
    """One library: made, looked into, removed."""
    with database(kind, folder) as url:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("library.py")), url, str(size)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        made = time.perf_counter() - start
        spent = Cost(**_alone("--cost", url, str(size)))  # type: ignore[arg-type]
        found = Recall(**_alone("--recall", url, str(sampled))) if sampled else None  # type: ignore[arg-type]
        return spent, found, made


_HEAD = (
    "| database | commitments | first look (s) | then (s) | CPU (s) | candidates for relations (s)"
    " | peak memory (MB) | counterparts found | made in (s) |\n|" + " --- |" * 9
)
_RECALL_HEAD = (
    "| database | commitments | sampled | counterparts, comparing with all | reached by the index"
    " | listed, 64 at most | of those with 64 at most | with more than 64 |\n|" + " --- |" * 8
)


def _cost_line(kind: str, size: int, spent: Cost, made: float) -> str:
    return (
        f"| {kind} | {size:,} | {spent.first:.2f} | {spent.then:.2f} | {spent.cpu:.2f}"
        f" | {spent.relations:.2f} | {spent.memory:.0f} | {spent.found} | {made:.0f} |"
    )


def _recall_line(kind: str, size: int, found: Recall) -> str:
    def share(part: int, whole: int) -> str:
        return f"{part:,} ({part / max(1, whole):.4f})"

    return (
        f"| {kind} | {size:,} | {found.sampled:,} | {found.accepted:,}"
        f" | {share(found.reached, found.accepted)} | {share(found.listed, found.accepted)}"
        f" | {share(found.few_listed, found.few)} | {found.over} |"
    )


def _tell(line: str) -> str:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    return line


def main() -> None:
    """Measure all sizes on all databases; recall where it is asked for."""
    if sys.argv[1:2] == ["--cost"]:
        sys.stdout.write(json.dumps(asdict(cost(sys.argv[2], int(sys.argv[3])))))
        return
    if sys.argv[1:2] == ["--recall"]:
        sys.stdout.write(json.dumps(asdict(recall(sys.argv[2], int(sys.argv[3])))))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--sampled", type=int, default=2000, help="0: recall is not measured")
    parser.add_argument("--write", type=Path, help="file for the tables of results")
    options = parser.parse_args()
    costs, recalls = [_tell(_HEAD)], [_RECALL_HEAD]
    for kind in options.databases.split(","):
        for size in map(int, options.sizes.split(",")):
            spent, found, made = measured(kind, size, options.sampled, options.folder)
            costs.append(_tell(_cost_line(kind, size, spent, made)))
            recalls += [_recall_line(kind, size, found)] if found else []
    _tell("\n" + "\n".join(recalls))
    if options.write:
        told = f"{date.today()}, {platform.machine()}, Python {platform.python_version()}"
        tables = "\n".join([*costs, "", *recalls, ""])
        options.write.write_text(f"{told}\n\n{tables}", "utf-8")


if __name__ == "__main__":
    main()

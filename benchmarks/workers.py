"""What reading pages in processes gains and takes: time with one and with two of them, each with
one thread, on recognised pages; and the most memory that all of it takes at once.

    nice python benchmarks/workers.py SCAN.pdf [--pages 16] [--workers 2] [--memory 300]

The pages of the scan are repeated to as many as asked for. Processes are started, and the engine's
models loaded, before the clock runs. Memory is the proportional share (PSS) of this process and
those that it started, looked at ten times a second; on a machine that has other things to do only
the ratio of the times means anything, and that of the processor's seconds more than the clock's.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from corpus.model.document import Page, TextSource
from corpus.parse.limits import Clock, Limits
from corpus.parse.ocr.engine import OcrOptions
from corpus.parse.ocr.pdf_pages import Read
from corpus.parse.pdf import read
from corpus.parse.pdf_work import PictureReader

# In points; only the share of a page that its picture fills depends on it.
_A4 = 595.3, 841.9


def say(words: str) -> None:
    """A line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def repeated(content: bytes, pages: int) -> bytes:
    """A PDF of as many pages, those of ``content`` over and over."""
    import pypdfium2

    source = pypdfium2.PdfDocument(content)
    made = pypdfium2.PdfDocument.new()
    while len(made) < pages:
        made.import_pages(source, list(range(min(len(source), pages - len(made)))))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock; and of the processor, those of the process that had most to do with
    those of this one, which it can't do without: what the clock would say of a quiet machine."""

    clock: float
    busiest: float


def measured(content: bytes, workers: int, pages: int) -> Taken:
    """How long the pages take, the processes warm."""
    limits = Limits(workers=workers)
    wanted = [Page(number, *_A4, TextSource.OCR, "x") for number in range(1, pages + 1)]
    reader = PictureReader(content, Clock("scan.pdf", limits), OcrOptions(threads=1))
    found = sum(_is_read(read) for read in reader.read(wanted[:workers]))
    before, here = processor(), time.process_time()
    started = time.perf_counter()
    found += sum(_is_read(read) for read in reader.read(wanted))
    clock = time.perf_counter() - started
    if found < pages + workers:
        sys.exit(f"only {found} of {pages + workers} pages read")
    spent = [seconds - before.get(each, 0.0) for each, seconds in processor().items()]
    return Taken(clock, max(spent) + time.process_time() - here)


def _is_read(read: Read) -> bool:
    sheet, _, _ = read
    return bool(sheet.lines or sheet.tables)


def processor() -> dict[int, float]:
    """Seconds of the processor that each process started from here has had."""
    ticks = os.sysconf("SC_CLK_TCK")
    spent: dict[int, float] = {}
    for each in family(os.getpid())[1:]:
        numbers = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        spent[each] = (int(numbers[11]) + int(numbers[12])) / ticks
    return spent


class Memory(threading.Thread):
    """The most megabytes that this process and its children took together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.peak = max(self.peak, sum(map(share, family(os.getpid()))))


def family(process: int) -> list[int]:
    """The process and all that it started."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        listed = []
    return [process, *(each for child in listed for each in family(int(child)))]


def share(process: int) -> float:
    """Megabytes, what several share counted in parts."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scan", type=Path)
    parser.add_argument("--pages", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", type=int, default=0, help="read so many pages, watch memory")
    options = parser.parse_args()
    content = options.scan.read_bytes()
    if options.memory:
        scan = repeated(content, options.memory)
        say(f"{options.memory} pages, {len(scan) / 1e6:.0f} MB")
        watching = Memory()
        watching.start()
        started = time.perf_counter()
        flow = read(scan, source="scan.pdf", limits=Limits(workers=options.workers))
        taken = time.perf_counter() - started
        watching.over.set()
        lost = sum(bool(page.failure) for page in flow.pages)
        say(f"{len(flow.pages)} pages, {lost} lost, {taken:.0f} s, peak {watching.peak:.0f} MB")
        return
    scan = repeated(content, options.pages)
    one, many = (measured(scan, count, options.pages) for count in (1, options.workers))
    say(
        f"{options.pages} pages: 1 process {one.clock:.1f} s, {options.workers} {many.clock:.1f} s,"
    )
    say(f"{one.clock / many.clock:.2f} times as fast by the clock,")
    ratio = one.busiest / many.busiest
    say(f"{ratio:.2f} by the processor: {one.busiest:.1f} and {many.busiest:.1f} s")


if __name__ == "__main__":
    main()

"""Progress on standard error, and only where a person is looking at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

_STAGES = {
    "ingest": "入库 ingest",
    "parse": "解析 parse",
    "pages": "识别 pages",
    "extract": "抽取 extract",
    "compare": "比对 compare",
}


def working(what: str) -> AbstractContextManager[object]:
    """A spinner beside ``what`` is being done."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(what)


@contextmanager
def bars() -> Iterator[None]:
    """A bar for each stage of the flow."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    from flows.progress import reporting

    shown: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def report(stage: str, done: int, total: int) -> None:
            if stage not in shown:
                shown[stage] = progress.add_task(_STAGES[stage], total=total)
            progress.update(shown[stage], completed=done, total=total)

        with reporting(report):
            yield

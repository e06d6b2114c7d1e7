"""Who is told how far a run has come: the command line's bars, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
# Stage, how many are done, of how many.
Report = Callable[[str, int, int], None]

# Files of one task: enough that what Prefect does about a task hardly counts, few enough that its
# page shows how a run goes on.
BATCH = 50


@dataclass
class _Whole:
    """What the batches that are counted now are parts of."""

    total: int
    done: int = 0


_report: ContextVar[Report | None] = ContextVar("report", default=None)
_whole: ContextVar[_Whole | None] = ContextVar("whole", default=None)


@contextmanager
def reporting(report: Report) -> Iterator[None]:
    """Tell ``report`` of every step taken inside."""
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)


def tell(stage: str, done: int, total: int) -> None:
    """Tell whoever wants to know."""
    report = _report.get()
    if report is not None:
        report(stage, done, total)


def counted(stage: str, things: Collection[T]) -> Iterator[T]:
    """``things`` one by one, with a report after each; a batch goes on counting where the one
    before it ended."""
    whole = _whole.get() or _Whole(len(things))
    tell(stage, whole.done, whole.total)
    for thing in things:
        yield thing
        whole.done += 1
        tell(stage, whole.done, whole.total)


def batches(things: Sequence[T], *, size: int = BATCH) -> Iterator[list[T]]:
    """``things`` in lists of that size; what is counted meanwhile is counted over all of them."""
    token = _whole.set(_Whole(len(things)))
    try:
        for start in range(0, len(things), size):
            yield list(things[start : start + size])
    finally:
        _whole.reset(token)

"""Who is told how far a run has come: the command line's bars, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
# Stage, how many are done, of how many.
Report = Callable[[str, int, int], None]

_report: ContextVar[Report | None] = ContextVar("report", default=None)


@contextmanager
def reporting(report: Report) -> Iterator[None]:
    """Tell ``report`` of every step taken inside."""
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)


def counted(stage: str, things: Collection[T]) -> Iterator[T]:
    """``things`` one by one, with a report after each."""
    report = _report.get()
    total = len(things)
    for number, thing in enumerate(things):
        if report is not None:
            report(stage, number, total)
        yield thing
    if report is not None:
        report(stage, total, total)

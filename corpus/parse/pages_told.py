"""How far a scan has been read, for whoever wants to know: 第 12 页，共 300 页.

Recognising takes seconds a page, and between two pages nobody else hears of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Pages done, of how many.
Told = Callable[[int, int], None]

_told: ContextVar[Told | None] = ContextVar("pages_told", default=None)


@contextmanager
def telling(told: Told) -> Iterator[None]:
    """Tell ``told`` of every page that is read inside."""
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)


def tell(done: int, total: int) -> None:
    """Tell whoever wants to know."""
    told = _told.get()
    if told is not None:
        told(done, total)

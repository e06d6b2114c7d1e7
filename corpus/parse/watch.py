"""A time for what is read in this process: a font on which the reader of PDFs goes round in
circles is left after its time, and costs its page.

What is interrupted is Python; what hangs inside of a library of C is not, and is read in a process
of its own (``workers``).
"""

from __future__ import annotations

import ctypes
import threading
from types import TracebackType
from typing import Self


class OutOfTime(BaseException):
    """Raised in the thread that is watched. No Exception: readers catch those all over."""


class Watch:
    """``with Watch(60): …`` raises OutOfTime inside of it after a minute, in any thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._watched = 0
        self._watcher: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._watched = threading.get_ident()
        self._watcher = threading.Thread(target=self._wait, daemon=True, name="taizhang-watch")
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._lock:
            self._over.set()
            _raise(self._watched, None)

    def _wait(self) -> None:
        """Again and again, should a reader catch even this."""
        patience = self._seconds
        while not self._over.wait(patience):
            patience = 1.0
            with self._lock:
                if not self._over.is_set():
                    _raise(self._watched, OutOfTime)


def _raise(thread: int, error: type[BaseException] | None) -> None:
    wanted = ctypes.py_object(error) if error is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), wanted)

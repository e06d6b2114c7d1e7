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
        self._fired = False
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
        self.stop()

    def stop(self) -> None:
        """Watch no more; what was raised too late to be of use is taken up here."""
        self._over.set()
        while True:
            try:
                with self._lock:
                    fired = self._fired
                break
            except OutOfTime:
                continue
        if fired:
            _take_up()

    def _wait(self) -> None:
        """Again and again, should a reader catch even this."""
        patience = self._seconds
        while not self._over.wait(patience):
            patience = 1.0
            with self._lock:
                if not self._over.is_set():
                    self._fired = True
                    _raise(self._watched)


def _raise(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OutOfTime))


def _take_up() -> None:
    """Let an OutOfTime that waits be raised. To call it off by setting none would leave the
    interpreter on the look-out for good: slower, and under a profiler without end."""
    try:
        for _ in range(64):
            pass
    except OutOfTime:
        pass

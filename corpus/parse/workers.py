"""Pages read in other processes: as many at once as there are processors, each page for a bounded
time. A page on which the reader crashes or hangs is lost, with the reason; the others are read.

Processes are started when they are first needed (the engine and its models take a second to load),
kept from file to file, and renewed after some hundred pages. They are started anew and never
forked, because a web server has threads, and each leads a group, so that it is killed with all that
it may have started.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

from corpus.parse.limits import DEFAULT, Limits
from corpus.parse.worker import Lost, Task, Told, receive, send

__all__ = ["Job", "Lost", "processors", "run"]

_START = (
    "import sys; sys.path[:] = {path!r}; from corpus.parse.worker import main; main({fd}, {memory})"
)
# Readers of others leak a little; after so many pages a process is replaced.
_MOST_TASKS = 300
# Loading the engine and its models, on a machine that has other things to do.
_LOADING = 60.0
# One thread unless the engine is told otherwise. Large blocks of memory go back to the system when
# they are let go: recognition then takes 0.49 GB at most where it took 0.82. Fetching them again by
# pages of 4 KB, though, took a third of the processor's time, so they come by pages of 2 MB.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(4 << 20),
    "MALLOC_TOP_PAD_": str(64 << 20),
}
_TUNABLES, _LARGE_PAGES = "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"
_MOST_WORKERS = 64
# Each takes up to half a gigabyte; with two of them a scan of any length stays under 1.5.
_USUAL_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Job:
    """What is done to each page: ``name`` is module:function, ``content`` the file; ``told`` hears
    what the tasks tell of themselves."""

    name: str
    content: bytes = b""
    limits: Limits = DEFAULT
    told: Callable[..., None] | None = None


def processors(limits: Limits = DEFAULT) -> int:
    """How many pages may be read at once: as many as asked for, else two where there are two
    processors."""
    if limits.workers:
        return min(limits.workers, _MOST_WORKERS)
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        count = os.cpu_count() or 1
    return max(1, min(count, _USUAL_WORKERS))


def run(
    job: Job,
    tasks: Iterable[tuple[Any, ...]],
    *,
    seconds: float = 0.0,
    pool: Pool | None = None,
) -> Iterator[Any]:
    """What the job makes of every task, in order; Lost where it made nothing of it.

    Tasks are asked for when there is a process for them, so that what they hold need not fit into
    memory all at once. ``seconds`` is what is left for all of them.
    """
    waiting = enumerate(tasks)
    first = next(waiting, None)
    if first is None:
        return
    pool = pool or _POOL
    waited = time.monotonic()
    places = pool.take(processors(job.limits))
    # What is left of a file's time goes on while it waits; time of its own begins here.
    begun = waited if seconds else time.monotonic()
    running = _Running(job, places, begun + (seconds or job.limits.seconds), pool)
    try:
        yield from running.answers(chain([first], waiting))
    finally:
        pool.give(running.workers, places)


class _Worker:
    """One process: what it is doing, and until when it may."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.connection, theirs = socket.socketpair()
        code = _START.format(path=sys.path, fd=theirs.fileno(), memory=memory)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                env=_environment(),
            )
        self.done = 0
        self.holds: bytes | None = None
        self.index: int | None = None
        self.until = 0.0

    @property
    def lives(self) -> bool:
        """False once the process is gone or has done enough."""
        return self.process.poll() is None and self.done < _MOST_TASKS

    def ask(self, job: Job, index: int, arguments: tuple[Any, ...], seconds: float) -> None:
        """Give it a task, and the file where it does not hold it yet."""
        content = None if self.holds is job.content else job.content
        allowed = seconds if self.done else seconds + _LOADING
        self.index, self.until = index, time.monotonic() + allowed
        # A process that is gone tells so when it is listened to.
        with suppress(ConnectionError):
            send(self.connection, Task(job.name, arguments, allowed, content))
        self.holds = job.content

    def forget(self) -> None:
        """Let it drop the file that it holds."""
        if self.holds:
            with suppress(ConnectionError):
                send(self.connection, Task("", (), 0.0, b""))
        self.holds = None

    def kill(self) -> int:
        """End the process and all of its group; how it ended."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.connection.close()
        return self.process.wait()


def _environment() -> dict[str, str]:
    """That of this process, with how a process that reads pages is to use threads and memory."""
    said = os.environ.get(_TUNABLES)
    tuned = f"{said}:{_LARGE_PAGES}" if said else _LARGE_PAGES
    return {**os.environ, **_ENVIRONMENT, _TUNABLES: tuned}


class _Running:
    """One job over its tasks."""

    def __init__(self, job: Job, places: int, until: float, pool: Pool) -> None:
        self.job = job
        self.places = places
        self.until = until
        self.pool = pool
        self.workers: list[_Worker] = []
        self.given: dict[int, tuple[Any, ...]] = {}
        self.found: dict[int, Any] = {}

    def answers(self, tasks: Iterator[tuple[int, tuple[Any, ...]]]) -> Iterator[Any]:
        """In order; no more than twice as many pages as processes are held at once."""
        following = 0
        more = True
        while more or self.given or self.found:
            while more and self._has_room():
                task = next(tasks, None)
                if task is None:
                    more = False
                else:
                    self._ask(self._free(), *task)
            if self.given and following not in self.found:
                self._listen()
            while following in self.found:
                yield self.found.pop(following)
                following += 1

    def _has_room(self) -> bool:
        return len(self.given) < self.places and len(self.found) < 2 * self.places

    def _free(self) -> _Worker:
        """A process that does nothing: one of ours, one that waits, a new one."""
        for worker in self.workers:
            if worker.index is None:
                return worker
        self.workers.append(self.pool.idle(self.job.limits) or _Worker(self.job.limits.memory))
        return self.workers[-1]

    def _ask(self, worker: _Worker, index: int, arguments: tuple[Any, ...]) -> None:
        if not worker.lives:
            worker = self._renewed(worker)
        self.given[index] = arguments
        left = max(0.0, self.until - time.monotonic())
        worker.ask(self.job, index, arguments, min(self.job.limits.page_seconds, left))

    def _renewed(self, worker: _Worker) -> _Worker:
        place = self.workers.index(worker)
        worker.kill()
        self.workers[place] = _Worker(self.job.limits.memory)
        return self.workers[place]

    def _listen(self) -> None:
        """Wait for an answer, or until a page has had its time."""
        busy = {worker.connection: worker for worker in self.workers if worker.index is not None}
        patience = min(min(w.until for w in busy.values()), self.until + _LOADING)
        ready, _, _ = select.select(list(busy), [], [], max(0.0, patience - time.monotonic()))
        for connection in ready:
            self._hear(busy[connection])
        now = time.monotonic()
        for worker in busy.values():
            if worker.index is not None and now >= min(worker.until, self.until + _LOADING):
                self._end(worker, _too_slow(self.job.limits))

    def _hear(self, worker: _Worker) -> None:
        index = worker.index
        if index is None:
            return
        worker.connection.settimeout(_LOADING)
        try:
            answer = receive(worker.connection)
        except (EOFError, OSError):
            self._gone(worker, index)
            return
        worker.connection.settimeout(None)
        if isinstance(answer, Told):
            if self.job.told is not None:
                self.job.told(*answer.step)
            return
        self.found[index] = answer
        worker.done += 1
        worker.index = None
        del self.given[index]

    def _gone(self, worker: _Worker, index: int) -> None:
        """A process that left because nobody had asked is replaced; any other took its page."""
        with suppress(subprocess.TimeoutExpired):
            worker.process.wait(timeout=5)
        if worker.process.returncode == 0 and worker.done:
            self._ask(self._renewed(worker), index, self.given[index])
            return
        self._end(worker, _crashed(worker.process.returncode))

    def _end(self, worker: _Worker, lost: Lost) -> None:
        if worker.index is not None:
            self.found[worker.index] = lost
            del self.given[worker.index]
        self._renewed(worker)


class Pool:
    """The processes that wait for work; who wants some waits until one at least is free."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._idle: list[_Worker] = []
        self._taken = 0
        self._owner = os.getpid()

    def take(self, most: int) -> int:
        """How many processes may be used, one at least and ``most`` at best."""
        with self._free:
            self._after_fork()
            while self._taken >= most:
                self._free.wait(1.0)
            places = most - self._taken
            self._taken += places
        return places

    def idle(self, limits: Limits) -> _Worker | None:
        """A process that waits, with the bounds that are asked for."""
        with self._free:
            for worker in reversed(self._idle):
                if worker.memory == limits.memory:
                    self._idle.remove(worker)
                    return worker
        return None

    def give(self, workers: list[_Worker], places: int) -> None:
        """Take processes back; one that is at work is none that anybody can use."""
        with self._free:
            self._taken -= places
            for worker in workers:
                if worker.index is None and worker.lives:
                    worker.forget()
                    self._idle.append(worker)
                else:
                    worker.kill()
            self._free.notify_all()

    def close(self) -> None:
        """End all that wait."""
        with self._free:
            if self._owner == os.getpid():
                for worker in self._idle:
                    worker.kill()
            self._idle.clear()

    def _after_fork(self) -> None:
        """Processes of the one that this was forked from are not ours to talk to."""
        if self._owner != os.getpid():
            self._owner, self._taken = os.getpid(), 0
            self._idle.clear()


_POOL = Pool()
# One process reads a whole file and has others beside it for the pages of a scan.
WHOLE_FILES = Pool()
atexit.register(_POOL.close)
atexit.register(WHOLE_FILES.close)


def _too_slow(limits: Limits) -> Lost:
    seconds = f"{limits.page_seconds:g}"
    return Lost(
        "too_slow",
        f"读取本页超过 {seconds} 秒，已停止",
        f"reading the page took more than {seconds} s and was stopped",
    )


def _crashed(status: int | None) -> Lost:
    said = f"{-status}" if status is not None and status < 0 else f"{status}"
    return Lost(
        "crashed",
        f"读取本页的进程意外终止（{said}），本页未读出",
        f"the process that read the page ended unexpectedly ({said})",
    )

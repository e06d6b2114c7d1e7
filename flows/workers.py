"""Worker processes of this machine: batches of files go to whoever is free.

A file that brings a worker down (内存不足) takes only that worker with it: another is started, the
batch is done again file by file, and what brings down two is given up and said so.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType

from corpus.model.errors import PolicyError

# What each thing of a batch is done under: the version of a comparison, or nothing.
Batch = dict[str, str]
# Does one batch of a kind; what it came to is in the library. It is handed to a new process.
Work = Callable[[str, Batch], None]

_TRIES = 2
_PATIENCE = 10.0  # seconds that a worker has to stop when asked to


class WorkerError(PolicyError):
    """A worker that can do nothing at all: no database, a broken installation."""


class _Worker:
    """One process and what it is at."""

    def __init__(self, work: Work) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, its = context.Pipe()
        # Not a daemon: reading a page may need a process of its own.
        self.process: BaseProcess = context.Process(target=_serve, args=(work, its), daemon=False)
        self.process.start()
        its.close()
        self.batch: Batch | None = None

    def give(self, kind: str, batch: Batch) -> None:
        self.batch = batch
        self.pipe.send((kind, batch))

    def close(self) -> None:
        """It ends by itself when nobody gives it more; one that does not is ended."""
        self.pipe.close()
        self.process.join(_PATIENCE if self.batch is None else 0)
        for end in (self.process.terminate, self.process.kill):
            if self.process.is_alive():
                end()
                self.process.join(_PATIENCE)


class Workers:
    """``size`` processes, started when there is work for them."""

    def __init__(self, work: Work, size: int) -> None:
        self._work = work
        self._size = size
        self._workers: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.close()

    def each(self, kind: str, batches: Sequence[Batch]) -> Iterator[tuple[Batch, bool]]:
        """Every batch when it is over; False for a single thing that brought down its worker."""
        waiting = deque(batches)
        tries: Counter[str] = Counter()
        while waiting or any(worker.batch for worker in self._workers):
            self._hand_out(kind, waiting)
            for worker in self._over():
                batch, worker.batch = worker.batch or {}, None
                if self._answered(worker):
                    yield batch, True
                    continue
                self._workers.remove(worker)
                worker.close()
                tries.update(list(batch))
                if len(batch) == 1 and tries[next(iter(batch))] >= _TRIES:
                    yield batch, False
                else:
                    waiting.extendleft({name: version} for name, version in batch.items())

    def _hand_out(self, kind: str, waiting: deque[Batch]) -> None:
        idle = sum(worker.batch is None for worker in self._workers)
        for _ in range(min(self._size - len(self._workers), len(waiting) - idle)):
            self._workers.append(_Worker(self._work))
        for worker in self._workers:
            if waiting and worker.batch is None:
                worker.give(kind, waiting.popleft())

    def _over(self) -> list[_Worker]:
        busy = {worker.pipe: worker for worker in self._workers if worker.batch is not None}
        return [busy[pipe] for pipe in wait(list(busy)) if isinstance(pipe, Connection)]

    def _answered(self, worker: _Worker) -> bool:
        """False where the worker died; WorkerError where it says that it can't work."""
        try:
            broken = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            return False
        if broken is not None:
            raise WorkerError(f"工作进程出错：{broken}", f"a worker process failed: {broken}")
        return True


def _serve(work: Work, pipe: Connection) -> None:
    """In the process: batch after batch, until the other side is gone."""
    # Ctrl-C is for the one who gave out the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            kind, batch = pipe.recv()
        except EOFError:
            return
        try:
            work(kind, batch)
            said = None
        except Exception as error:
            # What is wrong with a file is in the library; this is of the worker itself.
            said = f"{type(error).__name__}: {error}"
        try:
            pipe.send(said)
        except BrokenPipeError:
            return

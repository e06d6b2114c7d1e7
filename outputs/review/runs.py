"""Runs of the pipeline as the web application sees them: waiting, how far, what came of it.

How a run is done is not known here: ``flows`` hands over a function that does it and reports.
"""

from __future__ import annotations

import enum
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.store.records import Outcome, Stage

# What a run may report beside its stages: the pages of the file that is being read.
PAGES = "pages"
# Stage, how many are done, of how many.
Report = Callable[[str, int, int], None]


class RunState(enum.StrEnum):
    """等待, 运行, 完成, 已取消, 出错."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    BROKEN = "broken"


class RunBrokenError(Exception):
    """A run that came to no end of its own; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be taken in: what people call it, and where its bytes are."""

    name: str
    sha256: str
    path: Path


# Does one run: the files, whom to tell how far it is, and an event that asks it to stop.
StartRun = Callable[[Sequence[Upload], Report, threading.Event], Sequence[Outcome]]


@dataclass(frozen=True, slots=True)
class Run:
    """One run; ``stages`` has done and total of each stage that was begun."""

    id: int
    who: str
    uploads: tuple[Upload, ...]
    queued: datetime
    state: RunState = RunState.WAITING
    stages: dict[str, tuple[int, int]] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    reason: str = ""

    @property
    def over(self) -> bool:
        """True where nothing more will happen."""
        return self.state not in (RunState.WAITING, RunState.RUNNING)


class Runs:
    """All runs since the application started; one at a time, in the order they came."""

    def __init__(self, start_run: StartRun, finished: Callable[[], object]) -> None:
        self._start_run = start_run
        self._finished = finished
        self._lock = threading.Lock()
        self._runs: dict[int, Run] = {}
        self._stops: dict[int, threading.Event] = {}
        self._waiting: queue.Queue[int | None] = queue.Queue()
        self._worker: threading.Thread | None = None

    def submit(self, who: str, uploads: Sequence[Upload]) -> Run:
        """Queue a run; the first starts the worker."""
        with self._lock:
            number = len(self._runs) + 1
            run = Run(number, who, tuple(uploads), datetime.now(UTC))
            self._runs[number] = run
            self._stops[number] = threading.Event()
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="runs", daemon=True)
                self._worker.start()
        self._waiting.put(number)
        return run

    def get(self, number: int) -> Run | None:
        """One run as it stands now."""
        with self._lock:
            return self._runs.get(number)

    def all(self) -> list[Run]:
        """Every run, newest first."""
        with self._lock:
            return list(reversed(self._runs.values()))

    def cancel(self, number: int) -> None:
        """Ask a run to stop; one that is over stays as it is."""
        with self._lock:
            run = self._runs[number]
            self._stops[number].set()
            if run.state is RunState.WAITING:
                self._runs[number] = replace(run, state=RunState.CANCELLED)

    def close(self) -> None:
        """Stop what is running and let the worker go."""
        for number, run in list(self._runs.items()):
            if not run.over:
                self.cancel(number)
        if self._worker is not None:
            self._waiting.put(None)
            self._worker.join(timeout=10)

    def _work(self) -> None:
        while (number := self._waiting.get()) is not None:
            run = self.get(number)
            if run is None or run.over:
                continue
            self._set(number, state=RunState.RUNNING)
            self._do(number, run)
            self._finished()

    def _do(self, number: int, run: Run) -> None:
        stop = self._stops[number]
        try:
            outcomes = self._start_run(run.uploads, lambda *step: self._report(number, *step), stop)
        except RunBrokenError as error:
            state = RunState.CANCELLED if stop.is_set() else RunState.BROKEN
            self._set(number, state=state, reason=str(error))
        except Exception as error:
            # The worker must live on for the next run; the person is told.
            reason = f"程序出错：{type(error).__name__} | internal error: {error}"
            self._set(number, state=RunState.BROKEN, reason=reason)
        else:
            self._set(number, state=RunState.FINISHED, outcomes=tuple(outcomes))

    def _report(self, number: int, stage: str, done: int, total: int) -> None:
        run = self.get(number)
        if run is not None:
            name = PAGES if stage == PAGES else str(Stage(stage))
            self._set(number, stages={**run.stages, name: (done, total)})

    def _set(self, number: int, **values: object) -> None:
        with self._lock:
            self._runs[number] = replace(self._runs[number], **values)  # type: ignore[arg-type]

"""Starts programs, looks whether they answer, starts them again after a crash, and stops them all.

A part that ends by itself is started again after 1, 2, 4 … seconds; one that fails too often in a
row is given up, and the others go on: people can still read the ledger while the crawler is broken.
"""

from __future__ import annotations

import enum
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.stack.keeper import (
    PATIENCE,
    adopt_orphans,
    descendants,
    end_descendants,
    end_with_parent,
)


class PartState(enum.StrEnum):
    """等待, 启动中, 正常, 无响应, 将重启, 已放弃, 已停止."""

    WAITING = "waiting"
    STARTING = "starting"
    GOOD = "good"
    SILENT = "silent"
    BACK_OFF = "back_off"
    GIVEN_UP = "given_up"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Part:
    """One program. ``healthy`` asks it whether it works; with the part ``beside`` it is started
    anew, too."""

    name: str
    command: tuple[str, ...]
    healthy: Callable[[], bool]
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds and counts: how soon again, how often, how long something may start or be silent."""

    first_wait: float = 1.0
    longest_wait: float = 60.0
    failures: int = 6
    settled: float = 300.0  # who has worked for so long has not failed in a row
    start: float = 180.0
    look_every: float = 3.0
    silent_looks: int = 10


@dataclass(slots=True)
class Running:
    """How one part stands."""

    part: Part
    state: PartState = PartState.WAITING
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    looked: float = 0.0
    silent: int = 0
    failures: int = 0
    restarts: int = 0

    @property
    def pid(self) -> int | None:
        """Of the keeper of the program."""
        return self.process.pid if self.process else None


Told = Callable[[str, PartState, str], None]


@dataclass(slots=True)
class Supervisor:
    """``told`` hears of every change of state. To be used from the main thread: it is with that
    thread that the programs would be ended."""

    parts: Sequence[Part]
    logs: Path
    environ: Mapping[str, str]
    told: Told
    patience: Patience = field(default_factory=Patience)
    running: dict[str, Running] = field(init=False)
    # What ran below this process before is somebody else's.
    others: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.running = {part.name: Running(part) for part in self.parts}
        self.others = frozenset(descendants(os.getpid()))

    def run(self, stop: Callable[[float], bool]) -> bool:
        """Until ``stop(seconds)`` is true or everything was given up; False for the latter."""
        adopt_orphans()
        try:
            while not stop(0.1):
                for each in self.running.values():
                    self._step(each, time.monotonic())
                if all(r.state is PartState.GIVEN_UP for r in self.running.values()):
                    return False
            return True
        finally:
            self.stop()

    def stop(self) -> None:
        """End all parts, the last one first; none of their processes is left afterwards."""
        for each in reversed(self.running.values()):
            if each.process is not None and each.process.poll() is None:
                each.process.send_signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE + 10.0
        for each in reversed(self.running.values()):
            if each.process is not None:
                _wait(each.process, end)
                self._now(each, PartState.STOPPED, "已停止 | stopped")
                each.process = None
        end_descendants(os.getpid(), spared=self.others)

    def _step(self, each: Running, now: float) -> None:
        if each.state in (PartState.WAITING, PartState.BACK_OFF):
            if now >= each.due:
                self._start(each, now)
        elif each.process is not None and (status := each.process.poll()) is not None:
            self._sweep()
            self._failed(each, now, f"意外退出（{status}）| ended by itself ({status})")
        elif each.process is not None and now >= each.looked + self._pause(each):
            self._look(each, now)

    def _pause(self, each: Running) -> float:
        """Somebody may be waiting for what starts."""
        starting = each.state is PartState.STARTING
        return min(1.0, self.patience.look_every) if starting else self.patience.look_every

    def _start(self, each: Running, now: float) -> None:
        command = [sys.executable, "-m", "flows.stack.keeper"]
        each.process = subprocess.Popen(
            [*command, str(self.logs / f"{each.part.name}.log"), "--", *each.part.command],
            env=dict(self.environ),
            stdin=subprocess.DEVNULL,
            # Ctrl-C at a terminal is for us to pass on in order.
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(signal.SIGTERM),
        )
        each.started, each.looked, each.silent = now, now, 0
        self._now(each, PartState.STARTING, "启动 | starting")

    def _look(self, each: Running, now: float) -> None:
        good = each.part.healthy()
        each.looked = time.monotonic()
        if good:
            each.silent = 0
            if now - each.started > self.patience.settled:
                each.failures = 0
            if each.state is not PartState.GOOD:
                self._now(each, PartState.GOOD, "正常 | working")
        elif each.state is PartState.STARTING:
            if now - each.started > self.patience.start:
                self._replace(each, now, "迟迟未能启动 | did not come up")
        else:
            each.silent += 1
            if each.silent >= self.patience.silent_looks:
                self._replace(each, now, "长时间无响应 | silent for too long")
            elif each.state is not PartState.SILENT:
                self._now(each, PartState.SILENT, "无响应 | does not answer")

    def _replace(self, each: Running, now: float, why: str) -> None:
        self._end(each)
        self._failed(each, now, why)

    def _end(self, each: Running) -> None:
        if each.process is not None:
            each.process.send_signal(signal.SIGTERM)
            _wait(each.process, time.monotonic() + PATIENCE + 10.0)
            self._sweep()

    def _failed(self, each: Running, now: float, why: str) -> None:
        """Once more after a while, or never again."""
        each.process = None
        each.failures = 1 if now - each.started > self.patience.settled else each.failures + 1
        if each.failures >= self.patience.failures:
            self._now(each, PartState.GIVEN_UP, f"{why}；已放弃 | given up")
            return
        wait = min(self.patience.longest_wait, self.patience.first_wait * 2 ** (each.failures - 1))
        each.due = now + wait
        each.restarts += 1
        self._now(each, PartState.BACK_OFF, f"{why}；{wait:g} 秒后重启 | again in {wait:g} s")
        for other in self.running.values():
            if other.part.beside == each.part.name and other.process is not None:
                self._end(other)
                other.process, other.due = None, each.due
                self._now(other, PartState.WAITING, "随之重启 | again with it")

    def _sweep(self) -> None:
        """End what the keeper of a part left behind when it was killed itself."""
        kept = {each.pid for each in self.running.values() if each.process is not None}
        mine = os.getpid()
        for process in _children(mine):
            if process not in kept and process not in self.others:
                end_descendants(process, patience=1.0)
                _kill(process)

    def _now(self, each: Running, state: PartState, why: str) -> None:
        each.state = state
        self.told(each.part.name, state, why)


def _children(process: int) -> list[int]:
    """The processes right below one."""
    below = descendants(process)
    deeper = {each for one in below for each in descendants(one)}
    return [each for each in below if each not in deeper]


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def _wait(process: subprocess.Popen[bytes], end: float) -> None:
    try:
        process.wait(max(0.1, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""Programs are started, looked after, started again and stopped, with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.stack.keeper import log_file
from flows.stack.supervisor import Part, PartState, Patience, Supervisor

_QUICK = Patience(
    first_wait=0.05, longest_wait=0.2, failures=4, start=5.0, look_every=0.05, silent_looks=3
)
# Leaves its group and its parent, and does not listen: what a careless program may start.
_STRAY = "import os, signal, time; os.setsid(); signal.signal(15, signal.SIG_IGN); time.sleep(600)"
_PARENT = """
import pathlib, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {stray!r}, {mark!r}])
print("上线", flush=True)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""
_SUPERVISING = """
import os, pathlib, sys
from flows.stack.supervisor import Part, Supervisor
place = pathlib.Path(sys.argv[1])
part = Part("web", (sys.executable, "-c", {parent!r}, str(place / "up")), (place / "up").exists)
Supervisor([part], place, os.environ, lambda *_: None).run(lambda seconds: False)
"""


def _processes(mark: str) -> list[int]:
    """Those that have the mark in their command."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            dead = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
        except OSError:
            continue
        if dead != "Z" and any(mark.encode() in word for word in words):
            found.append(int(entry.name))
    return found


def _until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


class _Run:
    """A supervisor in this process; ``rules`` are called at every look, True ends it."""

    def __init__(self, place: Path, *parts: Part) -> None:
        self.told: list[tuple[str, PartState]] = []
        self.supervisor = Supervisor(
            parts, place, os.environ, lambda n, s, _w: self.told.append((n, s)), _QUICK
        )

    def until(self, over: Callable[[], object], seconds: float = 30.0) -> bool:
        end = time.monotonic() + seconds

        def stop(pause: float) -> bool:
            assert time.monotonic() < end, self.told
            time.sleep(pause)
            return bool(over())

        return self.supervisor.run(stop)

    def states(self, name: str) -> list[PartState]:
        return [state for each, state in self.told if each == name]


@pytest.fixture
def mark(tmp_path: Path) -> str:
    """In the command of every process of a test."""
    return f"stray-{tmp_path.name}-{os.getpid()}"


def _program(tmp_path: Path, mark: str) -> tuple[str, ...]:
    script = _PARENT.format(stray=_STRAY, mark=mark)
    return (sys.executable, "-c", script, str(tmp_path / "up"))


def test_programs_are_stopped_with_all_that_they_started(tmp_path: Path, mark: str) -> None:
    run = _Run(tmp_path, Part("web", _program(tmp_path, mark), (tmp_path / "up").exists))
    seen: list[list[int]] = []

    def over() -> bool:
        seen.append(_processes(mark))
        return PartState.GOOD in run.states("web") and len(seen[-1]) >= 2

    assert run.until(over)
    assert run.states("web") == [PartState.STARTING, PartState.GOOD, PartState.STOPPED]
    assert _processes(mark) == []
    assert "上线" in (tmp_path / "web.log").read_text("utf-8")


def test_what_ran_before_is_left_alone(tmp_path: Path, mark: str) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        run = _Run(tmp_path, Part("web", _program(tmp_path, mark), (tmp_path / "up").exists))
        assert run.until(lambda: PartState.GOOD in run.states("web"))
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_what_ends_by_itself_is_started_again_and_at_last_given_up(tmp_path: Path) -> None:
    crash = (sys.executable, "-c", "import sys; print('坏了'); sys.exit(3)")
    run = _Run(tmp_path, Part("worker", crash, lambda: False))
    assert not run.until(lambda: False)
    states = run.states("worker")
    assert states.count(PartState.STARTING) == _QUICK.failures
    assert states.count(PartState.BACK_OFF) == _QUICK.failures - 1
    assert states[-1] is PartState.GIVEN_UP
    assert (tmp_path / "worker.log").read_text("utf-8").count("坏了") == _QUICK.failures


def test_others_go_on_when_one_is_given_up(tmp_path: Path, mark: str) -> None:
    crash = (sys.executable, "-c", "raise SystemExit(3)")
    web = Part("web", _program(tmp_path, mark), (tmp_path / "up").exists)
    run = _Run(tmp_path, Part("worker", crash, lambda: False), web)

    def over() -> bool:
        gone = PartState.GIVEN_UP in run.states("worker")
        return gone and run.supervisor.running["web"].state is PartState.GOOD

    assert run.until(over)
    assert run.states("web").count(PartState.STARTING) == 1
    assert _processes(mark) == []


def test_program_and_what_stands_beside_it_are_started_anew_after_a_kill(
    tmp_path: Path, mark: str
) -> None:
    server = Part("server", _program(tmp_path, mark), (tmp_path / "up").exists)
    sleep = (sys.executable, "-c", "import time; time.sleep(600)", mark)
    worker = Part("worker", sleep, lambda: True, beside="server")
    run = _Run(tmp_path, server, worker)
    killed: list[int] = []

    def over() -> bool:
        if run.told[-2:] and all(
            r.state is PartState.GOOD for r in run.supervisor.running.values()
        ):
            if not killed:
                # The keeper itself: what it kept must not stay behind.
                keeper = run.supervisor.running["server"].pid
                assert keeper is not None
                killed.append(keeper)
                os.kill(keeper, signal.SIGKILL)
                return False
            return run.states("worker").count(PartState.STARTING) == 2
        return False

    assert run.until(over)
    assert run.states("server").count(PartState.STARTING) == 2
    assert _processes(mark) == []


def test_program_that_answers_no_more_is_started_anew(tmp_path: Path, mark: str) -> None:
    answers = iter([True, *[False] * _QUICK.silent_looks])
    web = Part("web", _program(tmp_path, mark), lambda: next(answers, True))
    run = _Run(tmp_path, web)
    assert run.until(lambda: run.states("web").count(PartState.GOOD) == 2)
    assert PartState.SILENT in run.states("web")
    assert run.states("web").count(PartState.STARTING) == 2
    assert _processes(mark) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_a_supervisor_that_is_killed(
    tmp_path: Path, mark: str, number: signal.Signals
) -> None:
    parent = _PARENT.format(stray=_STRAY, mark=mark)
    script = _SUPERVISING.format(parent=textwrap.dedent(parent))
    started = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])
    _until((tmp_path / "up").exists)
    _until(lambda: len(_processes(mark)) >= 2)
    started.send_signal(number)
    started.wait()
    _until(lambda: _processes(mark) == [])


def test_log_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.stack.keeper._LOG_BYTES", 10_000)
    log = log_file(tmp_path / "logs" / "web.log")
    for number in range(2_000):
        log.info("第 %s 行", number)
    found = list((tmp_path / "logs").iterdir())
    assert 1 < len(found) <= 4
    assert sum(path.stat().st_size for path in found) <= 4 * 10_000
    assert "第 1999 行" in (tmp_path / "logs" / "web.log").read_text("utf-8")

"""Keeps one program: its output goes to a log of bounded size, and nothing that it started outlives
it, nor the one who asked for it.

    python -m flows.stack.keeper library/logs/网页.log -- taizhang serve

A supervisor that is killed outright can't stop anybody. The kernel tells its keepers, though
(PR_SET_PDEATHSIG), and whatever loses its parent below a keeper becomes the keeper's own
(PR_SET_CHILD_SUBREAPER), so that even a program that left its process group is found and ended.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
# A flow run that is told to stop closes the library and tells Prefect's server.
PATIENCE = 20.0
_TICK = 0.05
_LOG_BYTES, _LOG_FILES = 5_000_000, 3


def keep(log: Path, command: Sequence[str]) -> int:
    """Run the command until it ends or this process is told to; its exit status."""
    parent = os.getppid()
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: told.set())
    end_with_parent(signal.SIGTERM)
    adopt_orphans()
    if os.getppid() != parent:
        return 1  # the one who asked was gone before the kernel knew whom to tell
    program = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: end_with_parent(signal.SIGTERM),
    )
    if program.stdout is not None:
        threading.Thread(target=_write, args=(program.stdout, log), daemon=True).start()
    status = _wait(program, told)
    end_descendants(os.getpid())
    # As a shell tells it: 137 for one that was killed.
    return status if status >= 0 else 128 - status


def _wait(program: subprocess.Popen[bytes], told: threading.Event) -> int:
    while program.poll() is None and not told.wait(_TICK):
        pass
    if program.poll() is None:
        program.terminate()
        try:
            program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            program.kill()
    return program.wait()


def end_with_parent(number: int) -> None:
    """Have the kernel send this process a signal when its parent ends, however it ends."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)


def adopt_orphans() -> None:
    """Whatever loses its parent below this process becomes a child of it, not of init."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_descendants(
    root: int, *, patience: float = 2.0, spared: Collection[int] = frozenset()
) -> None:
    """Ask everything below a process to end, kill what does not, and bury what is ours. Children
    that are ``spared``, and what is below them, stay."""
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, patience)):
        _signal(descendants(root, spared=spared), number)
        end = time.monotonic() + seconds
        while (left := descendants(root, spared=spared)) and time.monotonic() < end:
            _bury(left)
            time.sleep(_TICK)
        if not left:
            return


def descendants(root: int, *, spared: Collection[int] = frozenset()) -> list[int]:
    """All processes below one, the nearest first, without those that are ``spared`` and below."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        below = [each for each in children.get(waiting.pop(0), []) if each not in spared]
        found += below
        waiting += below
    return found


def _parent(entry: Path) -> int | None:
    try:
        # The name of a program may hold blanks and brackets; what follows the last one doesn't.
        return int((entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    except OSError:
        return None  # it has ended meanwhile


def _signal(processes: Sequence[int], number: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


def _bury(processes: Sequence[int]) -> None:
    """Children that have ended stay in the list of processes until somebody asks for them."""
    for process in processes:
        with suppress(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def log_file(path: Path) -> logging.Logger:
    """A log of bounded size: the newest part and some older ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.Logger(path.stem)
    log.addHandler(handler)
    return log


def _write(output: IO[bytes], path: Path) -> None:
    log = log_file(path)
    for line in output:
        log.info("%s", line.decode("utf-8", "replace").rstrip())


def main(words: Sequence[str]) -> int:
    """LOG -- COMMAND..."""
    log, dashes, *command = words
    if dashes != "--" or not command:
        raise SystemExit("usage: keeper LOG -- COMMAND...")
    return keep(Path(log), command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
